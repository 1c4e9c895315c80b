/** What can be begun, on a tracker that tells only issues, links and comments. */
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssueDraft, IssueFilter } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { type MemoryOptions, memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

async function bench(drafts: readonly Partial<IssueDraft>[], options: MemoryOptions = {}) {
  const world = testWorld();
  const driver = memoryDriver({ world, ...options });
  const tracker = completeTracker({ driver, name: 'Memory', world });
  for (const draft of drafts) {
    await tracker.createIssue({ title: 'x', body: '', ...draft });
    await world.sleep(1);
  }
  return { world, driver, tracker };
}

const keys = async (list: AsyncIterable<{ key: string }>) => (await collect(list)).map(({ key }) => key);

describe('what can be begun', () => {
  test('is the most urgent first, of those the oldest', async () => {
    const { tracker } = await bench([{ priority: 2 }, {}, { priority: 0 }, { priority: 2 }, { state: 'in_progress' }]);
    expect(await keys(tracker.listReady())).toEqual(['3', '1', '4', '2']);
    expect(await keys(tracker.listReady({ priority: 2 }))).toEqual(['1', '4']);
  });

  test('of the same moment the lower key is first, in whichever order the tracker sends them', async () => {
    const { driver, world } = await bench(Array.from({ length: 11 }, () => ({})));
    const order = ['9', '10', '2', '11', '1', '8', '3', '7', '4', '6', '5'];
    async function* listIssues() {
      for (const key of order) yield { ...(await driver.getIssue(key)), createdAt: 5 };
    }
    const { listReady } = completeTracker({ driver: { ...driver, listIssues }, name: 'Memory', world });
    expect(await keys(listReady())).toEqual(order.toSorted((one, other) => Number(one) - Number(other)));
  });

  test('waits for links, parents, children, claims and times', async () => {
    const { tracker, world } = await bench([{}, {}, {}, { parent: '3' }, {}, {}]);
    await tracker.createLink('2', { type: 'depends on', target: '1' });
    await tracker.claim('5', { agent: 'ann', forMs: 1000 });
    await tracker.updateIssue('6', { deferUntil: world.now() + 1 });
    expect(await keys(tracker.listReady())).toEqual(['1', '4']);
    expect((await collect(tracker.listBlocked())).map(({ key, blockedBy }) => [key, blockedBy])).toEqual([
      ['2', [{ key: '1', title: 'x', state: 'open' }]],
    ]);
    expect(await tracker.explainReadiness('6')).toMatchObject({
      ready: false,
      why: [expect.stringMatching(/^it is deferred until /)],
    });
    await tracker.transitionIssue('1', 'done');
    await tracker.release('5', 'ann');
    await world.sleep(1);
    expect(await keys(tracker.listReady())).toEqual(['2', '4', '5', '6']);
    await tracker.createLink('3', { type: 'is blocked by', target: '6' });
    expect(await keys(tracker.listReady())).toEqual(['2', '5', '6']);
    expect((await tracker.explainReadiness('4')).why).toEqual(['3 above it waits for 6 (open)']);
  });

  test('a parent that nobody may see is no end of the explanation', async () => {
    const { driver, world } = await bench([{}, { parent: '1' }]);
    const hidden = async () => {
      throw new PaceError({ kind: 'permission', message: 'No.', remedy: 'Ask.' });
    };
    const getIssue = (key: string) => (key === '1' ? hidden() : driver.getIssue(key));
    const looking = completeTracker({ driver: { ...driver, getIssue }, name: 'Memory', world });
    expect(await looking.explainReadiness('2')).toMatchObject({ ready: true });
  });

  test('what cannot be seen is not known to be closed', async () => {
    const { driver, tracker, world } = await bench([{}]);
    const getIssue = async (key: string) => {
      const { links: _, ...issue } = await driver.getIssue(key);
      return issue;
    };
    const getIssueLinks = async () => [{ type: 'is blocked by', target: 'elsewhere#9' } as const];
    const looking = completeTracker({ driver: { ...driver, getIssue, getIssueLinks }, name: 'Memory', world });
    expect(await keys(looking.listReady())).toEqual([]);
    expect((await looking.explainReadiness('1')).why).toEqual(['it waits for elsewhere#9 (cannot be seen)']);
    expect(await collect(looking.listBlocked())).toMatchObject([{ key: '1', blockedBy: [{ key: 'elsewhere#9' }] }]);
    expect(await keys(tracker.listReady())).toEqual(['1']);
  });

  test('a tracker without links is asked for none', async () => {
    const { tracker, driver } = await bench([{}], { lacks: { links: 'There are none.' } });
    const before = driver.requests().all;
    expect(await keys(tracker.listReady())).toEqual(['1']);
    // the list, the capabilities, and the comments that claims are made of
    expect(driver.requests().all - before).toBe(3);
  });

  test('only as many are looked at as are wanted', async () => {
    const { tracker, driver } = await bench(Array.from({ length: 40 }, () => ({})));
    const before = driver.requests().all;
    for await (const issue of tracker.listReady()) if (issue.key === '1') break;
    expect(driver.requests().all - before).toBeLessThan(12);
  });
});

describe('claiming what can be begun', () => {
  const request = { agent: 'ben', forMs: 1000 };

  test('goes on to the next where another agent is faster', async () => {
    const { tracker, driver, world } = await bench([{}, {}]);
    const claims = {
      current: async () => undefined,
      claim: async (key: string, wanted: typeof request) => {
        if (key !== '1') return { key, agent: wanted.agent, until: world.now() + wanted.forMs };
        return tracker.claim('1', { agent: 'ann', forMs: 1000 }).then(() => tracker.claim('1', wanted));
      },
      release: async () => false,
    };
    const racing = completeTracker({ driver: { ...driver, claims }, name: 'Memory', world });
    expect(await racing.claimReady({}, request)).toMatchObject({ issue: { key: '2' }, claim: { agent: 'ben' } });
  });

  test('a claim of an account that may not write ends it at the first issue', async () => {
    const { driver, world } = await bench([{}, {}, {}]);
    const reader = completeTracker({ driver: { ...driver, isWriter: async () => false }, name: 'Memory', world });
    await expect(reader.claimReady({}, request)).rejects.toMatchObject({ kind: 'permission' });
    expect(['1', '2', '3'].map((key) => driver.store.comments(key).length)).toEqual([1, 0, 0]);
  });

  test('an issue that is gone by then gives way to the next one, and one that is there does not', async () => {
    const { driver, world } = await bench([{}, {}]);
    const taking = (isGone: boolean) => {
      const addComment = async (key: string, markdown: string) => {
        if (key !== '1') return driver.addComment(key, markdown);
        if (isGone) driver.store.issues.delete('1');
        throw new PaceError({ kind: 'not-found', message: 'Nothing there.', remedy: 'Look elsewhere.' });
      };
      return completeTracker({ driver: { ...driver, addComment }, name: 'Memory', world });
    };
    await expect(taking(false).claimReady({}, request)).rejects.toMatchObject({ message: 'Nothing there.' });
    expect(await taking(true).claimReady({}, request)).toMatchObject({ issue: { key: '2' }, claim: { agent: 'ben' } });
  });

  test('a conflict of the move that begins the work ends it', async () => {
    const { driver, world } = await bench([{}, {}]);
    const moved = new PaceError({ kind: 'conflict', operation: 'transitionIssue', message: 'Changed.', remedy: '' });
    const transitionIssue = () => Promise.reject(moved);
    const failing = completeTracker({ driver: { ...driver, transitionIssue }, name: 'Memory', world });
    await expect(failing.claimReady({}, { ...request, start: true })).rejects.toBe(moved);
    expect(driver.store.comments('2')).toEqual([]);
  });

  test('without a state for work under way nothing is claimed that is to begin', async () => {
    const { driver, tracker } = await bench([{}], { narrower: { states: ['open', 'done'] } });
    await expect(tracker.claimReady({}, { ...request, start: true })).rejects.toMatchObject({ kind: 'unsupported' });
    expect(driver.store.comments('1')).toEqual([]);
  });

  test('whoever cannot read the issue afterwards is told that it was claimed', async () => {
    const { driver, world } = await bench([{}]);
    const lost = new PaceError({ kind: 'transient', message: 'No answer.', remedy: 'Try again.' });
    const current = async () => undefined;
    const claim = async (key: string) => ({ key, agent: 'ben', until: 1 });
    const claims = { current, claim, release: async () => false };
    const failing = completeTracker({
      driver: { ...driver, claims, getIssue: () => Promise.reject(lost) },
      name: 'Memory',
      world,
    });
    await expect(failing.claimReady({}, request)).rejects.toMatchObject({
      kind: 'transient',
      message: '1 was changed in part: the claim of ben is written. No answer.',
      done: ['1: the claim of ben'],
    });
  });

  test('other trouble ends it, and nothing ready gives nothing', async () => {
    const { tracker, driver, world } = await bench([{}]);
    const broken = {
      current: async () => undefined,
      claim: async () => Promise.reject(new TypeError('broken')),
      release: async () => false,
    };
    const failing = completeTracker({ driver: { ...driver, claims: broken }, name: 'Memory', world });
    await expect(failing.claimReady({}, request)).rejects.toThrow('broken');
    expect(await tracker.claimReady({ text: 'nowhere' }, request)).toBeUndefined();
    await expect(tracker.claimReady({}, { agent: '', forMs: 1 })).rejects.toMatchObject({ kind: 'validation' });
  });
});

describe('a filter by what must be asked for', () => {
  test.each<[string, IssueFilter, string]>([
    ['claimed', { claimed: true }, '3'],
    ['unclaimed', { claimed: false }, '421'],
    ['deferred', { deferred: true }, '4'],
    ['not deferred', { deferred: false }, '321'],
    ['blocked', { blocked: true }, '2'],
    ['not blocked', { blocked: false }, '431'],
    ['ready', { ready: true }, '1'],
    ['not ready', { ready: false }, '432'],
    ['one of several', { anyOf: [{ claimed: true }, { labels: ['a'] }] }, '31'],
    ['none of several', { noneOf: [{ claimed: true }, { labels: ['a'] }] }, '42'],
    ['nested', { anyOf: [{ noneOf: [{ blocked: true }], claimed: false }], labels: ['a'] }, '1'],
  ])('%s', async (_, filter, expected) => {
    const { tracker, world } = await bench([{ labels: ['a'] }, {}, {}, {}]);
    await tracker.createLink('1', { type: 'blocks', target: '2' });
    await tracker.claim('3', { agent: 'ann', forMs: 60_000 });
    await tracker.updateIssue('4', { deferUntil: world.now() + 60_000 });
    expect((await keys(tracker.listIssues(filter))).join('')).toBe(expected);
    expect((await keys(tracker.listReady(filter))).join('')).toBe(expected.includes('1') ? '1' : '');
  });
});
