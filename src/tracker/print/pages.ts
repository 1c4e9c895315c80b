/** Groups of a list as it comes: what is there without waiting, at most `most`. Asks for one item ahead. */
import { setImmediate as turn } from 'node:timers/promises';

const MOST = 100;
/** What comes without waiting keeps the process from all else: so many pages, and it hears of signals again. */
const PAGES_A_TURN = 10;

export async function* pagesOf<Item>(list: AsyncIterable<Item>, most = MOST): AsyncGenerator<Item[]> {
  const items = list[Symbol.asyncIterator]();
  let next = items.next();
  let pages = 0;
  try {
    for (let first = await next; !first.done; first = await next) {
      const page = [first.value];
      next = ahead(items);
      while (page.length < most) {
        const here = await withoutWaiting(next);
        if (here === undefined || here.done) break;
        page.push(here.value);
        next = ahead(items);
      }
      yield page;
      pages += 1;
      if (pages % PAGES_A_TURN === 0) await turn();
    }
  } finally {
    await items.return?.();
  }
}

/** `undefined` when it is not there yet, or in trouble: trouble comes after what was there before it. */
function withoutWaiting<Item>(next: Promise<IteratorResult<Item>>): Promise<IteratorResult<Item> | undefined> {
  return new Promise((resolve) => {
    // one that is left to come would keep the item until the next turn, and a list that never waits has none
    const later = setImmediate(resolve, undefined);
    const done = (found: IteratorResult<Item> | undefined) => {
      clearImmediate(later);
      resolve(found);
    };
    next.then(done, () => done(undefined));
  });
}

/** Trouble with it is met when it is awaited. */
function ahead<Item>(items: AsyncIterator<Item>): Promise<IteratorResult<Item>> {
  const next = items.next();
  next.catch(() => undefined);
  return next;
}
