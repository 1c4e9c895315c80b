/** A list with a total, read until it is as long as that, also where the link to the next page was lost on the way. */

import type { Octokit } from '@octokit/core';
import { MOST_COLLECTED, tooLong } from '../../core/tracker/collect.ts';
import type { Answer, Api } from './api.ts';
import type { Id } from './host-wire.ts';
import type { Deed } from './refusals.ts';

/** GitHub counts more, and lists no more, where a filter is set. */
const MOST_LISTED = 1000;

interface Counted {
  readonly total_count: number;
}

/**
 * What moved on while the list was read comes twice, and counts once, as it was seen last. Proxies in front of a server can take
 * `Link` away: what is missing then is asked for by the number of its page.
 */
export async function listWhole<Page extends Counted, Item extends { readonly id: Id }>(
  api: Api,
  { operation, deed }: { readonly operation: string; readonly deed: Deed },
  send: (octokit: Octokit, page: number | undefined) => Promise<Answer<Page>>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<{ readonly items: Item[]; readonly total: number }> {
  const found = new Map<unknown, Item>();
  let pages = 0;
  let taken = 0;
  let total = 0;
  const take = (page: Page): boolean => {
    const before = found.size;
    pages += 1;
    total = page.total_count;
    const items = itemsOf(page);
    for (const item of items) found.set(item.id ?? item, item);
    taken += items.length;
    if (taken >= MOST_COLLECTED) throw tooLong();
    return found.size > before;
  };
  for await (const page of api.pages(operation, deed, (octokit) => send(octokit, undefined))) take(page);
  for (let hasMore = found.size > 0; hasMore && found.size < Math.min(total, MOST_LISTED); ) {
    const number = pages + 1;
    hasMore = take(await api.call(operation, deed, (octokit) => send(octokit, number)));
  }
  return { items: [...found.values()], total };
}
