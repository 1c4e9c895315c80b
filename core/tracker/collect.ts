/** Lists that come page by page. */

/** The first items of a list, at most `limit` of them; no page is fetched that is not needed for them. */
export async function collect<Item>(list: AsyncIterable<Item>, limit = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const items: Item[] = [];
  if (limit <= 0) return items;
  for await (const item of list) {
    items.push(item);
    if (items.length >= limit) break;
  }
  return items;
}
