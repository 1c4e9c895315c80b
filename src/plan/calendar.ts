/** Which calendar day is which gate day. Pure: an instant and the rules go in, the same day comes out on every machine. */
import { dateAndMinute } from '../../core/text/minute.ts';

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export interface Calendar {
  /** `2026-01-31`. Day 1 is this date, or the first working day after it. */
  readonly startDate: string;
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  readonly workingDays: readonly Weekday[];
  /** Dates that do not count. */
  readonly holidays: readonly string[];
}

export type DayAt =
  | {
      readonly kind: 'day';
      readonly day: number;
      /** The date of the gate day: today, or the working day before it. */
      readonly date: string;
      /** Said when today itself is not a working day. */
      readonly note?: string;
    }
  | { readonly kind: 'before-start'; readonly today: string; readonly firstDate: string; readonly message: string };

/** The gate day at an instant (milliseconds since 1970). A day that does not count belongs to the last one that does. */
export function gateDayAt(calendar: Calendar, instant: number): DayAt {
  const rules = rulesOf(calendar);
  const today = serialOf(calendarDate(instant, calendar.timeZone));
  const index = workingUpTo(rules, today);
  const first = nthWorking(rules, 1);
  if (today < first) {
    const [now, start] = [dateText(today), dateText(first)];
    const message = `Today is ${now} in ${calendar.timeZone}; day 1 is ${start}. Please wait until then, name the day with --day, or correct \`sprint.start_date\`.`;
    return { kind: 'before-start', today: now, firstDate: start, message };
  }
  const day = nthWorking(rules, index);
  if (day === today) return { kind: 'day', day: index, date: dateText(day) };
  const note = `${dateText(today)} (${WEEKDAY_NAMES[weekdayOf(today)]}) is not a working day; it belongs to day ${index} (${dateText(day)}).`;
  return { kind: 'day', day: index, date: dateText(day), note };
}

/** The date of day N (from 1). */
export function dateOfDay(calendar: Calendar, day: number): string {
  return dateText(nthWorking(rulesOf(calendar), day));
}

/** The days between the last one that ran (0: none yet) and today's: those that nobody judged. */
export function missedDays(lastRun: number, today: number): number[] {
  return Array.from({ length: Math.max(0, today - lastRun - 1) }, (_, index) => lastRun + 1 + index);
}

/** The calendar date at an instant in a time zone, as `2026-01-31`. */
export function calendarDate(instant: number, timeZone: string): string {
  return dateAndTime(instant, timeZone).split(' ', 1).join();
}

/** Date and time of day at an instant in a time zone, as `2026-01-31 09:05`. */
export function dateAndTime(instant: number, timeZone: string): string {
  // the tables of time zones take longer to load than the whole configuration
  if (timeZone === 'UTC') return dateAndMinute(instant);
  const parts = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value;
  return `${part('year')?.padStart(4, '0')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

// Below, a date is its serial number: days since 1970-01-01, a Thursday. No time zone can touch it there.

const MS_PER_DAY = 86_400_000;
const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

interface Rules {
  readonly start: number;
  /** By weekday, Monday first. */
  readonly works: readonly boolean[];
  readonly perWeek: number;
  /** Those from the start on that fall on working weekdays, in order, each once. */
  readonly holidays: readonly number[];
}

function rulesOf({ startDate, workingDays, holidays }: Calendar): Rules {
  const start = serialOf(startDate);
  const works = WEEKDAYS.map((weekday) => workingDays.includes(weekday));
  const perWeek = works.filter(Boolean).length;
  if (perWeek === 0) throw new RangeError('A calendar needs at least one working day.');
  const off = [...new Set(holidays.map(serialOf))].filter((serial) => serial >= start && works[weekdayOf(serial)]);
  return { start, works, perWeek, holidays: off.sort((a, b) => a - b) };
}

/** How many days count from the start up to this date, both included. */
function workingUpTo(rules: Rules, serial: number): number {
  return weekdaysUpTo(rules, serial) - rules.holidays.filter((holiday) => holiday <= serial).length;
}

function weekdaysUpTo({ start, works, perWeek }: Rules, serial: number): number {
  const length = serial - start + 1;
  if (length <= 0) return 0;
  const rest = Array.from({ length: length % 7 }, (_, index) => works[weekdayOf(start + index)]);
  return Math.floor(length / 7) * perWeek + rest.filter(Boolean).length;
}

function nthWorking(rules: Rules, n: number): number {
  let position = n;
  for (const holiday of rules.holidays) {
    if (weekdaysUpTo(rules, holiday) > position) break;
    position += 1;
  }
  return nthWeekday(rules, position);
}

function nthWeekday(rules: Rules, n: number): number {
  let serial = rules.start + Math.floor((n - 1) / rules.perWeek) * 7;
  for (let left = (n - 1) % rules.perWeek; ; serial += 1) {
    if (!rules.works[weekdayOf(serial)]) continue;
    if (left === 0) return serial;
    left -= 1;
  }
}

function weekdayOf(serial: number): number {
  return (((serial + 3) % 7) + 7) % 7;
}

function serialOf(date: string): number {
  const serial = Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
  if (!Number.isInteger(serial)) throw new RangeError(`"${date}" is not a date such as 2026-01-31.`);
  return serial;
}

function dateText(serial: number): string {
  return new Date(serial * MS_PER_DAY).toISOString().slice(0, 10);
}
