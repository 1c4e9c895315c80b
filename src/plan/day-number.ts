/** The number of a day as people and programs write it: flag, input, `PACE_DAY`. */
import { plainLine } from '../../core/text/untrusted-text.ts';

export type DayNumber =
  | { readonly kind: 'day'; readonly day: number }
  /** Day 0 is for planning: there is nothing to judge. */
  | { readonly kind: 'planning'; readonly message: string }
  | { readonly kind: 'invalid'; readonly message: string };

/** Ten years of days: anything above is a slip of the finger. */
export const MAX_DAY = 3660;

/** `source` says where the text comes from: `--day`, `PACE_DAY`. */
export function parseDay(text: string, source: string): DayNumber {
  const written = text.trim();
  const invalid = (why: string): DayNumber => ({
    kind: 'invalid',
    message: `${source} ${why} Please give the number of a day, for instance 3.`,
  });
  if (written === '') return invalid('is empty.');
  if (!/^\d+$/.test(written)) return invalid(`is "${plainLine(written, 40)}", which is not a whole number from 1 up.`);
  const day = Number(written);
  if (day > MAX_DAY) return invalid(`is ${plainLine(written, 40)}; no sprint has more than ${MAX_DAY} days.`);
  if (day > 0) return { kind: 'day', day };
  return {
    kind: 'planning',
    message: `${source} is 0: that is the planning day, and there is nothing to judge yet. The first gate day is 1.`,
  };
}
