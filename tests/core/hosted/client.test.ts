import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { HostedClient } from '../../../core/hosted/client.ts';
import { readCredentials, writeCredentials } from '../../../core/hosted/credentials.ts';
import { hostedJournal } from '../../../core/hosted/journal.ts';
import { openHosted } from '../../../core/hosted/open.ts';
import { newIssue, refused } from '../../support/hosted.ts';
import { type HostedBench, hostedBench, ROUTING } from '../../support/hosted-person.ts';
import type { Asked } from '../../support/loopback.ts';

const isPush = ({ method, path }: Asked) => method === 'POST' && /\/push\/?$/.test(path);
const isPull = ({ path }: Asked) => /\/pull\/?$/.test(path);

const ITEMS = [
  {
    ref: { system: 'jira', id: '10001', workspace: 'OWL', key: 'OWL-1' },
    action: 'update',
    patch: { title: 'Note a call at once' },
  },
];

function pushesOf({ server }: HostedBench) {
  return server.exchanges.filter(({ asked }) => isPush(asked));
}

function keysOf(bench: HostedBench) {
  return pushesOf(bench).map(({ asked }) => asked.headers['idempotency-key']);
}

function openOperations({ world }: HostedBench) {
  return hostedJournal(world).open();
}

async function withIssue(...given: Parameters<typeof hostedBench>): Promise<HostedBench> {
  const bench = await hostedBench(...given);
  newIssue(bench.server.state, { title: 'Note a call' });
  return bench;
}

describe('every request', () => {
  test('says whose it is and for which team', async () => {
    const bench = await withIssue();
    const body = await bench.open().pull(ROUTING, { limit: 5 });
    expect(body).toMatchObject({ status: 'ok', summary: { total: 1 }, items: [{ title: 'Note a call' }] });
    const [{ asked } = { asked: undefined }] = bench.server.exchanges;
    const [token] = bench.server.state.access;
    expect(asked?.headers).toMatchObject({ authorization: `Bearer ${token}`, 'x-team-slug': 'team-owls' });
    expect(asked?.body).toEqual({ provider: 'jira', binding_ref: 'bind-1', limit: 5 });
  });

  test('without what the project is bound to sends nothing', async () => {
    const bench = await hostedBench();
    await expect(bench.open().pull({ provider: 'jira' }, { limit: 5 })).rejects.toMatchObject({
      kind: 'configuration',
      remedy: expect.stringContaining('pace tracker bind'),
    });
    expect(bench.server.exchanges).toEqual([]);
  });

  test('searches a key as such and as words, and words as words', async () => {
    const bench = await withIssue();
    await bench.open().search(ROUTING, { text: 'OWL-1', limit: 20 });
    await bench.open().search(ROUTING, { text: 'a call', limit: 20 });
    const [key, words] = bench.server.exchanges.map(({ asked }) => asked.body);
    expect(key).toEqual({
      provider: 'jira',
      binding_ref: 'bind-1',
      limit: 20,
      query_key: 'OWL-1',
      query_text: 'OWL-1',
    });
    expect(words).toEqual({ provider: 'jira', binding_ref: 'bind-1', limit: 20, query_text: 'a call' });
  });
});

describe('a write', () => {
  test('has a key of its own each time that it is asked for', async () => {
    const bench = await withIssue();
    const client = bench.open();
    const first = await client.push(ROUTING, ITEMS);
    const second = await client.push(ROUTING, ITEMS);
    expect([first.isReplayed, second.isReplayed]).toEqual([false, false]);
    const [one, other] = keysOf(bench);
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(other).not.toBe(one);
    expect(openOperations(bench)).toEqual([]);
  });

  test('is on the disk before it is sent, without what is in it', async () => {
    const bench = await withIssue();
    const path = join(bench.world.cwd, '.pace/hosted.jsonl');
    let stood = '';
    bench.server.trouble(isPush, (answer) => {
      stood = readFileSync(path, 'utf8');
      return answer;
    });
    await bench.open().push(ROUTING, ITEMS);
    expect(stood).toContain(String(keysOf(bench)[0]));
    expect(stood).not.toContain('Note a call');
  });

  test('whose answer was lost is sent once more with its key, and done once', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPush, 'reset-after');
    const { isReplayed } = await bench.open().push(ROUTING, ITEMS);
    expect(isReplayed).toBe(true);
    expect(new Set(keysOf(bench)).size).toBe(1);
    expect(bench.server.state.effects).toBe(1);
  });

  test('that was lost twice goes on with its key in a later run', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPush, 'reset-after', 2);
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toMatchObject({ kind: 'transient', unsure: true });
    expect(openOperations(bench)).toHaveLength(1);
    bench.world.advance(600_000);
    const { isReplayed, isResumed } = await bench.open().push(ROUTING, ITEMS);
    expect([isReplayed, isResumed]).toEqual([true, true]);
    expect(new Set(keysOf(bench)).size).toBe(1);
    expect(bench.server.state.effects).toBe(1);
    // what was answered is another intent the next time
    expect((await bench.open().push(ROUTING, ITEMS)).isReplayed).toBe(false);
  });

  test.each([
    ['an expired session', 401],
    ['a missing right', 403],
    ['a limit', 429],
  ])('that was lost stays the same write, although the next run meets %s', async (_, status) => {
    const bench = await withIssue();
    bench.server.trouble(isPush, 'reset-after', 2);
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toThrow();
    bench.world.advance(600_000);
    const refusal = refused(bench.server.state, { status, code: 'no', message: 'No.', retryAfter: 1 });
    // a session is renewed, and a limit waited for, once
    bench.server.trouble(isPush, refusal, status === 403 ? 1 : 2);
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toMatchObject({ unsure: true });
    expect((await bench.open().push(ROUTING, ITEMS)).isReplayed).toBe(true);
    expect(bench.server.state.effects).toBe(1);
  });

  test('that was lost is settled where it can never have been taken', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPush, 'reset-before', 2);
    await expect(bench.open().push(ROUTING, [])).rejects.toThrow();
    bench.world.advance(600_000);
    await expect(bench.open().push(ROUTING, [])).rejects.toMatchObject({ message: 'items is empty.' });
    expect(openOperations(bench)).toEqual([]);
  });

  test('that nobody has asked for again in a week is another one then', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPush, 'reset-after', 2);
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toThrow();
    bench.world.advance(8 * 24 * 3_600_000);
    expect(openOperations(bench)).toEqual([]);
    expect((await bench.open().push(ROUTING, ITEMS)).isResumed).toBe(false);
  });

  test('of something else has another key, whatever is left of earlier ones', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPush, 'reset-after', 2);
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toThrow();
    bench.world.advance(600_000);
    const others = [{ ...ITEMS[0], patch: { title: 'Something else' } }];
    expect((await bench.open().push(ROUTING, others)).isResumed).toBe(false);
    expect(new Set(keysOf(bench)).size).toBe(2);
  });

  test.each([
    ['a refusal', 422, true],
    ['trouble without a word about its effect', 500, false],
    ['trouble that knows that nothing was done', 503, true],
  ])('%s (%i) is told in the service’s words, and is settled: %s', async (_, status, isSettled) => {
    const bench = await withIssue();
    const { state } = bench.server;
    bench.server.trouble(
      isPush,
      refused(state, {
        status,
        code: 'some_code',
        message: 'Not today.',
        userAction: true,
        hasNoEffect: status !== 500,
      }),
    );
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toMatchObject({
      message: 'Not today. (Please see the service’s dashboard.)',
    });
    expect(pushesOf(bench)).toHaveLength(1);
    expect(openOperations(bench)).toHaveLength(isSettled ? 0 : 1);
  });

  test('is refused where its key could not be kept', async () => {
    const bench = await withIssue();
    await bench.open().push(ROUTING, ITEMS);
    for (const args of [['init'], ['add', '-f', '.pace/hosted.jsonl']])
      execFileSync('git', args, { cwd: bench.world.cwd, stdio: 'ignore' });
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toMatchObject({ kind: 'configuration' });
    expect(pushesOf(bench)).toHaveLength(1);
  });
});

describe('a write that is done later', () => {
  test('is asked for with growing waits until it has ended', async () => {
    const bench = await withIssue({ later: 3 });
    const { body } = await bench.open().push(ROUTING, ITEMS);
    expect(body).toMatchObject({ status: 'ok', items: [{ outcome: 'updated' }] });
    expect(bench.world.waits).toEqual([1000, 2000, 4000]);
  });

  test('is asked for by a jitter of a fifth', async () => {
    const bench = await withIssue({ later: 2 }, { random: () => 0 });
    await bench.open().push(ROUTING, ITEMS);
    expect(bench.world.waits).toEqual([800, 1600]);
  });

  test('goes on being asked for where an answer about it is lost', async () => {
    const bench = await withIssue({ later: 1 });
    bench.server.trouble(({ path }) => path.includes('/operations/'), 'reset-before', 2);
    await bench.open().push(ROUTING, ITEMS);
    expect(bench.server.state.effects).toBe(1);
  });

  test('goes on being asked for where the service limits that', async () => {
    const bench = await withIssue({ later: 1 });
    const { state } = bench.server;
    const limited = refused(state, { status: 429, code: 'rate_limited', message: 'Too many.', retryAfter: 1 });
    bench.server.trouble(({ path }) => path.includes('/operations/'), limited, 2);
    await bench.open().push(ROUTING, ITEMS);
    expect(state.effects).toBe(1);
  });

  test('is still under way where nobody may ask for it any more, and the next run asks', async () => {
    const bench = await withIssue({ later: 1 });
    const { state } = bench.server;
    const denied = refused(state, { status: 403, code: 'forbidden', message: 'Not you.' });
    bench.server.trouble(({ path }) => path.includes('/operations/'), denied);
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toMatchObject({
      kind: 'permission',
      message: expect.stringMatching(/^What has become of the operation [0-9a-f-]{36} is not known: Not you\.$/),
      unsure: true,
    });
    expect(openOperations(bench)).toHaveLength(1);
    expect((await bench.open().push(ROUTING, ITEMS)).isResumed).toBe(true);
    expect(pushesOf(bench)).toHaveLength(1);
  });

  test('that has failed says why', async () => {
    const bench = await withIssue({ later: 0 });
    const items = { items: [] };
    await expect(bench.open().push(ROUTING, items.items)).rejects.toMatchObject({ message: 'items is empty.' });
    expect(openOperations(bench)).toEqual([]);
  });

  test('and takes longer than 5 minutes is asked for by the next run, and not sent again', async () => {
    const bench = await withIssue({ later: 20 });
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toMatchObject({
      kind: 'transient',
      message: expect.stringMatching(/^The operation [0-9a-f-]{36} .* 5 minutes/),
    });
    const waited = bench.world.waits.reduce((sum, each) => sum + each, 0);
    expect(waited).toBeGreaterThan(260_000);
    expect(waited).toBeLessThanOrEqual(300_000);
    const { isResumed } = await bench.open().push(ROUTING, ITEMS);
    expect(isResumed).toBe(true);
    expect(pushesOf(bench)).toHaveLength(1);
    expect(bench.server.state.effects).toBe(1);
  });

  test('has its deadline by a clock that nobody sets', async () => {
    let moved = 0;
    const bench = await withIssue({ later: 2 }, { monotonic: () => moved++ });
    const { world } = bench;
    const client = bench.open();
    bench.server.trouble(isPush, (answer) => {
      world.advance(86_400_000);
      return answer;
    });
    await expect(client.push(ROUTING, ITEMS)).resolves.toBeDefined();
  });

  test('is sent again with its key where the service has forgotten the operation', async () => {
    const bench = await withIssue({ later: 20 });
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toThrow();
    const { state } = bench.server;
    for (const operation of state.operations.values()) operation.left = 0;
    const kept = [...state.operations];
    state.operations.clear();
    bench.server.trouble(isPush, (answer) => {
      for (const [id, operation] of kept) state.operations.set(id, operation);
      return answer;
    });
    await bench.open().push(ROUTING, ITEMS);
    expect(new Set(keysOf(bench)).size).toBe(1);
    expect(state.effects).toBe(1);
  });
});

describe('a session', () => {
  const spoil = ({ server }: HostedBench) => server.state.access.clear();

  test('that has expired is renewed once, with the same key for the same write', async () => {
    const bench = await withIssue();
    spoil(bench);
    await bench.open().push(ROUTING, ITEMS);
    expect(new Set(keysOf(bench)).size).toBe(1);
    expect(pushesOf(bench).map(({ answer }) => answer.status)).toEqual([401, 200]);
    const [token] = bench.server.state.access;
    expect(readCredentials(bench.world)?.access).toBe(token);
  });

  test('that is refused twice has expired, and the way back is named', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPull, refused(bench.server.state, { status: 401, code: 'unauthorized', message: 'No.' }), 2);
    await expect(bench.open().pull(ROUTING, { limit: 5 })).rejects.toMatchObject({
      kind: 'authentication',
      remedy: expect.stringContaining('`pace tracker login`'),
    });
    expect(bench.server.exchanges.filter(({ asked }) => isPull(asked))).toHaveLength(2);
  });

  test('that cannot be renewed is over: nobody is logged in any more', async () => {
    const bench = await withIssue();
    spoil(bench);
    bench.server.state.refresh.clear();
    await expect(bench.open().pull(ROUTING, { limit: 5 })).rejects.toMatchObject({ kind: 'authentication' });
    expect(readCredentials(bench.world)).toBeUndefined();
  });

  test('that another process has renewed is taken from there', async () => {
    const bench = await withIssue();
    const client = bench.open();
    spoil(bench);
    bench.logIn();
    await client.pull(ROUTING, { limit: 5 });
    expect(bench.server.exchanges.filter(({ asked }) => asked.path.startsWith('/oauth'))).toEqual([]);
  });

  test('is renewed once, however many find out at the same time', async () => {
    const real = { now: () => Date.now(), sleep: (milliseconds: number) => setTimeout(milliseconds) };
    const bench = await withIssue({}, real);
    const clients = [bench.open(), bench.open(), bench.open()];
    spoil(bench);
    await Promise.all(clients.map((client) => client.pull(ROUTING, { limit: 5 })));
    const renewals = bench.server.exchanges.filter(({ asked }) => asked.path === '/oauth/token');
    expect(renewals.map(({ answer }) => answer.status)).toEqual([200]);
  });

  test('of a password is renewed by the address of the first generation', async () => {
    const bench = await withIssue();
    const tokens = bench.server.state.newTokens();
    writeCredentials(bench.world, { ...tokens, server: bench.server.origin, login: 'password', team: 'owls' });
    spoil(bench);
    await bench.open().pull(ROUTING, { limit: 5 });
    expect(bench.server.exchanges.map(({ asked }) => asked.path)).toContain('/api/v1/token/refresh/');
  });

  test('of one server is never sent to another', async () => {
    const bench = await hostedBench();
    expect(() => openHosted(bench.world, { address: 'https://tracker.example.org' })).toThrow(/not sent to/);
  });
});

describe('a limit', () => {
  const limited = ({ server }: HostedBench, seconds?: number) =>
    refused(server.state, {
      status: 429,
      code: 'rate_limited',
      message: 'Too many.',
      ...(seconds === undefined ? {} : { retryAfter: seconds }),
    });

  test('is waited for as the answer says, once', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPush, limited(bench, 7));
    await bench.open().push(ROUTING, ITEMS);
    expect(bench.world.waits).toEqual([7000]);
    expect(new Set(keysOf(bench)).size).toBe(1);
  });

  test('is waited for 5 seconds where the answer does not say', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPush, limited(bench));
    await bench.open().push(ROUTING, ITEMS);
    expect(bench.world.waits).toEqual([5000]);
  });

  test('that comes a second time ends in the service’s words', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPush, limited(bench, 1), 2);
    await expect(bench.open().push(ROUTING, ITEMS)).rejects.toMatchObject({ kind: 'rate-limit', message: 'Too many.' });
    expect(openOperations(bench)).toEqual([]);
  });
});

describe('paths', () => {
  const both = async (client: HostedClient) => {
    await client.status(ROUTING);
    await client.push(ROUTING, ITEMS);
    await client.pull(ROUTING, { limit: 5 });
  };

  test.each(['with', 'without'] as const)('%s a slash are found, and which it is is remembered', async (slashes) => {
    const bench = await withIssue({ slashes });
    await both(bench.open());
    const paths = bench.server.exchanges.map(({ asked }) => asked.path);
    expect(paths).toHaveLength(slashes === 'with' ? 3 : 4);
    expect(bench.server.state.effects).toBe(1);
  });

  test.each([301, 302, 307, 308] as const)(
    'that lead to the other form by a %i keep method, body and key',
    async (redirects) => {
      const bench = await withIssue({ slashes: 'without', redirects });
      const client = bench.open();
      await client.push(ROUTING, ITEMS);
      const [first, second] = pushesOf(bench);
      expect(second?.asked.method).toBe('POST');
      expect(second?.asked.body).toEqual(first?.asked.body);
      expect(new Set(keysOf(bench)).size).toBe(1);
      await client.pull(ROUTING, { limit: 5 });
      expect(bench.server.exchanges.at(-1)?.asked.path).toBe('/api/v1/tracker/pull');
    },
  );

  test('never lead a write elsewhere', async () => {
    const bench = await withIssue();
    for (const location of ['https://elsewhere.example.org/api/v1/tracker/push/', '/login', '/api/v1/tracker/pull/']) {
      bench.server.trouble(isPush, { status: 302, headers: { location } });
      await expect(bench.open().push(ROUTING, ITEMS)).rejects.toMatchObject({ kind: 'configuration', neverSent: true });
    }
    expect(bench.server.exchanges.every(({ asked }) => isPush(asked))).toBe(true);
  });

  test('never lead a token to another origin, whatever the method', async () => {
    const bench = await withIssue();
    bench.server.trouble(({ path }) => path.includes('/status'), {
      status: 307,
      headers: { location: 'http://127.0.0.1:9/api/v1/tracker/status/' },
    });
    await expect(bench.open().status(ROUTING)).rejects.toMatchObject({ kind: 'configuration' });
  });

  test('that are not there at all are said to be so, once each', async () => {
    const bench = await withIssue();
    bench.server.trouble(isPull, { status: 404, json: { detail: 'Not found.' } }, 2);
    await expect(bench.open().pull(ROUTING, { limit: 5 })).rejects.toMatchObject({ status: 404 });
    expect(bench.server.exchanges.map(({ asked }) => asked.path)).toEqual([
      '/api/v1/tracker/pull/',
      '/api/v1/tracker/pull',
    ]);
  });
});

describe('errors in both spellings', () => {
  test.each(['old', 'new'] as const)('the %s one', async (spelling) => {
    const bench = await hostedBench({ spelling });
    await expect(bench.open().status({ provider: 'jira', bindingRef: 'gone' })).rejects.toMatchObject({
      message: 'There is no such binding.',
      remedy: expect.stringContaining('pace tracker bind'),
      status: 404,
    });
    await expect(bench.open().status({ provider: 'gitlab', projectSlug: 'owl' })).rejects.toMatchObject({
      message: 'gitlab is not installed. (Please see the service’s dashboard.)',
    });
  });

  test('a page in place of an error is told by its status', async () => {
    const bench = await hostedBench();
    bench.server.trouble(isPull, { status: 500, text: '<html>down</html>' }, 2);
    await expect(bench.open().pull(ROUTING, { limit: 5 })).rejects.toMatchObject({
      message: 'The hosted tracker answered HTTP 500.',
    });
  });

  test('a page in place of an answer is none', async () => {
    const bench = await hostedBench();
    bench.server.trouble(isPull, { status: 200, text: '<html>Welcome</html>' });
    await expect(bench.open().pull(ROUTING, { limit: 5 })).rejects.toMatchObject({ kind: 'unexpected' });
  });
});

test('nothing is written for a read', async () => {
  const bench = await withIssue();
  await bench.open().pull(ROUTING, { limit: 5 });
  expect(existsSync(join(bench.world.cwd, '.pace'))).toBe(false);
});
