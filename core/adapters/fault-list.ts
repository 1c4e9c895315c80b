/** The one seam where errors become faults: adapters of the gate never throw. */
import { asPaceError } from '../errors.ts';
import { cut, plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';
import type { Fault } from './ports.ts';

export interface Guard {
  readonly faults: readonly Fault[];
  /** Runs the action; when it throws, keeps a fault and gives `instead`. */
  guarded<T>(operation: string, instead: T, action: () => Promise<T>): Promise<T>;
  /** Keeps a fault that was met without an error being thrown further. */
  fault(operation: string, error: unknown): Fault;
}

export function createGuard(world: Pick<World, 'log' | 'redact'>): Guard {
  const faults: Fault[] = [];

  function fault(operation: string, error: unknown): Fault {
    const { message, remedy } = asPaceError(error);
    const shown = (text: string) => cut(world.redact(plainLine(text)), 1000);
    const kept = { operation, message: shown(message), remedy: shown(remedy) };
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
