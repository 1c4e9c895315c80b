import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { publish } from '../../../src/gate/publish.ts';
import type { Report } from '../../../src/gate/report.ts';
import {
  anyParts,
  changeReport,
  checkout,
  deeds,
  gateParts,
  outside,
  type RunOptions,
  reportOf,
} from './parts.support.ts';

async function published(more: Partial<Report> = {}, options: Omit<RunOptions, 'change'> = {}) {
  const around = outside();
  const parts = await gateParts(around, options);
  const { report, summary } = await publish(parts, { report: reportOf({ dryRun: options.dryRun ?? false, ...more }), backlog: [], failures: {} });
  const has = (name: string) => existsSync(join(parts.world.cwd, name));
  return { around, parts, report, summary, has };
} // biome-ignore format: two lines

test('a decided day is in the files, in the summary and in one line about it', async () => {
  const { around, has, summary } = await published();
  expect([has('.pace/day-3/decision.yaml'), has('.pace/advisory_backlog.yaml'), has('PROGRESS.md')]).toEqual([
    ...[true, true, true],
  ]);
  expect(deeds(around)).toEqual(['writeJobSummary', 'writeChangeNote']);
  expect(around.calls.map(([operation]) => operation)).toContain('postDailySummary');
  expect(summary).toMatch(/^# PACE Day 3 — 🔴 HOLD\n/);
  expect(summary).toContain('**Run time:** 2026-03-02 09:00 UTC');
});

test('a paused one is in the summary and the note alone', async () => {
  const { around, has } = await published({ decision: 'PAUSED' });
  expect([has('.pace/day-3'), has('PROGRESS.md')]).toEqual([false, false]);
  expect(around.calls.map(([operation]) => operation)).toEqual(['writeJobSummary', 'writeChangeNote']);
});

test('a dry run is in one line alone, and pending stays what it was told', async () => {
  const pending = [{ operation: 'setVariable', reason: 'x', day: 1 }];
  const { around, has, report } = await published({ pending }, { dryRun: true });
  expect([has('.pace'), has('PROGRESS.md'), report.pending]).toEqual([false, false, pending]);
  expect(around.calls.map(([operation]) => operation)).toEqual(['postDailySummary']);
});

test('the note at the change request is the summary, and is left out where it is not wanted', async () => {
  const { around, summary } = await published();
  expect(around.calls.at(-1)).toEqual(['writeChangeNote', summary, undefined]);
  const without = await published({}, { config: { reporter: { change_note: false } } });
  expect(deeds(without.around)).toEqual(['writeJobSummary']);
});

test('a day with an escalation has the marker that other tools look for', async () => {
  const escalation = { key: 'K-3', url: 'https://tracker.test/3' };
  expect((await published({ escalation })).has('.pace/day-3/escalated')).toBe(true);
  expect((await published({ escalation: { key: 'K-3', url: '' } })).has('.pace/day-3/escalated')).toBe(false);
  expect((await published({ escalation, decision: 'PAUSED' })).has('.pace/day-3/escalated')).toBe(false);
});

test('a summary that could not be written is kept for a later run, and its fault is told once', async () => {
  const earlier = { operation: 'waitForCommitCi', message: 'x', remedy: 'y' };
  const around = outside();
  around.fails.add('writeJobSummary');
  const parts = await gateParts(around);
  parts.faults.add(earlier.operation, new PaceError({ kind: 'transient', ...earlier }));
  const { report, summary } = await publish(parts, { report: reportOf({ faults: [...parts.faults.list] }), backlog: [], failures: {} });
  expect(parts.journal.pending().map(({ delivery }) => delivery)).toEqual([{ kind: 'summary', day: 3, markdown: summary }]);
  expect(report.pending).toEqual([{ operation: 'writeJobSummary', reason: 'writeJobSummary went wrong.', day: 3 }]);
  expect(report.faults).toEqual([earlier, { operation: 'writeJobSummary', message: 'writeJobSummary went wrong.', remedy: 'Please look.' }]);
}); // biome-ignore format: one line

test('what runs were cut off from is told as such', async () => {
  const around = outside();
  const parts = await gateParts(around);
  await parts.journal.begin({ kind: 'plan-issue', day: 2, key: '7' });
  const { report } = await publish(parts, { report: reportOf(), backlog: undefined, failures: {} });
  expect(report.pending).toEqual([{ operation: 'closePlanIssue', reason: 'an earlier run was cut off', day: 2 }]);
  expect(existsSync(join(parts.world.cwd, '.pace/advisory_backlog.yaml'))).toBe(false);
});

describe('credentials', () => {
  const redact = (text: string) => text.replaceAll('s3cret', '***');

  test('are neither in the summary nor in PROGRESS.md', async () => {
    const { parts, summary } = await published({ holdReason: 'unit: s3cret' }, { world: { redact }, config: { product: { name: 's3cret' } } });
    const progress = readFileSync(join(parts.world.cwd, 'PROGRESS.md'), 'utf8');
    for (const text of [summary, progress]) {
      expect(text).toContain('***');
      expect(text).not.toContain('s3cret');
    }
  }); // biome-ignore format: one line
});

describe('a change', () => {
  async function ofChange(more: Partial<Report> = {}, options: RunOptions = {}, fails: string[] = []) {
    const around = outside();
    for (const operation of fails) around.fails.add(operation);
    const parts = await anyParts(around, { change: {}, ...options });
    const given = changeReport({ dryRun: options.dryRun ?? false, ...more });
    const published = await publish(parts, { report: given, backlog: undefined, failures: {} });
    const has = (name: string) => existsSync(join(parts.world.cwd, name));
    return { around, parts, has, ...published };
  }

  test('has its report, the line about it, the note at it and the summary, in this order, and nothing of a day', async () => {
    const { around, has, summary, report, parts } = await ofChange();
    expect(has('.pace/change-12/decision.yaml')).toBe(true);
    for (const name of ['PROGRESS.md', '.pace/advisory_backlog.yaml', '.pace/change-12/attempts.yaml', '.pace/journal.jsonl'])
      expect(has(name)).toBe(false);
    expect(around.calls.map(([operation]) => operation)).toEqual(['postDailySummary', 'writeChangeNote', 'writeJobSummary']);
    expect(around.calls[1]).toEqual(['writeChangeNote', summary, '12']);
    expect(around.calls[0]).toMatchObject(['postDailySummary', { day: null, report: { subject: 'change 12', decision: 'HOLD' } }]);
    expect(summary).toMatch(/^# PACE Change 12 — 🔴 HOLD\n/);
    expect(summary).toContain('**Run time:** 2026-03-02 09:00 UTC');
    expect([report.day, report.pending, report.faults, parts.journal.pending()]).toEqual([null, [], [], []]);
  }); // biome-ignore format: one line

  test('whose note could not be written says so in its summary and in its report', async () => {
    const { around, report, summary } = await ofChange({}, {}, ['writeChangeNote']);
    expect(report.faults).toEqual([{ operation: 'writeChangeNote', message: 'writeChangeNote went wrong.', remedy: 'Please look.' }]);
    expect(summary).toContain('- `writeChangeNote`: writeChangeNote went wrong. Please look.');
    expect(around.calls.at(-1)).toEqual(['writeJobSummary', summary]);
    expect(around.calls.at(-2)?.[1]).not.toContain('writeChangeNote');
  }); // biome-ignore format: one line

  test('whose summary could not be written keeps nothing for a later run, and its fault is told', async () => {
    const { report, parts, has } = await ofChange({}, {}, ['writeJobSummary']);
    expect(report.faults.map(({ operation }) => operation)).toEqual(['writeJobSummary']);
    expect([report.pending, parts.journal.pending(), has('.pace/journal.jsonl')]).toEqual([[], [], false]);
  });

  test('has no note where none is wanted, and where nothing tells its number', async () => {
    const without = await ofChange({}, { config: { reporter: { change_note: false } } });
    const nameless = await ofChange({}, { change: { id: 'c0ffee', isNameless: true } });
    for (const { around } of [without, nameless]) expect(deeds(around)).toEqual(['writeJobSummary']);
  });

  test('that is paused is in the note and the summary alone: an earlier decision of it stays', async () => {
    const cwd = checkout({ '.pace/change-12/decision.yaml': 'decision: SHIP\n' });
    const { around } = await ofChange({ decision: 'PAUSED' }, { cwd });
    expect(around.calls.map(([operation]) => operation)).toEqual(['writeChangeNote', 'writeJobSummary']);
    expect(readFileSync(join(cwd, '.pace/change-12/decision.yaml'), 'utf8')).toBe('decision: SHIP\n');
  });

  test('in a dry run is in one line alone', async () => {
    const { around, has, summary } = await ofChange({}, { dryRun: true });
    expect(around.calls.map(([operation]) => operation)).toEqual(['postDailySummary']);
    expect([has('.pace'), summary.includes('dry run')]).toEqual([false, true]);
  });

  test('whose report cannot be kept is published all the same, and a fault says so', async () => {
    const cwd = checkout({ '.pace/change-12': 'in the way' });
    const { report, around } = await ofChange({}, { cwd });
    expect(report.faults.map(({ operation }) => operation)).toEqual(['saveDecision']);
    expect(deeds(around)).toEqual(['writeChangeNote', 'writeJobSummary']);
  });

  test('has no credentials in note and summary', async () => {
    const redact = (text: string) => text.replaceAll('s3cret', '***');
    const { around, summary } = await ofChange({ holdReason: 'unit: s3cret' }, { world: { redact } });
    expect(around.calls.find(([operation]) => operation === 'writeChangeNote')?.[1]).toBe(summary);
    expect([summary.includes('s3cret'), summary.includes('\\*\\*\\*') || summary.includes('***')]).toEqual([
      false,
      true,
    ]);
  });
});
