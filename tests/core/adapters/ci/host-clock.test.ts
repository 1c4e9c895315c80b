import { expect, test } from 'vitest';
import { hostClock } from '../../../../core/adapters/ci/host-clock.ts';
import { testWorld } from '../../../support/world.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

/** What is heard when an answer that takes so long is dated so far from ours. */
async function heard(date: string | undefined, tookMs = 0): Promise<number | undefined> {
  const world = testWorld({ start: NOW });
  const clock = hostClock({
    ...world,
    fetch: async () => {
      world.advance(tookMs);
      return new Response('', date === undefined ? {} : { headers: { date } });
    },
  });
  await clock.world.fetch('https://host.test');
  return clock.ahead();
}

const at = (seconds: number) => new Date(NOW + seconds * 1000).toUTCString();

test('the clock of a host that agrees to the second is ours', async () => {
  expect(await heard(at(0))).toBe(0);
  expect(await Promise.all([0, 4, 5].map((seconds) => heard(at(seconds), 5000)))).toEqual([0, 0, 0]);
});

test('one that differs is so far ahead, or behind', async () => {
  expect(await Promise.all([1, 60, -1, -60].map((seconds) => heard(at(seconds))))).toEqual([
    1000, 60_000, -1000, -60_000,
  ]);
  expect(await Promise.all([6, -1].map((seconds) => heard(at(seconds), 5000)))).toEqual([1000, -6000]);
});

test('each further answer tells it better', async () => {
  const world = testWorld({ start: NOW });
  const dates = [at(60), undefined, at(61), at(61)];
  const clock = hostClock({
    ...world,
    fetch: async () => {
      const date = dates.shift();
      return new Response('', date === undefined ? {} : { headers: { date } });
    },
  });
  const told: (number | undefined)[] = [];
  for (const wait of [900, 0, 100, 900]) {
    world.advance(wait);
    await clock.world.fetch('https://host.test');
    told.push(clock.ahead());
  }
  expect(told).toEqual([59_100, 59_100, 60_000, 60_000]);
});

test('nothing is known of it where no answer tells the time', async () => {
  expect(hostClock(testWorld()).ahead()).toBeUndefined();
  expect([await heard(undefined), await heard('yesterday')]).toEqual([undefined, undefined]);
});
