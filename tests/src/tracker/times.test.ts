import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDay, toMoment, toSpan } from '../../../src/tracker/times.ts';

const NOW = Date.parse('2026-03-02T09:30:00Z');
const iso = (moment: number | undefined) => (moment === undefined ? undefined : new Date(moment).toISOString());

test.each([
  ['2026-02-28', '2026-02-28T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
  ['yesterday', '2026-03-01T00:00:00.000Z', '2026-03-01T23:59:59.999Z'],
  ['Today', '2026-03-02T00:00:00.000Z', '2026-03-02T23:59:59.999Z'],
  ['7d', '2026-02-23T09:30:00.000Z', '2026-02-23T09:30:00.000Z'],
  ['90m', '2026-03-02T08:00:00.000Z', '2026-03-02T08:00:00.000Z'],
  ['2026-02-28T10:00', '2026-02-28T10:00:00.000Z', '2026-02-28T10:00:00.000Z'],
  ['2026-02-28T10:00:30+02:00', '2026-02-28T08:00:30.000Z', '2026-02-28T08:00:30.000Z'],
])('%s is since %s and until %s', (text, since, until) => {
  expect([iso(toMoment(text, 'since', NOW)), iso(toMoment(text, 'until', NOW))]).toEqual([since, until]);
});

test.each(['', 'soon', '2026-02-30', '2026-13-01', '7', '7y', '-3d', '2026-02-30T10:00', '1e9d', '2026-2-3'])(
  '%j is not a time',
  (text) => expect(toMoment(text, 'since', NOW)).toBeUndefined(),
);

test('spans have a unit', () => {
  expect(['90s', '30m', '2h', '1d', '1w', '30', 'm'].map(toSpan)).toEqual([
    90_000,
    1_800_000,
    7_200_000,
    86_400_000,
    604_800_000,
    undefined,
    undefined,
  ]);
});

test('every day of the calendar is one, and no other text', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      expect(isDay(date.toISOString().slice(0, 10))).toBe(true);
    }),
  );
  expect(['2026-02-29', '2024-02-29', '2026-11-31', ' 2026-01-01'].map(isDay)).toEqual([false, true, false, false]);
});

test('a span has up to five digits, in any case and with blanks round it', () => {
  expect([' 7D ', '99999d', '100000d', '1.5h', '-1d', '1 d'].map(toSpan)).toEqual([
    604_800_000,
    99_999 * 86_400_000,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a time of day is UTC where no zone is named', () => {
  expect([
    iso(toMoment('2026-02-28t10:00z', 'since', NOW)),
    iso(toMoment('2026-02-28T10:00-0530', 'until', NOW)),
    iso(toMoment('2026-02-28T24:01', 'until', NOW)),
  ]).toEqual(['2026-02-28T10:00:00.000Z', '2026-02-28T15:30:00.000Z', undefined]);
});
