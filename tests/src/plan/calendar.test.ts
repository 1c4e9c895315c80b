import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Calendar,
  calendarDate,
  dateAndTime,
  dateOfDay,
  gateDayAt,
  missedDays,
  type Weekday,
} from '../../../src/plan/calendar.ts';

const allWeek: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const monToFri: Weekday[] = allWeek.slice(0, 5);

// 2026-03-02 is a Monday
function calendar(changes: Partial<Calendar> = {}): Calendar {
  return { startDate: '2026-03-02', timeZone: 'UTC', workingDays: monToFri, holidays: [], ...changes };
}

function at(text: string, changes: Partial<Calendar> = {}) {
  return gateDayAt(calendar(changes), Date.parse(text));
}

describe('the day of an instant', () => {
  test.each([
    ['2026-03-02T00:00:00Z', 1, '2026-03-02'],
    ['2026-03-02T23:59:59.999Z', 1, '2026-03-02'],
    ['2026-03-03T00:00:00Z', 2, '2026-03-03'],
    ['2026-03-06T12:00:00Z', 5, '2026-03-06'],
    ['2026-03-09T12:00:00Z', 6, '2026-03-09'],
  ])('%s is day %i', (text, day, date) => {
    expect(at(text)).toEqual({ kind: 'day', day, date });
  });

  test('a weekend belongs to the Friday before it, and that is said', () => {
    expect(at('2026-03-08T12:00:00Z')).toEqual({
      ...{ kind: 'day', day: 5, date: '2026-03-06' },
      note: '2026-03-08 (Sunday) is not a working day; it belongs to day 5 (2026-03-06).',
    });
  });

  test('holidays do not count', () => {
    const holidays = ['2026-03-04', '2026-03-04', '2026-03-07', '2026-02-27'];
    expect(at('2026-03-05T12:00:00Z', { holidays })).toMatchObject({ day: 3 });
    expect(at('2026-03-04T12:00:00Z', { holidays })).toMatchObject({ day: 2, date: '2026-03-03' });
    expect(dateOfDay(calendar({ holidays }), 5)).toBe('2026-03-09');
  });

  test('a first day that is a holiday does not count, in whatever order holidays are written', () => {
    const holidays = ['2026-03-05', '2026-03-02'];
    expect(at('2026-03-02T12:00:00Z', { holidays })).toMatchObject({ kind: 'before-start', firstDate: '2026-03-03' });
    expect(at('2026-03-03T12:00:00Z', { holidays })).toMatchObject({ day: 1 });
    expect(at('2026-03-06T12:00:00Z', { holidays })).toMatchObject({ day: 3 });
  });

  test('the time zone decides which date it is', () => {
    expect(at('2026-03-02T23:30:00Z', { timeZone: 'Pacific/Kiritimati' })).toMatchObject({ day: 2 });
    expect(at('2026-03-03T07:30:00Z', { timeZone: 'America/Los_Angeles' })).toMatchObject({ day: 1 });
  });

  test('both sides of a daylight saving change are days like others', () => {
    // Berlin: 29 March 2026 has 23 hours
    const berlin = { timeZone: 'Europe/Berlin', workingDays: allWeek, startDate: '2026-03-28' };
    const days = ['2026-03-28T22:59:00Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:00Z', '2026-03-29T22:00:00Z'];
    expect(days.map((text) => at(text, berlin))).toMatchObject([{ day: 1 }, { day: 2 }, { day: 2 }, { day: 3 }]);
  });

  test('a leap day is a day', () => {
    const leap = { startDate: '2028-02-28', workingDays: allWeek };
    expect(at('2028-02-29T12:00:00Z', leap)).toMatchObject({ day: 2 });
    expect(at('2028-03-01T12:00:00Z', leap)).toMatchObject({ day: 3 });
  });

  test('before the start there is no day', () => {
    expect(at('2026-03-01T12:00:00Z')).toEqual({
      ...{ kind: 'before-start', today: '2026-03-01', firstDate: '2026-03-02' },
      message:
        'Today is 2026-03-01 in UTC; day 1 is 2026-03-02. Please wait until then, name the day with --day, or correct `sprint.start_date`.',
    });
  });

  test('a start on a day that does not count begins with the next that does', () => {
    expect(at('2026-03-07T12:00:00Z', { startDate: '2026-03-07' })).toMatchObject({
      ...{ kind: 'before-start', firstDate: '2026-03-09' },
    });
    expect(at('2026-03-09T12:00:00Z', { startDate: '2026-03-07' })).toMatchObject({ kind: 'day', day: 1 });
  });
});

test('missed days are those after the last one that ran', () => {
  expect([missedDays(0, 1), missedDays(3, 4), missedDays(3, 7), missedDays(5, 5), missedDays(6, 5)]).toEqual([
    ...[[], [], [4, 5, 6], [], []],
  ]);
});

const zone = fc.constantFrom(
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'Asia/Kathmandu'],
  ...['Australia/Lord_Howe', 'Pacific/Kiritimati', 'Pacific/Chatham', 'Africa/Casablanca', 'Pacific/Apia'],
);
const MS_PER_DAY = 86_400_000;
const epoch = Date.parse('2019-01-01T00:00:00Z');
const serialDate = fc.integer({ min: 0, max: 4500 }).map((days) => epoch + days * MS_PER_DAY);
const dateString = serialDate.map((ms) => new Date(ms).toISOString().slice(0, 10));
const anyCalendar = fc.record({
  startDate: dateString,
  timeZone: zone,
  workingDays: fc.subarray(allWeek, { minLength: 1 }),
  holidays: fc.array(dateString, { maxLength: 40 }),
});
const anyInstant = fc.tuple(serialDate, fc.integer({ min: 0, max: MS_PER_DAY - 1 })).map(([date, time]) => date + time);

/** Some instant at which it is this date in the zone. */
function instantOn(date: string, timeZone: string): number {
  for (let hour = -14; hour <= 36; hour += 1) {
    const instant = Date.parse(`${date}T00:00:00Z`) + hour * 3_600_000;
    if (calendarDate(instant, timeZone) === date) return instant;
  }
  throw new Error(`${date} does not exist in ${timeZone}`);
}

describe('for every calendar', () => {
  test('the day of the date of day N is N', () => {
    fc.assert(
      fc.property(anyCalendar, fc.integer({ min: 1, max: 400 }), (given, day) => {
        const date = dateOfDay(given, day);
        expect(gateDayAt(given, instantOn(date, given.timeZone))).toEqual({ kind: 'day', day, date });
      }),
    );
  });

  test('days are numbered without gaps, on days that count, in order', () => {
    fc.assert(
      fc.property(anyCalendar, fc.integer({ min: 1, max: 300 }), (given, day) => {
        const [date, next] = [dateOfDay(given, day), dateOfDay(given, day + 1)];
        const between: string[] = [];
        for (let ms = Date.parse(date); ms < Date.parse(next); ms += MS_PER_DAY) {
          const text = new Date(ms).toISOString().slice(0, 10);
          const weekday = allWeek[(new Date(ms).getUTCDay() + 6) % 7];
          if (weekday && given.workingDays.includes(weekday) && !given.holidays.includes(text)) between.push(text);
        }
        expect(between).toEqual([date]);
      }),
    );
  });

  test('later instants never have an earlier day, and one calendar date has one day', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, fc.integer({ min: 0, max: 3 * MS_PER_DAY }), (given, instant, later) => {
        const [a, b] = [gateDayAt(given, instant), gateDayAt(given, instant + later)];
        const number = (result: typeof a) => (result.kind === 'day' ? result.day : 0);
        expect(number(b)).toBeGreaterThanOrEqual(number(a));
        const sameDate = calendarDate(instant, given.timeZone) === calendarDate(instant + later, given.timeZone);
        if (sameDate) expect(b).toEqual(a);
      }),
    );
  });

  test('before the start means before the first date', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, (given, instant) => {
        const early = calendarDate(instant, given.timeZone) < dateOfDay(given, 1);
        expect(gateDayAt(given, instant).kind).toBe(early ? 'before-start' : 'day');
      }),
    );
  });
});

test('UTC, which needs no tables, reads like every other zone', () => {
  expect(dateAndTime(Date.parse('2026-03-02T23:05:59Z'), 'UTC')).toBe('2026-03-02 23:05');
  expect(dateAndTime(Date.parse('2026-03-02T23:05:59Z'), 'Europe/Berlin')).toBe('2026-03-03 00:05');
  fc.assert(
    fc.property(anyInstant, (instant) => {
      expect(dateAndTime(instant, 'UTC')).toBe(dateAndTime(instant, 'Etc/UTC'));
    }),
  );
});

test('the zone of the machine does not matter', () => {
  const before = process.env['TZ'];
  const seen = ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'].map((name) => {
    process.env['TZ'] = name;
    return at('2026-03-03T07:30:00Z', { timeZone: 'Asia/Tokyo' });
  });
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
  expect(seen).toEqual(Array(3).fill({ kind: 'day', day: 2, date: '2026-03-03' }));
});
