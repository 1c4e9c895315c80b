/** A copy whose body has lost the line: what stood below it was for its own tracker, and may be anywhere in the text now. */
import { expect, test } from 'vitest';
import { pairLine, pairOf, pairRecord } from '../../../src/sync/records.ts';
import { type SyncBench, syncBench } from '../../support/sync-bench.ts';

async function withNotes(): Promise<{ readonly bench: SyncBench; readonly whole: string }> {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: 'Shared' });
  await bench.run();
  const { body } = await b.getIssue('1');
  const whole = `${body}\n\nOur own notes`;
  await b.updateIssue('1', { body: whole });
  bench.world.advance(3_600_000);
  await bench.run();
  bench.world.advance(3_600_000);
  return { bench, whole };
}

test.each([
  ['as it is remembered', false],
  ['where the file is lost', true],
])('keeps its body to itself, which is told by each run, and goes on when the line is back, %s', async (_, isLost) => {
  const { bench, whole } = await withNotes();
  const { a, b } = bench.trackers;
  await b.updateIssue('1', { body: 'Shared and better\n\nOur own notes', labels: ['of-b'] });
  if (isLost) bench.forget();
  for (const prefer of ['ask', 'b', 'a'] as const) {
    bench.world.advance(3_600_000);
    const report = await bench.run({ prefer });
    expect([(await a.getIssue('1')).body, (await b.getIssue('1')).body]).toEqual([
      'Shared',
      'Shared and better\n\nOur own notes',
    ]);
    expect(report.left).toMatchObject([{ kind: 'ambiguous', side: 'b', key: '1', other: '1', field: 'body' }]);
    expect((await a.getIssue('1')).labels).toEqual(['of-b']);
  }
  const saves = bench.saves();
  const dry = await bench.run({ dryRun: true });
  expect([dry.left, dry.inStep]).toEqual([(await bench.run()).left, false]);
  expect(bench.saves()).toBe(saves);
  const [line = ''] = /In step with .*/.exec(whole) ?? [];
  expect(dry.left[0]?.remedy).toContain(line);
  await b.updateIssue('1', { body: `Shared and better\n\n${line}\n\nOur own notes` });
  bench.world.advance(3_600_000);
  const mended = await bench.run({ prefer: 'b' });
  expect([mended.left, (await a.getIssue('1')).body]).toEqual([[], 'Shared and better']);
});

test('of a copy that was made without a line all is kept in step', async () => {
  const bench = syncBench();
  const { a, b } = bench.trackers;
  await a.createIssue({ title: 'One', body: 'Shared' });
  await bench.run({ origin: false });
  bench.world.advance(3_600_000);
  await b.updateIssue('1', { body: 'Better' });
  bench.world.advance(3_600_000);
  const report = await bench.run({ origin: false });
  expect([report.left, (await a.getIssue('1')).body]).toEqual([[], 'Better']);
});

test('that there was a line is in the file', async () => {
  const { bench } = await withNotes();
  const [pair] = bench.state().pairs.values();
  if (!pair) throw new Error('There is no pair.');
  expect([pair.a.hasLine, pair.b.hasLine]).toEqual([undefined, true]);
  expect(pairOf(pairLine.parse(JSON.parse(JSON.stringify(pairRecord(pair)))))).toEqual(pair);
});
