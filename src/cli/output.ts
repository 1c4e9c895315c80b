/** Where data goes: a terminal, a file or a pipe whose reader may leave at any time. */
import type { Stream } from '../world.ts';

export interface Output {
  readonly isTerminal: boolean;
  /** Characters of a line, on a terminal. */
  readonly columns: number | undefined;
  /** Nobody reads any more: what reads a list may stop. */
  readonly isClosed: boolean;
  /** Resolves when more may be written. */
  write(text: string): Promise<void>;
}

/** `head` has seen enough and leaves: no error. */
export function outputTo(stream: Stream): Output {
  let isClosed = false;
  stream.on?.('error', () => {
    isClosed = true;
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
    get isClosed() {
      return isClosed;
    },
    write: async (text) => {
      if (isClosed || text === '') return;
      if (stream.write(text) === false) await roomIn(stream);
    },
  };
}

function roomIn(stream: Stream): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['drain', 'close', 'error'] as const) stream.once?.(event, resolve);
    if (!stream.once) resolve();
  });
}
