/** Numbers as tools write them into reports. */
import { EvidenceFault } from '../files/fault.ts';
import type { Attributes } from '../xml/xml.ts';
import type { Counted, CoverageReport, Measures } from './model.ts';

/**
 * Whether a counter says that something ran; nothing where it is no number. One that went below 0 is written as it is by some tools,
 * and as a number near 2^64 by others: the first says that it did not run, of the second nobody can say so.
 */
export function hasRun(counter: string): boolean | undefined {
  const whole = wholeNumber(counter);
  if (whole !== undefined) return whole > 0;
  return /^[+-]?\d{1,40}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/.test(counter) ? Number(counter) > 0 : undefined;
}

/** A whole number from 0 of at most 15 digits. */
export function wholeNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > 15) return undefined;
  // by hand: there is one in every line of a report, and a pattern takes as long as the parser of XML for all else
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

/** Nothing where the attribute is absent or empty; throws an `EvidenceFault` for anything else than a whole number. */
export function countIn(attributes: Attributes, name: string): number | undefined {
  const text = attributes[name];
  if (text === undefined) return undefined;
  const number = wholeNumber(text);
  if (number !== undefined) return number;
  const trimmed = text.trim();
  return trimmed === '' ? undefined : (wholeNumber(trimmed) ?? notNumber(name));
}

export function notNumber(name: string): never {
  throw new EvidenceFault(`\`${name}\` is not a number.`);
}

/** Two numbers that belong together; nothing unless both are there. */
export function countedOf(covered: number | undefined, total: number | undefined, noun = 'lines'): Counted | undefined {
  if (covered === undefined || total === undefined) return undefined;
  if (covered <= total) return { covered, total };
  throw new EvidenceFault(`It counts more covered ${noun} than ${noun}.`);
}

/** @param listed how many the files list, each as often as it is listed: a line of two classes is in a sum twice */
export function wholeUnlessListed(
  report: CoverageReport,
  what: keyof Measures<Counted>,
  listed: number,
  sums: Counted | undefined,
): void {
  if (sums && sums.total > listed) report.whole[what] = sums;
}
