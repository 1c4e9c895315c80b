/** Files that others have written, and that may have been put there to keep PACE waiting: a pipe, a device without an end. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { PaceError } from '../errors.ts';

/** Opening a pipe that nobody writes to would wait for ever. Absent on Windows. */
export const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Links are followed. Throws what the system says, and a `PaceError` for what is no regular file, or is larger. */
export async function readRegular(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, READ_WITHOUT_WAITING);
  try {
    const found = await file.stat();
    if (!found.isFile() && !found.isDirectory()) throw irregular(path);
    if (found.size > maxBytes) throw tooLarge(path, maxBytes);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

export function irregular(path: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${path} is not a regular file (a pipe, a socket or a device), and is not read.`,
    remedy: 'Please put a file in its place.',
  });
}

function tooLarge(path: string, maxBytes: number): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${path} is larger than ${Math.round(maxBytes / 1024 / 1024)} MB, and is not read.`,
    remedy: 'Please shorten it.',
  });
}
