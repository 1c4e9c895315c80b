/** What a dry run has held back, for people. Pure. */
import type { PlannedWrite } from '../../../core/ports/index.ts';
import { isRecord } from '../../../core/record.ts';
import { minute } from '../../../core/text/minute.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { isoTime } from './fields.ts';

const WORDS: Readonly<Record<string, string>> = {
  createIssue: 'create an issue',
  updateIssue: 'change',
  transitionIssue: 'move',
  deleteIssue: 'delete',
  addComment: 'comment on',
  updateComment: 'edit a comment on',
  deleteComment: 'delete a comment on',
  createLink: 'link',
  deleteLink: 'unlink',
  createLabel: 'create a label',
  updateLabel: 'change a label',
  deleteLabel: 'delete a label',
  createMilestone: 'create a milestone',
  updateMilestone: 'change a milestone',
  deleteMilestone: 'delete a milestone',
  claim: 'claim',
  release: 'release',
};
const LONGEST = 120;

/** One paragraph per write: what, where, and each field that would change. */
export function plannedText(writes: readonly PlannedWrite[]): string {
  if (writes.length === 0) return 'Nothing would be sent.\n';
  return writes.map(paragraph).join('');
}

function paragraph({ operation, key, sent, changes }: PlannedWrite): string {
  const what = [WORDS[operation] ?? operation, plainLine(key)].filter(Boolean).join(' ');
  const lines = changes
    ? Object.entries(changes).map(([name, each]) => `${name}: ${shown(name, each.before)} → ${shown(name, each.after)}`)
    : Object.entries(Object(sent) as object).map(([name, value]) => `${name}: ${shown(name, value)}`);
  return [`Would ${what}:`, ...lines.map((line) => `  ${line}`)].join('\n').concat('\n');
}

/** The same for programs: times as everywhere in JSON. */
export function plannedData(writes: readonly PlannedWrite[]): unknown[] {
  return writes.map(({ sent, changes, ...what }) => ({
    ...what,
    sent: isRecord(sent) ? mapped(sent, timeText) : sent,
    ...(changes && {
      changes: mapped(changes, (name, { before, after }) => ({
        before: timeText(name, before),
        after: timeText(name, after),
      })),
    }),
  }));
}

function mapped<Value>(values: Readonly<Record<string, Value>>, by: (name: string, value: Value) => unknown): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, by(name, value)]));
}

const TIMES = ['until', 'deferUntil'];

function timeText(name: string, value: unknown): unknown {
  return TIMES.includes(name) && typeof value === 'number' ? isoTime(value) : value;
}

function shown(name: string, value: unknown): string {
  if (TIMES.includes(name) && typeof value === 'number') return minute(value);
  if (value === undefined || value === null) return 'none';
  return plainLine(typeof value === 'string' ? value || '“”' : JSON.stringify(value), LONGEST);
}
