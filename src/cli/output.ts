/** Where text goes: a terminal, a file or a pipe whose reader may leave at any time. */
import { fstatSync } from 'node:fs';
import { errorCode, PaceError } from '../../core/errors.ts';
import type { Stream } from '../process/world.ts';

export interface Output {
  readonly isTerminal: boolean;
  /** Characters of a line, on a terminal. */
  readonly columns: number | undefined;
  /** Nothing can be written any more: what reads a list may stop. */
  readonly isClosed: boolean;
  /** Resolves when more may be written. Throws `OutputLost` once, where text cannot be written and the reader has not left. */
  write(text: string): Promise<void>;
  /** Resolves when it is known what became of all that was written. Throws as `write` does. */
  settled(): Promise<void>;
}

/** What was to be printed is lost: a full disk, a descriptor that cannot be written. */
export class OutputLost extends PaceError {
  constructor(cause: unknown) {
    const code = errorCode(cause);
    const reason = cause instanceof Error ? cause.message.split(',')[0] : String(cause);
    super({
      kind: 'output',
      message: `The output could not be written (${reason}).`,
      remedy: REMEDIES[code] ?? 'Please check where the output goes. What was printed so far is not all of it.',
      operation: 'print',
      cause,
    });
  }
}

const FULL = 'The disk is full: please make room, and run it again. What was printed so far is not all of it.';
const NOT_FOR_WRITING = 'Please name a file that can be written, as in `> file`.';
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EBADF: NOT_FOR_WRITING,
  EISDIR: NOT_FOR_WRITING,
};

/** `head` has seen enough and leaves: no error. The stream is opened when it is needed: that of a pipe takes milliseconds. */
export function outputTo(fd: 1 | 2, open: () => Stream): Output {
  let isClosed = false;
  let opened: Stream | undefined;
  let lost: OutputLost | undefined;
  let waiting: (() => void)[] = [];
  const stream = () => {
    if (opened) return opened;
    opened = open();
    opened.on?.('error', fail);
    for (const event of ['drain', 'close', 'error'] as const) opened.on?.(event, goOn);
    return opened;
  };
  const isTerminal = isDevice(fd) && stream().isTTY === true;
  return {
    isTerminal,
    get columns() {
      return isTerminal ? stream().columns : undefined;
    },
    get isClosed() {
      return isClosed;
    },
    write: async (text) => {
      if (isClosed || text === '') return;
      if (sent(text) === false && opened?.on) await new Promise<void>((resolve) => waiting.push(resolve));
      throwOnce();
    },
    settled: async () => {
      // a stream tells of its trouble in the turn after
      if (opened && !isClosed) await new Promise((resolve) => setImmediate(resolve));
      throwOnce();
    },
  };

  function sent(text: string): unknown {
    try {
      return stream().write(text);
    } catch (error) {
      fail(error);
      return true;
    }
  }

  /** There is room again, or there never will be. */
  function goOn(): void {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  }

  function fail(error: unknown): void {
    if (!isClosed && !hasLeft(error)) lost = new OutputLost(error);
    isClosed = true;
  }

  function throwOnce(): void {
    const error = lost;
    lost = undefined;
    if (error) throw error;
  }
}

/** The same for talk: what nobody can be told stops nothing. */
export function talkTo(fd: 1 | 2, open: () => Stream): Output {
  const output = outputTo(fd, open);
  const quietly = (work: Promise<void>) => work.catch(() => undefined);
  return {
    isTerminal: output.isTerminal,
    get columns() {
      return output.columns;
    },
    get isClosed() {
      return output.isClosed;
    },
    write: (text) => quietly(output.write(text)),
    settled: () => quietly(output.settled()),
  };
}

/** The reader of a pipe is gone: of one between programs of Node, what it had not read makes a reset of it. */
function hasLeft(error: unknown): boolean {
  return ['EPIPE', 'ECONNRESET'].includes(errorCode(error));
}

/** A terminal is one; files and pipes are not. */
function isDevice(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false;
  }
}
