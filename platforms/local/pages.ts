/**
 * Lists of issues, page by page; a page starts where the last one ended. A plan says which index gives the issues: a set that is
 * small is taken whole; else one that has the right order, so that only as many rows are looked at as a page needs.
 */
import type { IssueFilter, IssueSort } from '../issue.ts';
import { type Conditions, conditionsFor } from './conditions.ts';
import { type Connection, usedIn, type Values } from './connection.ts';

export interface Plan {
  /** Gives `number` and `value`, with `:number`, `:value` (of the last issue before) and `:limit`. */
  readonly sql: string;
  readonly values: Values;
  readonly start: Place;
}

/** Where a page starts: after this issue, with this value of what the list is sorted by. */
export interface Place {
  readonly number: number;
  readonly value: number;
}

/** A set with fewer issues is not worth an order of its own. */
const FEW = 1000;

/** Numbers grow with time, so they are the order of creation. `undefined`: no issue can fit. */
export function planList(db: Connection, filter: IssueFilter): Plan | undefined {
  const found = conditionsFor(db, filter);
  const since = firstNumber(db, filter.createdSince);
  if (!found || since === undefined) return undefined;
  const sort = filter.sort ?? { by: 'created', direction: 'desc' };
  const conditions = { ...found, values: { ...found.values, since } };
  const [few, ...others] = conditions.sources.filter((source) => isFew(db, source.sql, found.values));
  const sources = few ? [few, ...others].map(({ sql }) => `issue.number IN (${sql})`) : [];
  const sql = few ? scan('issue', sort, [...sources, ...tests(conditions)]) : inOrder(conditions, sort);
  const end = sort.direction === 'desc' ? Number.MAX_SAFE_INTEGER : -Number.MAX_SAFE_INTEGER;
  return { sql, values: conditions.values, start: { number: end, value: end } };
}

/** In the order of the list; fewer than `limit` on the last page. */
export function findPlaces(
  db: Connection,
  { sql, values }: Plan,
  { after, limit }: { after: Place; limit: number },
): Place[] {
  const rows = db.all(sql, usedIn(sql, { ...values, ...after, limit }));
  return rows.map(({ number, value }) => ({ number: Number(number), value: Number(value) }));
}

// so that older issues are not even looked at; `undefined`: nothing is that new
function firstNumber(db: Connection, since: number | undefined): number | undefined {
  if (since === undefined) return 0;
  const number = db.get('SELECT min(number) AS number FROM issue WHERE created_at >= :since', { since })?.['number'];
  return typeof number === 'number' ? number : undefined;
}

function isFew(db: Connection, sql: string, values: Values): boolean {
  return db.all(`${sql} LIMIT ${FEW}`, usedIn(sql, values)).length < FEW;
}

function inOrder(conditions: Conditions, sort: IssueSort): string {
  const { states, sources } = conditions;
  const text = sources.some(({ isText }) => isText);
  const { label } = sources.find((source) => source.label !== undefined) ?? {};
  if (sort.by !== 'created') {
    const index = sort.by === 'updated' ? 'issue_by_update' : 'issue_by_urgency';
    return scan(`issue INDEXED BY ${index}`, sort, tests(conditions));
  }
  if (text) {
    const tables = 'issue_word CROSS JOIN issue ON issue.number = issue_word.rowid';
    return scan(tables, sort, ['issue_word MATCH :match', ...tests(conditions)], 'issue_word.rowid');
  }
  if (label !== undefined) {
    const tables = 'issue_label AS item CROSS JOIN issue ON issue.number = item.number';
    const branches = states.map((state) => [`item.label = ${label}`, `item.state = '${state}'`, ...always(conditions)]);
    return merged(tables, sort, branches, 'item.number');
  }
  if (states.length === 6) return scan('issue', sort, always(conditions));
  const branches = states.map((state) => [`issue.state = '${state}'`, ...always(conditions)]);
  return merged('issue INDEXED BY issue_by_state', sort, branches);
}

function always({ sql }: Conditions): string[] {
  return ['issue.number >= :since', ...sql];
}

function tests(conditions: Conditions): string[] {
  const { states } = conditions;
  if (states.length === 6) return always(conditions);
  return [`+issue.state IN (${states.map((state) => `'${state}'`).join(', ')})`, ...always(conditions)];
}

/** One branch per state: each comes sorted out of its index, and SQLite only merges them. */
function merged(tables: string, sort: IssueSort, branches: readonly string[][], number?: string): string {
  const parts = branches.map((conditions) => select(tables, sort, conditions, number));
  return `${parts.join(' UNION ALL ')} ORDER BY number ${sort.direction} LIMIT :limit`;
}

function scan(tables: string, sort: IssueSort, conditions: readonly string[], number = 'issue.number'): string {
  const order = sort.by === 'created' ? '' : `${VALUES[sort.by]} ${sort.direction}, `;
  return `${select(tables, sort, conditions, number)} ORDER BY ${order}${number} ${sort.direction} LIMIT :limit`;
}

function select(tables: string, sort: IssueSort, conditions: readonly string[], number = 'issue.number'): string {
  const side = sort.direction === 'desc' ? '<' : '>';
  const value = VALUES[sort.by];
  const after = sort.by === 'created' ? `${number} ${side} :number` : `(${value}, ${number}) ${side} (:value, :number)`;
  return `SELECT ${number} AS number, ${value} AS value FROM ${tables} WHERE ${[after, ...conditions].join(' AND ')}`;
}

const VALUES = {
  created: 'issue.number',
  updated: 'issue.updated_at',
  // as the index has it
  priority: '4 - coalesce(issue.priority, 5)',
} as const satisfies Record<IssueSort['by'], string>;
