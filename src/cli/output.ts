/** Where text goes: a terminal, a file or a pipe whose reader may leave at any time. */
import { fstatSync } from 'node:fs';
import type { Stream } from '../process/world.ts';

export interface Output {
  readonly isTerminal: boolean;
  /** Characters of a line, on a terminal. */
  readonly columns: number | undefined;
  /** Nobody reads any more: what reads a list may stop. */
  readonly isClosed: boolean;
  /** Resolves when more may be written. */
  write(text: string): Promise<void>;
}

/** `head` has seen enough and leaves: no error. The stream is opened when it is needed: that of a pipe takes milliseconds. */
export function outputTo(fd: 1 | 2, open: () => Stream): Output {
  let isClosed = false;
  let opened: Stream | undefined;
  const stream = () => {
    if (opened) return opened;
    opened = open();
    opened.on?.('error', () => {
      isClosed = true;
    });
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
      if (stream().write(text) === false) await roomIn(stream());
    },
  };
}

/** A terminal is one; files and pipes are not. */
function isDevice(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false;
  }
}

function roomIn(stream: Stream): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['drain', 'close', 'error'] as const) stream.once?.(event, resolve);
    if (!stream.once) resolve();
  });
}
