/** Lists that come page by page. */
import { PaceError } from '../errors.ts';

/** What is taken as a whole lies in memory as a whole. */
export const MOST_COLLECTED = 200_000;

/** The first items of a list, at most `limit` of them; no page is fetched that is not needed for them. */
export async function collect<Item>(list: AsyncIterable<Item>, limit = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const items: Item[] = [];
  if (limit <= 0) return items;
  for await (const item of list) {
    items.push(item);
    if (items.length >= limit) break;
    if (items.length >= MOST_COLLECTED) throw tooLong();
  }
  return items;
}

export function tooLong(): PaceError {
  return new PaceError({
    kind: 'unexpected',
    message: `A list has ${MOST_COLLECTED} entries and does not end: it is not taken as a whole.`,
    remedy: 'Please ask for less, or look at what answers in place of the API.',
  });
}
