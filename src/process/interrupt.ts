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
  readonly pid?: number;
  kill?(pid: number, signal: 'SIGINT' | 'SIGTERM'): unknown;
}

/** As long as GitHub's runner waits before it kills. */
const GRACE_MS = 10_000;

/**
 * Aborted with an `Interrupted` that holds the exit code a shell expects: 128 and the number of the signal. What does not end then,
 * a read that hangs for one, is ended by the signal itself.
 */
export function interruptSignal(program: Interruptible, graceMs: number = GRACE_MS): AbortSignal {
  const interrupt = new AbortController();
  for (const [name, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    program.once(name, () => {
      interrupt.abort(new Interrupted(exitCode));
      // nobody listens any more, so that the signal does what it always does; `exit` would wait for the read
      setTimeout(() => program.pid && program.kill?.(program.pid, name), graceMs).unref();
    });
  }
  return interrupt.signal;
}
