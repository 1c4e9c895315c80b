/** Lists of issues, page by page. Numbers grow with time: they give the order, and the place where the next page starts. */
import type { Issue, IssueFilter } from '../ports.ts';
import type { Connection, Values } from './connection.ts';
import type { UrlOf } from './records.ts';
import { ISSUE_COLUMNS, toIssue } from './wire.ts';

export interface PageQuery {
  readonly filter: IssueFilter;
  /** Only issues with a smaller number. */
  readonly before: number;
  readonly limit: number;
}

/** The newest issues that fit, newest first; fewer than `limit` on the last page. */
export function findPage(db: Connection, { filter, before, limit }: PageQuery, urlOf: UrlOf): Issue[] {
  const labels = labelValues(db, filter.labels ?? []);
  const start = startValues(db, filter.createdSince);
  if (!labels || !start) return [];
  return db.all(pageSql(filter), { ...labels, ...start, before, limit }).map((row) => toIssue(row, urlOf));
}

// `undefined`: nobody has such a label
function labelValues(db: Connection, names: readonly string[]): Values | undefined {
  const values: Values = {};
  for (const [index, name] of names.entries()) {
    const row = db.get('SELECT id FROM label WHERE name = :name', { name });
    if (!row) return undefined;
    values[`label${index}`] = row['id'] ?? null;
  }
  return values;
}

// the first number of that time, so that older issues are not even looked at; `undefined`: nothing is that new
function startValues(db: Connection, since: number | undefined): Values | undefined {
  if (since === undefined) return {};
  const number = db.get('SELECT min(number) AS number FROM issue WHERE created_at >= :since', { since })?.['number'];
  return typeof number === 'number' ? { since, first: number } : undefined;
}

/** Exported for a look at its query plan. */
export function pageSql(filter: IssueFilter): string {
  const closed = filter.state === 'open' ? [0] : filter.state === 'closed' ? [1] : [0, 1];
  // one branch per value: each comes sorted out of its index, and SQLite only merges them
  const numbers = closed.map((value) => numbersSql(filter, value)).join(' UNION ALL ');
  return `SELECT ${ISSUE_COLUMNS} FROM (${numbers} ORDER BY number DESC LIMIT :limit) JOIN issue USING (number)
    ORDER BY number DESC`;
}

function numbersSql({ labels = [], createdSince }: IssueFilter, closed: number): string {
  const conditions = [`closed = ${closed}`, 'number < :before'];
  if (createdSince !== undefined) {
    conditions.push('number >= :first', '(SELECT created_at FROM issue WHERE number = item.number) >= :since');
  }
  if (labels.length > 0) conditions.push('label = :label0');
  for (const index of labels.keys()) {
    if (index === 0) continue;
    conditions.push(`EXISTS (SELECT 1 FROM issue_label WHERE number = item.number AND label = :label${index})`);
  }
  return `SELECT number FROM ${labels.length > 0 ? 'issue_label' : 'issue'} AS item WHERE ${conditions.join(' AND ')}`;
}
