/** Which files belong to the workspace: paths in configuration and evidence never lead out of it, also not through links. */
import { readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { errorCode, PaceError } from '../errors.ts';
import { readRegular } from './read-regular.ts';

/**
 * The absolute path of a file below a folder, whether it is there or not. Throws a `PaceError` when the words of the path, or
 * a link on its way, lead out of the folder.
 */
export async function workspacePath(folder: string, path: string): Promise<string> {
  const absolute = resolve(folder, path);
  if (absolute !== resolve(folder) && !isBelow(absolute, resolve(folder)))
    throw outside(path, 'It is not below the workspace.', 'Please give a relative path without `..`.');
  const [real, root] = await Promise.all([realPathOf(absolute), realPathOf(folder)]);
  if (real !== root && !isBelow(real, root)) {
    const remedy = 'Please remove the link, or put what it leads to in its place.';
    throw outside(path, 'A link in it leads out of the workspace.', remedy);
  }
  return absolute;
}

/** The file's text; `undefined` when it is not there, is not a regular file, is larger than so many bytes, or lies outside. */
export async function readFromWorkspace(folder: string, path: string, maxBytes: number): Promise<string | undefined> {
  try {
    return (await readRegular(await workspacePath(folder, path), maxBytes)).toString('utf8');
  } catch {
    return undefined;
  }
}

/** With all links followed, also those to nowhere; of what does not exist yet, that of the nearest folder that does. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    const target = await readlink(path).catch(() => undefined);
    if (target !== undefined) return realPathOf(resolve(await realPathOf(dirname(path)), target));
    return dirname(path) === path ? path : realPathOf(dirname(path));
  }
}

function isBelow(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

function outside(path: string, why: string, remedy: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${JSON.stringify(path.slice(0, 200))} is not a path in the workspace. ${why}`,
    remedy,
  });
}

/** The path as it is written, in its shortest form with `/`. Throws a `PaceError` when its words lead out of the workspace. */
export function relativePath(path: string): string {
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  if (!isAbsolute(normal) && !isAbsolute(path) && normal !== '.' && !normal.startsWith('..')) return normal;
  throw new PaceError({
    kind: 'validation',
    message: `${JSON.stringify(path.slice(0, 200))} is not a path below the workspace.`,
    remedy: 'Please give a relative path without `..`.',
  });
}
