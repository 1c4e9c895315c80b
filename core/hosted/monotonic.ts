import type { World } from '../world.ts';

/** Milliseconds of a clock that nobody sets: what a deadline is told by. */
export function monotonic(world: Pick<World, 'now' | 'monotonic'>): number {
  return world.monotonic?.() ?? world.now();
}
