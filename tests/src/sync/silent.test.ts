/** Comments that no list of changed issues tells of. */
import { expect, test } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { syncBench } from '../../support/sync-bench.ts';

/** Two issues in step, long ago. */
async function quiet(silentComments = true) {
  const bench = syncBench({ a: { silentComments } });
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: '' });
  await a.createIssue({ title: 'Two', body: '' });
  await bench.run();
  bench.world.advance(3_600_000);
  const told = async (key: string) =>
    (await collect(b.listComments(key))).map(({ body }) => body.split('\n')[0]).sort();
  return { bench, a, b, told };
}

test('are copied by the next run, with those of the same issue alone, and once', async () => {
  const { bench, a, told } = await quiet();
  await a.addComment('1', 'First');
  bench.world.advance(3_600_000);
  await a.addComment('1', 'Second');
  expect((await bench.run()).written).toMatchObject([
    { kind: 'comment', key: '1' },
    { kind: 'comment', key: '1' },
  ]);
  expect([await told('1'), await told('2')]).toEqual([['First', 'Second'], []]);
  const saves = bench.saves();
  for (const full of [false, true]) {
    bench.world.advance(3_600_000);
    expect((await bench.run({ full })).written).toEqual([]);
  }
  expect(bench.saves()).toBe(saves);
});

test.each([
  [1, {}],
  [1, { flow: 'to-b' }],
  [0, { flow: 'to-a' }],
  [0, { fields: ['title'] }],
] as const)('cost %i requests of a quiet run with %j', async (expected, asked) => {
  const costs: number[] = [];
  for (const silentComments of [true, false]) {
    const { bench } = await quiet(silentComments);
    await bench.run(asked);
    bench.requests();
    expect((await bench.run(asked)).written).toEqual([]);
    costs.push(bench.requests());
  }
  const [silent = 0, usual = 0] = costs;
  expect(silent - usual).toBe(expected);
});

test('that are written while a run is at work are found by the next one', async () => {
  const { bench, a, told } = await quiet();
  await a.updateIssue('1', { title: 'One, renamed' });
  const { updateIssue } = bench.drivers.b;
  let isSaid = false;
  bench.drivers.b.updateIssue = async (...asked: Parameters<TrackerDriver['updateIssue']>) => {
    if (!isSaid) {
      isSaid = true;
      await a.addComment('2', 'Meanwhile');
      // what was changed later than the comment takes the mark beyond it, were it not held
      bench.world.advance(3_600_000);
      await a.updateIssue('1', { priority: 1 });
    }
    return updateIssue(...asked);
  };
  await bench.run();
  expect(await told('2')).toEqual([]);
  bench.world.advance(3_600_000);
  await bench.run();
  expect([await told('2'), (await bench.trackers.b.getIssue('1')).priority]).toEqual([['Meanwhile'], 1]);
});

test('of an issue that was parted stay where they are, and hold nothing up', async () => {
  const { bench, a, told } = await quiet();
  const { pairs } = bench.state();
  const [pair] = [...pairs.values()].filter((one) => one.a.key === '1');
  if (!pair) throw new Error('no pair');
  (pairs as Map<string, typeof pair>).set(pair.id, { ...pair, isApart: true });
  await a.addComment('1', 'Here alone');
  bench.world.advance(3_600_000);
  const { updatedAt } = await a.updateIssue('2', { title: 'Two, renamed' });
  expect((await bench.run()).written).toMatchObject([{ kind: 'update', key: '2' }]);
  expect(await told('1')).toEqual([]);
  expect(bench.state().watermarks.a?.seen).toBe(updatedAt);
});
