import { expect, test } from 'vitest';
import { allowMinutes, REST_OF_RUN_MINUTES } from '../../../src/gate/time-of-run.ts';
import { testWorld } from '../../support/world.ts';

test('a run may wait and read so long from its start, and its rest so long from then on, never shorter', () => {
  const world = testWorld();
  const start = world.now();
  expect(world.traffic.end).toBe(Number.POSITIVE_INFINITY);
  allowMinutes(world, 25);
  expect([world.traffic.deadline, world.traffic.end]).toEqual([start + 25 * 60_000, start + 25 * 60_000]);
  allowMinutes(world, REST_OF_RUN_MINUTES);
  expect(world.traffic.end).toBe(start + 25 * 60_000);
  world.advance(60 * 60_000);
  allowMinutes(world, REST_OF_RUN_MINUTES);
  expect([world.traffic.deadline, world.traffic.end]).toEqual([start + 70 * 60_000, start + 70 * 60_000]);
});
