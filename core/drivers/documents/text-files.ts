/** Text files of people, read with what their form tells, and written whole, never over what somebody else has just written. */
import type { BigIntStats } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
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

/** Files by their paths as they were read last, each with what tells that it is still the same. */
export type SeenFiles = Map<string, { readonly file: TextFile; readonly stamp: string }>;

/** Times of files are coarse: what was changed just now may be changed once more, and look the same. */
const SETTLED_MS = 2000;

/**
 * `undefined` where there is none. Throws a `PaceError` for what is no plain file of UTF-8 text. One of `seen` that has not changed is
 * not read again.
 */
export async function readTextFile(folder: string, path: string, seen?: SeenFiles): Promise<TextFile | undefined> {
  const known = seen?.get(path);
  if (known && known.stamp === (await stampAt(resolve(folder, path)))) return known.file;
  const absolute = await workspacePath(folder, path);
  try {
    // looked at before it is read: whoever writes meanwhile makes it another one
    const found = await stat(absolute, { bigint: true });
    const bytes = await readRegular(absolute, MAX_BYTES);
    // not the time of the last write: tools that restore a file set that back
    const changedAt = Number(found.ctimeMs);
    const file = { path, text: utf8(bytes, path), changedAt };
    if (changedAt < Date.now() - SETTLED_MS) seen?.set(path, { file, stamp: stampOf(found) });
    return file;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error instanceof PaceError ? error : fileError(error, 'read', path);
  }
}

async function stampAt(absolute: string): Promise<string | undefined> {
  try {
    return stampOf(await stat(absolute, { bigint: true }));
  } catch {
    return undefined;
  }
}

function stampOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
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
