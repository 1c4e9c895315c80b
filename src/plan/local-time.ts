/** From what a clock on the wall shows to the instant. Pure, and right where clocks are turned. */
import { dateAndTime } from './calendar.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * The instant (milliseconds since 1970) at which clocks of a time zone show a time.
 * @param wall that time as if it were UTC, in milliseconds since 1970
 * @param which of the two, where clocks are turned back over it. For a time that they are turned forward over, it is the
 * instant at which that happens.
 */
export function instantOf(wall: number, timeZone: string, which: 'first' | 'last'): number {
  // no time zone is a day away from UTC, and none turns its clocks twice in two days
  const offsets = [wall - DAY, wall + DAY].map((instant) => offsetAt(instant, timeZone));
  const earliest = wall - Math.max(...offsets);
  const latest = wall - Math.min(...offsets);
  const showing = [earliest, latest].filter((instant) => instant + offsetAt(instant, timeZone) === wall);
  return (which === 'first' ? showing.at(0) : showing.at(-1)) ?? turnForward(earliest, latest, wall, timeZone);
}

/** How far the clocks are ahead of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const minute = Math.floor(instant / MINUTE) * MINUTE;
  return wallTime(dateAndTime(minute, timeZone)) - minute;
}

/** Of any year: a parser of dates takes those of four digits only. */
function wallTime(shown: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (shown.match(/\d+/g) ?? []).map(Number);
  return new Date(new Date(0).setUTCHours(hour, minute)).setUTCFullYear(year, month - 1, day);
}

/** The minute at which clocks are turned forward over a time. */
function turnForward(from: number, to: number, wall: number, timeZone: string): number {
  let before = Math.floor(from / MINUTE) - 1;
  let after = Math.ceil(to / MINUTE);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle * MINUTE + offsetAt(middle * MINUTE, timeZone) < wall) before = middle;
    else after = middle;
  }
  return after * MINUTE;
}
