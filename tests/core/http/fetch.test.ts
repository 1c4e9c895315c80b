import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { PaceError } from '../../../core/errors.ts';
import { backOff, createFetch, type HttpOptions } from '../../../core/http/fetch.ts';
import { VERSION } from '../../../core/version.ts';
import { type Handler, type Loopback, loopback } from '../../support/loopback.ts';
import { refusingAddress } from '../../support/refusing.ts';
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

  test('a read three times, and no more', async () => {
    const server = await serve(() => ({ status: 503, text: 'busy' }));
    const world = testWorld();
    await expect(client(world)(`${server.origin}/x`)).rejects.toMatchObject({ status: 503 });
    expect([server.exchanges.length, world.waits]).toEqual([4, [1000, 2000, 4000]]);
    await expect(client(world, { retries: 1 })(`${server.origin}/x`)).rejects.toMatchObject({ status: 503 });
    expect(server.exchanges.length).toBe(6);
  });

  test('a query that is sent by POST, where all requests read', async () => {
    let left = 1;
    const server = await serve(() => (left-- > 0 ? { status: 502, text: '' } : { json: { ok: true } }));
    await client(testWorld(), { readsOnly: true })(`${server.origin}/x`, { method: 'POST', body: '{"q":1}' });
    expect(server.exchanges.map(({ asked }) => asked.body)).toEqual([{ q: 1 }, { q: 1 }]);
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

  test('as long as a run should wait and no second longer', async () => {
    const answers = [60, 61].map((seconds) => ({ status: 429, headers: { 'retry-after': String(seconds) }, json: {} }));
    const server = await serve(() => answers.shift() ?? {});
    const world = testWorld();
    await expect(client(world)(`${server.origin}/x`)).rejects.toMatchObject({ retryAfter: 61_000 });
    expect(world.waits[0]).toBe(60_000);
    expect(server.exchanges.length).toBe(2);
  });

  test('where a limit names no time, as long as the vendor is known to mean', async () => {
    let left = 1;
    const server = await serve(() => (left-- > 0 ? { status: 429, json: {} } : {}));
    const world = testWorld();
    await client(world, { limitedWaitMs: 30_000 })(`${server.origin}/x`);
    expect(world.waits[0]).toBe(30_000);
  });

  test('keeps the others away from the host as long as it asked for, or as long as the vendor is known to want', async () => {
    const world = testWorld();
    const answers = [{ 'retry-after': '9' }, undefined, {}].map((headers) => ({ status: 429, headers, json: {} }));
    const server = await serve(() => answers.shift() ?? {});
    const fetch = client(world, { limitedWaitMs: 30_000, retries: 0 });
    const write = () =>
      fetch(`${server.origin}/x`, { method: 'POST' }).then(
        () => 'done',
        (error: PaceError) => error.kind,
      );
    const outcomes = [await write(), await write(), await write(), await write()];
    // a tenth of a second more each time, for the bucket is empty and slower
    expect(outcomes).toEqual(['rate-limit', 'rate-limit', 'rate-limit', 'done']);
    expect(world.waits.map((wait) => Math.floor(wait / 1000))).toEqual([9, 30, 30]);
  });

  test.each([
    [0, 0.5, 1000],
    [1, 0.5, 2000],
    [5, 0.5, 32_000],
    [6, 0.5, 60_000],
    [40, 0.5, 60_000],
    [0, 0, 900],
    [0, 1, 1100],
  ])('by itself twice as long each time, a minute at most: attempt %i, chance %f', (attempt, random, expected) => {
    expect(backOff(attempt, random)).toBeCloseTo(expected, 6);
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
    const nobody = await refusingAddress();
    open.push(nobody);
    const dead = `${nobody.origin}/x`;
    await expect(fetch(dead)).rejects.toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    const waited = world.waits.length;
    await expect(fetch(dead)).rejects.toThrow('it is not asked again for');
    expect(world.waits).toHaveLength(waited);
    world.advance(30_000);
    await expect(fetch(dead)).rejects.toThrow('ECONNREFUSED');
  });

  test('a write that found nobody was surely not done, and one without an answer perhaps', async () => {
    const nobody = await refusingAddress();
    const server = await serve(() => ({ status: 502, text: '' }));
    open.push(nobody);
    const fetch = client(testWorld());
    const write = (origin: string) => fetch(`${origin}/x`, { method: 'POST', body: '{}' });
    for (let time = 1; time <= 5; time += 1) {
      await expect(write(nobody.origin)).rejects.toMatchObject({ neverSent: true, unsure: false });
    }
    await expect(write(nobody.origin)).rejects.toThrow('it is not asked again for');
    await expect(write(server.origin)).rejects.toMatchObject({ neverSent: false, unsure: true, status: 502 });
  });

  test('a socket that hangs ends by time-out, before and after the first byte', async () => {
    const server = await serve(JSON_OK);
    server.trouble(() => true, 'hang', 10);
    const fetch = client(testWorld(), { firstByteMs: 50, retries: 0 });
    await expect(fetch(`${server.origin}/x`)).rejects.toThrow('no answer within 0.05 s');
    const slow = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nonly this');
    await expect(client(testWorld(), { wholeMs: 100, retries: 0 })(slow)).rejects.toThrow(
      'no complete answer within 0.1 s',
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

  test.each([307, 308])('a write is repeated with its body where the server says so: %i', async (status) => {
    const server = await serve(({ path }) =>
      path === '/old' ? { status, headers: { location: '/new' } } : { status: 201, json: { path } },
    );
    const answer = await client(testWorld())(`${server.origin}/old`, {
      method: 'POST',
      body: '{"title":"One"}',
      headers: { 'content-type': 'application/json', authorization: 'Bearer secret' },
    });
    expect([answer.status, await answer.json()]).toEqual([201, { path: '/new' }]);
    expect(server.exchanges.map(({ asked: { method, body } }) => [method, body])).toEqual([
      ['POST', { title: 'One' }],
      ['POST', { title: 'One' }],
    ]);
    expect(server.exchanges[1]?.asked.headers).toMatchObject({
      authorization: 'Bearer secret',
      'content-type': 'application/json',
    });
  });

  test.each([301, 302, 303])('a write is not repeated where it would become a read: %i', async (status) => {
    const server = await serve(() => ({ status, headers: { location: '/new' } }));
    const call = client(testWorld())(`${server.origin}/old`, { method: 'PUT', body: '{}' });
    await expect(call).rejects.toMatchObject({ kind: 'configuration' });
    expect(server.exchanges.length).toBe(1);
  });

  test.each([301, 302, 303, 307, 308])(
    'a read follows, and neither it nor a write leaves the origin: %i',
    async (status) => {
      const elsewhere = await serve(JSON_OK);
      const server = await serve(({ path }) => {
        if (path === '/here') return { json: { ok: true } };
        return { status, headers: { location: path === '/away' ? `${elsewhere.origin}/x` : 'here' } };
      });
      const fetch = client(testWorld());
      expect(await (await fetch(`${server.origin}/moved`)).json()).toEqual({ ok: true });
      for (const init of [{}, { method: 'POST', body: '{"secret":1}' }])
        await expect(fetch(`${server.origin}/away`, init)).rejects.toMatchObject({ kind: 'configuration' });
      expect(elsewhere.exchanges).toEqual([]);
    },
  );

  test('five redirects are followed, and no sixth', async () => {
    const server = await serve(({ path }) => {
      const left = Number(path.slice(1));
      return left > 0 ? { status: 302, headers: { location: `/${left - 1}` } } : { json: { ok: true } };
    });
    const fetch = client(testWorld());
    expect(await (await fetch(`${server.origin}/5`)).json()).toEqual({ ok: true });
    expect(server.exchanges.length).toBe(6);
    await expect(fetch(`${server.origin}/6`)).rejects.toThrow('has moved');
    expect(server.exchanges.length).toBe(12);
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

  test('an answer may be as long as is allowed, whether it tells its length or not', async () => {
    const body = 'x'.repeat(1000);
    const head = 'HTTP/1.1 200 OK\r\nconnection: close\r\n';
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const chunked = `${head}transfer-encoding: chunked\r\n\r\n`;
    const exact = [
      `${head}content-length: 1000\r\n\r\n${body}`,
      `${chunked}${chunk(body)}${chunk('')}`,
      `${chunked}${chunk(body.slice(1))}${chunk('x')}${chunk('')}`,
    ];
    const longer = [`${head}content-length: 1001\r\n\r\n${body}x`, `${chunked}${chunk(body)}${chunk('x')}${chunk('')}`];
    const fetch = client(testWorld(), { maxResponseBytes: 1000, retries: 0 });
    for (const bytes of exact) expect(await (await fetch(await rawServer(bytes))).text()).toBe(body);
    for (const bytes of longer) await expect(fetch(await rawServer(bytes))).rejects.toThrow('more than 1000 bytes');
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

  test('the last 64 answers are known by their tags, each in the form that was asked for', async () => {
    const server = await serve(({ path }) => ({ json: { path } }), { etags: true });
    const fetch = client(testWorld());
    const tagsOf = async (paths: readonly string[], headers = {}) => {
      const from = server.exchanges.length;
      for (const path of paths)
        expect(await (await fetch(`${server.origin}${path}`, { headers })).json()).toEqual({ path });
      return server.exchanges.slice(from).map(({ asked }) => asked.headers['if-none-match'] !== undefined);
    };
    const paths = Array.from({ length: 65 }, (_, place) => `/${place}`);
    expect(new Set(await tagsOf(paths.slice(0, 64)))).toEqual(new Set([false]));
    // one more, in another form, and the oldest is forgotten
    expect(await tagsOf(['/0'], { accept: 'text/html' })).toEqual([false]);
    expect(await tagsOf(['/1', '/0'])).toEqual([true, false]);
    expect(await tagsOf(['/64', '/63'])).toEqual([false, true]);
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

async function rawServer(bytes: string): Promise<string> {
  const server = createServer((socket) => void socket.on('error', () => undefined).write(bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  open.push({ close: async () => void server.close() });
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x`;
}
