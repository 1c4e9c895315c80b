/** Lists that have no end: a server that always names a next page, or the one that was there before. */
import { PaceError } from '../errors.ts';
import { unexpectedAnswer } from './unexpected-answer.ts';

/** Of a hundred entries each: more than a million, in a quarter of an hour. */
export const MOST_PAGES = 10_000;

export interface PageGuard {
  /** Before a further page is asked for; `page` is its address, its token or its number. Throws `PaceError`. */
  next(page: string | number): void;
}

/** For one list. @param title whose API this is, for messages: "GitHub" */
export function createPageGuard(title: string): PageGuard {
  const seen = new Set<string | number>();
  return {
    next: (page) => {
      if (seen.has(page)) throw unexpectedAnswer(title, 'a page of a list leads to one that was there before');
      if (seen.size >= MOST_PAGES - 1) throw endless(title);
      seen.add(page);
    },
  };
}

function endless(title: string): PaceError {
  return new PaceError({
    kind: 'unexpected',
    message: `${title} names a further page after ${MOST_PAGES} pages of a list: it is not read to its end.`,
    remedy: 'Please look at what answers in place of the API, or ask for less.',
  });
}
