/** How many issues a list would have. */
import type { IssueFilter } from '../../core/ports/issue.ts';
import { type Connection, usedIn } from './connection.ts';
import { conditionsFor } from './filter.ts';

export function countIssues(db: Connection, filter: IssueFilter, now: number): number {
  const found = conditionsFor(db, filter, now);
  if (!found) return 0;
  const states = found.states.map((state) => `'${state}'`).join(', ');
  const sql = `SELECT count(*) AS count FROM issue WHERE ${[`issue.state IN (${states})`, ...found.sql].join(' AND ')}`;
  return Number(db.get(sql, usedIn(sql, found.values))?.['count'] ?? 0);
}
