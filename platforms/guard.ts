/** The one seam where errors become faults: adapters of the gate never throw. */
import { asPaceError } from './errors.ts';
import type { Fault } from './ports.ts';
import { plainLine } from './untrusted-text.ts';
import type { World } from './world.ts';

export interface Guard {
  readonly faults: readonly Fault[];
  /** Runs the action; when it throws, keeps a fault and gives `instead`. */
  guarded<T>(operation: string, instead: T, action: () => Promise<T>): Promise<T>;
  /** Keeps a fault that was met without an error being thrown further. */
  fault(operation: string, error: unknown): Fault;
}

export function createGuard(world: Pick<World, 'log'>): Guard {
  const faults: Fault[] = [];

  function fault(operation: string, error: unknown): Fault {
    const { message, remedy } = asPaceError(error);
    const kept = { operation, message: plainLine(message, 1000), remedy: plainLine(remedy, 1000) };
    faults.push(kept);
    world.log.warn(`${operation}: ${kept.message} ${kept.remedy}`);
    return kept;
  }

  return {
    faults,
    fault,
    guarded: async (operation, instead, action) => {
      try {
        return await action();
      } catch (error) {
        fault(operation, error);
        return instead;
      }
    },
  };
}
