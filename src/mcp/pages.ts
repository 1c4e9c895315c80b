/** Long answers in pages: what all pages together hold is the whole. Pure but for what it reads. */
import type { Issue } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { usageError } from '../tracker/usage.ts';
import { bytesOf, MOST_BYTES } from './answer.ts';

/** Where a page of a list ended. */
export interface ListPlace {
  /** Issues before it. */
  readonly position: number;
  /** The last one that was shown, and when it was created. */
  readonly key: string;
  readonly createdAt: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly before: number;
  /** Nothing follows. */
  readonly isLast: boolean;
}

/** Room for the counts before the rows, and the words around them. */
const AROUND = 2_000;

/** The items that fit: at most so many, and at most so many bytes of text. At least one, so that no page is without end. */
export async function pageOf<Item>(
  items: AsyncIterable<Item>,
  { most, before, textOf }: { readonly most: number; readonly before: number; textOf(item: Item): string },
): Promise<Page<Item>> {
  const taken: Item[] = [];
  let bytes = AROUND;
  for await (const item of items) {
    bytes += bytesOf(textOf(item));
    if (taken.length >= most || (taken.length > 0 && bytes > MOST_BYTES))
      return { items: taken, before, isLast: false };
    taken.push(item);
  }
  return { items: taken, before, isLast: true };
}

export function cursorOf({ position, key, createdAt }: ListPlace): string {
  return `${position}:${createdAt}:${key}`;
}

/** Throws a usage error for what no page has handed out. */
export function placeOf(cursor: string): ListPlace {
  const [, position, createdAt, key] = /^(\d{1,9}):(\d{1,15}):(\S{1,200})$/.exec(cursor) ?? [];
  if (key !== undefined) return { position: Number(position), createdAt: Number(createdAt), key };
  throw usageError(
    `“${plainLine(cursor, 80)}” is not a cursor of a list.`,
    'Please hand over `next` of the page before, or leave the cursor out.',
  );
}

/** So many new issues may have come before the place, before what follows it is taken by its number. */
const NEWCOMERS = 200;

/**
 * What follows the place. Lists change between two pages: the issue that was last may have left, and others may have come. Then
 * an issue may be shown twice, and none is passed over. `newestFirst`: the list is in the order of creation.
 */
export async function* following(
  issues: AsyncIterable<Issue>,
  { position, key, createdAt }: ListPlace,
  newestFirst: boolean,
): AsyncGenerator<Issue> {
  // what follows it, should it have left
  let behind: Issue[] = [];
  let seen = 0;
  let isBehind = false;
  for await (const issue of issues) {
    seen += 1;
    if (isBehind) yield issue;
    else if (issue.key === key) {
      isBehind = true;
      behind = [];
    } else {
      if (newestFirst ? issue.createdAt <= createdAt : seen >= position) behind.push(issue);
      isBehind = newestFirst ? issue.createdAt < createdAt : seen >= position + NEWCOMERS;
      if (!isBehind) continue;
      yield* behind;
      behind = [];
    }
  }
  yield* behind;
}
