/** A moment to the minute, in UTC. Pure. */

/** `2026-06-07 12:40 UTC`, for people. */
export function minute(milliseconds: number): string {
  return `${dateAndMinute(milliseconds)} UTC`;
}

/** `2026-06-07 12:40` */
export function dateAndMinute(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, -':00.000Z'.length).replace('T', ' ');
}
