/** Comments that no count tells of. */
import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { syncBench } from '../../support/sync-bench.ts';

/** One issue with three comments on both sides. */
async function commented() {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  const { key } = await a.createIssue({ title: 'One', body: '' });
  for (const words of ['First', 'Second', 'Third']) await a.addComment(key, words);
  await bench.run();
  bench.world.advance(3_600_000);
  const [second] = (await collect(a.listComments(key))).slice(1);
  if (!second) throw new Error('no comment');
  const told = async () => (await collect(b.listComments('1'))).map(({ body }) => body.split('\n')[0]);
  return { bench, key, second, told };
}

test('a comment is found where another one was deleted before the same run', async () => {
  const { bench, key, second, told } = await commented();
  await bench.trackers.a.deleteComment(key, second.id);
  await bench.trackers.a.addComment(key, 'Fourth');
  const report = await bench.run();
  expect(report.counts.b.comments).toBe(1);
  expect(await told()).toEqual(['First', 'Second', 'Third', 'Fourth']);
  const saves = bench.saves();
  bench.world.advance(3_600_000);
  expect((await bench.run()).written).toEqual([]);
  expect(bench.saves()).toBe(saves);
});

test('a full run reads all comments, whatever count and time say', async () => {
  const { bench, key, second, told } = await commented();
  const { store } = bench.drivers.a;
  const { updatedAt } = store.issue(key);
  await bench.trackers.a.deleteComment(key, second.id);
  await bench.trackers.a.addComment(key, 'Fourth');
  const { listIssues, getIssue } = bench.drivers.a;
  // a tracker whose time of change does not move for a comment
  bench.drivers.a.listIssues = async function* (filter) {
    for await (const issue of listIssues(filter)) yield issue.key === key ? { ...issue, updatedAt } : issue;
  };
  bench.drivers.a.getIssue = async (asked) => ({ ...(await getIssue(asked)), updatedAt });
  expect((await bench.run()).written).toEqual([]);
  await bench.run({ full: true });
  expect(await told()).toEqual(['First', 'Second', 'Third', 'Fourth']);
});
