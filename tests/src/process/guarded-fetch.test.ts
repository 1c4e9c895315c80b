import type { LookupAddress } from 'node:dns';
import { getDefaultAutoSelectFamily, setDefaultAutoSelectFamily } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { guardedFetch, type Resolve } from '../../../src/process/guarded-fetch.ts';
import { type Loopback, loopback } from '../../support/loopback.ts';
import { startProxy } from '../../support/proxy.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

function kept<Server extends { close(): Promise<void> }>(server: Server): Server {
  open.push(server);
  return server;
}

async function service(): Promise<Loopback> {
  return kept(await loopback({ 'GET /': () => ({ json: 'here' }) }));
}

/** Each question gets the next list of addresses; the last one stays. */
function resolver(...answers: string[][]): Resolve & { asked: string[] } {
  const asked: string[] = [];
  const resolve = async (hostname: string): Promise<LookupAddress[]> => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return Object.assign(resolve, { asked });
}

const log = { warn: () => undefined };

function portOf({ origin }: Loopback): string {
  return new URL(origin).port;
}

test('connects to the address that was looked at', async () => {
  const server = await service();
  const resolve = resolver(['127.0.0.1']);
  const response = await guardedFetch({}, log, resolve)(`http://deploy.example:${portOf(server)}/`);
  expect([await response.json(), resolve.asked]).toEqual(['here', ['deploy.example']]);
});

test('connects to the first address where only one is asked for', async () => {
  const server = await service();
  const before = getDefaultAutoSelectFamily();
  setDefaultAutoSelectFamily(false);
  try {
    const fetch = guardedFetch({}, log, resolver(['127.0.0.1', '127.0.0.2']));
    expect((await fetch(`http://deploy.example:${portOf(server)}/`)).status).toBe(200);
    const refused = guardedFetch({}, log, resolver(['127.0.0.1', '169.254.0.1']));
    await expect(refused(`http://deploy.example:${portOf(server)}/`)).rejects.toThrow('a link-local address');
  } finally {
    setDefaultAutoSelectFamily(before);
  }
});

test('a name is looked up for every connection, and what it leads to then is what counts', async () => {
  const server = await service();
  const resolve = resolver(['127.0.0.1'], ['169.254.169.254']);
  const fetch = guardedFetch({}, log, resolve);
  const url = `http://deploy.example:${portOf(server)}/`;
  const init = { headers: { connection: 'close' } };
  expect((await fetch(url, init)).status).toBe(200);
  await expect(fetch(url.replace('deploy', 'rebound'), init)).rejects.toMatchObject({
    kind: 'configuration',
    message: 'rebound.example (169.254.169.254) is the address of a cloud’s metadata service, and is not asked.',
    remedy: 'Please name a service of your own: loopback and private networks may be asked, these addresses never.',
  });
  expect(server.exchanges).toHaveLength(1);
});

test('one refused address among good ones is enough', async () => {
  const server = await service();
  for (const addresses of [
    ['127.0.0.1', 'fe80::1'],
    ['::ffff:169.254.1.1', '127.0.0.1'],
  ]) {
    const fetch = guardedFetch({}, log, resolver(addresses));
    await expect(fetch(`http://deploy.example:${portOf(server)}/`)).rejects.toThrow('a link-local address');
  }
  expect(server.exchanges).toEqual([]);
});

test.each(['http://169.254.169.254/', 'http://[fe80::1]/', 'https://metadata.google.internal/', 'http://0.0.0.0:1/'])(
  '%s is refused without a look-up',
  async (url) => {
    const resolve = resolver([]);
    await expect(guardedFetch({}, log, resolve)(url)).rejects.toMatchObject({ kind: 'configuration' });
    await expect(guardedFetch({}, log, resolve)(new Request(url))).rejects.toMatchObject({ kind: 'configuration' });
    expect(resolve.asked).toEqual([]);
  },
);

test('loopback may be asked by its address, and by a name that the machine itself knows', async () => {
  const server = await service();
  expect((await guardedFetch({}, log)(`${server.origin}/`)).status).toBe(200);
  expect((await guardedFetch({}, log)(`http://localhost:${portOf(server)}/`)).status).toBe(200);
});

test('a name that nobody knows is not reached', async () => {
  const unknown = await guardedFetch({}, log, resolver([]))('http://deploy.example/').catch((error) => error);
  expect(unknown.cause).toMatchObject({ code: 'ENOTFOUND' });
  const failing = guardedFetch({}, log, () => Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' })));
  expect((await failing('http://deploy.example/').catch((error) => error)).cause).toMatchObject({ code: 'EAI_AGAIN' });
});

test('through a proxy a name is looked up beforehand, where this machine knows it', async () => {
  const [server, proxy] = [await service(), kept(await startProxy())];
  const env = { HTTP_PROXY: `http://${proxy.host}` };
  const resolve = resolver(['169.254.169.254']);
  const refused = guardedFetch(env, log, resolve);
  await expect(refused('http://deploy.example/')).rejects.toThrow('is not asked');
  await expect(refused('http://169.254.169.254/')).rejects.toThrow('is not asked');
  expect([proxy.asked, resolve.asked]).toEqual([[], ['deploy.example']]);

  const unknown = guardedFetch(env, log, () => Promise.reject(new Error('the proxy alone knows names')));
  expect((await unknown(`http://localhost:${portOf(server)}/`)).status).toBe(200);
  expect(proxy.asked).toEqual([`GET http://localhost:${portOf(server)}/`]);
});

test('what NO_PROXY names is looked at when the connection is made', async () => {
  const [server, proxy] = [await service(), kept(await startProxy())];
  const env = { HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: 'deploy.example' };
  const rebinding = guardedFetch(env, log, resolver(['127.0.0.1'], ['169.254.169.254']));
  await expect(rebinding(`http://deploy.example:${portOf(server)}/`)).rejects.toThrow('metadata service');
  expect([server.exchanges, proxy.asked]).toEqual([[], []]);
});
