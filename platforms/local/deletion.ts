/** An issue deleted for good: what hung on it goes along, what it stood beside stays and tells of it in the log. */
import type { Issue } from '../../core/ports/issue.ts';
import { findComments } from './comments.ts';
import type { Connection } from './connection.ts';
import { record, type Stamp } from './events.ts';
import { findLinks, removeLink } from './links.ts';
import { forgetText } from './text-index.ts';
import { changeIssue, findIssue, mergedOf, type UrlOf } from './writes.ts';

/** Its number is never given again: the log of it stays, with all that was there at the end. */
export function removeIssue(db: Connection, issue: Issue, stamp: Stamp): void {
  const number = Number(issue.key);
  const links = findLinks(db, number);
  for (const link of links) removeLink(db, issue, link, stamp);
  for (const child of childrenOf(db, number)) changeIssue(db, child, { parent: null }, stamp);
  const { state, author, createdAt } = issue;
  const comments = findComments(db, number);
  const before = { ...mergedOf(issue), state, author: author?.name ?? null, createdAt, links, comments };
  db.run('DELETE FROM issue WHERE number = :number', { number });
  forgetText(db, number, issue);
  record(db, stamp, { kind: 'deleted', number, before });
}

function childrenOf(db: Connection, parent: number): Issue[] {
  const numbers = db.all('SELECT number FROM issue WHERE parent = :parent', { parent });
  return numbers.flatMap(({ number }) => findIssue(db, Number(number), NO_ADDRESS) ?? []);
}

/** Nothing is written of it. */
const NO_ADDRESS: UrlOf = () => '';
