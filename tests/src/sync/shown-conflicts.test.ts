/** What a dry run shows of conflicts that are known: as a run does, so that somebody can decide about them. */
import { expect, test } from 'vitest';
import { syncBench } from '../../support/sync-bench.ts';

test.each(['a new label', 'the line of the body gone'])('a dry run names them where there is also %s', async (also) => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'Old', body: 'Old' });
  await bench.run();
  bench.world.advance(60_000);
  const { body } = await b.getIssue('1');
  await a.updateIssue('1', { body: 'Of a' });
  await b.updateIssue('1', { body: body.replace('Old', 'Of b') });
  const [{ id } = {}] = (await bench.run()).left;
  expect(id).toBeDefined();
  await b.updateIssue('1', also === 'a new label' ? { addLabels: ['x'] } : { body: 'Of b' });
  bench.world.advance(60_000);
  const { left } = await bench.run({ dryRun: true });
  expect(left.filter(({ kind }) => kind === 'conflict').map((line) => line.id)).toEqual([id]);
  const kinds = (lines: typeof left) => lines.map(({ kind, field }) => `${kind} ${field}`).sort();
  expect(kinds(left)).toEqual(kinds((await bench.run()).left));
});
