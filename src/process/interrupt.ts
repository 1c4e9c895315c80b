/** A person or a runner ends the program: the run stops where it can, and gives back what it holds. */

/** The reason of the signal that `interruptSignal` gives. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;
  constructor(exitCode: number) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

/** What a process offers for this. */
export interface Interruptible {
  once(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** Aborted with an `Interrupted` that holds the exit code a shell expects: 128 and the number of the signal. */
export function interruptSignal(program: Interruptible): AbortSignal {
  const interrupt = new AbortController();
  program.once('SIGINT', () => interrupt.abort(new Interrupted(130)));
  program.once('SIGTERM', () => interrupt.abort(new Interrupted(143)));
  return interrupt.signal;
}
