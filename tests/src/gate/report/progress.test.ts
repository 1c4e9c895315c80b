import { describe, expect, test } from 'vitest';
import { isProgressFile, progressMarkdown } from '../../../../src/gate/report/progress.ts';
import { type DayRecord, dayRecords, sprintMetrics } from '../../../../src/gate/report/sprint-metrics.ts';
import { metricRows } from '../../../../src/gate/report/summary.ts';
import { createState } from '../../../../src/gate/state/state.ts';
import { testWorld } from '../../../support/world.ts';
import { checkout, reportOf } from '../parts.support.ts';

const record = (day: number, decision: string, deferred = 0): DayRecord => ({ day, decision, reason: '', deferred });

describe('the metrics of a sprint', () => {
  test('count days that shipped or held as decided, and no others', () => {
    const records = [record(1, 'SHIP', 2), record(2, 'HOLD', 1), record(3, 'PAUSED'), record(4, 'UNKNOWN'), record(5, 'SHIP')];
    const metrics = sprintMetrics(records, 30, 4);
    expect(metrics).toEqual({
      ...{ totalDays: 30, daysComplete: 2, decided: 3, shipped: 2, held: 1, deferred: 3, openAdvisories: 4 },
    });
    expect(metricRows(metrics)).toEqual([
      ['Days complete', '2/30'],
      ['SHIP rate', '67%'],
      ['Deferred items', '3'],
      ['Escalated holds', '1'],
      ['Open advisories', '4'],
    ]);
    expect(metricRows(sprintMetrics([], 30, 0))[1]).toEqual(['SHIP rate', 'N/A']);
  }); // biome-ignore format: one line

  test('are of every decided day in order, this run’s own in the place of what was stored', async () => {
    const cwd = checkout({ '.pace/day-2/gate.yaml': 'deferred: [one, { item: x, title: two }, { note: none }]\n' });
    const state = createState(testWorld({ cwd }));
    for (const day of [10, 2]) await state.save(reportOf({ day, decision: 'SHIP', holdReason: '' }), undefined);
    expect(await dayRecords(state, { day: 2, decision: 'HOLD', holdReason: 'now' })).toEqual([
      { day: 2, decision: 'HOLD', reason: 'now', deferred: 2 },
      { day: 10, decision: 'SHIP', reason: '', deferred: 0 },
    ]);
    expect((await dayRecords(state, { day: 5, decision: 'SHIP', holdReason: '' })).map(({ day }) => day)).toEqual([
      ...[2, 5, 10],
    ]);
  });
});

describe('PROGRESS.md', () => {
  const written = (records: readonly DayRecord[], more: { started?: string; target?: string } = {}) =>
    progressMarkdown({
      ...{ product: 'Shop', started: '2026-03-02', updated: '2026-03-04', target: 'Log in', ...more },
      metrics: sprintMetrics(records, 30, 0),
      records,
      targets: new Map([[1, 'First']]),
    });

  test('says what is not known', () => {
    expect(written([], { started: '', target: '' })).toContain('**Started:** N/A  \n**Last updated:** 2026-03-04  \n**Target:** N/A\n');
    expect(written([])).toContain('**Started:** 2026-03-02  \n**Last updated:** 2026-03-04  \n**Target:** Log in\n');
  }); // biome-ignore format: one line

  test('has a row for each day, with the sign of its decision where that is known', () => {
    const text = written([record(1, 'SHIP'), record(2, 'UNKNOWN'), record(3, 'toString')]);
    expect(text).toContain('| 1 | First | ✅ SHIP |  |\n| 2 |  | ⚠️ UNKNOWN |  |\n| 3 |  | toString |  |\n');
  });

  test('counts weeks of seven days, each with what it decided', () => {
    const records = [record(0, 'SHIP'), record(1, 'SHIP'), record(7, 'HOLD'), record(8, 'SHIP'), record(14, 'SHIP'), record(15, 'HOLD')];
    expect(written(records).split('## Weekly Breakdown\n\n')[1]).toBe(
      [
        ...['### Week 1', '2 of 3 decided days shipped.', '### Week 2', '2 of 2 decided days shipped.'],
        ...['### Week 3', '0 of 1 decided days shipped.', ''],
      ].join('\n\n'),
    );
  }); // biome-ignore format: one line

  test('is known as PACE’s own by its first line alone', () => {
    expect(isProgressFile(written([]))).toBe(true);
    expect(isProgressFile('# Notes\n\n# Shop — PACE Sprint Progress\n')).toBe(false);
    expect(isProgressFile('# Shop — PACE Sprint Progress and more\n')).toBe(false);
    expect(isProgressFile('')).toBe(false);
  });
});
