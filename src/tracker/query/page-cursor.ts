/**
 * Where a page of a list ended, as text that nobody has to understand: what the last issue was sorted by, and its key. What comes
 * or goes meanwhile moves no other issue to another page; one that changes its place in the order is met where it stands then.
 */
import type { PaceError } from '../../../core/errors.ts';
import type { Issue, IssueFilter, IssueSort, IssueTracker } from '../../../core/ports/index.ts';
import { compareKeys } from '../../../core/tracker/compare-keys.ts';
import { usageError } from '../usage.ts';

export interface PageOrder {
  /** `urgency`: of what can be begun, by priority and then by age. */
  readonly by: IssueSort['by'] | 'urgency';
  readonly direction: IssueSort['direction'];
}

export interface Place extends PageOrder {
  /** Of what the list is sorted by: more is nearer to the beginning of a descending list. */
  readonly value: number;
  /** When it was created: what tells issues with the same value apart. */
  readonly age: number;
  readonly key: string;
}

const VERSION = 2;

const NEWEST_FIRST: IssueSort = { by: 'created', direction: 'desc' };
/** The order of `IssueTracker.listReady`. */
export const URGENCY = { by: 'urgency', direction: 'asc' } as const satisfies PageOrder;

export function toCursor({ by, direction, value, age, key }: Place): string {
  return Buffer.from(JSON.stringify([VERSION, by, direction, value, age, key])).toString('base64url');
}

/** Throws a usage error for what is no cursor, or one of a list in another order. */
export function readCursor(cursor: string, sort: PageOrder = NEWEST_FIRST): Place {
  const [version, by, direction, value, age, key] = listIn(cursor);
  const isTimed = typeof value === 'number' && typeof age === 'number';
  if (version !== VERSION || !isTimed || typeof key !== 'string' || key === '') throw noCursor();
  if (by === sort.by && direction === sort.direction)
    return { by: sort.by, direction: sort.direction, value, age, key };
  throw usageError(
    '--page: this cursor is of a list in another order.',
    'Please give the same --sort as for the page before, or begin again without a cursor.',
  );
}

export function noCursor(): PaceError {
  return usageError('--page: this is not a cursor.', 'Please give what `next` was, or nothing for the first page.');
}

function listIn(cursor: string): readonly unknown[] {
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

type Ordering = Pick<IssueTracker, 'ordersByNumber'>;

/** Which place of a list an issue has. */
export type PlaceOf = (issue: Issue) => Place;

export function placesIn(tracker: Ordering, sort: PageOrder = NEWEST_FIRST): PlaceOf {
  const created = (issue: Issue) => (tracker.ordersByNumber ? Number(issue.key) : issue.createdAt);
  const values = {
    created,
    updated: (issue: Issue) => issue.updatedAt,
    priority: ({ priority }: Issue) => (priority === undefined ? -1 : 4 - priority),
    urgency: ({ priority }: Issue) => priority ?? 5,
  };
  const { by, direction } = sort;
  return (issue) => ({ by, direction, value: values[by](issue), age: created(issue), key: issue.key });
}

/** The same list, of which less has to be fetched to come to the place. */
export function narrowed(tracker: Ordering, filter: IssueFilter, place: Place): IssueFilter {
  if (place.direction === 'asc' || place.by === 'priority') return filter;
  if (place.by === 'updated')
    return { ...filter, updatedUntil: Math.min(filter.updatedUntil ?? Infinity, place.value) };
  if (tracker.ordersByNumber) return filter;
  return { ...filter, createdUntil: Math.min(filter.createdUntil ?? Infinity, place.value) };
}

/**
 * What comes after the place. Of issues that stand where it does the tracker's own order counts; where its issue is gone, their age
 * does, and then their keys.
 */
export async function* afterPlace(issues: AsyncIterable<Issue>, place: Place, placeOf: PlaceOf): AsyncGenerator<Issue> {
  const sign = place.direction === 'asc' ? 1 : -1;
  const isBehind = (issue: Issue) => sign * (placeOf(issue).age - place.age || compareKeys(issue.key, place.key)) > 0;
  let isPast = false;
  let isMet = false;
  let alike: Issue[] = [];
  for await (const issue of issues) {
    const order = sign * distance(placeOf(issue), place);
    if (!isPast && order < 0) continue;
    if (!isPast && order === 0) {
      if (issue.key === place.key) {
        isMet = true;
        alike = [];
      } else if (isMet) yield issue;
      else alike.push(issue);
      continue;
    }
    if (!isPast) yield* alike.filter(isBehind);
    isPast = true;
    alike = [];
    yield issue;
  }
  yield* alike.filter(isBehind);
}

/** How far the one stands behind the other in an ascending list. By urgency alone, the age is a part of every tracker's order. */
function distance(one: Place, other: Place): number {
  return one.value - other.value || (one.by === 'urgency' ? one.age - other.age : 0);
}
