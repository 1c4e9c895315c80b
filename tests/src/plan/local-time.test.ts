import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateAndTime } from '../../../src/plan/calendar.ts';
import { instantOf } from '../../../src/plan/local-time.ts';

function at(local: string, timeZone: string, which: 'first' | 'last' = 'first'): string {
  return new Date(instantOf(Date.parse(`${local}Z`), timeZone, which)).toISOString();
}

test.each([
  ['UTC', '2026-12-24T18:00', '2026-12-24T18:00:00.000Z'],
  ['Europe/Berlin', '2026-12-24T18:00', '2026-12-24T17:00:00.000Z'],
  ['Europe/Berlin', '2026-06-24T18:00', '2026-06-24T16:00:00.000Z'],
  ['Asia/Kathmandu', '2026-06-24T18:00', '2026-06-24T12:15:00.000Z'],
  ['America/St_Johns', '2026-12-24T18:00:30', '2026-12-24T21:30:30.000Z'],
  ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
  ['Etc/GMT+12', '2026-01-01T00:00', '2026-01-01T12:00:00.000Z'],
])('in %s clocks show %s at one instant', (timeZone, local, instant) => {
  expect([at(local, timeZone), at(local, timeZone, 'last')]).toEqual([instant, instant]);
});

describe('where clocks are turned', () => {
  test.each([
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:00', '2026-11-01T05:00:00.000Z', '2026-11-01T06:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
    ['America/Havana', '2026-11-01T00:00', '2026-11-01T04:00:00.000Z', '2026-11-01T05:00:00.000Z'],
  ])('back in %s, they show %s twice', (timeZone, local, first, last) => {
    expect([at(local, timeZone), at(local, timeZone, 'last')]).toEqual([first, last]);
  });

  test.each([
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T02:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    // a day that begins at one o'clock
    ['Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00:00.000Z'],
    // a day that was left out
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00:00.000Z'],
  ])('forward in %s, %s is the instant of the turn', (timeZone, local, turn) => {
    expect([at(local, timeZone), at(local, timeZone, 'last')]).toEqual([turn, turn]);
  });
});

test.each(['0001-01-01T00:00', '9999-12-31T23:59'])('%s is an instant, far away as it is', (local) => {
  const far = Math.abs(instantOf(Date.parse(`${local}Z`), 'Europe/Berlin', 'first') - Date.parse(`${local}Z`));
  expect(far).toBeLessThan(86_400_000);
});

test('every instant is found again from what the clocks show, as the first or the last', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
  const minute = fc.integer({ min: Date.UTC(1975, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
  fc.assert(
    fc.property(zone, minute, (timeZone, given) => {
      const instant = given * 60_000;
      const wall = Date.parse(`${dateAndTime(instant, timeZone).replace(' ', 'T')}Z`);
      expect([instantOf(wall, timeZone, 'first'), instantOf(wall, timeZone, 'last')]).toContain(instant);
    }),
  );
});
