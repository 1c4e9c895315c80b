/** Text files of people, read with what their form tells, and written whole, never over what somebody else has just written. */
import { lstatSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, fileError, PaceError } from '../../errors.ts';
import { readRegular } from '../../files/read-regular.ts';
import { workspacePath } from '../../files/workspace-path.ts';
import { writeWhole } from '../../files/write-whole.ts';

const MAX_BYTES = 32 * 1024 * 1024;

export interface TextFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** With its byte order mark, where it has one. */
  readonly text: string;
  /** When its content, name or mode has changed last, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** `undefined` where there is none. Throws a `PaceError` for what is no plain file of UTF-8 text. */
export async function readTextFile(folder: string, path: string): Promise<TextFile | undefined> {
  const absolute = await workspacePath(folder, path);
  try {
    const bytes = await readRegular(absolute, MAX_BYTES);
    // not the time of the last write: tools that restore a file set that back
    const { ctimeMs } = await stat(absolute);
    return { path, text: utf8(bytes, path), changedAt: Math.floor(ctimeMs) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error instanceof PaceError ? error : fileError(error, 'read', path);
  }
}

/** What tells that a file is the one that was read. */
interface Print {
  readonly file: TextFile | undefined;
  readonly print: string;
  /** It was old enough then: of one that has just been written, the times do not tell whether it is written again. */
  readonly isSettled: boolean;
}

/** No file system counts time in larger steps. */
const SETTLED_MS = 2000;

/** Reads as `readTextFile` does; what has not changed since is not read again. */
export function textFileReader(folder: string): (path: string) => Promise<TextFile | undefined> {
  const known = new Map<string, Print>();
  return async (path) => {
    const before = printOf(folder, path);
    const kept = known.get(path);
    if (kept?.isSettled && before !== undefined && kept.print === before.print) return kept.file;
    const file = await readTextFile(folder, path);
    if (before && file && printOf(folder, path)?.print === before.print) known.set(path, { file, ...before });
    else known.delete(path);
    return file;
  };
}

/** Of the file itself, and of no link; `undefined` where there is none. */
function printOf(folder: string, path: string): Omit<Print, 'file'> | undefined {
  const found = lstatSync(join(folder, path), { bigint: true, throwIfNoEntry: false });
  if (!found?.isFile()) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  const age = performance.timeOrigin + performance.now() - Number(ctimeNs / 1_000_000n);
  return { print: [dev, ino, size, mtimeNs, ctimeNs].join(' '), isSettled: age > SETTLED_MS };
}

/**
 * Writes the file whole, if it still is what `before` says: its text, or `undefined` where there was none. `text`: `undefined` removes it.
 * `false` when somebody has written meanwhile: then nothing is written.
 */
export async function replaceTextFile(
  folder: string,
  path: string,
  { before, text }: { readonly before: string | undefined; readonly text: string | undefined },
): Promise<boolean> {
  if ((await readTextFile(folder, path))?.text !== before) return false;
  const absolute = await workspacePath(folder, path);
  if (text === undefined) await rm(absolute, { force: true });
  else if (text !== before) await writeWhole(absolute, text);
  return true;
}

function utf8(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PaceError({
      kind: 'validation',
      message: `${path} is not UTF-8 text.`,
      remedy: 'Please save it as UTF-8.',
    });
  }
}
