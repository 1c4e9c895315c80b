/** Text files of people, read with what their form tells, and written whole, never over what somebody else has just written. */
import { rm, stat } from 'node:fs/promises';
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
