import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Freeze, freezeAt } from '../../../src/plan/freeze.ts';
import { isNoTime } from '../../../src/plan/freeze-span.ts';

const BERLIN = 'Europe/Berlin';

function freeze(changes: Partial<Freeze> = {}): Freeze {
  return { from: '2026-12-24', to: '2026-12-27', reason: 'Holidays', except: { branches: [], labels: [] }, ...changes };
}

function at(
  instant: string,
  freezes: readonly Freeze[],
  { timeZone = BERLIN, branches = ['main'], labels = [] as readonly string[] } = {},
) {
  return freezeAt({ freezes, now: Date.parse(instant), timeZone, branches, labels });
}

/** The first and the last second of a freeze, and one more to each side. */
function edges(first: string, end: string, given: Freeze, timeZone = BERLIN): boolean[] {
  const [from, to] = [Date.parse(first), Date.parse(end)];
  const instants = [from - 1, from, to - 1, to];
  return instants.map((now) => freezeAt({ freezes: [given], now, timeZone, branches: [], labels: [] }) !== undefined);
}

const EXACT = [false, true, true, false];

describe('a freeze', () => {
  test('of dates holds from the first minute to the last, in the time zone', () => {
    expect(edges('2026-12-24T00:00+01:00', '2026-12-28T00:00+01:00', freeze())).toEqual(EXACT);
    expect(edges('2026-12-24T00:00-05:00', '2026-12-28T00:00-05:00', freeze(), 'America/New_York')).toEqual(EXACT);
  });

  test('of one date holds for that day', () => {
    const day = freeze({ from: '2026-12-24', to: '2026-12-24' });
    expect(edges('2026-12-24T00:00+01:00', '2026-12-25T00:00+01:00', day)).toEqual(EXACT);
  });

  test('of moments holds until the last one comes', () => {
    const given = freeze({ from: '2026-12-24T12:30', to: '2026-12-27T18:00' });
    expect(edges('2026-12-24T12:30+01:00', '2026-12-27T18:00+01:00', given)).toEqual(EXACT);
  });

  test('of moments with offsets is the same in every time zone', () => {
    const given = freeze({ from: '2026-12-24T12:30:00Z', to: '2026-12-27T18:00:00-03:00' });
    for (const timeZone of [BERLIN, 'Asia/Tokyo']) {
      expect(edges('2026-12-24T12:30Z', '2026-12-27T21:00Z', given, timeZone)).toEqual(EXACT);
    }
  });

  test('may begin and end in different forms', () => {
    const given = freeze({ from: '2026-12-24', to: '2026-12-27T18:00' });
    expect(edges('2026-12-24T00:00+01:00', '2026-12-27T18:00+01:00', given)).toEqual(EXACT);
  });

  test('of a day with 23 or 25 hours holds for all of them', () => {
    const forward = freeze({ from: '2026-03-29', to: '2026-03-29' });
    const back = freeze({ from: '2026-10-25', to: '2026-10-25' });
    expect(edges('2026-03-28T23:00Z', '2026-03-29T22:00Z', forward)).toEqual(EXACT);
    expect(edges('2026-10-24T22:00Z', '2026-10-25T23:00Z', back)).toEqual(EXACT);
  });

  test('of an hour that comes twice holds through both', () => {
    const given = freeze({ from: '2026-10-25T02:15', to: '2026-10-25T02:45' });
    expect(edges('2026-10-25T00:15Z', '2026-10-25T01:45Z', given)).toEqual(EXACT);
  });

  test('of an hour that never comes holds at no time', () => {
    const given = freeze({ from: '2026-03-29T02:15', to: '2026-03-29T02:45' });
    expect(edges('2026-03-29T01:00Z', '2026-03-29T01:00Z', given)).toEqual([false, false, false, false]);
  });

  test('without an end in sight holds', () => {
    expect(at('2030-01-01T00:00Z', [freeze({ from: '2026-01-01', to: '9999-12-31' })])).toEqual({
      ...{ reason: 'Holidays', until: '9999-12-31' },
    });
  });
});

describe('until when', () => {
  const now = '2026-12-26T12:00Z';

  test.each([
    ['2026-12-27', '2026-12-27'],
    ['2026-12-27T18:00', '2026-12-27 18:00'],
    ['2026-12-27T18:00:00Z', '2026-12-27 19:00'],
    ['2026-12-27T23:30:00-05:00', '2026-12-28 05:30'],
  ])('%s is told as %s', (to, until) => {
    expect(at(now, [freeze({ to })])).toEqual({ reason: 'Holidays', until });
  });

  test('of several, the one that ends last is told', () => {
    const freezes = [
      freeze({ to: '2026-12-27', reason: 'a' }),
      freeze({ to: '2026-12-28T00:30', reason: 'b' }),
      freeze({ to: '2026-12-27T23:00:00Z', reason: 'c' }),
      freeze({ from: '2027-01-01', to: '2027-01-02', reason: 'd' }),
    ];
    expect(at(now, freezes)).toEqual({ reason: 'b', until: '2026-12-28 00:30' });
    expect(at(now, freezes.toReversed())).toEqual({ reason: 'b', until: '2026-12-28 00:30' });
  });

  test('where none is in force, none is told', () => {
    expect(at('2026-12-20T12:00Z', [freeze()])).toBeUndefined();
    expect(at(now, [])).toBeUndefined();
  });
});

describe('exceptions', () => {
  const now = '2026-12-26T12:00Z';
  const given = freeze({ except: { branches: ['hotfix/*', 'rescue'], labels: ['Hotfix', 'sev 1'] } });
  const frozen = (subject: { branches?: string[]; labels?: string[] }) => at(now, [given], subject) !== undefined;

  test('are branches by name or glob, one of them is enough', () => {
    expect(frozen({ branches: ['hotfix/login/2', 'main'] })).toBe(false);
    expect(frozen({ branches: ['main', 'rescue'] })).toBe(false);
    expect(frozen({ branches: ['main', 'hotfixes'] })).toBe(true);
    expect(frozen({ branches: [] })).toBe(true);
  });

  test('are labels in any case, as a whole', () => {
    expect(frozen({ labels: ['bug', 'HOTFIX'] })).toBe(false);
    expect(frozen({ labels: ['SEV 1'] })).toBe(false);
    expect(frozen({ labels: ['hotfix-later', '*'] })).toBe(true);
  });

  test('of one freeze leave the others in force', () => {
    const other = freeze({ to: '2026-12-26', reason: 'Stocktaking' });
    expect(at(now, [given, other], { labels: ['hotfix'] })).toEqual({ reason: 'Stocktaking', until: '2026-12-26' });
  });
});

describe('no time is between', () => {
  test.each([
    ['2026-12-24', '2026-12-23', true],
    ['2026-12-24', '2026-12-24', false],
    ['2026-12-24T18:00', '2026-12-24T18:00', true],
    ['2026-12-24T18:00', '2026-12-24', false],
    ['2026-12-24', '2026-12-23T23:59', true],
    ['2026-12-24T18:00:00+02:00', '2026-12-24T16:30:00Z', false],
    ['2026-12-24T18:00:00+02:00', '2026-12-24T15:30:00Z', true],
    // depends on the time zone
    ['2026-12-24', '2026-12-23T20:00:00Z', false],
    ['2026-12-24', '2026-12-23T09:00:00Z', true],
    ['2026-12-24T18:00:00Z', '2026-12-24', false],
    ['2026-12-26T18:00:00Z', '2026-12-24', true],
  ])('%s and %s: %s', (from, to, none) => {
    expect(isNoTime({ from, to })).toBe(none);
  });

  test('what has none in UTC is never in force there, and all else is when it begins', () => {
    const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-01-05'), noInvalidDate: true });
    const written = day.chain((date) => {
      const iso = date.toISOString();
      return fc.constantFrom(iso.slice(0, 10), iso.slice(0, 16));
    });
    fc.assert(
      fc.property(written, written, day, (from, to, now) => {
        const frozen = (instant: string) => at(instant, [freeze({ from, to })], { timeZone: 'UTC' }) !== undefined;
        if (isNoTime({ from, to })) expect(frozen(now.toISOString())).toBe(false);
        else expect(frozen(from.includes('T') ? `${from}Z` : from)).toBe(true);
      }),
    );
  });
});
