/**
 * Days as ClickUp keeps them: a moment, which for a date without a time is 4 o'clock where the one who has set it lives.
 * https://developer.clickup.com/docs/general-time
 */

const HOUR = 3_600_000;

/** A moment that lies in that day everywhere from UTC-11 to UTC+12. */
export function toMoment(day: string): number {
  return Date.parse(`${day}T11:00:00Z`);
}

/** Four o'clock of a day lies between 16:00 UTC of the day before (UTC+12) and 15:00 UTC (UTC-11). */
export function toDay(moment: number): string {
  return new Date(moment + 8 * HOUR).toISOString().slice(0, 10);
}
