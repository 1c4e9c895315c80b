/** Comments in an open store. */
import { PaceError } from '../../core/errors.ts';
import type { Comment, Issue } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Connection } from './connection.ts';
import { record, type Stamp } from './events.ts';
import { rememberPerson } from './people.ts';
import { toComment } from './wire.ts';
import { touchIssue } from './writes.ts';

/** Oldest first. */
export function findComments(db: Connection, number: number): Comment[] {
  return db.all('SELECT * FROM comment WHERE number = :number ORDER BY id', { number }).map(toComment);
}

export function insertComment(db: Connection, issue: Issue, body: string, stamp: Stamp): Comment {
  const number = Number(issue.key);
  const { at, actor } = stamp;
  const sql = 'INSERT INTO comment (number, body, author, created_at) VALUES (:number, :body, :author, :at)';
  const id = db.run(sql, { number, body, author: actor ?? null, at });
  rememberPerson(db, actor);
  touchIssue(db, issue, stamp);
  record(db, stamp, { kind: 'commented', number, subject: String(id) });
  return commentOf(db, number, String(id));
}

export function changeComment(
  db: Connection,
  issue: Issue,
  edit: { readonly id: string; readonly body: string },
  stamp: Stamp,
): Comment {
  const number = Number(issue.key);
  const old = commentOf(db, number, edit.id);
  if (old.body === edit.body) return old;
  const values = { body: edit.body, at: stamp.at, id: Number(edit.id) };
  db.run('UPDATE comment SET body = :body, updated_at = :at WHERE id = :id', values);
  touchIssue(db, issue, stamp);
  record(db, stamp, { kind: 'comment edited', number, subject: edit.id, before: { body: old.body } });
  return commentOf(db, number, edit.id);
}

export function removeComment(db: Connection, issue: Issue, id: string, stamp: Stamp): void {
  const number = Number(issue.key);
  const { body, author, createdAt } = commentOf(db, number, id);
  db.run('DELETE FROM comment WHERE id = :id', { id: Number(id) });
  touchIssue(db, issue, stamp);
  const before = { body, author: author?.name ?? null, createdAt };
  record(db, stamp, { kind: 'comment deleted', number, subject: id, before });
}

/** One that was deleted, as it was. */
export function restoreComment(
  db: Connection,
  issue: Issue,
  { id, body, author, createdAt }: Readonly<Record<string, unknown>>,
  stamp: Stamp,
): void {
  const number = Number(issue.key);
  db.run('INSERT INTO comment (id, number, body, author, created_at) VALUES (:id, :number, :body, :author, :at)', {
    ...{ id: Number(id), number, body: String(body), author: typeof author === 'string' ? author : null },
    at: Number(createdAt),
  });
  touchIssue(db, issue, stamp);
  record(db, stamp, { kind: 'commented', number, subject: String(id) });
}

function commentOf(db: Connection, number: number, id: string): Comment {
  const sql = 'SELECT * FROM comment WHERE id = :id AND number = :number';
  const row = /^[1-9]\d{0,14}$/.test(id) ? db.get(sql, { id: Number(id), number }) : undefined;
  if (row) return toComment(row);
  throw new PaceError({
    kind: 'not-found',
    message: `Issue ${number} has no comment \`${plainLine(id, 40)}\`.`,
    remedy: `Please check its id: \`pace issue comment ${number} --list\` shows all of them.`,
  });
}
