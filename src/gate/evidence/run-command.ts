/** Runs one shell command as a process group of its own, for a bounded time and with bounded output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { kill } from 'node:process';
import type { Readable } from 'node:stream';

const KEPT_BYTES = 64 * 1024;
const GRACE = 3_000;
/** How long output is waited for once the shell itself has ended: a process left behind may hold the pipe for ever. */
const DRAIN = 500;

export type CommandEnd = { readonly output: string } & (
  | { readonly how: 'exited'; readonly code: number }
  | { readonly how: 'killed'; readonly signal: string }
  | { readonly how: 'timed out' | 'aborted' }
  | { readonly how: 'not started'; readonly reason: string }
);

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/**
 * Never rejects. At its end nothing of the group is left running: SIGTERM, and SIGKILL three seconds later. Real time, not
 * the world's: a child process lives by the clock on the wall.
 */
export async function runCommand(script: string, options: CommandOptions): Promise<CommandEnd> {
  if (options.signal?.aborted) return { how: 'aborted', output: '' };
  const child = start(script, options);
  if (child instanceof Error) return { how: 'not started', reason: child.message, output: '' };
  const output = keepTail(child.stdout, child.stderr);
  let stopped: 'timed out' | 'aborted' | undefined;
  const stop = (why: 'timed out' | 'aborted') => {
    stopped ??= why;
    signalGroup(child, 'SIGTERM');
    killer ??= setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
  };
  let killer: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => stop('timed out'), options.timeout);
  const abort = () => stop('aborted');
  options.signal?.addEventListener('abort', abort, { once: true });
  const end = await ended(child);
  clearTimeout(timer);
  options.signal?.removeEventListener('abort', abort);
  await drained(child, stopped === undefined ? DRAIN : GRACE);
  clearTimeout(killer);
  signalGroup(child, 'SIGKILL');
  if (end instanceof Error) return { how: 'not started', reason: end.message, output: output() };
  return { ...(stopped === undefined ? end : { how: stopped }), output: output() };
}

type PipedChild = ChildProcess & { stdout: Readable; stderr: Readable };

function start(script: string, { cwd, env }: CommandOptions): PipedChild | Error {
  try {
    return spawn('sh', ['-c', script], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
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

async function drained(child: PipedChild, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  const closed = Promise.all([child.stdout, child.stderr].map(whenClosed));
  await Promise.race([closed, late]);
  clearTimeout(timer);
  child.stdout.destroy();
  child.stderr.destroy();
}

function whenClosed(stream: Readable): Promise<void> {
  if (stream.closed || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => stream.once('close', resolve));
}

/** Remembers the last 64 KiB of both streams, in the order in which they came. */
function keepTail(...streams: readonly Readable[]): () => string {
  const pieces: Buffer[] = [];
  let size = 0;
  for (const stream of streams) {
    stream.on('error', () => stream.destroy());
    stream.on('data', (piece: Buffer) => {
      pieces.push(piece);
      size += piece.length;
      for (let first = pieces[0]; first !== undefined && size - first.length >= KEPT_BYTES; first = pieces[0]) {
        pieces.shift();
        size -= first.length;
      }
    });
  }
  return () => Buffer.concat(pieces).subarray(-KEPT_BYTES).toString('utf8');
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
