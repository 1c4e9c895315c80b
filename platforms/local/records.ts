/** Reading and writing issues and comments in an open store. Every change leaves an event. */
import type { Comment, Issue, IssueDraft, IssuePatch, IssueState, Metadata } from '../ports.ts';
import type { Connection } from './connection.ts';
import { ISSUE_COLUMNS, toComment, toIssue } from './wire.ts';

/** An issue's address for people. */
export type UrlOf = (number: number, metadata: Metadata) => string;

/** Who writes, and when (milliseconds since 1970). */
export interface Stamp {
  readonly at: number;
  readonly actor: string | undefined;
}

export function findIssue(db: Connection, number: number, urlOf: UrlOf): Issue | undefined {
  const row = db.get(`SELECT ${ISSUE_COLUMNS} FROM issue WHERE number = :number`, { number });
  return row && toIssue(row, urlOf);
}

/** The gate's issues of this kind and day, oldest first, without those that were given up in favour of another. */
export function findMarked(db: Connection, mark: { kind: string; day: number }, urlOf: UrlOf): Issue[] {
  const sql = `SELECT ${ISSUE_COLUMNS} FROM issue
    WHERE metadata ->> '$.pace.kind' = :kind AND metadata ->> '$.pace.day' = :day AND state <> 'canceled' ORDER BY number`;
  return db.all(sql, { ...mark }).map((row) => toIssue(row, urlOf));
}

/** Returns the number of the new issue. */
export function insertIssue(db: Connection, draft: IssueDraft, { at, actor }: Stamp): number {
  const number = db.run(
    `INSERT INTO issue (title, body, state, purpose, author, assignees, metadata, created_at, updated_at)
     VALUES (:title, :body, 'open', :purpose, :author, :assignees, :metadata, :at, :at)`,
    {
      title: draft.title,
      body: draft.body,
      purpose: draft.purpose ?? null,
      author: actor ?? null,
      assignees: JSON.stringify([...new Set(draft.assignees ?? [])]),
      metadata: JSON.stringify(draft.metadata ?? {}),
      at,
    },
  );
  attachLabels(db, number, draft.labels ?? []);
  record(db, number, { at, actor }, 'created', {});
  return number;
}

/** Writes what differs; nothing at all when nothing does. */
export function changeIssue(db: Connection, issue: Issue, patch: IssuePatch, stamp: Stamp): void {
  const before = beforeOf(issue, patch);
  if (Object.keys(before).length === 0) return;
  const number = Number(issue.key);
  db.run(
    'UPDATE issue SET title = :title, body = :body, metadata = :metadata, updated_at = :at WHERE number = :number',
    {
      title: patch.title ?? issue.title,
      body: patch.body ?? issue.body,
      metadata: JSON.stringify(patch.metadata ?? issue.metadata),
      at: laterOf(issue, stamp),
      number,
    },
  );
  if ('labels' in before) {
    db.run('DELETE FROM issue_label WHERE number = :number', { number });
    attachLabels(db, number, patch.labels ?? []);
  }
  record(db, number, stamp, 'updated', before);
}

export function moveIssue(db: Connection, issue: Issue, state: IssueState, stamp: Stamp): void {
  if (issue.state === state) return;
  const number = Number(issue.key);
  const closedAt = state === 'done' || state === 'canceled' ? stamp.at : null;
  const values = { state, closedAt, at: laterOf(issue, stamp), number };
  db.run('UPDATE issue SET state = :state, closed_at = :closedAt, updated_at = :at WHERE number = :number', values);
  record(db, number, stamp, 'moved', { state: issue.state });
}

/** Oldest first. */
export function findComments(db: Connection, number: number): Comment[] {
  return db.all('SELECT * FROM comment WHERE number = :number ORDER BY id', { number }).map(toComment);
}

export function insertComment(db: Connection, issue: Issue, body: string, stamp: Stamp): Comment {
  const number = Number(issue.key);
  const { at, actor } = stamp;
  const sql = 'INSERT INTO comment (number, body, author, created_at) VALUES (:number, :body, :author, :at)';
  const id = db.run(sql, { number, body, author: actor ?? null, at });
  db.run('UPDATE issue SET updated_at = :at WHERE number = :number', { at: laterOf(issue, stamp), number });
  record(db, number, stamp, 'commented', {});
  return toComment({ ...db.get('SELECT * FROM comment WHERE id = :id', { id }) });
}

/** The old values of what the patch changes. */
function beforeOf(issue: Issue, patch: IssuePatch): Record<string, unknown> {
  const labels = patch.labels && [...new Set(patch.labels)].sort();
  const wanted = { title: patch.title, body: patch.body, labels, metadata: patch.metadata };
  const old = { title: issue.title, body: issue.body, labels: [...issue.labels].sort(), metadata: issue.metadata };
  const changed = Object.entries(old).filter(([name, value]) => {
    const next = wanted[name as keyof typeof wanted];
    return next !== undefined && JSON.stringify(next) !== JSON.stringify(value);
  });
  return Object.fromEntries(changed);
}

function attachLabels(db: Connection, number: number, labels: readonly string[]): void {
  for (const name of new Set(labels)) {
    db.run('INSERT INTO label (name) VALUES (:name) ON CONFLICT DO NOTHING', { name });
    db.run(
      `INSERT INTO issue_label (number, label, closed)
       SELECT :number, label.id, issue.closed FROM label, issue WHERE label.name = :name AND issue.number = :number`,
      { number, name },
    );
  }
}

// a clock that was set back must not make a change older than the issue
function laterOf(issue: Issue, { at }: Stamp): number {
  return Math.max(at, issue.updatedAt);
}

function record(db: Connection, number: number, { at, actor }: Stamp, kind: string, before: object): void {
  db.run('INSERT INTO event (number, at, actor, kind, before) VALUES (:number, :at, :actor, :kind, :before)', {
    number,
    at,
    actor: actor ?? null,
    kind,
    before: JSON.stringify(before),
  });
}
