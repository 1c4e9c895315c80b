/** Kinds of value that several keys of the configuration take. */
import { z } from 'zod';

// before any schema is made: writing and compiling a function for a check takes longer than the one check of a run
z.config({ jitless: true });

export const text = z.string().min(1);
export const effect = z.enum(['hold', 'advisory', 'ship']);

/** What missing (or unreadable) evidence does to the decision. */
export type Effect = z.infer<typeof effect>;

export const dateText = z.iso.date();
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
