/** A time that a person names as the end of something. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { dateOrMoment } from '../config/values.ts';
import { endOf } from '../plan/freeze-span.ts';

/**
 * The instant in ISO 8601: of a date its end, of a moment that moment, in the time zone where it names none. Throws `PaceError`
 * for what is no time, or is over.
 */
export function untilOf(text: string, now: number, timeZone: string): string {
  if (!dateOrMoment.safeParse(text).success) throw refusal(`"${plainLine(text, 60)}" is not a date or a time.`);
  const end = endOf({ from: text, to: text }, timeZone);
  if (end <= now) throw refusal(`${plainLine(text, 60)} is over in ${timeZone}.`);
  return new Date(end).toISOString();
}

function refusal(message: string): PaceError {
  const remedy = 'Please name a day or a moment to come, e.g. 2026-12-27 or 2026-12-27T18:00.';
  return new PaceError({ kind: 'validation', message, remedy });
}
