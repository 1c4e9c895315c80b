/** A list with an end that says whether there is more. */
import type { Issue, IssueFilter, IssueTracker } from '../../../core/ports/index.ts';
import type { Selection } from './conditions.ts';
import { afterPlace, narrowed, type Place, placesIn, readCursor, toCursor, URGENCY } from './page-cursor.ts';
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

/** Where a page begins, and where it ends beside its limit. */
export interface PageBounds<Item> {
  /** `next` of the page before; empty or absent: from the beginning. */
  readonly cursor?: string | undefined;
  /** Asked of each issue in turn: whether the page can take it. The first one is taken in any case, so that no page is without end. */
  readonly hasRoom?: ((item: Item) => boolean) | undefined;
}

/** At most as many as the selection says, from the place of the cursor on. One more is asked for, to know whether there is one. */
export function boundedList(
  tracker: IssueTracker,
  selection: Selection,
  { cursor, hasRoom }: PageBounds<Issue> = {},
): EndingList<Issue> {
  const { limit, filter } = selection;
  const placeOf = placesIn(tracker, filter.sort);
  const start = cursor ? readCursor(cursor, filter.sort) : undefined;
  const { issues, reached } = cutOff(following(tracker, selection, start), { limit, hasRoom });
  return {
    issues,
    end: async () => {
      const { count, hasMore, last } = reached();
      return {
        ...{ count, limit, hasMore },
        total: await totalOf(tracker, selection, start === undefined && !hasMore ? count : undefined),
        next: hasMore && last ? toCursor(placeOf(last)) : null,
      };
    },
  };
}

/** The same of what can be begun: each page is looked for from the beginning, and what was ready before and is not any more is no loss. */
export function boundedReady(
  tracker: IssueTracker,
  { filter, limit }: { readonly filter: IssueFilter; readonly limit: number },
  { cursor, hasRoom }: PageBounds<Issue> = {},
): EndingList<Issue> {
  const placeOf = placesIn(tracker, URGENCY);
  const start = cursor ? readCursor(cursor, URGENCY) : undefined;
  let total = 0;

  async function* all(): AsyncGenerator<Issue> {
    for await (const issue of tracker.listReady(filter)) {
      total += 1;
      yield issue;
    }
  }

  const { issues, reached } = cutOff(start ? afterPlace(all(), start, placeOf) : all(), { limit, hasRoom });
  return {
    issues,
    end: async () => {
      const { count, hasMore, last } = reached();
      const next = hasMore && last ? toCursor(placeOf(last)) : null;
      return { count, limit, hasMore, total: hasMore ? null : total, next };
    },
  };
}

/** The same for a list that has no pages; how many there are in all is known of one that was read to its end. */
export function endingAt<Item>(items: AsyncIterable<Item>, limit: number): EndingList<Item> {
  const { issues, reached } = cutOff(items, { limit });
  return {
    issues,
    end: async () => {
      const { count, hasMore } = reached();
      return { count, limit, hasMore, total: hasMore ? null : count, next: null };
    },
  };
}

interface Reached<Item> {
  readonly count: number;
  readonly last: Item | undefined;
  readonly hasMore: boolean;
}

/** As many as there is room for, and how far that was. */
function cutOff<Item>(
  items: AsyncIterable<Item>,
  { limit, hasRoom = () => true }: { readonly limit: number } & Omit<PageBounds<Item>, 'cursor'>,
): { readonly issues: AsyncIterable<Item>; reached(): Reached<Item> } {
  let count = 0;
  let last: Item | undefined;
  let hasMore = false;

  async function* taken(): AsyncGenerator<Item> {
    for await (const item of items) {
      // asked of the first one as well, which takes up room too
      const fits = hasRoom(item) || count === 0;
      if (count >= limit || !fits) {
        hasMore = true;
        return;
      }
      count += 1;
      last = item;
      yield item;
    }
  }

  return { issues: taken(), reached: () => ({ count, last, hasMore }) };
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
