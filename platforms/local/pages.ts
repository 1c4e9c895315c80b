/**
 * Lists of issues, page by page; a page starts where the last one ended. A plan says which index gives the issues: a set that is
 * small is taken whole; else one that has the right order, so that only as many rows are looked at as a page needs.
 */
import type { IssueFilter, IssueSort } from '../../core/ports/issue.ts';
import { type Connection, usedIn, type Values } from './connection.ts';
import { CAN_BEGIN, type Conditions, conditionsFor } from './filter.ts';

export interface PagePlan {
  /** One after the other. Each gives `number` and `value`, with `:number`, `:value` (of the last issue before) and `:limit`. */
  readonly parts: readonly string[];
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
/** Of what stands in an order of its own that many conditions do not go with: such a set is sorted sooner than it is met there. */
const FEW_STANDING = 20_000;

/** Numbers grow with time, so they are the order of creation. */
export function planList(db: Connection, filter: IssueFilter, now: number): PagePlan {
  const sort = filter.sort ?? { by: 'created', direction: 'desc' };
  const end = sort.direction === 'desc' ? Number.MAX_SAFE_INTEGER : -Number.MAX_SAFE_INTEGER;
  const start = { number: end, value: end };
  const found = conditionsFor(db, filter, now);
  const since = firstNumber(db, filter.createdSince);
  if (!found || since === undefined) return { parts: [], values: {}, start };
  const few = smallSets(db, found, FEW);
  const parts =
    few.length > 0 ? [scan('issue', ORDERS[sort.by], sort, [...few, ...tests(found)])] : inOrder(found, sort);
  return { parts, values: { ...found.values, since }, start };
}

/** What can be begun, or what waits: the most urgent first, of those the oldest. */
export function planStanding(
  db: Connection,
  standing: 'ready' | 'blocked',
  filter: IssueFilter,
  now: number,
): PagePlan {
  const start = { number: 0, value: -1 };
  const found = conditionsFor(db, filter, now);
  const since = firstNumber(db, filter.createdSince);
  if (!found || since === undefined) return { parts: [], values: {}, start };
  const few = smallSets(db, found, FEW_STANDING);
  const is = `${few.length > 0 ? '+' : ''}issue.standing = '${standing}'`;
  const conditions = [...few, is, ...(standing === 'ready' ? [CAN_BEGIN] : []), ...tests(found)];
  const tables = few.length > 0 ? 'issue' : 'issue INDEXED BY issue_by_standing';
  const order = { value: 'coalesce(issue.priority, 5)', number: 'issue.number' };
  const parts = [scan(tables, order, { by: 'priority', direction: 'asc' }, conditions)];
  return { parts, values: { ...found.values, since, now }, start };
}

/** Those sets that are worth being taken whole. */
function smallSets(db: Connection, { sources, values }: Conditions, most: number): string[] {
  const size = (sql: string) =>
    Number(db.get(`SELECT count(*) AS size FROM (${sql} LIMIT ${most})`, usedIn(sql, values))?.['size']);
  const small = sources.filter(({ sql }) => size(sql) < most);
  return small.map(({ sql }) => `issue.number IN (${sql})`);
}

/** In the order of the list; fewer than `limit` on the last page of a part. */
export function findPlaces(
  db: Connection,
  sql: string,
  { values, after, limit }: { readonly values: Values; readonly after: Place; readonly limit: number },
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

function inOrder(conditions: Conditions, sort: IssueSort): string[] {
  if (sort.by === 'updated') return [byUpdate(conditions, sort)];
  if (sort.by === 'priority') return byPriority(conditions, sort);
  const { states, sources } = conditions;
  if (sources.some(({ isText }) => isText)) {
    const tables = 'issue_word CROSS JOIN issue ON issue.number = issue_word.rowid';
    const order = { number: 'issue_word.rowid' };
    return [scan(tables, order, sort, ['issue_word MATCH :match', ...tests(conditions)])];
  }
  const { label } = sources.find((source) => source.label !== undefined) ?? {};
  if (label !== undefined) {
    const tables = 'issue_label AS item CROSS JOIN issue ON issue.number = item.number';
    const branches = states.map((state) => [`item.label = ${label}`, `item.state = '${state}'`, ...always(conditions)]);
    return [merged(tables, { number: 'item.number' }, sort, branches)];
  }
  if (states.length === ALL_STATES) return [scan('issue', ORDERS.created, sort, always(conditions))];
  const branches = states.map((state) => [`issue.state = '${state}'`, ...always(conditions)]);
  return [merged('issue INDEXED BY issue_by_state', ORDERS.created, sort, branches)];
}

/** An issue that was never changed is not in the index of changes. */
function byUpdate(conditions: Conditions, sort: IssueSort): string {
  const changed = ['issue.updated_at > issue.created_at', ...tests(conditions)];
  const untouched = ['+issue.updated_at <= issue.created_at', ...tests(conditions)];
  const created = { value: 'issue.created_at', number: 'issue.number' };
  const parts = [
    select('issue INDEXED BY issue_by_update', ORDERS.updated, sort, changed),
    select('issue INDEXED BY issue_by_age', created, sort, untouched),
  ];
  const { direction } = sort;
  return `${parts.join(' UNION ALL ')} ORDER BY value ${direction}, number ${direction} LIMIT :limit`;
}

/** Most issues have no priority, so its index is without them. */
function byPriority(conditions: Conditions, sort: IssueSort): string[] {
  const order = { value: '4 - issue.priority', number: 'issue.number' };
  const index = 'issue INDEXED BY issue_by_urgency';
  const urgent = scan(index, order, sort, ['issue.priority IS NOT NULL', ...tests(conditions)]);
  const others = scan('issue', ORDERS.created, sort, ['issue.priority IS NULL', ...tests(conditions)]);
  return sort.direction === 'desc' ? [urgent, others] : [others, urgent];
}

const ALL_STATES = 6;

function always({ sql }: Conditions): string[] {
  return ['issue.number >= :since', ...sql];
}

function tests(conditions: Conditions): string[] {
  const { states } = conditions;
  if (states.length === ALL_STATES) return always(conditions);
  return [`+issue.state IN (${states.map((state) => `'${state}'`).join(', ')})`, ...always(conditions)];
}

/** What a list is in the order of: a value and the number, or the number alone. */
interface Order {
  readonly value?: string;
  readonly number: string;
}

const ORDERS = {
  created: { number: 'issue.number' },
  updated: { value: 'issue.updated_at', number: 'issue.number' },
  // more is more urgent; an issue without a priority is the least
  priority: { value: 'coalesce(4 - issue.priority, -1)', number: 'issue.number' },
} as const satisfies Record<IssueSort['by'], Order>;

/** One branch per state: each comes sorted out of its index, and SQLite only merges them. */
function merged(tables: string, order: Order, sort: IssueSort, branches: readonly string[][]): string {
  const parts = branches.map((conditions) => select(tables, order, sort, conditions));
  return `${parts.join(' UNION ALL ')} ORDER BY number ${sort.direction} LIMIT :limit`;
}

function scan(tables: string, order: Order, sort: IssueSort, conditions: readonly string[]): string {
  const terms = [order.value, order.number].filter(Boolean).map((term) => `${term} ${sort.direction}`);
  return `${select(tables, order, sort, conditions)} ORDER BY ${terms.join(', ')} LIMIT :limit`;
}

function select(
  tables: string,
  { value, number }: Order,
  { direction }: IssueSort,
  conditions: readonly string[],
): string {
  const side = direction === 'desc' ? '<' : '>';
  const after = value ? `(${value}, ${number}) ${side} (:value, :number)` : `${number} ${side} :number`;
  return `SELECT ${number} AS number, ${value ?? 0} AS value FROM ${tables} WHERE ${[after, ...conditions].join(' AND ')}`;
}
