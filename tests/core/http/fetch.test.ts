import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createFetch, type HttpOptions } from '../../../core/http/fetch.ts';
import { VERSION } from '../../../core/version.ts';
import { type Handler, type Loopback, loopback } from '../../support/loopback.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(handler: Handler, options: { etags?: boolean } = {}): Promise<Loopback> {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
  const server = await loopback(Object.fromEntries(methods.map((method) => [`${method} /:rest*`, handler])), options);
  open.push(server);
  return server;
}

function client(world: TestWorld, options: Partial<HttpOptions> = {}) {
  return createFetch(world, { title: 'Vendor', ...options });
}

const JSON_OK: Handler = () => ({ json: { ok: true } });

describe('what is repeated', () => {
  test.each([408, 500, 502, 503, 504])('a read that is answered %i', async (status) => {
    let left = 2;
    const server = await serve(() => (left-- > 0 ? { status, text: 'busy' } : { json: { ok: true } }));
    const world = testWorld();
    expect(await (await client(world)(`${server.origin}/x`)).json()).toEqual({ ok: true });
    expect(world.waits).toEqual([1000, 2000]);
  });

  test.each([400, 401, 403, 404, 409, 410, 412, 418, 422])('never one that is answered %i', async (status) => {
    const server = await serve(() => ({ status, json: { message: 'no' } }));
    await expect(client(testWorld())(`${server.origin}/x`)).rejects.toMatchObject({ status, vendorMessage: 'no' });
    expect(server.exchanges).toHaveLength(1);
  });

  test('a write is not, whether its answer was an error or was lost', async () => {
    const server = await serve(() => ({ status: 502, text: '' }));
    server.trouble(() => true, 'reset-after');
    const fetch = client(testWorld());
    await expect(fetch(`${server.origin}/x`, { method: 'POST', body: '{}' })).rejects.toMatchObject({
      kind: 'transient',
    });
    await expect(fetch(`${server.origin}/x`, { method: 'POST', body: '{}' })).rejects.toMatchObject({
      kind: 'transient',
    });
    expect(server.exchanges).toHaveLength(2);
  });

  test('a write that was refused for its rate is, with its body', async () => {
    let refused = false;
    const server = await serve(() => {
      if (refused) return { status: 201, json: {} };
      refused = true;
      return { status: 429, headers: { 'retry-after': '7' }, json: {} };
    });
    const world = testWorld();
    await client(world)(`${server.origin}/x`, { method: 'POST', body: '{"a":1}' });
    expect(server.exchanges.map(({ asked }) => asked.body)).toEqual([{ a: 1 }, { a: 1 }]);
    expect(world.waits).toEqual([7000]);
  });

  test('a read over a connection that was reset', async () => {
    const server = await serve(JSON_OK);
    server.trouble(() => true, 'reset-before');
    await client(testWorld())(`${server.origin}/x`);
    expect(server.exchanges).toHaveLength(1);
  });
});

describe('how long it waits', () => {
  test('Retry-After as a date, and the end of an exhausted window', async () => {
    const world = testWorld();
    const answers = [
      { status: 429, headers: { 'retry-after': new Date(world.now() + 9000).toUTCString() } },
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(world.now() / 1000 + 29) } },
      { json: {} },
    ];
    const server = await serve(() => answers.shift() ?? {});
    await client(world)(`${server.origin}/x`);
    expect(world.waits[0]).toBe(9000);
    expect(world.waits).toContain(20_000);
  });

  test('longer than a run should wait is an error that says so', async () => {
    const server = await serve(() => ({ status: 429, headers: { 'retry-after': '3600' }, json: {} }));
    const world = testWorld();
    await expect(client(world)(`${server.origin}/x`)).rejects.toMatchObject({
      kind: 'rate-limit',
      retryAfter: 3_600_000,
    });
    expect(world.waits).toEqual([]);
  });

  test('never beyond the deadline of the run', async () => {
    const server = await serve(() => ({ status: 503, text: '' }));
    const world = testWorld();
    world.traffic.deadline = world.now() + 2500;
    await expect(client(world)(`${server.origin}/x`)).rejects.toMatchObject({ kind: 'transient' });
    expect(world.waits).toEqual([1000]);
  });

  test('a host that does not answer is given up, and not asked again for a while', async () => {
    const world = testWorld();
    const fetch = client(world);
    const dead = await closedPort();
    await expect(fetch(dead)).rejects.toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    const waited = world.waits.length;
    await expect(fetch(dead)).rejects.toThrow('it is not asked for');
    expect(world.waits).toHaveLength(waited);
    world.advance(30_000);
    await expect(fetch(dead)).rejects.toThrow('ECONNREFUSED');
  });

  test('a socket that hangs ends by time-out, before and after the first byte', async () => {
    const server = await serve(JSON_OK);
    server.trouble(() => true, 'hang', 10);
    const fetch = client(testWorld(), { firstByteMs: 50, retries: 0 });
    await expect(fetch(`${server.origin}/x`)).rejects.toThrow('no answer within 0.05 s');
    const slow = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nonly this');
    await expect(client(testWorld(), { wholeMs: 100, retries: 0 })(slow)).rejects.toThrow(
      'no whole answer within 0.1 s',
    );
  });

  test('an abort ends a wait at once, with its own reason', async () => {
    const server = await serve(() => ({ status: 503, text: '' }));
    const stop = new AbortController();
    const world = testWorld({
      sleep: async () => {
        stop.abort(new Error('enough'));
        throw stop.signal.reason;
      },
    });
    await expect(client(world)(`${server.origin}/x`, { signal: stop.signal })).rejects.toThrow('enough');
  });
});

describe('what does not get out, or in', () => {
  test('a redirect to another origin gets no request at all; one within the origin is followed', async () => {
    const elsewhere = await serve(JSON_OK);
    const server = await serve(({ path }) => {
      if (path === '/away') return { status: 302, headers: { location: `${elsewhere.origin}/x` } };
      if (path === '/moved') return { status: 301, headers: { location: '/here' } };
      return { json: { path } };
    });
    const fetch = client(testWorld());
    const headers = { authorization: 'Bearer secret', 'private-token': 'secret' };
    await expect(fetch(`${server.origin}/away`, { headers })).rejects.toMatchObject({ kind: 'configuration' });
    expect(elsewhere.exchanges).toEqual([]);
    expect(await (await fetch(`${server.origin}/moved`, { headers })).json()).toEqual({ path: '/here' });
    await expect(fetch(`${server.origin}/moved`, { method: 'POST', body: '{}' })).rejects.toThrow('has moved');
    const shown = await fetch(`${server.origin}/moved`, { method: 'POST', redirect: 'manual' });
    expect([shown.status, shown.headers.get('location')]).toEqual([301, '/here']);
  });

  test('redirects in a circle end', async () => {
    const server = await serve(() => ({ status: 302, headers: { location: '/x' } }));
    await expect(client(testWorld())(`${server.origin}/x`)).rejects.toThrow('has moved');
    expect(server.exchanges.length).toBeLessThan(10);
  });

  test('an endless answer is cut off', async () => {
    const server = await serve(() => ({ text: 'x'.repeat(100_000) }));
    await expect(client(testWorld(), { maxResponseBytes: 1000 })(`${server.origin}/x`)).rejects.toThrow(
      'more than 1000 bytes',
    );
  });

  test('a web page instead of an API answer is named, not quoted', async () => {
    const server = await serve(() => ({ status: 403, text: '<!DOCTYPE html><h1>Blocked by your proxy</h1>' }));
    await expect(client(testWorld())(`${server.origin}/x`)).rejects.toMatchObject({
      kind: 'permission',
      message: `Vendor answered 403 to GET ${server.origin}/x: (a web page instead of an API answer)`,
    });
  });

  test("the vendor's words are bounded and plain, and the query stays out of messages", async () => {
    const server = await serve(() => ({ status: 422, json: { message: `\u001b[31m${'y'.repeat(5000)}` } }));
    const error = await client(testWorld())(`${server.origin}/x?token=secret`).catch((met: Error) => met);
    expect(String(error)).not.toMatch(/secret|\[31m/);
    expect(String(error).length).toBeLessThan(700);
  });
});

describe('what is known about a host', () => {
  test('every request says who asks; an unchanged answer is asked for by its tag and counts as not modified', async () => {
    const server = await serve(JSON_OK, { etags: true });
    const world = testWorld();
    const fetch = client(world);
    for (let time = 0; time < 3; time += 1)
      expect(await (await fetch(`${server.origin}/x`)).json()).toEqual({ ok: true });
    expect(server.exchanges[2]?.asked.headers['user-agent']).toBe(`pace/${VERSION}`);
    expect(server.exchanges[2]?.asked.headers['if-none-match']).toBeDefined();
    expect(world.traffic.report()).toEqual([
      { host: server.origin, requests: 3, notModified: 2, retries: 0, waitedSeconds: 0 },
    ]);
  });

  test('an answer that is not to be stored is asked for anew, without a tag', async () => {
    const server = await serve(JSON_OK, { etags: true });
    const fetch = client(testWorld());
    for (let time = 0; time < 2; time += 1) await fetch(`${server.origin}/x`, { cache: 'no-store' });
    await fetch(`${server.origin}/x`);
    expect(server.exchanges.map(({ asked }) => asked.headers['if-none-match'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('its budget is reported, and its limit slows everybody down', async () => {
    let first = true;
    const server = await serve(() => {
      const limited = first;
      first = false;
      return {
        status: limited ? 429 : 200,
        json: {},
        headers: { 'x-ratelimit-remaining': '41', 'x-ratelimit-limit': '60' },
      };
    });
    const world = testWorld();
    await client(world)(`${server.origin}/x`);
    expect(world.traffic.report()[0]).toMatchObject({ requests: 2, retries: 1, remaining: 41 });
    expect(world.waits.length).toBeGreaterThan(0);
  });
});

async function closedPort(): Promise<string> {
  const server = await serve(JSON_OK);
  const { origin } = server;
  await open.splice(open.indexOf(server), 1)[0]?.close();
  return `${origin}/x`;
}

async function rawServer(bytes: string): Promise<string> {
  const server = createServer((socket) => void socket.on('error', () => undefined).write(bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  open.push({ close: async () => void server.close() });
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x`;
}
