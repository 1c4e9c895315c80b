// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written this way
import { afterEach, describe, expect, it, test } from 'vitest';
import { createRedactor } from '../../../../../core/text/redact.ts';
import { VERSION } from '../../../../../core/version.ts';
import type { World } from '../../../../../core/world.ts';
import { readHttp } from '../../../../../src/gate/evidence/http/http.ts';
import type { EvidenceContext } from '../../../../../src/gate/evidence/reader.ts';
import type { Resolve } from '../../../../../src/process/guarded-fetch.ts';
import { guardedFetch } from '../../../../../src/process/guarded-fetch.ts';
import { type Answer, type Asked, type Loopback, loopback } from '../../../../support/loopback.ts';
import { untimed } from '../../../../support/untimed.ts';
import { type TestWorld, testWorld } from '../../../../support/world.ts';
import { configOf, contextIn, lines } from '../workspace.support.ts';

const open: Loopback[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** A service that gives these answers, one after the other; the last one stays. */
async function service(...answers: (Answer | ((asked: Asked) => Answer))[]): Promise<Loopback> {
  let next = 0;
  const handler = (asked: Asked) => {
    const answer = answers[Math.min(next, answers.length - 1)] ?? {};
    next += 1;
    return typeof answer === 'function' ? answer(asked) : answer;
  };
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const server = await loopback(Object.fromEntries(methods.map((method) => [`${method} /:rest*`, handler])));
  open.push(server);
  return server;
}

function worldOf(overrides: Partial<World> = {}, resolve?: Resolve): TestWorld {
  return testWorld({ guardedFetch: guardedFetch({}, { warn: () => undefined }, resolve), ...overrides });
}

interface Around extends Partial<EvidenceContext> {
  readonly world?: TestWorld;
}

async function read(settings: Record<string, unknown>, { world = worldOf(), ...rest }: Around = {}) {
  return readHttp(configOf({ type: 'http', name: 'deploy', ...settings }), contextIn('/nowhere', { world, ...rest }));
}

/** What the one finding says, without the name of its check. */
async function said(settings: Record<string, unknown>, around: Around = {}): Promise<string> {
  const reading = await read(settings, around);
  const [finding] = reading.findings;
  expect(reading.findings).toHaveLength(1);
  return `${finding?.result} ${finding?.evidence}`;
}

describe('a question', () => {
  it('passes with 2xx when nothing else is wanted', async () => {
    const { origin } = await service({ status: 204 });
    const reading = await read({ url: `${origin}/health` });
    expect(reading).toEqual({
      source: 'deploy',
      findings: [{ source: 'deploy', check: `GET ${origin}/health`, result: 'PASS', evidence: 'Answered 204.' }],
      hasFailure: false,
      complete: true,
      standing: true,
    });
  });

  it('that fails does what `on_fail` says', async () => {
    const { origin } = await service({ status: 500 });
    const fail = [{ status: 500 }];
    expect(await said({ url: `${origin}/x`, fail })).toMatch(/^FAIL Answered 500\./);
    expect(await said({ url: `${origin}/x`, fail, on_fail: 'advisory' })).toMatch(/^ADVISORY Answered 500\./);
    expect(await said({ url: `${origin}/x`, fail, on_fail: 'observe' })).toMatch(/^OBSERVED Answered 500\./);
  });

  it('knows day and commit, encoded in the address and as they are in the body, and keeps the name of its check', async () => {
    const server = await service({});
    const url = `${server.origin}/{sha}/{day}?of={sha}`;
    const body = { commit: '{sha}', days: ['{day}', 7], deep: { none: null } };
    const reading = await read({ url, body }, { sha: 'a/b&c', day: 3 });
    expect(lines(reading)).toEqual([`PASS POST ${url} | Answered 200.`]);
    expect(server.exchanges[0]?.asked).toMatchObject({
      path: '/a%2Fb%26c/3',
      body: { commit: 'a/b&c', days: ['3', 7], deep: { none: null } },
      headers: { 'content-type': 'application/json', 'user-agent': `pace/${VERSION}` },
    });
    expect(Object.fromEntries(server.exchanges[0]?.asked.query ?? [])).toEqual({ of: 'a/b&c' });
  });

  it('sends a text as it is', async () => {
    const server = await service({});
    await read({ url: `${server.origin}/x`, method: 'PUT', body: 'day {day} of {sha}' });
    expect(server.exchanges[0]?.asked).toMatchObject({ method: 'PUT', body: 'day 3 of c0ffee' });
    expect(server.exchanges[0]?.asked.headers['content-type']).toMatch(/^text\/plain/);
  });

  it('asks for JSON when it looks into it, unless told otherwise', async () => {
    const server = await service({ json: { a: 1 } });
    const url = `${server.origin}/x`;
    const pass = [{ json: 'a', equals: 1 }];
    await read({ url });
    await read({ url, pass });
    await read({ url, pass, headers: { Accept: 'application/vnd.x+json', 'User-Agent': 'me' } });
    const headers = server.exchanges.map(({ asked }) => [asked.headers['accept'], asked.headers['user-agent']]);
    expect(headers).toEqual([
      ['*/*', `pace/${VERSION}`],
      ['application/json', `pace/${VERSION}`],
      ['application/vnd.x+json', 'me'],
    ]);
  });

  it('is not asked without a commit that it names', async () => {
    const server = await service({});
    const words =
      'UNKNOWN It was not asked: its address or body names `{sha}`, and no commit is judged. Please run PACE where it knows the commit, or pass --sha.';
    expect(await said({ url: `${server.origin}/{sha}` }, { sha: '' })).toBe(words);
    expect(await said({ url: server.origin, method: 'POST', body: { a: ['{sha}'] } }, { sha: '' })).toBe(words);
    expect(await said({ url: `${server.origin}/x` }, { sha: '' })).toBe('PASS Answered 200.');
    expect(server.exchanges).toHaveLength(1);
  });
});

describe('the variables in its headers', () => {
  it('are replaced, alone and within a text', async () => {
    const server = await service({});
    const env = { DEPLOY_TOKEN: 'deploy-token-1\n', OTHER: 'two' };
    const headers = {
      Authorization: 'Bearer env:DEPLOY_TOKEN',
      'X-Both': '${OTHER}, env:OTHER!',
      'X-Plain': 'myenv:OTHER',
    };
    await read({ url: `${server.origin}/x`, headers }, { world: worldOf({ env }) });
    expect(server.exchanges[0]?.asked.headers).toMatchObject({
      authorization: 'Bearer deploy-token-1',
      'x-both': 'two, two!',
      'x-plain': 'myenv:OTHER',
    });
  });

  it('are missed by name, and nothing is sent without them', async () => {
    const server = await service({});
    const headers = { A: 'env:FIRST', B: 'env:SECOND env:FIRST', C: 'env:toString' };
    const env = { SECOND: '  ' };
    expect(await said({ url: `${server.origin}/x`, headers }, { world: worldOf({ env }) })).toBe(
      'UNKNOWN It was not asked: FIRST is not set. SECOND is not set. toString is not set. Please give the job a variable of its own for this service, and name it in `headers`.',
    );
    expect(server.exchanges).toEqual([]);
  });

  it('never hold a credential of PACE’s own, by whatever name', async () => {
    const server = await service({});
    const env = { PACE_GITHUB_TOKEN: 'the-own-token', COPY: 'token the-own-token', SHORT: 'abc', FINE: 'abc-12345678' };
    const around = () => ({ world: worldOf({ env }), secretNames: ['PACE_GITHUB_TOKEN', 'SHORT', 'UNSET'] });
    const refused = (name: string) =>
      `UNKNOWN It was not asked: ${name} holds a credential of PACE's own, which is sent to no other service. Please give the job a variable of its own for this service, and name it in \`headers\`.`;
    const url = `${server.origin}/x`;
    for (const name of ['PACE_GITHUB_TOKEN', 'COPY', 'SHORT', 'UNSET'])
      expect(await said({ url, headers: { A: `env:${name}` } }, around())).toBe(refused(name));
    expect(server.exchanges).toEqual([]);
    expect(await said({ url, headers: { A: 'env:FINE' } }, around())).toBe('PASS Answered 200.');
  });

  it('cannot break out of their header', async () => {
    const { origin } = await service({});
    const env = { BROKEN: 'a\r\nX-Evil: 1', FOREIGN: 'ключ' };
    expect(
      await said({ url: origin, headers: { A: 'env:BROKEN', B: 'env:FOREIGN' } }, { world: worldOf({ env }) }),
    ).toBe(
      'UNKNOWN It was not asked: BROKEN cannot be sent: a header is one line of Latin characters. FOREIGN cannot be sent: a header is one line of Latin characters. Please give the job a variable of its own for this service, and name it in `headers`.',
    );
  });

  it('are shown nowhere, not even where the service gives them back', async () => {
    const { origin } = await service((asked) => ({ json: { got: asked.headers['x-key'] } }));
    const env = { DEPLOY_KEY_OF_MINE: 'correct-horse-battery' };
    const { redact, conceal } = createRedactor({});
    const world = worldOf({ env, redact, conceal });
    const settings = {
      ...{ url: `${origin}/x`, headers: { 'X-Key': 'env:DEPLOY_KEY_OF_MINE' }, deadline_seconds: 15 },
      pass: [{ json: 'got', equals: 'nothing' }],
    };
    expect(await said(settings, { world })).toContain('Last: Answered 200; got is "***". Wanted:');
    expect(world.lines.join('\n')).toContain('got is "***"');
    expect(world.lines.join('\n')).not.toContain('correct');
  });
});

describe('until it passes or fails', () => {
  const wanted = {
    pass: [{ json: '$.state', equals: 'ready' }],
    fail: [{ json: '$.state', in: ['failed', 'stopped'] }],
  };
  const state = (word: string): Answer => ({ json: { state: word } });

  it('is asked again, ten seconds apart', async () => {
    const server = await service(state('queued'), { status: 503, text: 'busy' }, state('ready'));
    const world = worldOf();
    expect(await said({ url: `${server.origin}/x`, ...wanted }, { world })).toBe(
      'PASS Answered 200; $.state is "ready".',
    );
    expect(world.waits).toEqual([10_000, 10_000]);
    expect(world.lines).toEqual([
      'progress: deploy: Answered 200; $.state is "queued". Wanted: $.state equals "ready".',
      'progress: deploy: Answered 503; the answer is not JSON: busy. Wanted: $.state equals "ready".',
    ]);
    const { host, requests } = world.traffic.report()[0] ?? {};
    expect([host, requests]).toEqual([server.origin, 3]);
  });

  it('fails at once, though all of `pass` holds', async () => {
    const { origin } = await service(state('failed'));
    const settings = { url: `${origin}/x`, ...wanted, pass: [{ status: 200 }] };
    expect(await said(settings)).toBe(
      'FAIL Answered 200; $.state is "failed". `fail` has: $.state is one of "failed", "stopped".',
    );
  });

  it('is UNKNOWN at the deadline, with what was seen last', async () => {
    const server = await service(state('queued'));
    const world = worldOf();
    const reading = await read(
      { url: `${server.origin}/x`, ...wanted, interval_seconds: 20, deadline_seconds: 50 },
      { world },
    );
    expect(reading.findings.map(({ result, evidence }) => `${result} ${evidence}`)).toEqual([
      'UNKNOWN Neither passed nor failed within 50 s, asked 4 times. Last: Answered 200; $.state is "queued". Wanted: $.state equals "ready".',
    ]);
    expect(reading.complete).toBe(false);
    expect(world.waits).toEqual([20_000, 20_000, 10_000]);
    // the same again is not said again
    expect(world.lines).toHaveLength(1);
  });

  it('leaves the service alone for as long as it asks, and no longer than the deadline', async () => {
    const busy = { status: 429, headers: { 'retry-after': '45' } };
    const server = await service(busy, busy, {});
    const world = worldOf();
    expect(await said({ url: `${server.origin}/x`, deadline_seconds: 60 }, { world })).toBe('PASS Answered 200.');
    expect(world.waits).toEqual([45_000, 15_000]);
  });

  it('goes on where it cannot be reached, and says so at the end', async () => {
    const server = await service({});
    server.trouble(() => true, 'reset-before', 2);
    const world = worldOf();
    expect(await said({ url: `${server.origin}/x` }, { world })).toBe('PASS Answered 200.');
    expect(world.waits).toEqual([10_000, 10_000]);
    expect(world.traffic.report().map(({ requests }) => requests)).toEqual([3]);
    server.trouble(() => true, 'reset-before', 9);
    expect(await said({ url: `${server.origin}/x`, deadline_seconds: 5 })).toMatch(
      /^UNKNOWN Neither passed nor failed within 5 s, asked 2 times\. Last: The service could not be reached at http:\/\/127\.0\.0\.1:\d+ \((?:ECONNRESET|UND_ERR_SOCKET|other side closed)\)\. Please check the URL, the network and the proxy of the runner; the next run tries again\.$/,
    );
  });

  it('waits for one answer for so long only', async () => {
    const server = await service({});
    server.trouble(() => true, 'hang');
    const { after, newTimers } = untimed();
    const world = worldOf({ after });
    const reading = said({ url: `${server.origin}/x`, timeout_seconds: 7 }, { world });
    let times: number[] = [];
    while (times.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const timers = newTimers();
      times = timers.map(({ milliseconds }) => milliseconds);
      timers[0]?.pass();
    }
    expect(times).toEqual([7_000, 7_000]);
    expect(await reading).toBe('PASS Answered 200.');
    expect(world.lines).toEqual([expect.stringContaining('(no answer within 7 s)')]);
  });

  it('ends with the run', async () => {
    const server = await service(state('queued'));
    const controller = new AbortController();
    const world = worldOf({
      sleep: async (_, signal) => {
        controller.abort(new Error('stopped by hand'));
        signal?.throwIfAborted();
      },
    });
    await expect(read({ url: `${server.origin}/x`, ...wanted }, { world, signal: controller.signal })).rejects.toThrow(
      'stopped by hand',
    );
    await expect(
      read({ url: `${server.origin}/x` }, { signal: AbortSignal.abort(new Error('early')) }),
    ).rejects.toThrow('early');
    expect(server.exchanges).toHaveLength(1);
  });
});

describe('an answer', () => {
  const pass = [{ json: 'a', equals: 1 }];
  const last = async (answer: Answer, settings: Record<string, unknown> = {}) => {
    const { origin } = await service(answer);
    return said({ url: `${origin}/x`, pass, deadline_seconds: 1, ...settings });
  };

  it('that is no JSON has no values', async () => {
    expect(await last({ text: '<html>\n<b>Sign in</b>', headers: { 'content-type': 'text/html' } })).toContain(
      'Last: Answered 200; the answer is not JSON: <html> <b>Sign in</b>. Wanted: a equals 1.',
    );
    expect(await last({ text: 'x'.repeat(200) })).toContain(`the answer is not JSON: ${'x'.repeat(79)}…. Wanted`);
    expect(await last({ text: ' ' })).toContain('Last: Answered 200; the answer is empty. Wanted');
    expect(await last({ status: 204 })).toContain('Last: Answered 204; the answer is empty. Wanted');
  });

  it('is read up to 1 MiB, and its status beyond', async () => {
    const most = 1024 * 1024;
    const json = (size: number) => `{"a":1,"b":"${'x'.repeat(size - 14)}"}`;
    expect(json(most)).toHaveLength(most);
    expect(await last({ text: json(most) })).toBe('PASS Answered 200; a is 1.');
    expect(await last({ text: json(most + 1) })).toContain('Answered 200; the answer is larger than 1 MiB. Wanted');
    expect(await last({ status: 202, text: json(most + 1) }, { pass: [{ status: 202 }] })).toBe('PASS Answered 202.');
  });

  it('may begin with a byte order mark', async () => {
    expect(await last({ text: '\ufeff{"a":1}' })).toBe('PASS Answered 200; a is 1.');
  });

  it('of HEAD has a status', async () => {
    const { origin } = await service({ status: 200 });
    expect(await said({ url: `${origin}/x`, method: 'HEAD' })).toBe('PASS Answered 200.');
  });

  it('cannot speak to the terminal', async () => {
    expect(await last({ json: { a: '\u001b[31mred\n::error::x' } })).toContain(
      String.raw`a is "\u001b[31mred\n::error::x"`,
    );
  });
});

describe('a redirect', () => {
  const to = (location: string, status = 302): Answer => ({ status, headers: { location } });

  it('on the same host is followed', async () => {
    const server = await service(to('/moved?b=1#x', 301), ({ origin }) => to(`${origin}/at/last`, 308), { json: 1 });
    expect(await said({ url: `${server.origin}/x` })).toBe('PASS Answered 200.');
    expect(server.exchanges.map(({ asked }) => `${asked.path}?${asked.query}`)).toEqual([
      '/x?',
      '/moved?b=1',
      '/at/last?',
    ]);
  });

  it('keeps headers there', async () => {
    const server = await service(to('/y'), {});
    await read({ url: `${server.origin}/x`, headers: { 'X-Key': 'env:K' } }, { world: worldOf({ env: { K: 'k-1' } }) });
    expect(server.exchanges.map(({ asked }) => asked.headers['x-key'])).toEqual(['k-1', 'k-1']);
  });

  test.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [302, 'PUT', 'PUT'],
    [303, 'PUT', 'GET'],
    [302, 'HEAD', 'HEAD'],
    [303, 'HEAD', 'HEAD'],
    [303, 'GET', 'GET'],
  ])('%i after %s is asked by %s', async (status, method, then) => {
    const server = await service(to('/y', status), {});
    const hasBody = method === 'POST' || method === 'PUT';
    const body = { a: 1 };
    await read({ url: `${server.origin}/x`, method, ...(hasBody ? { body } : {}) });
    const second = server.exchanges[1]?.asked;
    const isSame = hasBody && then === method;
    expect([second?.method, second?.body, second?.headers['content-type']]).toEqual(
      isSame ? [then, body, 'application/json'] : [then, undefined, undefined],
    );
  });

  test.each([
    'https://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://127.0.0.1:1/',
    '//deploy.example/x',
    'ftp://127.0.0.1/',
  ])('to %s is refused', async (address) => {
    const other = await service({});
    const server = await service(({ origin }) => to(address.replace('PORT', new URL(origin).port)));
    const { origin } = new URL(address.replace('PORT', new URL(server.origin).port), server.origin);
    expect(await said({ url: `${server.origin}/x` })).toBe(
      `UNKNOWN ${server.origin} redirects to ${origin}, which is another host and is not asked. If that is the service, please write its address in \`url\`.`,
    );
    expect([server.exchanges.length, other.exchanges.length]).toEqual([1, 0]);
  });

  it('to nowhere is an answer like others', async () => {
    const { origin } = await service({ status: 302 }, { status: 304 });
    expect(await said({ url: `${origin}/x`, pass: [{ status: 302 }] })).toBe('PASS Answered 302.');
    expect(await said({ url: `${origin}/x`, pass: [{ status: 304 }] })).toBe('PASS Answered 304.');
  });

  it('that is no address is refused', async () => {
    const { origin } = await service(to('http://'));
    expect(await said({ url: `${origin}/x` })).toContain('redirects to “http://”, which is not an address.');
  });

  it('is followed five times', async () => {
    const around = (server: Loopback) => said({ url: `${server.origin}/x` });
    const five = Array.from({ length: 5 }, (_, index) => to(`/${index}`));
    expect(await around(await service(...five, {}))).toBe('PASS Answered 200.');
    const endless = await service(to('/again'));
    expect(await around(endless)).toBe(
      `UNKNOWN ${endless.origin} redirects more than 5 times. Please write the address to which it leads in \`url\`.`,
    );
    expect(endless.exchanges).toHaveLength(6);
  });
});

describe('an address that is never asked', () => {
  const remedy =
    'Please name a service of your own: loopback and private networks may be asked, these addresses never.';

  it('is refused as it stands, at once', async () => {
    const world = worldOf();
    expect(await said({ url: 'http://169.254.169.254/latest/meta-data' }, { world })).toBe(
      `UNKNOWN 169.254.169.254 is the address of a cloud’s metadata service, and is not asked. ${remedy}`,
    );
    expect([world.waits, world.traffic.report()]).toEqual([[], []]);
  });

  it('is refused behind a name, also behind one that led elsewhere before', async () => {
    const server = await service({ status: 500, headers: { connection: 'close' } });
    const addresses = ['127.0.0.1', '169.254.1.1'];
    const resolve: Resolve = async () => [{ address: addresses.shift() ?? '', family: 4 }];
    const url = `http://deploy.example:${new URL(server.origin).port}/x`;
    expect(await said({ url }, { world: worldOf({}, resolve) })).toBe(
      `UNKNOWN deploy.example (169.254.1.1) is a link-local address, and is not asked. ${remedy}`,
    );
    expect(server.exchanges).toHaveLength(1);
  });

  it('could not be told from others in a world that does not look', async () => {
    expect(await said({ url: 'http://127.0.0.1:1/' }, { world: testWorld() })).toBe(
      'UNKNOWN Services cannot be asked here: nothing looks at the addresses of its connections. Please give the world a `guardedFetch`.',
    );
  });
});
