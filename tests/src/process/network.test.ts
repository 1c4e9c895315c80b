import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createFetch } from '../../../core/http/fetch.ts';
import { networkFetch, networkOf } from '../../../src/process/network.ts';
import { loopback } from '../../support/loopback.ts';
import { type LoopbackProxy, startProxy } from '../../support/proxy.ts';
import { testUnless } from '../../support/required.ts';
import { type Certificate, newCertificate, noOpenssl } from '../../support/tls.ts';
import { testWorld } from '../../support/world.ts';

type Env = Readonly<Record<string, string>>;

const open: { close(): Promise<void> }[] = [];
const certificate = noOpenssl === undefined ? newCertificate() : undefined;
const secureTest = testUnless(noOpenssl);

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

function kept<Server extends { close(): Promise<void> }>(server: Server): Server {
  open.push(server);
  return server;
}

async function plainServer(): Promise<string> {
  const echo = kept(
    await loopback({ 'GET /hello': () => ({ json: 'plain' }), 'POST /hello': ({ body }) => ({ json: body }) }),
  );
  return echo.origin;
}

async function secureServer({ key, cert }: Certificate): Promise<string> {
  const server = createServer({ key, cert }, (_, response) => void response.end('"secure"'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  kept({
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** As the platforms ask: through `http.ts`, once. */
function client(env: Env, warnings: string[] = []) {
  const fetch = networkFetch(env, { warn: (message) => void warnings.push(message) });
  return createFetch(testWorld({ fetch }), { title: 'Vendor', retries: 0 });
}

async function ask(env: Env, url: string, init?: RequestInit): Promise<unknown> {
  return (await client(env)(url, init)).json();
}

describe('proxies', () => {
  const proxied = async (): Promise<LoopbackProxy> => kept(await startProxy());

  test.each(['HTTP_PROXY', 'http_proxy'])('%s sees a plain request, with body and answer', async (name) => {
    const [origin, proxy] = [await plainServer(), await proxied()];
    const init = { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } };
    expect(await ask({ [name]: `http://${proxy.host}` }, `${origin}/hello`, init)).toEqual({ a: 1 });
    expect(proxy.asked).toEqual([`POST ${origin}/hello`]);
  });

  test('without a scheme it is an address all the same, and its login is sent', async () => {
    const [origin, proxy] = [await plainServer(), await proxied()];
    expect(await ask({ HTTP_PROXY: `user:p%40ss@${proxy.host}` }, `${origin}/hello`)).toBe('plain');
    expect(proxy.logins).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
  });

  test.each(['127.0.0.1', '*', 'example.org, 127.0.0.1'])('NO_PROXY=%s goes past it', async (hosts) => {
    const [origin, proxy] = [await plainServer(), await proxied()];
    for (const name of ['NO_PROXY', 'no_proxy']) {
      expect(await ask({ HTTP_PROXY: `http://${proxy.host}`, [name]: hosts }, `${origin}/hello`)).toBe('plain');
    }
    expect(proxy.asked).toEqual([]);
  });

  secureTest.each(['HTTPS_PROXY', 'https_proxy'])('%s carries https through a tunnel', async (name) => {
    const own = certificate ?? raise();
    const [origin, proxy] = [await secureServer(own), await proxied()];
    const env = { [name]: `http://${proxy.host}`, SSL_CERT_FILE: own.certFile };
    expect(await ask(env, origin)).toBe('secure');
    expect(proxy.asked).toEqual([`CONNECT ${new URL(origin).host}`]);
  });

  test('one that refuses the tunnel is named in the remedy', async () => {
    const [wantsLogin, forbids] = [kept(await startProxy({ refuses: 407 })), kept(await startProxy({ refuses: 403 }))];
    await expect(ask({ HTTPS_PROXY: `http://${wantsLogin.host}` }, 'https://192.0.2.1/')).rejects.toMatchObject({
      kind: 'transient',
      remedy: expect.stringContaining('The proxy requires a login.'),
    });
    await expect(ask({ HTTPS_PROXY: `http://${forbids.host}` }, 'https://192.0.2.1/')).rejects.toMatchObject({
      remedy: expect.stringContaining('NO_PROXY'),
    });
  });

  test('a value that is no address is refused without showing it', async () => {
    const error = await ask({ HTTPS_PROXY: 'ftp://user:secret@x' }, 'http://127.0.0.1:9/').catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: 'configuration', message: 'HTTPS_PROXY is not the address of a proxy.' });
    expect(String(error)).not.toContain('secret');
  });

  test.each(['http://p:1', 'https://p:1', 'socks5://p:1', 'socks://p:1'])('%s is the address of one', (proxy) => {
    expect(networkOf({ HTTPS_PROXY: proxy, HTTP_PROXY: proxy })).toMatchObject({ httpProxy: proxy, httpsProxy: proxy });
  });

  test.each(['ftp://p:1', 'socks4://p:1', 'http://', 'file:///p'])('%s is none', (proxy) => {
    expect(() => networkOf({ HTTP_PROXY: proxy })).toThrow('HTTP_PROXY is not the address of a proxy.');
  });

  test('lower case wins, and an empty value is none', () => {
    expect(networkOf({ HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2', http_proxy: '', NO_PROXY: 'x' })).toEqual({
      httpProxy: '',
      httpsProxy: 'http://b:2',
      noProxy: 'x',
      authorities: [],
    });
  });
});

describe('certificates', () => {
  secureTest('of an unknown authority are refused, and the remedy names the variable', async () => {
    const origin = await secureServer(certificate ?? raise());
    await expect(ask({}, origin)).rejects.toMatchObject({
      kind: 'configuration',
      message: `Vendor could not be reached at ${origin} (DEPTH_ZERO_SELF_SIGNED_CERT).`,
      remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  secureTest.each(['SSL_CERT_FILE', 'CI_SERVER_TLS_CA_FILE'])('of an authority in %s are accepted', async (name) => {
    const own = certificate ?? raise();
    expect(await ask({ [name]: own.certFile }, await secureServer(own))).toBe('secure');
  });

  const OLDER = "tls.getCACertificates = undefined; (await import('node:module')).syncBuiltinESMExports();";

  secureTest.each([
    ['alone', false, ''],
    ['beside others', true, ''],
    ['beside others on a Node that cannot list its own', true, OLDER],
  ])('of an authority in NODE_EXTRA_CA_CERTS are accepted, %s', async (_, beside, first) => {
    const own = certificate ?? raise();
    const other = newCertificate();
    const program = `
      import tls from 'node:tls';
      ${first}
      const { networkFetch } = await import(${JSON.stringify(new URL('../../../src/process/network.ts', import.meta.url).href)});
      const answer = await networkFetch(process.env, console)(${JSON.stringify(await secureServer(own))});
      console.log(await answer.json());`;
    // Node reads the variable when it starts
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      env: { NODE_EXTRA_CA_CERTS: own.certFile, ...(beside ? { SSL_CERT_FILE: other.certFile } : {}) },
    });
    expect(stdout).toBe('secure\n');
  });

  secureTest('for another host are refused even from a known authority', async () => {
    const foreign = newCertificate('DNS:elsewhere.example.org');
    await expect(ask({ SSL_CERT_FILE: foreign.certFile }, await secureServer(foreign))).rejects.toMatchObject({
      remedy: expect.stringContaining('made for another host'),
    });
  });

  test('a file that is missing or holds none is a warning, and the rest goes on', async () => {
    const origin = await plainServer();
    const empty = join(mkdtempSync(join(tmpdir(), 'pace-ca-')), 'empty.pem');
    writeFileSync(empty, 'nothing');
    const warnings: string[] = [];
    for (const path of ['/no/such/file.pem', empty]) {
      const own = client({ SSL_CERT_FILE: path }, warnings);
      // the second request asks nothing of the disk, and warns of nothing
      for (let time = 0; time < 2; time += 1) expect(await (await own(`${origin}/hello`)).json()).toBe('plain');
    }
    expect(warnings).toEqual([
      'SSL_CERT_FILE names /no/such/file.pem, which cannot be read (ENOENT); it is not used.',
      `SSL_CERT_FILE names ${empty}, which holds no certificate in PEM form; it is not used.`,
    ]);
  });
});

function raise(): never {
  throw new Error(noOpenssl);
}
