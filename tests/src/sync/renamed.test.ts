/** A tracker that was renamed: all its addresses are others, and what says by the old ones where it comes from does so still. */
import { expect, test } from 'vitest';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import type { MemoryOptions } from '../../support/memory-driver.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

const titles = async (tracker: IssueTracker) =>
  (await collect(tracker.listIssues({ state: 'all' }))).map(({ title }) => title).sort();

const texts = async (tracker: IssueTracker, key: string) =>
  (await collect(tracker.listComments(key))).map(({ body }) => body.split('\n')[0]).sort();

/** As if the project had been called so, or is called so from now on. */
function call({ drivers }: SyncBench, side: 'a' | 'b', name: string): void {
  const { issues } = drivers[side].store;
  for (const [key, issue] of issues) issues.set(key, { ...issue, url: `https://${side}.test/${name}/issues/${key}` });
}

async function renamed(options: { readonly b?: MemoryOptions } = {}): Promise<SyncBench> {
  const bench = syncBench(options);
  const { a, b } = bench.trackers;
  for (const title of ['One', 'Two']) await a.createIssue({ title, body: `Of ${title}` });
  call(bench, 'a', 'octo/shop');
  await bench.run();
  call(bench, 'b', 'board');
  await a.addComment('1', 'Of a');
  await a.addComment('1', 'Of a as well');
  await b.addComment('1', 'Of b');
  bench.world.advance(3_600_000);
  await bench.run();
  bench.world.advance(3_600_000);
  call(bench, 'a', 'octo/store');
  return bench;
}

const ALL = ['Of a', 'Of a as well', 'Of b'];

test.each([
  ['as it is remembered', false],
  ['where the file is lost', true],
])('comments that were copied before are not copied again, %s', async (_, isLost) => {
  const bench = await renamed();
  const { a, b } = bench.trackers;
  if (isLost) bench.forget();
  for (const round of [1, 2]) {
    const report = await bench.run({ full: true });
    expect([round, report.written, report.left]).toEqual([round, [], []]);
    bench.world.advance(3_600_000);
  }
  expect([await texts(a, '1'), await texts(b, '1')]).toEqual([ALL, ALL]);
  await a.addComment('1', 'New');
  bench.world.advance(3_600_000);
  await bench.run();
  expect(await texts(b, '1')).toEqual(['New', ...ALL]);
});

test('a copy of a comment does not go back to where it came from when its origin is gone', async () => {
  const bench = await renamed();
  const { a, b } = bench.trackers;
  await a.deleteComment('1', '1');
  bench.forget();
  expect((await bench.run({ full: true })).written).toEqual([]);
  expect([await texts(a, '1'), await texts(b, '1')]).toEqual([ALL.slice(1), ALL]);
});

const LACKS = { lacks: { metadata: 'Nowhere to put it.' } };

test('copies that only their line tells of are known where the file is lost, and nothing is made twice', async () => {
  const bench = await renamed({ b: LACKS });
  const { a, b } = bench.trackers;
  bench.forget();
  for (const round of [1, 2]) {
    const report = await bench.run({ full: true });
    expect([round, report.written, report.left, report.counts.pairs]).toEqual([round, [], [], 2]);
  }
  expect([await titles(a), await titles(b)]).toEqual([
    ['One', 'Two'],
    ['One', 'Two'],
  ]);
});

test('a copy by a former name that a pair still has is known by its number', async () => {
  const bench = await renamed({ b: LACKS });
  const { a, b } = bench.trackers;
  const [first, second] = bench.state().pairs.values();
  if (!first || !second) throw new Error('There are no pairs.');
  const { pairs } = bench.state();
  (pairs as Map<string, typeof first>).delete(second.id);
  await a.updateIssue('2', { title: 'Two, better' });
  const report = await bench.run({ full: true, prefer: 'a' });
  expect(report.counts.pairs).toBe(2);
  expect([await titles(a), await titles(b)]).toEqual([
    ['One', 'Two, better'],
    ['One', 'Two, better'],
  ]);
});

test('an issue of a third tracker on the same server with the same number is another one', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Of a', body: 'Text' });
  call(bench, 'a', 'octo/shop');
  const line = 'In step with [x](https://a.test/octo/third/issues/1). What stands below this line stays here.';
  await b.createIssue({ title: 'Of the third', body: `Text\n\n${line}` });
  await bench.run();
  expect([await titles(a), await titles(b)]).toEqual([
    ['Of a', 'Of the third'],
    ['Of a', 'Of the third'],
  ]);
});

test.each([
  ['as it is remembered', false],
  ['where the file is lost', true],
])('files are told of once, and their list does not go back, %s', async (_, isLost) => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  call(bench, 'a', 'octo/shop');
  bench.drivers.a.store.attach('1', 'plan.txt', Buffer.from('Plan'));
  await bench.run();
  expect(await texts(b, '1')).toHaveLength(1);
  call(bench, 'a', 'octo/store');
  if (isLost) bench.forget();
  bench.world.advance(3_600_000);
  expect((await bench.run({ full: true })).written).toEqual([]);
  expect([await texts(a, '1'), await texts(b, '1')]).toEqual([[], [expect.stringContaining('plan.txt')]]);
});
