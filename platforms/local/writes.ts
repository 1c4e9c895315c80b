/** Reading and writing issues in an open store. Every change leaves an event. */
import {
  type Issue,
  type IssueDraft,
  type IssuePatch,
  type IssueState,
  isClosed,
  type Metadata,
} from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { metadataAfter, peopleAfter } from '../../core/tracker/concurrent-edits.ts';
import { noSuchIssue } from './address.ts';
import { endClaim } from './claims.ts';
import type { Connection } from './connection.ts';
import { record, type Stamp } from './events.ts';
import { refused } from './input.ts';
import { changeLabels, indexLabels, labelIds, spelled } from './labels.ts';
import { existingMilestone } from './milestones.ts';
import { assign, rememberPerson } from './people.ts';
import { indexChange, indexText } from './text-index.ts';
import { ISSUE_COLUMNS, NEW_ISSUE_COLUMNS, toIssue } from './wire.ts';

/** An issue's address for people. */
export type UrlOf = (number: number, metadata: Metadata) => string;

export function findIssue(db: Connection, number: number, urlOf: UrlOf): Issue | undefined {
  const row = db.get(SELECT, { number });
  return row && toIssue(row, urlOf);
}

/** As it reads back right after its creation. */
export function findNewIssue(db: Connection, number: number, urlOf: UrlOf): Issue | undefined {
  const row = db.get(SELECT_NEW, { number });
  return row && toIssue(row, urlOf);
}

const SELECT_NEW = `SELECT ${NEW_ISSUE_COLUMNS} FROM issue WHERE number = :number`;

const SELECT = `SELECT ${ISSUE_COLUMNS} FROM issue WHERE number = :number`;

export function refuseUnknown(db: Connection, number: number): void {
  if (!db.get('SELECT 1 FROM issue WHERE number = :number', { number })) noSuchIssue(number);
}

/** The gate's issues of this kind and day, oldest first, without those that were given up in favour of another. */
export function findMarked(db: Connection, mark: { kind: string; day: number }, urlOf: UrlOf): Issue[] {
  const sql = `SELECT ${ISSUE_COLUMNS} FROM issue
    WHERE metadata ->> '$.pace.kind' = :kind AND metadata ->> '$.pace.day' = :day AND state <> 'canceled' ORDER BY number`;
  return db.all(sql, { ...mark }).map((row) => toIssue(row, urlOf));
}

/** Returns the number of the new issue. */
export function insertIssue(db: Connection, draft: IssueDraft, stamp: Stamp): number {
  const { state = 'open' } = draft;
  const { actor } = stamp;
  const at = Math.max(stamp.at, lastCreation(db));
  // what is refused is refused before the first write
  const columns = columnsOf(db, draft);
  const labels = labelIds(db, draft.labels ?? []);
  const { type, priority, milestone, parent, storyPoints, dueDate, deferUntil } = columns;
  const number = db.run(INSERT, [
    ...[draft.title, draft.body, state, type, priority, milestone, parent, storyPoints, dueDate, deferUntil],
    ...[draft.purpose ?? null, actor ?? null, JSON.stringify(draft.metadata ?? {}), JSON.stringify(labels)],
    ...[at, at, isClosed(state) ? at : null],
  ]);
  if (parent !== null && !isClosed(state)) db.run('UPDATE issue SET below = below + 1 WHERE number = ?', [parent]);
  rememberPerson(db, actor);
  assign(db, number, distinct(draft.assignees ?? []));
  indexLabels(db, { number, state }, labels);
  indexText(db, number, draft);
  return number;
}

// one row of VALUES: for an INSERT that selects, SQLite keeps every page as it was, which costs more than the insert itself
const INSERT = `
  INSERT INTO issue (title, body, state, type, priority, milestone, parent, story_points, due_date, defer_until, purpose, author,
    metadata, labels, created_at, updated_at, closed_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

// a clock that was set back must not make an issue older than those before it: numbers give the order of lists
function lastCreation(db: Connection): number {
  return Number(db.get('SELECT created_at FROM issue ORDER BY number DESC LIMIT 1')?.['created_at'] ?? 0);
}

/** Writes what differs; nothing at all when nothing does. */
export function changeIssue(db: Connection, issue: Issue, patch: IssuePatch, stamp: Stamp): void {
  writeFields(db, issue, merged(db, issue, patch), stamp);
}

/** Writes fields as they were: what was not set is `null`. */
export function restoreFields(
  db: Connection,
  issue: Issue,
  fields: Readonly<Record<string, unknown>>,
  stamp: Stamp,
): void {
  const old = mergedOf(issue);
  // only members that `differing` has recorded of this very shape
  const known = Object.entries(fields).filter(([name]) => name in old);
  writeFields(db, issue, { ...old, ...Object.fromEntries(known) }, stamp);
}

function writeFields(db: Connection, issue: Issue, next: Merged, stamp: Stamp): void {
  const before = differing(issue, next);
  if (Object.keys(before).length === 0) return;
  const number = Number(issue.key);
  refuseCycle(db, number, next.parent);
  db.run(UPDATE, {
    ...columnsOf(db, next),
    title: next.title,
    body: next.body,
    metadata: JSON.stringify(next.metadata),
    at: laterOf(issue, stamp),
    number,
  });
  if ('labels' in before) changeLabels(db, { number, state: issue.state }, next.labels);
  if ('assignees' in before) {
    db.run('DELETE FROM issue_assignee WHERE number = :number', { number });
    assign(db, number, next.assignees);
  }
  if ('title' in before || 'body' in before) indexChange(db, number, issue, next);
  record(db, stamp, { kind: 'updated', number, before });
}

const UPDATE = `
  UPDATE issue SET title = :title, body = :body, type = :type, priority = :priority, milestone = :milestone, parent = :parent,
    story_points = :storyPoints, due_date = :dueDate, defer_until = :deferUntil, metadata = :metadata, updated_at = :at
  WHERE number = :number`;

export function moveIssue(db: Connection, issue: Issue, state: IssueState, stamp: Stamp): void {
  if (issue.state === state) return;
  const number = Number(issue.key);
  const closedAt = isClosed(state) ? stamp.at : null;
  const values = { state, closedAt, at: laterOf(issue, stamp), number };
  db.run('UPDATE issue SET state = :state, closed_at = :closedAt, updated_at = :at WHERE number = :number', values);
  record(db, stamp, { kind: 'moved', number, before: { state: issue.state } });
  if (isClosed(state)) endClaim(db, number, stamp);
}

/** Says that something of the issue has changed which stands in another table. */
export function touchIssue(db: Connection, issue: Issue, stamp: Stamp): void {
  const values = { at: laterOf(issue, stamp), number: Number(issue.key) };
  db.run('UPDATE issue SET updated_at = :at WHERE number = :number', values);
}

type FieldName = 'type' | 'priority' | 'milestone' | 'parent' | 'storyPoints' | 'dueDate' | 'deferUntil';
/** `null`: not set. */
type Fields = { readonly [Name in FieldName]?: Issue[Name] | null | undefined };

/** Throws `validation` for a milestone or a parent that does not exist. */
function columnsOf(db: Connection, fields: Fields) {
  const { type, priority, milestone, parent, storyPoints, dueDate, deferUntil } = fields;
  return {
    type: type?.trim().toLowerCase() || null,
    priority: priority ?? null,
    milestone: milestone ? existingMilestone(db, milestone) : null,
    parent: parent ? existingParent(db, parent) : null,
    storyPoints: storyPoints ?? null,
    dueDate: dueDate || null,
    deferUntil: deferUntil ?? null,
  };
}

/** What the log tells of, in its order. */
type Merged = Pick<Issue, 'title' | 'body' | 'labels' | 'metadata'> &
  Required<Fields> & { readonly assignees: readonly string[] };

function merged(db: Connection, issue: Issue, patch: IssuePatch): Merged {
  const old = mergedOf(issue);
  return {
    title: patch.title ?? old.title,
    body: patch.body ?? old.body,
    labels: labelsAfter(db, old.labels, patch),
    metadata: metadataOf(old.metadata, patch),
    type: patch.type?.trim().toLowerCase() ?? old.type,
    priority: orOld(patch.priority, old.priority),
    milestone: orOld(patch.milestone, old.milestone),
    parent: orOld(patch.parent, old.parent),
    storyPoints: orOld(patch.storyPoints, old.storyPoints),
    dueDate: orOld(patch.dueDate, old.dueDate),
    deferUntil: orOld(patch.deferUntil, old.deferUntil),
    assignees: distinct(patch.assignees ?? peopleAfter(issue.assignees, patch) ?? old.assignees),
  };
}

/** The metadata as the patch leaves them. */
export function metadataOf(old: Metadata, { metadata, setMetadata }: IssuePatch): Metadata {
  return metadata ?? (setMetadata ? metadataAfter(old, setMetadata) : old);
}

/** The members that changes are kept of; what is not set is absent. */
export function currentFields(issue: Issue): Readonly<Record<string, unknown>> {
  return { ...mergedOf(issue) };
}

export function mergedOf(issue: Issue): Merged {
  const { title, body, labels, metadata, type, priority, milestone, parent, storyPoints, dueDate, deferUntil } = issue;
  const assignees = issue.assignees.map(({ id }) => id);
  const fields = { type, priority, milestone, parent, storyPoints, dueDate, deferUntil };
  return { title, body, labels: [...labels].sort(), metadata, ...fields, assignees };
}

function orOld<Value>(given: Value | undefined, old: Value): Value {
  return given === undefined ? old : given;
}

function labelsAfter(db: Connection, old: readonly string[], patch: IssuePatch): readonly string[] {
  const { labels, addLabels = [], removeLabels = [] } = patch;
  if (labels) return spelled(db, labels);
  if (addLabels.length + removeLabels.length === 0) return old;
  const gone = new Set(removeLabels.map((name) => name.trim().toLowerCase()));
  return spelled(db, [...old.filter((name) => !gone.has(name.toLowerCase())), ...addLabels]);
}

/** The members that change, as they were; what was not set is `null`. */
function differing(issue: Issue, next: Merged): Record<string, unknown> {
  const changed = Object.entries(mergedOf(issue)).filter(([name, value]) => {
    return JSON.stringify(next[name as keyof Merged] ?? null) !== JSON.stringify(value ?? null);
  });
  return Object.fromEntries(changed.map(([name, value]) => [name, value ?? null]));
}

function existingParent(db: Connection, key: string): number {
  const number = /^[1-9]\d{0,14}$/.test(key) ? Number(key) : 0;
  if (db.get('SELECT 1 FROM issue WHERE number = :number', { number })) return number;
  throw refused(
    `There is no issue \`${plainLine(key, 40)}\` to be the parent.`,
    'Please check the number: `pace issue list` shows all of them.',
  );
}

function refuseCycle(db: Connection, number: number, parent: string | null | undefined): void {
  if (!parent) return;
  const sql = `WITH RECURSIVE above (number) AS (
      SELECT :parent UNION SELECT issue.parent FROM above JOIN issue USING (number) WHERE issue.parent IS NOT NULL)
    SELECT 1 FROM above WHERE number = :number`;
  if (!db.get(sql, { parent: Number(parent), number })) return;
  throw refused(
    `${parent} cannot be the parent of ${number}: it is that issue itself, or stands below it.`,
    'Please choose an issue that is not below this one.',
  );
}

function distinct(people: readonly string[]): string[] {
  return [...new Set(people.map((person) => person.trim()))];
}

// a clock that was set back must not make a change older than the issue
function laterOf(issue: Issue, { at }: Stamp): number {
  return Math.max(at, issue.updatedAt);
}
