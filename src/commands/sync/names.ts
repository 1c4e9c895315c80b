/** Two trackers that may be left out together. */
import { usageError } from '../../tracker/usage.ts';
import type { EndNames } from './ends.ts';

/** Throws where one is named. */
export function bothOrNone({
  a,
  b,
}: {
  readonly a?: string | undefined;
  readonly b?: string | undefined;
}): EndNames | undefined {
  if (a === undefined) return undefined;
  if (b === undefined) throw usageError(`${a} is one tracker: please name the other one too, or none.`);
  return { a, b };
}
