/** That a list has ended before its end. Pure. */
import type { ListEnd } from '../query/bounded-list.ts';

/** `undefined` where it is whole. */
export function endText({ count, total, hasMore, next }: ListEnd, isPaged: boolean): string | undefined {
  if (!hasMore) return undefined;
  const shown = total === null ? `${count}, there are more` : `${count} of ${total}`;
  return `${shown}; ${isPaged ? `--page ${next}` : '--limit all'}`;
}
