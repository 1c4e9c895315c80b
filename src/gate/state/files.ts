/** The files of `.pace/` as they lie on the disk: what of them is kept elsewhere, and how they are put back. */
import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { errorCode, PaceError } from '../../../core/errors.ts';
import { writeWhole } from '../../../core/files/write-whole.ts';
import { isKept } from './kept-files.ts';
import { type Files, same } from './merge.ts';

/** GitHub refuses files of 100 MB. */
const MAX_BYTES = 50 * 1024 * 1024;

export interface ReadFiles {
  readonly files: Files;
  /** What is there and cannot be kept: larger than the limit, or a database that another process writes to. */
  readonly left: readonly string[];
}

/** Every kept file below the folder, without those that `skips` names. Links are not followed. */
export async function readFiles(dir: string, skips: (path: string) => boolean): Promise<ReadFiles> {
  if (await isLink(dir)) throw linked(dir);
  const files = new Map<string, Buffer>();
  const left: string[] = [];
  for (const path of await pathsIn(dir)) {
    if (!isKept(path) || skips(path)) continue;
    const full = join(dir, path);
    if ((await lstat(full)).size > MAX_BYTES || (await hasOpenLog(full))) left.push(path);
    else files.set(path, await readFile(full));
  }
  return { files, left };
}

async function pathsIn(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const found = entries.filter((entry) => entry.isFile());
    return found.map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Its last changes are not in the file yet. */
async function hasOpenLog(path: string): Promise<boolean> {
  const log = await lstat(`${path}-wal`).catch(() => undefined);
  return log !== undefined && log.size > 0;
}

/** Makes the files on the disk, which are as in `before`, like `wanted`. Other files are not touched. */
export async function writeFiles(dir: string, before: Files, wanted: Files): Promise<void> {
  for (const [path, content] of wanted) {
    if (same(before.get(path), content)) continue;
    await refuseLinks(dir, path);
    await writeWhole(join(dir, path), content);
  }
  for (const path of before.keys()) if (!wanted.has(path)) await rm(join(dir, path), { force: true });
}

async function refuseLinks(dir: string, path: string): Promise<void> {
  const folders = path.split('/').slice(0, -1);
  for (let depth = 0; depth <= folders.length; depth += 1) {
    const folder = join(dir, ...folders.slice(0, depth));
    if (await isLink(folder)) throw linked(folder);
  }
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() ?? false;
}

function linked(path: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${path} is a link, and a state that is kept on a branch does not follow links.`,
    remedy: 'Please put a folder in its place, or set `state.persist: none`.',
  });
}
