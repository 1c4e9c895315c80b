/** How much a run writes without a yes. */
import { expect, test } from 'vitest';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { syncBench } from '../../support/sync-bench.ts';

async function create(tracker: IssueTracker, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await tracker.createIssue({ title: `Issue ${number}`, body: '' });
}

/** Two trackers in step, with so many pairs. */
async function inStep(count: number) {
  const bench = syncBench();
  await create(bench.trackers.a, count);
  await bench.run();
  bench.world.advance(3_600_000);
  const held = async () => {
    const { left } = await bench.run({ yes: false });
    return left.map(({ kind, message }) => `${kind}: ${message}`);
  };
  return { bench, held };
}

test.each([
  [20, []],
  [21, ['held-back: 21 issues would be created and 0 changed: nothing was written.']],
])('%i new issues', async (count, expected) => {
  const { bench, held } = await inStep(1);
  await create(bench.trackers.a, count);
  expect(await held()).toEqual(expected);
  const there = await collect(bench.trackers.b.listIssues({ state: 'all' }));
  expect(there).toHaveLength(expected.length === 0 ? count + 1 : 1);
});

test.each([
  [40, []],
  [41, ['held-back: 0 issues would be created and 41 changed: nothing was written.']],
])('%i issues that changed', async (count, expected) => {
  const { bench, held } = await inStep(count);
  for (let key = 1; key <= count; key += 1) await bench.trackers.a.updateIssue(String(key), { title: `Other ${key}` });
  expect(await held()).toEqual(expected);
  const there = await collect(bench.trackers.b.listIssues({ state: 'all', text: 'Other' }));
  expect(there).toHaveLength(expected.length === 0 ? count : 0);
});

test.each([
  [20, []],
  [21, ['held-back: 0 issues would be created and 41 changed: nothing was written.']],
])('20 pairs that changed on a, and %i on b: each issue that is written to counts', async (count, expected) => {
  const { bench, held } = await inStep(21);
  const { a, b } = bench.trackers;
  for (let key = 1; key <= 20; key += 1) await a.updateIssue(String(key), { title: `Other ${key}` });
  for (let key = 1; key <= count; key += 1) await b.updateIssue(String(key), { priority: 1 });
  expect(await held()).toEqual(expected);
});

test.each([
  [40, []],
  [41, ['held-back: 0 issues would be created and 0 changed, and 41 comments written: nothing was written.']],
])('%i comments of one issue', async (count, expected) => {
  const { bench, held } = await inStep(1);
  for (let number = 1; number <= count; number += 1) await bench.trackers.a.addComment('1', `Words ${number}`);
  expect(await held()).toEqual(expected);
  const there = await collect(bench.trackers.b.listComments('1'));
  expect(there).toHaveLength(expected.length === 0 ? count : 0);
});

test('issues and comments count together', async () => {
  const { bench, held } = await inStep(20);
  const { a } = bench.trackers;
  for (let key = 1; key <= 20; key += 1) await a.updateIssue(String(key), { title: `Other ${key}` });
  for (let number = 1; number <= 21; number += 1) await a.addComment('1', `Words ${number}`);
  expect(await held()).toEqual([
    'held-back: 0 issues would be created and 20 changed, and 21 comments written: nothing was written.',
  ]);
});
