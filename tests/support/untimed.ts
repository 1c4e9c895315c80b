/** Time-outs that pass when a test lets them, not when a machine has been busy for as long. */
import type { After } from '../../core/world.ts';

export interface Timer {
  readonly milliseconds: number;
  /** Neither called off nor passed. */
  isSet(): boolean;
  pass(): void;
}

export interface Untimed {
  readonly after: After;
  /** Those that were set since it was asked last: a request sets its own right before it leaves. */
  newTimers(): Timer[];
}

export function untimed(): Untimed {
  let fresh: Timer[] = [];
  return {
    after: (milliseconds, work) => {
      let isSet = true;
      const pass = () => {
        isSet = false;
        work();
      };
      fresh.push({ milliseconds, isSet: () => isSet, pass });
      return () => {
        isSet = false;
      };
    },
    newTimers: () => {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}
