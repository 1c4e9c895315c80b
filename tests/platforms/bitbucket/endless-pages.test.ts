import { describe, expect, test } from 'vitest';
import { MOST_COLLECTED } from '../../../core/tracker/collect.ts';
import { hostIn } from './bench.ts';

const SHA = 'a'.repeat(40);
const ENV = {
  PACE_BITBUCKET_TOKEN: 't',
  PACE_BITBUCKET_REPOSITORY: 'o/r',
  PACE_BITBUCKET_API_URL: 'https://git.test/2.0',
};

/** A Bitbucket of which one list always names a next page. */
async function endless(part: string, entries: number, next: (asked: number) => number) {
  let asked = 0;
  const { host, world } = await hostIn(ENV, {
    fetch: async (input) => {
      const url = new URL(new Request(input).url);
      const isEndless = url.pathname.endsWith(part);
      if (isEndless) asked += 1;
      const values = Array.from({ length: isEndless ? entries : 0 }, () => ({ key: 'x', state: 'SUCCESSFUL' }));
      const link = isEndless ? { next: `${url.origin}${url.pathname}?page=${next(asked)}` } : {};
      return new Response(JSON.stringify({ values, ...link }), { headers: { 'content-type': 'application/json' } });
    },
  });
  world.traffic.end = world.now() + 60_000;
  return { list: async () => host.listChecks?.(SHA), asked: () => asked };
}

describe.each(['/statuses', '/pipelines'])('a list of %s that always names a next page', (part) => {
  test('ends at a page that was there before', async () => {
    const bitbucket = await endless(part, 1, (asked) => asked % 3);
    await expect(bitbucket.list()).rejects.toThrow('a page of a list leads to one that was there before');
    expect(bitbucket.asked()).toBeLessThan(6);
  });

  test.each([0, 1])('ends with the time of the run, with %i entries on each', async (entries) => {
    const bitbucket = await endless(part, entries, (asked) => asked + 1);
    await expect(bitbucket.list()).rejects.toThrow('the time of this run is over');
    expect(bitbucket.asked()).toBeLessThan(800);
  });

  test('ends before it fills the memory', async () => {
    const bitbucket = await endless(part, 2000, (asked) => asked + 1);
    await expect(bitbucket.list()).rejects.toThrow(`A list has ${MOST_COLLECTED} entries and does not end`);
    expect(bitbucket.asked()).toBe(MOST_COLLECTED / 2000);
  });
});
