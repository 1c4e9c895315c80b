import { describe, expect, test } from 'vitest';
import { budgetOf, isRateLimited, waitAskedFor } from '../../../core/http/rate-limits.ts';
import { bucket, createTraffic } from '../../../core/traffic.ts';

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
