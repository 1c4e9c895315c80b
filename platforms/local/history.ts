/** What has changed of issues: their events, with what each changed member was before and after it; and the way back. */
import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import { ISSUE_STATES, type Issue, type IssueLink, LINK_TYPES } from '../../core/ports/issue.ts';
import type { ChangesAfter, FieldChange } from '../../core/ports/tracker-driver.ts';
import { changeComment, removeComment, restoreComment } from './comments.ts';
import type { Connection } from './connection.ts';
import { findEvents, type Stamp, type TrackerEvent } from './events.ts';
import { insertLink, removeLink } from './links.ts';
import { currentFields, moveIssue, restoreFields } from './writes.ts';

/** Oldest first. */
export function findHistory(db: Connection, issue: Issue): FieldChange[] {
  return toHistory(issue.key, findEvents(db, Number(issue.key)), { ...currentFields(issue), state: issue.state });
}

/** Of an issue that was deleted the log tells what it was at the end. */
function findHistoryOfGone(db: Connection, number: number): FieldChange[] {
  const events = findEvents(db, number);
  return toHistory(String(number), events, events.findLast(({ kind }) => kind === 'deleted')?.before ?? {});
}

function toHistory(
  key: string,
  events: readonly TrackerEvent[],
  now: Readonly<Record<string, unknown>>,
): FieldChange[] {
  // what a member is after a change, the next change of it tells, and of the last one the issue itself
  const later = { ...now };
  return events
    .toReversed()
    .flatMap((event) => changesOf(key, event, later).reverse())
    .reverse();
}

function changesOf(key: string, event: TrackerEvent, later: Record<string, unknown>): FieldChange[] {
  const { id, at, actor, kind, subject = null, before } = event;
  const base = { key, id: String(id), at, ...defined({ actor }), kind: KINDS[kind] ?? kind };
  if (kind === 'updated' || kind === 'moved') {
    return Object.entries(before).map(([field, old]) => {
      const change = { ...base, field, before: old ?? null, after: later[field] ?? null };
      later[field] = old;
      return change;
    });
  }
  const change = (field: string, old: unknown, now: unknown) => [{ ...base, field, before: old, after: now }];
  if (kind === 'linked') return change('links', null, subject);
  if (kind === 'unlinked') return change('links', subject, null);
  if (kind === 'claimed') return change('claim', before['agent'] ?? null, subject);
  if (kind === 'released') return change('claim', subject, null);
  if (kind === 'commented') return change('comments', null, subject);
  if (kind === 'comment edited') return change('comments', before['body'], subject);
  if (kind === 'comment deleted') return change('comments', before['body'], null);
  return [base];
}

const KINDS: Readonly<Record<string, string>> = { updated: 'changed', moved: 'changed' };

/** In the order in which they were made; an issue that was created stands before its changes. */
export function changesAfter(
  db: Connection,
  cursor: string | undefined,
  found: (db: Connection, number: number) => Issue,
): ChangesAfter {
  const now = db.get(
    'SELECT (SELECT coalesce(max(seq), 0) FROM change) AS seq, (SELECT coalesce(max(number), 0) FROM issue) AS number',
  );
  const next = `${now?.['seq']} ${now?.['number']}`;
  if (cursor === undefined || cursor === next) return { cursor: next, changes: [] };
  const [seq = 0, number = 0] = cursor.split(' ').map(Number);
  const created = db.all('SELECT number, 1 AS id FROM issue WHERE number > :number', { number });
  const changed = db.all('SELECT number, id FROM change WHERE seq > :seq AND number > 0 ORDER BY seq', { seq });
  const histories = new Map<number, FieldChange[]>();
  const changes = [...created, ...changed].flatMap((row) => {
    const one = Number(row['number']);
    const isThere = db.get('SELECT 1 FROM issue WHERE number = :one', { one }) !== undefined;
    const history = histories.get(one) ?? (isThere ? findHistory(db, found(db, one)) : findHistoryOfGone(db, one));
    histories.set(one, history);
    return history.filter(({ id }) => id === String(row['id']));
  });
  return { cursor: next, changes };
}

/** In the transaction that has looked whether anything came after it. */
export function undoLast(
  db: Connection,
  issue: Issue,
  { last, stamp, found }: { readonly last: string; readonly stamp: Stamp; readonly found: () => Issue },
): void {
  const events = findEvents(db, Number(issue.key));
  const newest = events.at(-1);
  if (!newest || String(newest.id) !== last) throw cameAfter(issue.key);
  if (newest.kind === 'created') throw neverChanged(issue.key);
  const all = events.filter(({ id, act }) => id === newest.id || (act !== undefined && act === newest.act));
  // a claim that ended because the issue was closed is not taken anew
  const act = all.length > 1 ? all.filter(({ kind }) => kind !== 'released') : all;
  const final = act.find(({ kind }) => !(kind in WAYS_BACK));
  if (final) throw cannotUndo(issue.key, final);
  for (const event of act.reverse()) WAYS_BACK[event.kind]?.(db, found(), event, stamp);
}

type WayBack = (db: Connection, issue: Issue, event: TrackerEvent, stamp: Stamp) => void;

const WAYS_BACK: Readonly<Record<string, WayBack>> = {
  updated: (db, issue, { before }, stamp) => restoreFields(db, issue, before, stamp),
  moved: (db, issue, { before }, stamp) => {
    const state = ISSUE_STATES.find((one) => one === before['state']);
    if (state) moveIssue(db, issue, state, stamp);
  },
  linked: (db, issue, { subject }, stamp) => removeLink(db, issue, linkOf(subject), stamp),
  unlinked: (db, issue, { subject }, stamp) => insertLink(db, issue, linkOf(subject), stamp),
  commented: (db, issue, { subject = '' }, stamp) => removeComment(db, issue, subject, stamp),
  'comment edited': (db, issue, { subject = '', before }, stamp) =>
    void changeComment(db, issue, { id: subject, body: String(before['body']) }, stamp),
  'comment deleted': (db, issue, { subject = '', before }, stamp) =>
    restoreComment(db, issue, { ...before, id: subject }, stamp),
};

function linkOf(subject = ''): IssueLink {
  const type = LINK_TYPES.find((known) => subject.startsWith(`${known} `)) ?? 'relates to';
  return { type, target: subject.slice(type.length + 1) };
}

function cameAfter(key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `Something came after that change of ${key}: nothing is undone.`,
    remedy: `\`pace issue history ${key}\` shows it.`,
  });
}

function neverChanged(key: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${key} was never changed since it was created.`,
    remedy: `\`pace issue close ${key} --reason not-planned\` closes it.`,
  });
}

function cannotUndo(key: string, { kind }: TrackerEvent): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The last change of ${key} cannot be undone: it was ${kind}.`,
    remedy: 'Claims are changed by `pace issue claim` and `release`.',
  });
}
