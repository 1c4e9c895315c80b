/** Text into a file: all of it, or an error. Node's own stream takes a write that the system has cut short for a whole one. */
import { fstatSync, writeSync } from 'node:fs';
import { errorCode } from '../../core/errors.ts';

/** What it needs of a stream. */
interface Written {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly fd?: number;
}

/** How to write to the stream. What is no file, a pipe or a terminal, tells by itself what becomes of it. */
export function writerTo(stream: Written): (text: string) => unknown {
  const { fd } = stream;
  if (fd === undefined || stream.isTTY || !isFile(fd)) return (text) => stream.write(text);
  return (text) => writeWhole(fd, text);
}

/** A device such as `/dev/full` too, and what cannot be written at all, such as a folder. */
function isFile(fd: number): boolean {
  try {
    const found = fstatSync(fd);
    return !found.isFIFO() && !found.isSocket();
  } catch {
    return true;
  }
}

function writeWhole(fd: number, text: string): void {
  for (let rest = Buffer.from(text); rest.byteLength > 0; ) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      // somebody else who has it open wants no waiting
      if (errorCode(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
