/** Trouble that a run has met and gone on from: one list for the whole run, and the one seam where errors end in it. */
import { asPaceError, type ErrorKind } from './errors.ts';
import { cut, plainLine } from './text/untrusted-text.ts';
import type { World } from './world.ts';

/** What was swallowed. The run reports it. */
export interface Fault {
  /** What was being done. */
  readonly operation: string;
  readonly message: string;
  readonly remedy: string;
}

export interface Faults {
  /** In the order in which they were met. Grows. */
  readonly list: readonly Fault[];
  /** Keeps what was met without an error being thrown further. */
  add(operation: string, error: unknown): Fault;
  /** What kind of trouble an operation of this name has met last; `undefined` where it has met none. */
  lastKind(operation: string): ErrorKind | undefined;
  /** Does the work; when it throws, keeps a fault and gives `instead`. */
  caught<T>(operation: string, instead: T, work: () => Promise<T>): Promise<T>;
}

export function createFaults(world: Pick<World, 'log' | 'redact'>): Faults {
  const list: Fault[] = [];
  const kinds = new Map<string, ErrorKind>();
  const said = new Set<string>();

  function add(operation: string, error: unknown): Fault {
    const { message, remedy, kind } = asPaceError(error);
    kinds.set(operation, kind);
    const shown = (text: string) => cut(world.redact(plainLine(text)), 1000);
    const fault = { operation, message: shown(message), remedy: shown(remedy) };
    list.push(fault);
    const words = `${operation}: ${fault.message} ${fault.remedy}`;
    // a file that cannot be written is met with each thing that should stand in it
    if (!said.has(words)) world.log.warn(words);
    said.add(words);
    return fault;
  }

  return {
    list,
    add,
    lastKind: (operation) => kinds.get(operation),
    caught: async (operation, instead, work) => {
      try {
        return await work();
      } catch (error) {
        add(operation, error);
        return instead;
      }
    },
  };
}
