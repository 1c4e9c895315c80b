/** Builds the world from the running process: the only place, with the entries, that touches it. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { defined } from '../../core/defined.ts';
import { asPaceError, errorCode, PaceError } from '../../core/errors.ts';
import { withoutLogCommands, withoutSigns } from '../../core/text/log-commands.ts';
import type { Redactor } from '../../core/text/redact.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { createTraffic } from '../../core/traffic.ts';
import type { Fetch, Log, World } from '../../core/world.ts';
import { networkFetch } from './network.ts';
import { writerTo } from './whole-writes.ts';

/** The world of a run, and the end of it. */
export interface Run {
  readonly world: World;
  /** Does what has to be done before the program ends; trouble with it is a warning. */
  end(): Promise<void>;
}

export function processRun(log: Log, redactor: Redactor): Run {
  const endings: (() => Promise<void>)[] = [];
  const world: World = {
    env: process.env,
    cwd: currentFolder(),
    fetch: networkFetch(process.env, log),
    guardedFetch: guardedLater(log),
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, signal ? { signal } : {}),
    random: () => Math.random(),
    log,
    redact: redactor.redact,
    conceal: redactor.conceal,
    self: { pid: process.pid, host: hostname(), node: process.versions.node, mark: randomUUID(), isRunning },
    traffic: createTraffic(),
    atEnd: (work) => void endings.push(work),
  };
  return { world, end: () => endAll(endings, log) };
}

/** A worktree that was removed while somebody stood in it, say. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new PaceError({
      kind: 'configuration',
      message: 'The current folder is not there any more.',
      remedy: 'Please go to a folder that is there first.',
      cause,
    });
  }
}

/** Few runs ask a service: its part is loaded with the first question. */
function guardedLater(log: Log): Fetch {
  let guarded: Promise<Fetch> | undefined;
  return async (input, init) => {
    guarded ??= import('./guarded-fetch.ts').then(({ guardedFetch }) => guardedFetch(process.env, log));
    return (await guarded)(input, init);
  };
}

async function endAll(endings: (() => Promise<void>)[], log: Log): Promise<void> {
  for (let work = endings.pop(); work; work = endings.pop()) {
    await work().catch((error: unknown) => log.warn(plainLine(asPaceError(error).message)));
  }
}

/** The signal 0 only asks. https://nodejs.org/api/process.html#processkillpid-signal */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // it runs, and belongs to somebody else
    return errorCode(error) === 'EPERM';
  }
}

/** Where an entry writes; `isTTY` and `columns` are set on a terminal. */
export interface Stream {
  /** `false` when it would be better to wait for `drain`. */
  write(text: string): unknown;
  on?(event: 'drain' | 'close' | 'error', listener: (error: Error) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Of a stream of the process itself. */
  readonly fd?: number;
}

/** The same stream, without credentials in what is written to it, and without commands to the runner of a job. */
export function guarded(stream: Stream, { redact }: Pick<World, 'redact'>, env: World['env']): Stream {
  // lines that begin so are common in programs, and mean something to GitHub's runner alone
  const harmless = env['GITHUB_ACTIONS'] === 'true' ? withoutLogCommands : withoutSigns;
  const write = writerTo(stream);
  return {
    write: (text) => write(harmless(redact(text))),
    ...(stream.on && { on: (event, listener) => stream.on?.(event, listener) }),
    ...defined({ isTTY: stream.isTTY, columns: stream.columns }),
  };
}

/** The same world in another folder. Throws `PaceError` when it is not one. */
export async function inWorkspace(world: World, directory: string | undefined): Promise<World> {
  if (!directory) return world;
  const cwd = resolve(world.cwd, directory);
  if ((await stat(cwd).catch(() => undefined))?.isDirectory()) return { ...world, cwd };
  throw new PaceError({
    kind: 'configuration',
    message: `${directory} is not a folder.`,
    remedy: 'Please name the folder that holds the code; paths in the configuration start there.',
  });
}
