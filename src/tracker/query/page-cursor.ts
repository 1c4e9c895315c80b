/**
 * Where a page of a list ended, as text that nobody has to understand: what the last issue was sorted by, and its key. What comes
 * or goes meanwhile moves no other issue to another page; one that changes its place in the order is met where it stands then.
 */
import type { Issue, IssueFilter, IssueSort, IssueTracker } from '../../../core/ports/index.ts';
import { usageError } from '../usage.ts';

export interface Place {
  readonly by: IssueSort['by'];
  readonly direction: IssueSort['direction'];
  /** Of what the list is sorted by: more is nearer to the beginning of a descending list. */
  readonly value: number;
  readonly key: string;
}

const VERSION = 1;

const NEWEST_FIRST: IssueSort = { by: 'created', direction: 'desc' };

export function toCursor({ by, direction, value, key }: Place): string {
  return Buffer.from(JSON.stringify([VERSION, by, direction, value, key])).toString('base64url');
}

/** Throws a usage error for what is no cursor, or one of a list in another order. */
export function readCursor(cursor: string, sort: IssueSort = NEWEST_FIRST): Place {
  const [version, by, direction, value, key] = listIn(cursor);
  const isPlace = version === VERSION && typeof value === 'number' && typeof key === 'string' && key !== '';
  if (!isPlace)
    throw usageError('--page: this is not a cursor.', 'Please give what `next` was, or nothing for the first page.');
  if (by === sort.by && direction === sort.direction) return { by: sort.by, direction: sort.direction, value, key };
  throw usageError(
    '--page: this cursor is of a list in another order.',
    'Please give the same --sort as for the page before, or begin again without a cursor.',
  );
}

function listIn(cursor: string): readonly unknown[] {
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** Which place of a list an issue has. */
export type PlaceOf = (issue: Issue) => Place;

export function placesIn(tracker: Pick<IssueTracker, 'intake'>, sort: IssueSort = NEWEST_FIRST): PlaceOf {
  // what was taken over from elsewhere has its time from there, and its number from here
  const created = (issue: Issue) => (tracker.intake ? Number(issue.key) : issue.createdAt);
  const values = {
    created,
    updated: (issue: Issue) => issue.updatedAt,
    priority: ({ priority }: Issue) => (priority === undefined ? -1 : 4 - priority),
  };
  return (issue) => ({ ...sort, value: values[sort.by](issue), key: issue.key });
}

/** The same list, of which less has to be fetched to come to the place. */
export function narrowed(tracker: Pick<IssueTracker, 'intake'>, filter: IssueFilter, place: Place): IssueFilter {
  if (place.direction === 'asc' || place.by === 'priority') return filter;
  if (place.by === 'updated')
    return { ...filter, updatedUntil: Math.min(filter.updatedUntil ?? Infinity, place.value) };
  if (tracker.intake) return filter;
  return { ...filter, createdUntil: Math.min(filter.createdUntil ?? Infinity, place.value) };
}

/** What comes after the place. Of issues with its value the tracker's own order counts, or where its issue is gone that of keys. */
export async function* afterPlace(issues: AsyncIterable<Issue>, place: Place, placeOf: PlaceOf): AsyncGenerator<Issue> {
  const sign = place.direction === 'asc' ? 1 : -1;
  let isPast = false;
  let isMet = false;
  let alike: Issue[] = [];
  for await (const issue of issues) {
    const order = sign * (placeOf(issue).value - place.value);
    if (!isPast && order < 0) continue;
    if (!isPast && order === 0) {
      if (issue.key === place.key) {
        isMet = true;
        alike = [];
      } else if (isMet) yield issue;
      else alike.push(issue);
      continue;
    }
    if (!isPast) yield* alike.filter(({ key }) => sign * byKey(key, place.key) > 0);
    isPast = true;
    alike = [];
    yield issue;
  }
  yield* alike.filter(({ key }) => sign * byKey(key, place.key) > 0);
}

function byKey(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
