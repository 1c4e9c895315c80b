/** Groups of a list as it comes: what is there without waiting, at most `most`. Asks for one item ahead. */
import { setImmediate } from 'node:timers/promises';

const MOST = 100;

export async function* pagesOf<Item>(list: AsyncIterable<Item>, most = MOST): AsyncGenerator<Item[]> {
  const items = list[Symbol.asyncIterator]();
  let next = items.next();
  try {
    for (let first = await next; !first.done; first = await next) {
      const page = [first.value];
      next = ahead(items);
      while (page.length < most) {
        // trouble comes after what was there before it
        const here = await Promise.race([next, setImmediate()]).catch(() => undefined);
        if (here === undefined || here.done) break;
        page.push(here.value);
        next = ahead(items);
      }
      yield page;
    }
  } finally {
    await items.return?.();
  }
}

/** Trouble with it is met when it is awaited. */
function ahead<Item>(items: AsyncIterator<Item>): Promise<IteratorResult<Item>> {
  const next = items.next();
  next.catch(() => undefined);
  return next;
}
