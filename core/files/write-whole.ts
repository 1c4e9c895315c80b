/** The one way in which PACE writes a file: whole or not at all. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileError } from '../errors.ts';

/**
 * Writes beside the target and renames, so that a reader sees the old file or the new one, never a half, also after the
 * power failed: on return the content and its name are on the disk. Makes the folders. Throws a `PaceError` with a remedy.
 */
export function writeWholeSync(
  path: string,
  content: string | Uint8Array,
  { mode = 0o666 }: { readonly mode?: number } = {},
): void {
  // no two processes may choose the same: `world.random` would not do. The global is loaded when it is used: a list of issues
  // writes no file
  const draft = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeDraft(draft, content, mode);
    renameSync(draft, path);
    keepName(dirname(path));
  } catch (error) {
    removeDraft(draft);
    throw fileError(error, 'write', path);
  }
}

/** The same, for those who can wait. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  writeWholeSync(path, content);
}

/** What stands in its way has been said already. */
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {}
}

function writeDraft(draft: string, content: string | Uint8Array, mode: number): void {
  const file = openSync(draft, 'wx', mode);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A new name is part of the folder, which some systems do not let us open: there it is theirs to keep. */
function keepName(folder: string): void {
  try {
    const opened = openSync(folder, 'r');
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch {
    // the file itself is on the disk
  }
}

/** What `writeWhole` and the embedded platform call their drafts. */
const DRAFT = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){0,3}(?:-[0-9a-f]{12})?\.tmp$/;
/** No draft lives longer than it takes to write it. */
const DRAFT_MS = 60_000;

export function isDraft(name: string): boolean {
  return DRAFT.test(name);
}

export interface DraftsOf {
  readonly now: number;
  /** Also below the folder. */
  readonly deep?: boolean;
  /** Whether this is somebody's file all the same; the path is below the folder, with `/`. */
  isOurs(path: string): boolean;
}

/**
 * Removes the drafts that killed programs have left in a folder: plain files alone, and no younger ones than a minute, as
 * somebody may be writing them.
 */
export async function removeDrafts(folder: string, { now, deep = false, isOurs }: DraftsOf): Promise<void> {
  // with the types: without them node follows links, out of the folder and round in circles
  const entries = await readdir(folder, { recursive: deep, withFileTypes: true }).catch(() => []);
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile() && isDraft(entry.name))) {
    const path = join(parentPath, name);
    if (!isOurs(relative(folder, path).split(sep).join('/'))) continue;
    const written = await lstat(path).catch(() => undefined);
    if (written && now - written.mtimeMs > DRAFT_MS) await rm(path, { force: true });
  }
}
