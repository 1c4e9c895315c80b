import type { After } from './world.ts';

/** By the clock of the machine: what a world does that brings no time of its own. */
export const afterRealTime: After = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};
