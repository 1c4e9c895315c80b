import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from '../errors.ts';

/**
 * Writes beside the target and renames, so that a reader sees the old file or the new one, never a half, also after the
 * power failed: on return the content and its name are on the disk. Makes the folders. Throws a `PaceError` with a remedy.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeDraft(draft, content);
    await rename(draft, path);
    await keepName(dirname(path));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw fileError(error, 'write', path);
  }
}

async function writeDraft(draft: string, content: string | Uint8Array): Promise<void> {
  const file = await open(draft, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name is part of the folder, which some systems do not let us open: there it is theirs to keep. */
async function keepName(folder: string): Promise<void> {
  const opened = await open(folder, 'r').catch(() => undefined);
  try {
    await opened?.sync().catch(() => undefined);
  } finally {
    await opened?.close();
  }
}

/** What `writeWhole` and the embedded platform call their drafts. */
const DRAFT = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){0,3}(?:-[0-9a-f]{12})?\.tmp$/;
/** No draft lives longer than it takes to write it. */
const DRAFT_MS = 60_000;

/**
 * Removes the drafts that killed programs have left in a folder, and below it with `deep`. Younger ones than a minute stay:
 * somebody may be writing them.
 */
export async function removeDrafts(folder: string, now: number, deep = false): Promise<void> {
  const names = await readdir(folder, { recursive: deep }).catch(() => []);
  for (const name of names.filter((name) => DRAFT.test(name))) {
    const path = join(folder, name);
    const written = await stat(path).catch(() => undefined);
    if (written && now - written.mtimeMs > DRAFT_MS) await rm(path, { force: true });
  }
}
