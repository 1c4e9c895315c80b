/**
 * Runs a program as a process group of its own, for a bounded time; at its end nothing of the group is left running, and with a mark
 * nothing of its family.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { kill } from 'node:process';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterRealTime } from '../real-time.ts';
import type { After } from '../world.ts';
import { familyOf, MARK_VARIABLE } from './family.ts';

const GRACE = 3_000;
/** How long output is waited for once the program itself has ended: a process left behind may hold the pipe for ever. */
const DRAIN = 500;

export type GroupEnd =
  | { readonly how: 'exited'; readonly code: number }
  | { readonly how: 'killed'; readonly signal: string }
  | { readonly how: 'timed out' | 'aborted' }
  /** It has ended, and what it has left behind starts others faster than they can be ended. */
  | { readonly how: 'not ended' }
  | { readonly how: 'not started'; readonly error: Error };

export interface GroupOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** How these times pass; real time when absent. */
  readonly after?: After;
  /** Marks all that the program starts: what has left its group is found by it, and ended too. */
  readonly mark?: string;
  /** What the program reads; nothing when absent. */
  readonly input?: string;
  /** Hears what the program writes, piece by piece. */
  onOutput(stream: 'stdout' | 'stderr', piece: Buffer): void;
}

/**
 * Never rejects. SIGTERM when the time is over or the signal comes, and SIGKILL three seconds later. Real time, not the world's: a child
 * process lives by the clock on the wall.
 */
export async function runGroup(program: string, args: readonly string[], options: GroupOptions): Promise<GroupEnd> {
  if (options.signal?.aborted) return { how: 'aborted' };
  const child = start(program, args, options);
  if (child instanceof Error) return { how: 'not started', error: child };
  const family = options.mark === undefined || child.pid === undefined ? undefined : familyOf(child.pid, options.mark);
  hear(child.stdout, (piece) => options.onOutput('stdout', piece));
  hear(child.stderr, (piece) => options.onOutput('stderr', piece));
  // it may end before it has read everything; its exit code says why
  child.stdin?.on('error', () => undefined).end(options.input);
  const { after = afterRealTime } = options;
  let stopped: 'timed out' | 'aborted' | undefined;
  let callOffKill: (() => void) | undefined;
  const stop = (why: 'timed out' | 'aborted') => {
    stopped ??= why;
    signalGroup(child, 'SIGTERM');
    callOffKill ??= after(GRACE, () => signalGroup(child, 'SIGKILL'));
  };
  const callOffStop = after(options.timeout, () => stop('timed out'));
  const abort = () => stop('aborted');
  options.signal?.addEventListener('abort', abort, { once: true });
  const end = await ended(child);
  callOffStop();
  options.signal?.removeEventListener('abort', abort);
  await drained(child, stopped === undefined ? DRAIN : GRACE, after);
  callOffKill?.();
  signalGroup(child, 'SIGKILL');
  if ((await family?.end()) === 'not ended') return { how: 'not ended' };
  if (end instanceof Error) return { how: 'not started', error: end };
  return stopped === undefined ? end : { how: stopped };
}

type PipedChild = ChildProcess & { stdout: Readable; stderr: Readable };

function start(program: string, args: readonly string[], { cwd, env, input, mark }: GroupOptions): PipedChild | Error {
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const marked = mark === undefined ? env : { ...env, [MARK_VARIABLE]: mark };
  try {
    return spawn(program, [...args], {
      ...{ cwd, env: marked, detached: true },
      stdio: [stdin, 'pipe', 'pipe'],
    }) as PipedChild;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function hear(stream: Readable, listener: (piece: Buffer) => void): void {
  stream.on('error', () => stream.destroy());
  stream.on('data', listener);
}

function ended(
  child: ChildProcess,
): Promise<{ how: 'exited'; code: number } | { how: 'killed'; signal: string } | Error> {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) =>
      resolve(code === null ? { how: 'killed', signal: String(signal) } : { how: 'exited', code }),
    );
  });
}

async function drained(child: PipedChild, patience: number, after: After): Promise<void> {
  let callOff: (() => void) | undefined;
  const late = new Promise<void>((resolve) => {
    callOff = after(patience, resolve);
  });
  const closed = Promise.all([child.stdout, child.stderr].map(whenClosed));
  await Promise.race([closed, late]);
  callOff?.();
  // this process may not have run for as long: what already lies in the pipes is read within one more turn
  await setImmediate();
  child.stdout.destroy();
  child.stderr.destroy();
}

function whenClosed(stream: Readable): Promise<void> {
  if (stream.closed || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => stream.once('close', resolve));
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    kill(-child.pid, signal);
  } catch {
    // the group has ended already, which is what was wanted; or the system knows no groups
    child.kill(signal);
  }
}
