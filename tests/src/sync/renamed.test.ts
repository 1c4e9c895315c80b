/** A tracker that was renamed: all its addresses are others, and what says by the old ones where it comes from does so still. */
import { expect, test } from 'vitest';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import type { MemoryOptions } from '../../support/memory-driver.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

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
