/** When a freeze begins and ends. It is written as a date, as a moment (`2026-12-24T18:00`), or as one with an offset. */
import { dateAndTime } from './calendar.ts';
import { instantOf } from './local-time.ts';

export interface FreezeSpan {
  readonly from: string;
  /** A date is frozen to its end, a moment to its beginning. */
  readonly to: string;
}

const DAY = 86_400_000;

/** The first instant of it, in milliseconds since 1970. A text without an offset is in the time zone. */
export function beginOf({ from }: FreezeSpan, timeZone: string): number {
  return hasOffset(from) ? Date.parse(from) : instantOf(wallOf(from), timeZone, 'first');
}

/** The first instant after it. */
export function endOf({ to }: FreezeSpan, timeZone: string): number {
  if (hasOffset(to)) return Date.parse(to);
  return isDate(to) ? instantOf(wallOf(to) + DAY, timeZone, 'first') : instantOf(wallOf(to), timeZone, 'last');
}

/** Its last day, or the moment at which it ends: `2026-12-27`, `2026-12-27 18:00`. */
export function untilText(span: FreezeSpan, timeZone: string): string {
  return isDate(span.to) ? span.to : dateAndTime(endOf(span, timeZone), timeZone);
}

/** Whether there is no time in it. Where only one end has an offset, this is said when no time zone could make it one. */
export function isNoTime(span: FreezeSpan): boolean {
  const zones = hasOffset(span.from) === hasOffset(span.to) ? ['UTC'] : FIRST_AND_LAST_ZONE;
  return zones.every((timeZone) => endOf(span, timeZone) <= beginOf(span, timeZone));
}

const FIRST_AND_LAST_ZONE = ['Etc/GMT-14', 'Etc/GMT+12'];

function wallOf(text: string): number {
  return Date.parse(isDate(text) ? `${text}T00:00Z` : `${text}Z`);
}

function isDate(text: string): boolean {
  return !text.includes('T');
}

function hasOffset(text: string): boolean {
  return /T.*[Z+-]/.test(text);
}
