/** For a client that follows the pages of a list by itself, and gives it as a whole: a list without an end is broken off. */
import { createPageGuard, type PageGuard } from '../http/page-guard.ts';
import { MOST_COLLECTED, tooLong } from './collect.ts';

/** A page of a list: by its address, and how many entries came. */
export type Received = (url: URL, entries: number) => void;

/** In the address of a page that is not the first. */
const PLACES = ['page', 'cursor', 'id_after'];

interface List {
  readonly guard: PageGuard;
  received: number;
}

/** To be told of each page that came. A request that names no page begins its list anew. Throws `PaceError`. */
export function createListGuards(title: string): Received {
  const lists = new Map<string, List>();
  return (url, entries) => {
    const query = new URLSearchParams(url.search);
    const place = PLACES.flatMap((name) => query.get(name) ?? []).join(' ');
    for (const name of PLACES) query.delete(name);
    const key = `${url.pathname}?${query}`;
    const list = (place === '' ? undefined : lists.get(key)) ?? { guard: createPageGuard(title), received: 0 };
    lists.set(key, list);
    if (place !== '') list.guard.next(place);
    list.received += entries;
    if (list.received >= MOST_COLLECTED) throw tooLong();
  };
}
