import { beforeEach, describe, expect, test } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { cachedDriver, TTL } from '../../../core/tracker/cached-driver.ts';
import { claimsByComment } from '../../../core/tracker/claims.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { memoryDriver } from '../../support/memory-driver.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

let world: TestWorld;
let driver: ReturnType<typeof memoryDriver>;
let cached: TrackerDriver;
let key: string;

beforeEach(async () => {
  world = testWorld();
  driver = memoryDriver({ world });
  cached = cachedDriver({ ...driver, claims: claimsByComment(driver, world) }, world);
  key = (await driver.createIssue({ title: 'One', body: '', labels: ['a'] })).key;
});

/** How many requests the work costs. */
async function cost(work: () => Promise<unknown>): Promise<number> {
  const before = driver.requests().all;
  await work();
  return driver.requests().all - before;
}

const READS: Record<string, { seconds: number; ask: () => Promise<unknown> }> = {
  'an issue': { seconds: TTL.issue, ask: () => cached.getIssue(key) },
  'a list': { seconds: TTL.search, ask: () => collect(cached.listIssues({ labels: ['a'] })) },
  children: { seconds: TTL.children, ask: () => collect(cached.listIssues({ parent: key })) },
  comments: { seconds: TTL.comments, ask: () => collect(cached.listComments(key)) },
  transitions: { seconds: TTL.transitions, ask: () => cached.getAvailableTransitions(key) },
  links: { seconds: TTL.links, ask: async () => cached.getIssueLinks?.(key) },
  'the user': { seconds: TTL.user, ask: () => cached.getCurrentUser() },
  labels: { seconds: TTL.metadata, ask: async () => collect(cached.listLabels?.() ?? none()) },
  milestones: { seconds: TTL.metadata, ask: async () => collect(cached.listMilestones?.() ?? none()) },
};

async function* none(): AsyncGenerator<never> {
  yield* [];
}

describe.each(Object.entries(READS))('%s', (_, { seconds, ask }) => {
  test('is asked for once, and again when its time is up', async () => {
    expect(await cost(ask)).toBeGreaterThan(0);
    expect(await cost(ask)).toBe(0);
    world.advance(seconds * 1000 - 1);
    expect(await cost(ask)).toBe(0);
    world.advance(2);
    expect(await cost(ask)).toBeGreaterThan(0);
  });
});

describe('with a time of the caller’s', () => {
  test('every kind is remembered for it, and no longer', async () => {
    cached = cachedDriver({ ...driver, claims: claimsByComment(driver, world) }, world, { ttlSeconds: 7 });
    for (const { ask } of Object.values(READS)) await ask();
    world.advance(6_999);
    for (const [name, { ask }] of Object.entries(READS)) expect([name, await cost(ask)]).toEqual([name, 0]);
    world.advance(2);
    for (const [name, { ask }] of Object.entries(READS)) {
      expect([name, await cost(ask)]).toEqual([name, expect.toSatisfy((requests: number) => requests > 0)]);
    }
  });

  test.each([1, 86_400])('%d seconds are one', (ttlSeconds) => {
    expect(cachedDriver(driver, world, { ttlSeconds }).platform).toBe(driver.platform);
  });

  test.each([0, -1, 1.5, 86_401, Number.NaN, Number.POSITIVE_INFINITY])('%d seconds are none', (ttlSeconds) => {
    const opened = () => cachedDriver(driver, world, { ttlSeconds });
    expect(opened).toThrow(
      expect.objectContaining({
        kind: 'configuration',
        message: `\`ttlSeconds\` of the cache is ${ttlSeconds}.`,
        remedy: 'Please give whole seconds from 1 to 86400, or `cache: true` for the usual times.',
      }),
    );
  });
});

/** Whatever the tracker tells of one issue and of itself. */
function readsOf(tracker: TrackerDriver, issue: string): Record<string, () => Promise<unknown>> {
  return {
    issue: () => tracker.getIssue(issue).catch(() => 'none'),
    list: () => collect(tracker.listIssues({ labels: ['a'] })),
    'whole list': () => collect(tracker.listIssues()),
    children: () => collect(tracker.listIssues({ parent: issue })),
    comments: () => collect(tracker.listComments(issue)).catch(() => 'none'),
    transitions: () => tracker.getAvailableTransitions(issue).catch(() => 'none'),
    links: async () => tracker.getIssueLinks?.(issue).catch(() => 'none'),
    labels: () => collect(tracker.listLabels?.() ?? none()),
    milestones: () => collect(tracker.listMilestones?.() ?? none()),
    users: () => collect(tracker.listUsers?.() ?? none()),
    user: () => tracker.getCurrentUser(),
    capabilities: () => tracker.capabilities(),
  };
}

async function answers(tracker: TrackerDriver, issue: string): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, ask] of Object.entries(readsOf(tracker, issue))) found[name] = await ask();
  return found;
}

type Write = (to: { tracker: TrackerDriver; key: string; other: string; comment: string }) => Promise<unknown>;

const WRITES: Readonly<Record<string, Write>> = {
  createIssue: ({ tracker, other: parent }) =>
    tracker.createIssue({ title: 'New', body: '', labels: ['a', 'new'], parent }),
  updateIssue: ({ tracker, key }) =>
    tracker.updateIssue(key, { title: 'Two', state: 'done', addLabels: ['new'], milestone: 'M1' }),
  transitionIssue: ({ tracker, key }) => tracker.transitionIssue(key, { state: 'done' }),
  deleteIssue: async ({ tracker, key }) => tracker.deleteIssue?.(key),
  addComment: ({ tracker, key }) => tracker.addComment(key, 'Said.'),
  updateComment: async ({ tracker, key, comment }) => tracker.updateComment?.(key, comment, 'Changed.'),
  deleteComment: async ({ tracker, key, comment }) => tracker.deleteComment?.(key, comment),
  createLink: async ({ tracker, key, other }) => tracker.createLink?.(other, { type: 'duplicates', target: key }),
  deleteLink: async ({ tracker, key, other }) => tracker.deleteLink?.(other, { type: 'blocks', target: key }),
  createLabel: async ({ tracker }) => tracker.createLabel?.({ name: 'made' }),
  updateLabel: async ({ tracker }) => tracker.updateLabel?.('a', { name: 'renamed' }),
  deleteLabel: async ({ tracker }) => tracker.deleteLabel?.('a'),
  createMilestone: async ({ tracker }) => tracker.createMilestone?.({ title: 'M2' }),
  updateMilestone: async ({ tracker }) => tracker.updateMilestone?.('M1', { title: 'M1b' }),
  deleteMilestone: async ({ tracker }) => tracker.deleteMilestone?.('M1'),
  'batch.create': async ({ tracker, other: parent }) =>
    tracker.batch?.create?.([{ title: 'New', body: '', labels: ['a', 'new'], parent }]),
  'batch.update': async ({ tracker, key }) =>
    tracker.batch?.update?.([{ key, patch: { title: 'Two', state: 'done', addLabels: ['new'] } }]),
  claim: async ({ tracker, key }) => tracker.claims?.claim(key, { agent: 'ann', forMs: 60_000 }),
  release: async ({ tracker, key }) => tracker.claims?.release(key, 'ann'),
  renew: async ({ tracker, key }) => tracker.claims?.renew?.(key, { agent: 'ann', forMs: 90_000 }),
  end: async ({ tracker, key }) => tracker.claims?.end?.(key),
};

describe('every write', () => {
  async function stage() {
    const { createIssue, updateIssue } = driver;
    const whole: TrackerDriver = {
      ...driver,
      claims: claimsByComment(driver, world),
      batch: {
        size: 10,
        create: (drafts) => Promise.all(drafts.map(createIssue)),
        update: (changes) => Promise.all(changes.map(({ key: of, patch }) => updateIssue(of, patch))),
      },
    };
    const tracker = cachedDriver(whole, world);
    await tracker.createMilestone?.({ title: 'M1' });
    const other = (await tracker.createIssue({ title: 'Other', body: '', milestone: 'M1' })).key;
    await tracker.updateIssue(key, { parent: other });
    await tracker.createLink?.(other, { type: 'blocks', target: key });
    const comment = (await tracker.addComment(key, 'First.')).id;
    await whole.claims?.claim(other, { agent: 'ben', forMs: 60_000 });
    return { whole, tracker, key, other, comment };
  }

  test.each(Object.entries(WRITES))('is seen in all that it changes: %s', async (name, write) => {
    const { whole, tracker, other, ...rest } = await stage();
    if (['release', 'renew', 'end'].includes(name)) await whole.claims?.claim(key, { agent: 'ann', forMs: 60_000 });
    const before = [await answers(tracker, key), await answers(tracker, other)];
    await write({ tracker, other, ...rest });
    const after = [await answers(tracker, key), await answers(tracker, other)];
    expect(after).toEqual([await answers(whole, key), await answers(whole, other)]);
    expect(after).not.toEqual(before);
  });

  test('of one issue leaves alone what is known of the others', async () => {
    const { tracker, other, ...rest } = await stage();
    await answers(tracker, other);
    for (const name of ['claim', 'renew', 'release', 'addComment', 'updateComment', 'transitionIssue', 'end']) {
      await WRITES[name]?.({ tracker, other, ...rest });
      for (const read of ['issue', 'comments', 'transitions', 'links', 'milestones', 'user', 'capabilities'])
        expect(await cost(async () => readsOf(tracker, other)[read]?.()), `${read} after ${name}`).toBe(0);
    }
  });

  test('may show where this tracker shows nothing: a text in links, a child at its parent, a state in labels', async () => {
    const { tracker, other } = await stage();
    await answers(tracker, other);
    await tracker.updateIssue(other, { body: 'Blocked by #1.' });
    expect(await cost(async () => tracker.getIssueLinks?.(other))).toBe(1);
    await tracker.getIssue(other);
    await tracker.createIssue({ title: 'Child', body: '', parent: other });
    expect(await cost(() => tracker.getIssue(other))).toBe(1);
    await collect(tracker.listLabels?.() ?? none());
    await tracker.transitionIssue(other, { state: 'blocked' });
    expect(await cost(() => collect(tracker.listLabels?.() ?? none()))).toBe(1);
  });

  test('that has failed may have acted all the same', async () => {
    await cached.getIssue(key);
    driver.answerNext('lost');
    await expect(cached.updateIssue(key, { title: 'Two' })).rejects.toThrow();
    expect((await cached.getIssue(key)).title).toBe('Two');
  });
});

test('a list during which something is written is not known afterwards', async () => {
  await driver.createIssue({ title: 'Second', body: '', labels: ['a'] });
  for await (const { key: of } of cached.listIssues({ labels: ['a'] }))
    await cached.updateIssue(of, { title: `Changed ${of}` });
  const titles = (await collect(cached.listIssues({ labels: ['a'] }))).map(({ title }) => title);
  expect(titles.every((title) => title.startsWith('Changed'))).toBe(true);
  expect(titles.length).toBe(2);
});

test('an answer that was asked for before a write is not known behind it', async () => {
  const early = cached.getIssue(key);
  await cached.updateIssue(key, { title: 'Two' });
  await early;
  expect((await cached.getIssue(key)).title).toBe('Two');
});

test('an old answer that fails late does not take the new one along', async () => {
  const issue = await driver.getIssue(key);
  let fail: (error: Error) => void = () => undefined;
  const old = new Promise<never>((_, reject) => {
    fail = reject;
  });
  let asked = 0;
  const getIssue = async () => {
    asked += 1;
    return asked === 1 ? old : issue;
  };
  const tracker = cachedDriver({ ...driver, getIssue }, world);
  const failing = expect(tracker.getIssue(key)).rejects.toThrow('late');
  await tracker.addComment(key, 'Said.');
  await tracker.getIssue(key);
  fail(new Error('late'));
  await failing;
  expect([await tracker.getIssue(key), asked]).toEqual([issue, 2]);
});

test.each([
  [1000, 1],
  [1001, 2],
])('a list of %i is asked for %i times', async (length, times) => {
  const issue = await driver.getIssue(key);
  let asked = 0;
  async function* listIssues() {
    asked += 1;
    for (let place = 0; place < length; place += 1) yield { ...issue, key: String(place) };
  }
  const tracker = cachedDriver({ ...driver, listIssues }, world);
  for (let time = 0; time < 2; time += 1) expect((await collect(tracker.listIssues())).length).toBe(length);
  expect(asked).toBe(times);
});

test('the thousand answers that were used last are known', async () => {
  const issue = await driver.getIssue(key);
  const asked: string[] = [];
  const getIssue = async (of: string) => {
    asked.push(of);
    return { ...issue, key: of };
  };
  const tracker = cachedDriver({ ...driver, getIssue }, world);
  for (let place = 0; place < 1000; place += 1) await tracker.getIssue(String(place));
  await tracker.getIssue('0');
  await tracker.getIssue('1000');
  asked.length = 0;
  for (const of of ['0', '2', '999', '1000', '1']) await tracker.getIssue(of);
  expect(asked).toEqual(['1']);
});

test('questions that differ are not each other’s answers', async () => {
  const other = (await cached.createIssue({ title: 'Other', body: '', labels: ['b'], parent: key })).key;
  await cached.addComment(other, 'There.');
  const ask = async (of: string) => {
    const found = await answers(cached, of);
    return found;
  };
  for (const of of [key, other]) expect(await ask(of)).toEqual(await answers(driver, of));
  for (const filter of [{ labels: ['a'] }, { labels: ['b'] }, { parent: key }, {}])
    expect(await collect(cached.listIssues(filter))).toEqual(await collect(driver.listIssues(filter)));
});

test('what is written through it is seen at once, in issues and in lists', async () => {
  await cached.getIssue(key);
  await collect(cached.listIssues({ labels: ['a'] }));
  await cached.updateIssue(key, { title: 'Two' });
  expect((await cached.getIssue(key)).title).toBe('Two');
  expect((await collect(cached.listIssues({ labels: ['a'] }))).map(({ title }) => title)).toEqual(['Two']);
  await collect(cached.listComments(key));
  await cached.addComment(key, 'Said.');
  expect((await collect(cached.listComments(key))).map(({ body }) => body)).toEqual(['Said.']);
});

test('a link is seen at both of its ends', async () => {
  const other = (await cached.createIssue({ title: 'Other', body: '' })).key;
  await cached.getIssueLinks?.(other);
  await cached.createLink?.(key, { type: 'blocks', target: other });
  expect(await cached.getIssueLinks?.(other)).toEqual([{ type: 'is blocked by', target: key }]);
});

test('trouble is not remembered', async () => {
  driver.answerNext('reset');
  await expect(cached.getIssue(key)).rejects.toThrow();
  expect((await cached.getIssue(key)).title).toBe('One');
});

test('two who ask at the same time share the answer', async () => {
  expect(await cost(() => Promise.all([cached.getIssue(key), cached.getIssue(key)]))).toBe(1);
});

test('a list that was left early is not taken for a whole one', async () => {
  await driver.createIssue({ title: 'Second', body: '', labels: ['a'] });
  for await (const _ of cached.listIssues({ labels: ['a'] })) break;
  expect((await collect(cached.listIssues({ labels: ['a'] }))).length).toBe(2);
});

test('a claim is proven by the tracker, whatever is remembered', async () => {
  await collect(cached.listComments(key));
  await claimsByComment(driver, world).claim(key, { agent: 'ann', forMs: 60_000 });
  await expect(cached.claims?.claim(key, { agent: 'ben', forMs: 60_000 })).rejects.toThrow(/claimed by ann/);
});

test('an issue that was moved is not remembered by its old key, and a write by that forgets what is known by the new one', async () => {
  const issue = await driver.getIssue(key);
  let title = 'One';
  const moved = cachedDriver(
    {
      ...driver,
      getIssue: async () => ({ ...issue, key: 'NEW-1', title }),
      updateIssue: async (_, patch) => {
        title = patch.title ?? title;
        return { ...issue, key: 'NEW-1', title };
      },
    },
    world,
  );
  expect([(await moved.getIssue('OLD-1')).title, (await moved.getIssue('NEW-1')).title]).toEqual(['One', 'One']);
  await moved.updateIssue('NEW-1', { title: 'Two' });
  expect([(await moved.getIssue('OLD-1')).title, (await moved.getIssue('NEW-1')).title]).toEqual(['Two', 'Two']);
  await moved.updateIssue('OLD-1', { title: 'Three' });
  expect((await moved.getIssue('NEW-1')).title).toBe('Three');
});
