/** A file of which all ids were changed at once: refused in words, and nothing is orphaned or copied. */
import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../../contract/refusal.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

async function inStep(): Promise<SyncBench> {
  const bench = syncBench({ b: { idsStandInText: true } });
  for (const title of ['One', 'Two', 'Three']) await bench.trackers.a.createIssue({ title, body: '' });
  await bench.run();
  bench.world.advance(3_600_000);
  return bench;
}

/** As somebody does who numbers a file anew. */
function renumber(
  { drivers, world }: SyncBench,
  keys: Readonly<Record<string, string>>,
  changes: { readonly body?: string } = { body: '' },
): void {
  const { issues } = drivers.b.store;
  for (const [before, key] of Object.entries(keys)) {
    const issue = issues.get(before);
    if (!issue) continue;
    issues.delete(before);
    issues.set(key, { ...issue, key, id: `issue-${key}`, metadata: {}, updatedAt: world.now(), ...changes });
  }
}

const keysOf = async ({ trackers }: SyncBench, side: 'a' | 'b') =>
  (await collect(trackers[side].listIssues({ state: 'all' }))).map(({ key }) => key).sort();

test.each([
  ['with the lines of the copies', false, {}],
  ['without them', false, { body: '' }],
  ['in a dry run', true, {}],
])('is refused %s', async (_, dryRun, changes) => {
  const bench = await inStep();
  const before = bench.state();
  renumber(bench, { '1': '11', '2': '12', '3': '13' }, changes);
  const { message, remedy } = await refusal(() => bench.run({ dryRun }), { kinds: ['validation'] });
  expect(message).toMatch(/memory team\/b looks renamed: 3 issues .* are gone, and 3 others are there \(. → 1/);
  expect(remedy).toContain('pace sync unlink');
  expect([await keysOf(bench, 'a'), bench.state(), bench.open()]).toEqual([['1', '2', '3'], before, []]);
  renumber(bench, { '11': '1', '12': '2', '13': '3' }, {});
  await bench.run();
  expect(await keysOf(bench, 'a')).toEqual(['1', '2', '3']);
});

test('is none where one of them alone is another', async () => {
  const bench = await inStep();
  renumber(bench, { '1': '11' });
  await bench.run();
  expect(await keysOf(bench, 'a')).toHaveLength(4);
});

test('is refused where nothing is as it was', async () => {
  const bench = await inStep();
  const { issues } = bench.drivers.b.store;
  renumber(bench, { '1': '11', '2': '12', '3': '13' });
  for (const [key, issue] of issues) issues.set(key, { ...issue, title: `Another ${key}` });
  await refusal(() => bench.run(), { kinds: ['validation'] });
});

test('is written anew once the pairs are parted', async () => {
  const bench = await inStep();
  renumber(bench, { '1': '11', '2': '12', '3': '13' });
  for (const key of ['1', '2', '3']) await bench.unlink({ b: key });
  await bench.run();
  expect(await keysOf(bench, 'a')).toHaveLength(6);
});

test('is none of a tracker that gives the ids itself', async () => {
  const bench = syncBench();
  await bench.trackers.a.createIssue({ title: 'One', body: '' });
  await bench.run();
  bench.world.advance(3_600_000);
  renumber(bench, { '1': '11' });
  await bench.run();
  expect(await keysOf(bench, 'a')).toHaveLength(2);
});

/** As somebody does who puts an entry in at the top and counts on from it. */
function shift({ drivers, world }: SyncBench, titles: Readonly<Record<string, string>>): void {
  const { issues } = drivers.b.store;
  const model = [...issues.values()][0];
  if (!model) return;
  for (const [key, title] of Object.entries(titles)) {
    const before = issues.get(key) ?? { ...model, key, id: `issue-${key}`, metadata: {}, body: '' };
    issues.set(key, { ...before, title, updatedAt: world.now() });
  }
}

test.each([
  ['an entry was put in above', { '1': 'Zero', '2': 'One', '3': 'Two', '4': 'Three' }],
  ['the first entry was taken out', { '1': 'Two', '2': 'Three' }],
  ['the entries were put in another order', { '1': 'Three', '2': 'One', '3': 'Two' }],
])('is refused where %s, and all ids were given anew', async (_, titles) => {
  const bench = await inStep();
  if (!('3' in titles)) bench.drivers.b.store.issues.delete('3');
  const before = bench.state();
  shift(bench, titles);
  const { message } = await refusal(() => bench.run(), { kinds: ['validation'] });
  expect(message).toMatch(/memory team\/b looks renamed: \d issues stand there by the ids of others \(/);
  expect([bench.state(), bench.open()]).toEqual([before, []]);
  const there = await collect(bench.trackers.a.listIssues({ state: 'all' }));
  expect(there.map(({ title }) => title).sort()).toEqual(['One', 'Three', 'Two']);
});

test('is none where titles are written anew', async () => {
  const bench = await inStep();
  shift(bench, { '1': 'Uno', '2': 'Due', '3': 'Tre' });
  await bench.run();
  const there = await collect(bench.trackers.a.listIssues({ state: 'all' }));
  expect(there.map(({ title }) => title).sort()).toEqual(['Due', 'Tre', 'Uno']);
});

test('is none where both sides have the same titles', async () => {
  const bench = await inStep();
  const [one, two] = ['One', 'Two'].map((title) =>
    [...bench.drivers.a.store.issues.values()].find((issue) => issue.title === title),
  );
  await bench.trackers.a.updateIssue(one?.key ?? '', { title: 'Two' });
  await bench.trackers.a.updateIssue(two?.key ?? '', { title: 'One' });
  shift(bench, { [bKey(bench, one?.key)]: 'Two', [bKey(bench, two?.key)]: 'One' });
  await bench.run();
});

const bKey = (bench: SyncBench, key = '') =>
  [...bench.state().pairs.values()].find((pair) => pair.a.key === key)?.b.key ?? '';

test('an id that another issue gets after its own was gone is refused, and the former one is known again', async () => {
  const bench = await inStep();
  const { issues } = bench.drivers.b.store;
  const gone = issues.get('3');
  issues.delete('3');
  expect((await bench.run({ full: true })).left).toMatchObject([{ kind: 'orphan', key: '3' }]);
  bench.world.advance(3_600_000);
  if (!gone) throw new Error('It was there.');
  issues.set('3', { ...gone, title: 'Quite another', metadata: {}, updatedAt: bench.world.now() });
  const { left } = await bench.run();
  expect(left).toMatchObject([
    { kind: 'failed', message: expect.stringContaining('is there again as “Quite another”') },
  ]);
  expect((await bench.trackers.a.getIssue('3')).title).not.toBe('Quite another');
  bench.world.advance(3_600_000);
  issues.set('3', { ...gone, updatedAt: bench.world.now() });
  expect((await bench.run()).left).toEqual([]);
});
