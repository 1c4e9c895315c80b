/**
 * The pages of a long list. The vendor's client parses an answer several times slower than `JSON.parse` does, for the sake of
 * numbers beyond 2^53, which no id of an issue is; and it would read a page only when the one before is worked off.
 */
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';

export type Query = Readonly<Record<string, string>>;

export interface Page<Item> {
  readonly next: string | undefined;
  /** Parses the page: asked for when the next one is on its way. */
  items(): Promise<Item[]>;
}

export type ReadPage<Item> = (url: string, isFirst: boolean, signal: AbortSignal) => Promise<Page<Item>>;

/**
 * From the second page on, the next one is on its way while the consumer works: who stops within the first page has asked for
 * no other.
 */
export async function* pagesAhead<Item>(first: string, read: ReadPage<Item>): AsyncGenerator<Item[]> {
  const left = new AbortController();
  try {
    let ahead = read(first, true, left.signal);
    for (let number = 1; ; number += 1) {
      const { next, items } = await ahead;
      const start = next === undefined ? undefined : () => read(next, false, left.signal);
      const early = number > 1 ? start?.() : undefined;
      // it is looked at below, or by nobody: the consumer has left
      early?.catch(() => undefined);
      yield await items();
      if (start === undefined) return;
      ahead = early ?? start();
    }
  } finally {
    left.abort();
  }
}

/** The entries of pages that wrap them. */
export async function* entriesOf<Page, Entry>(
  pages: AsyncIterable<Page>,
  entries: (page: Page) => readonly Entry[],
): AsyncGenerator<Entry> {
  for await (const page of pages) yield* entries(page);
}

/** Has the two ends of what JSON can be here, or is a web page, which no second request makes better. */
export function isWhole(text: string): boolean {
  const inside = text.trim();
  const ends = `${inside.at(0)}${inside.at(-1)}`;
  return inside.startsWith('<') || ends === '[]' || ends === '{}';
}

/** `undefined` for what is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function listIn<Item>(read: unknown): Item[] {
  if (!Array.isArray(read)) throw unexpectedAnswer('GitHub', 'a list was expected');
  return read;
}
