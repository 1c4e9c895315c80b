/** A world with the network, the clock and the programs of the machine. */
import { setTimeout } from 'node:timers/promises';
import { type TestWorld, testWorld } from '../../support/world.ts';

export function realWorld(env: Readonly<Record<string, string | undefined>>, cwd: string): TestWorld {
  const { PATH, HOME } = env;
  return testWorld({
    // for programs; no token of the shell is among it
    env: { PATH, HOME },
    cwd,
    now: () => Date.now(),
    sleep: async (milliseconds, signal) => void (await setTimeout(milliseconds, undefined, signal ? { signal } : {})),
  });
}
