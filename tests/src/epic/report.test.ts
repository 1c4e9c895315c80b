import { expect, test } from 'vitest';
import { readEpics } from '../../../core/epics/read-epics.ts';
import { keysOf, outlineOf } from '../../../src/epic/outline.ts';
import { epicReport } from '../../../src/epic/report.ts';
import type { SyncLine } from '../../../src/sync/engine.ts';
import { newPair } from '../../../src/sync/matching.ts';
import { EPIC } from '../../support/epic.ts';
import { reportOf } from '../../support/sync-engine.ts';

const outline = outlineOf(readEpics([{ path: 'EPIC.md', text: EPIC }]));
const [form = '', session = ''] = keysOf(outline, 'subtask');
const half = (key: string) => ({ key, url: `u/${key}`, body: '' });
const pairs = [
  ['EPIC', '1'],
  ['US-001', '2'],
  [form, '3'],
  ['US-002', '5'],
].map(([a = '', b = '']) => newPair(`p-${b}`, { a: half(a), b: half(b) }));
const report = (written: readonly SyncLine[], left: readonly SyncLine[] = [], more = {}) =>
  epicReport({
    ...{ report: reportOf({ written, left, ...more }), outline, pairs, isFull: false, success: left.length === 0 },
    faults: [{ code: 'W002', path: 'EPIC.md', line: 3, column: 1, message: 'No points.', remedy: 'Please add some.' }],
  });

test('what was written is counted by what it is of the file', () => {
  const found = report([
    { kind: 'update', side: 'b', key: '2', other: 'US-001', field: 'title' },
    { kind: 'update', side: 'b', key: '2', other: 'US-001', field: 'state' },
    { kind: 'comment', side: 'b', key: '2', other: 'US-001' },
    { kind: 'update', side: 'b', key: '3', other: form, field: 'state' },
    { kind: 'create', side: 'b', key: '4', other: session },
    { kind: 'create', side: 'b', key: '5', other: 'US-002' },
    { kind: 'update', side: 'a', key: 'EPIC', other: '1', field: 'title' },
  ]);
  expect(found).toEqual({
    ...{ success: true, dry_run: false, incremental: true, unmatched_stories: [], errors: [] },
    matched_stories: [
      ['US-001', '2'],
      ['US-002', '5'],
    ],
    stats: {
      ...{ stories_matched: 2, stories_created: 1, stories_updated: 1, stories_skipped: 0 },
      ...{ subtasks_created: 1, subtasks_updated: 1, comments_added: 1, statuses_updated: 2 },
    },
    warnings: ['EPIC.md:3:1: W002 No points. Please add some.'],
  });
});

test('what is left is an error, but for what the tracker has no place for', () => {
  const found = report(
    [],
    [
      { kind: 'conflict', side: 'a', key: 'US-001', other: '2', field: 'title' },
      { kind: 'failed', side: 'b', key: '5', other: 'US-002', message: 'Refused.', remedy: 'Please shorten it.' },
      { kind: 'unsupported', side: 'b', key: '', field: 'milestone', message: 'No milestones.' },
    ],
  );
  expect([found.success, found.errors]).toEqual([
    false,
    ['US-001 – 2: The title was changed on both sides.', 'US-002 – 5: Refused. Please shorten it.'],
  ]);
  expect(found.warnings).toHaveLength(2);
});

test('of a first run all was looked at', () => {
  expect(report([], [], { isFirst: true }).incremental).toBe(false);
  expect(report([], [], { isFirst: true, dryRun: true }).dry_run).toBe(true);
});
