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
