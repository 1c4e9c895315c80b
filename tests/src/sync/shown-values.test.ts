/** What people and programs see of values in the words of a pair. */
import { expect, test } from 'vitest';
import type { SyncedField } from '../../../src/sync/engine.ts';
import { pairsOf } from '../../../src/sync/pairs.ts';
import { shownValue } from '../../../src/sync/shown-values.ts';
import { syncBench } from '../../support/sync-bench.ts';

const half = (key: string) => ({ id: key, key, url: '' });
const pairs = pairsOf([{ id: 'p1', a: half('12'), b: half('PROJ-7'), comments: [] }]);

test.each<[SyncedField, unknown, unknown]>([
  ['state', '=todo', 'todo'],
  ['type', 'bug', 'bug'],
  ['labels', ['=ui', 'x'], ['ui', 'x']],
  [
    'assignees',
    ['=ann', '@ben', 'mailto:c@example.org', 'a:dan', 'b:eve'],
    ['ann', 'ben', 'c@example.org', 'dan', 'eve'],
  ],
  ['parent', 'p1', 'PROJ-7'],
  ['parent', 'b:PROJ-9', 'PROJ-9'],
  ['parent', null, null],
  ['links', ['blocks p1', 'is blocked by gone'], ['blocks PROJ-7', 'is blocked by gone']],
  ['title', '=a title', '=a title'],
  ['storyPoints', 3, 3],
])('%s %j is shown as %j', (field, value, shown) => {
  expect(shownValue(field, value, { side: 'b', pairs })).toEqual(shown);
});

test('a report names issues by their keys, also of what would be written', async () => {
  const bench = syncBench();
  const { a } = bench.trackers;
  for (const title of ['One', 'Two', 'Three']) await a.createIssue({ title, body: '' });
  await bench.trackers.b.createIssue({ title: 'Of b', body: '' });
  await bench.run();
  bench.world.advance(60_000);
  await a.updateIssue('2', { parent: '1' });
  await a.createLink('3', { type: 'blocks', target: '2' });
  const { written } = await bench.run({ dryRun: true });
  const copyOf = (key: string) => [...bench.state().pairs.values()].find(({ a: one }) => one.key === key)?.b.key;
  expect(written).toContainEqual(
    expect.objectContaining({ field: 'parent', side: 'b', before: null, after: copyOf('1') }),
  );
  expect(written).toContainEqual(
    expect.objectContaining({ field: 'links', side: 'b', after: [`blocks ${copyOf('2')}`] }),
  );
});
