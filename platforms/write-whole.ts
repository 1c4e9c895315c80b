import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from './errors.ts';

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
