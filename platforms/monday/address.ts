/** Ids of items, as people write them. Pure. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

/** The id of an item as people write it. Throws `validation`. */
export function idOf(key: string): string {
  if (/^[1-9]\d{0,17}$/.test(key)) return key;
  throw new PaceError({
    kind: 'validation',
    message: `“${plainLine(key, 40)}” is not the id of an item.`,
    remedy: 'Please give the number at the end of the item’s address, after “pulses”.',
  });
}
