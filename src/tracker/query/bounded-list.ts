/** A list with an end that says whether there is more. */
import type { Issue, IssueTracker } from '../../../core/ports/index.ts';
import type { Selection } from './conditions.ts';
import { afterPlace, narrowed, type Place, placesIn, readCursor, toCursor } from './page-cursor.ts';
import { selectIssues } from './select.ts';

/** How a list ended; known when it was read. */
export interface ListEnd {
  readonly count: number;
  readonly limit: number;
  readonly hasMore: boolean;
  /** Of all that fit; `null` where only reading them all would tell. */
  readonly total: number | null;
  /** Where the next page begins; `null` after the last one. */
  readonly next: string | null;
}

export interface EndingList<Item> {
  readonly issues: AsyncIterable<Item>;
  /** To be asked when the list was read. */
  end(): Promise<ListEnd>;
}

/** At most as many as the selection says, from the place of the cursor on. One more is asked for, to know whether there is one. */
export function boundedList(tracker: IssueTracker, selection: Selection, cursor?: string): EndingList<Issue> {
  const { limit, filter } = selection;
  const placeOf = placesIn(tracker, filter.sort);
  const start = cursor ? readCursor(cursor, filter.sort) : undefined;
  let count = 0;
  let last: Place | undefined;
  let hasMore = false;

  async function* issues(): AsyncGenerator<Issue> {
    for await (const issue of following(tracker, selection, start)) {
      if (count >= limit) {
        hasMore = true;
        return;
      }
      count += 1;
      last = placeOf(issue);
      yield issue;
    }
  }

  return {
    issues: issues(),
    end: async () => ({
      count,
      limit,
      hasMore,
      total: await totalOf(tracker, selection, start === undefined && !hasMore ? count : undefined),
      next: hasMore && last ? toCursor(last) : null,
    }),
  };
}

/** The same for a list that has no pages; how many there are in all is known of one that was read to its end. */
export function endingAt<Item>(items: AsyncIterable<Item>, limit: number): EndingList<Item> {
  let count = 0;
  let hasMore = false;

  async function* few(): AsyncGenerator<Item> {
    for await (const item of items) {
      if (count >= limit) {
        hasMore = true;
        return;
      }
      count += 1;
      yield item;
    }
  }

  return { issues: few(), end: async () => ({ count, limit, hasMore, total: hasMore ? null : count, next: null }) };
}

function following(tracker: IssueTracker, selection: Selection, start: Place | undefined): AsyncIterable<Issue> {
  const { filter, limit } = selection;
  if (!start) return selectIssues(tracker, { ...selection, limit: limit + 1 });
  const from = { ...selection, filter: narrowed(tracker, filter, start), limit: Number.POSITIVE_INFINITY };
  return afterPlace(selectIssues(tracker, from), start, placesIn(tracker, filter.sort));
}

/** `known`: the list was read from its beginning to its end. */
async function totalOf(
  tracker: IssueTracker,
  { filter, without }: Selection,
  known: number | undefined,
): Promise<number | null> {
  if (known !== undefined) return known;
  const { sort: _, ...conditions } = filter;
  const isCounted = without.length === 0 && tracker.explainFilter(conditions).byUs.length === 0;
  return isCounted && tracker.countIssues ? tracker.countIssues(conditions) : null;
}
