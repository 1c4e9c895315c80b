/** Kinds of value that several keys of the configuration take. */
import { z } from 'zod';

// before any schema is made: writing and compiling a function for a check takes longer than the one check of a run
z.config({ jitless: true });

export const text = z.string().min(1);
export const effect = z.enum(['hold', 'advisory', 'ship']);

/** What missing (or unreadable) evidence does to the decision. */
export type Effect = z.infer<typeof effect>;

export const duration = z.string().regex(/^[1-9]\d{0,3}[mhd]$/, 'is not a time such as 90m, 12h or 7d');

export const dateText = z.iso.date();
// https://www.rfc-editor.org/rfc/rfc3339: a time without an offset is one of the time zone that the rules have
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)?';

/** A date, or a moment: `2026-12-24`, `2026-12-24T18:00`, `2026-12-24T18:00+01:00`. */
export const dateOrMoment = z
  .string()
  .regex(
    new RegExp(`${z.regexes.date.source.slice(0, -1)}(?:T${TIME})?$`),
    // what is no time is not compared with another
    { error: 'is neither a date such as 2026-12-24 nor a moment such as 2026-12-24T18:00', abort: true },
  )
  .meta({ title: 'date or moment' });

export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

export const timeZone = z.string().refine(isTimeZone, 'is not a time zone; please write a name such as Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Of a `duration` such as `12h`. */
export function millisecondsOf(duration: string): number {
  return Number(duration.slice(0, -1)) * (UNITS[duration.slice(-1)] ?? Number.NaN);
}
