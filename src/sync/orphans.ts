/** Pairs of which one issue is gone. Nothing is closed or deleted because it is gone elsewhere, and nothing leads to it any more. */
import { asPaceError } from '../../core/errors.ts';
import type { Applying } from './context.ts';
import type { Gone } from './looking.ts';
import type { Pairs } from './pairs.ts';
import { linkOf, type SideName, type Values } from './values.ts';

export function orphaned(pairs: Pairs, { pair, side, why }: Gone, at: number): void {
  pairs.put({ ...pair, orphan: { side, why, at } });
}

/**
 * A list of changes does not tell that an issue was deleted: what led to it, as a parent or a link, is gone then, and a write that names
 * it is refused. Looks at all that these values name; whether any is gone.
 */
export async function findGone(
  { pairs, sides, now }: Pick<Applying, 'pairs' | 'sides' | 'now'>,
  { parent, links }: Pick<Values, 'parent' | 'links'>,
): Promise<boolean> {
  let isAny = false;
  const ids = new Set([...(parent === null ? [] : [parent]), ...links.map((link) => linkOf(link).pair)]);
  for (const id of ids) {
    const pair = pairs.get(id);
    if (!pair || pair.orphan) continue;
    for (const side of ['a', 'b'] as const) {
      const why = await gone(sides[side].tracker, pair[side].key);
      if (why === undefined) continue;
      orphaned(pairs, { pair, side, why }, now());
      isAny = true;
      break;
    }
  }
  return isAny;
}

async function gone(tracker: Applying['sides'][SideName]['tracker'], key: string): Promise<string | undefined> {
  try {
    await tracker.getIssue(key);
    return undefined;
  } catch (error) {
    const { kind, message } = asPaceError(error);
    if (kind !== 'not-found') throw error;
    return message;
  }
}
