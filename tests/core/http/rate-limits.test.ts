import { describe, expect, test } from 'vitest';
import { budgetOf, isRateLimited, waitAskedFor } from '../../../core/http/rate-limits.ts';
import { bucket, createTraffic, type HostTraffic, shareOf } from '../../../core/traffic.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

describe('what servers say about their limits', () => {
  test.each<[string, Record<string, string>, number | undefined]>([
    ['Retry-After in seconds', { 'retry-after': '7' }, 7000],
    ['Retry-After with a fraction', { 'retry-after': '0.5' }, 500],
    ['Retry-After as a date', { 'retry-after': 'Mon, 02 Mar 2026 09:00:30 GMT' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Mon, 02 Mar 2026 08:00:00 GMT' }, 0],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    [
      'GitHub: seconds since 1970',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 60) },
      60_000,
    ],
    ['GitLab', { 'ratelimit-remaining': '0', 'ratelimit-reset': String(NOW / 1000 + 5) }, 5000],
    ['Jira: a date', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-03-02T09:01Z' }, 60_000],
    [
      'Linear: milliseconds since 1970',
      { 'x-ratelimit-requests-remaining': '0', 'x-ratelimit-requests-reset': String(NOW + 250) },
      250,
    ],
    ['the draft: seconds from now', { 'ratelimit-remaining': '0', 'ratelimit-reset': '12' }, 12_000],
    ['the draft, structured', { ratelimit: '"default";r=0;t=9' }, 9000],
    ['a budget that is left', { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '60' }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, headers, expected) => {
    expect(waitAskedFor(new Headers(headers), NOW)).toBe(expected);
  });

  test('of several budgets the tightest counts', () => {
    const headers = new Headers({
      'x-ratelimit-requests-remaining': '900',
      'x-ratelimit-requests-limit': '1000',
      'x-ratelimit-complexity-remaining': '10',
      'x-ratelimit-complexity-limit': '1000',
    });
    expect(budgetOf(headers, NOW)).toEqual({ remaining: 10, limit: 1000 });
  });

  test('a 403 is about the rate only when it says so', () => {
    expect(isRateLimited(429, new Headers(), '')).toBe(true);
    expect(isRateLimited(403, new Headers(), 'You have exceeded a secondary rate limit')).toBe(true);
    expect(isRateLimited(403, new Headers({ 'retry-after': '60' }), '')).toBe(true);
    expect(isRateLimited(403, new Headers({ 'x-ratelimit-remaining': '0' }), '')).toBe(true);
    expect(isRateLimited(403, new Headers({ 'x-ratelimit-remaining': '10' }), 'Forbidden')).toBe(false);
    expect(isRateLimited(500, new Headers({ 'retry-after': '60' }), 'rate limit')).toBe(false);
  });
});

describe('the bucket', () => {
  test('lets a burst through, then paces', () => {
    const each = bucket({ perSecond: 2, burst: 3 });
    expect([1, 2, 3, 4, 5].map(() => each.take(NOW))).toEqual([0, 0, 0, 500, 1000]);
    expect(each.take(NOW + 10_000)).toBe(0);
  });

  test('halves when overrun, never below its floor, and recovers', () => {
    const each = bucket({ perSecond: 10, burst: 1 });
    each.slowDown();
    expect(each.take(NOW)).toBe(200);
    for (let time = 0; time < 20; time += 1) each.slowDown();
    expect(spacing(each)).toBe(10_000);
    for (let time = 0; time < 200; time += 1) each.recover();
    expect(spacing(each)).toBe(100);
  });
});

describe('the pace of writes', () => {
  const take = (host: HostTraffic, count: number, now = NOW) =>
    Array.from({ length: count }, () => host.take('write', now)).at(-1) ?? 0;

  test('is the usual one where a platform asks for none, and a slower one where it does', () => {
    const traffic = createTraffic();
    expect(take(traffic.host('https://own.test'), 100)).toBe(0);
    expect(take(traffic.host('https://own.test'), 1)).toBe(100);
    const slow = traffic.host('https://slow.test');
    const waits = Array.from({ length: 60 }, () => slow.take('write', NOW, { perSecond: 1, burst: 20 }));
    expect([waits[19], waits[20], waits[59]]).toEqual([0, 1000, 40_000]);
    expect(slow.take('read', NOW)).toBe(0);
  });

  test('is known before anything is sent, of all hosts the slowest', () => {
    const traffic = createTraffic();
    expect(traffic.writeWait(NOW)).toBe(0);
    take(traffic.host('https://own.test'), 100);
    expect([traffic.writeWait(NOW), traffic.writeWait(NOW)]).toEqual([100, 100]);
    traffic.host('https://other.test').limited(NOW, 3000);
    expect(traffic.writeWait(NOW)).toBe(3200);
    expect(traffic.writeWait(NOW + 3000)).toBe(200);
  });

  test('rests while a host that was overrun wants to be left alone, and is slower after it', () => {
    const host = createTraffic().host('https://own.test');
    host.limited(NOW, 5000);
    expect([host.take('write', NOW), host.take('write', NOW)]).toEqual([5200, 5400]);
    expect(host.take('read', NOW + 4000)).toBe(1200);
    expect(host.take('write', NOW + 60_000)).toBe(0);
  });

  test.each([
    ['a minute', 60_000, 60_200],
    ['more', 60_001, 200],
    ['no time at all', undefined, 200],
  ])('rests for %s at most', (_, wait, expected) => {
    const host = createTraffic().host('https://own.test');
    host.limited(NOW, wait);
    expect(host.take('write', NOW)).toBe(expected);
  });

  test('spreads the second half of a short window over its rest, and waits for the next one when it is used up', () => {
    const host = createTraffic().host('https://own.test');
    const told = (remaining: number) => host.answered(200, { remaining, limit: 100, resetAt: NOW + 20_000 }, NOW);
    told(51);
    expect(host.take('write', NOW)).toBe(0);
    told(50);
    expect([host.take('write', NOW), host.take('read', NOW)]).toEqual([400, 0]);
    told(0);
    expect(host.take('write', NOW)).toBeGreaterThan(19_000);
    // once the window has ended, all who wait go on at the usual pace
    const waits = Array.from({ length: 5 }, () => host.take('write', NOW));
    expect(Math.max(...waits)).toBeLessThan(21_000);
    host.answered(200, { remaining: 99, limit: 100, resetAt: NOW + 80_000 }, NOW + 20_500);
    expect(host.take('write', NOW + 30_000)).toBe(0);
  });
});

describe('the share of a window', () => {
  test.each([
    ['the first half is free', 51, 100, 20_000, undefined],
    ['what is left goes over the time that is left', 50, 100, 20_000, 2.5],
    ['used up: one when it ends', 0, 100, 20_000, 0.05],
    ['a minute is short', 30, 100, 60_000, 0.5],
    ['more is long', 30, 100, 60_001, undefined],
    ['over', 0, 100, 0, undefined],
    ['of a size that is not told', 0, undefined, 20_000, undefined],
  ])('%s', (_, remaining, limit, left, perSecond) => {
    const budget = { remaining, resetAt: NOW + left, ...(limit === undefined ? {} : { limit }) };
    expect(shareOf(budget, NOW)).toEqual(perSecond && { perSecond, until: NOW + left });
  });

  test('of a window without an end is none', () => {
    expect(shareOf({ remaining: 0, limit: 100 }, NOW)).toBeUndefined();
  });
});

/** Milliseconds between two requests of a bucket that is empty. */
function spacing(each: ReturnType<typeof bucket>): number {
  const far = NOW + 1e9;
  each.take(far);
  return -(each.take(far) - each.take(far));
}

test('hosts are apart, and one that was never asked is not reported', () => {
  const traffic = createTraffic();
  traffic.host('https://a.test').take('read', NOW);
  for (let time = 0; time < 4; time += 1) traffic.host('https://a.test').unreachable(NOW);
  expect(traffic.host('https://a.test').deadFor(NOW)).toBe(30_000);
  expect(traffic.host('https://b.test').deadFor(NOW)).toBe(0);
  expect(traffic.report().map(({ host }) => host)).toEqual(['https://a.test']);
});
