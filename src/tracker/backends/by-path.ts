/** Trackers whose issues stand in files, named by the path of the file or folder. */
import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { errorCode, fileError, PaceError } from '../../../core/errors.ts';
import { workspacePath } from '../../../core/files/workspace-path.ts';
import type { Platform, Settings } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { standsIn, type World } from '../../../core/world.ts';
import { loadPlatform, platformNames } from '../../../platforms/index.ts';

export interface FoundByPath {
  readonly platform: Platform;
  readonly settings: Settings;
  /** Relative to the workspace, with `/`: by it the file is found again from wherever a person stands. */
  readonly path: string;
}

/**
 * `undefined` for what is no path. Throws for a path that is not there, unless it may be a new file, and for one that no
 * platform takes.
 */
export async function byPath(
  world: Pick<World, 'cwd' | 'here'>,
  name: string,
  { mayBeNew = false }: { readonly mayBeNew?: boolean | undefined } = {},
): Promise<FoundByPath | undefined> {
  if (name === '' || name.length > 1000 || /^[a-z][a-z0-9+.-]+:\/\//i.test(name)) return;
  const isNamedAsOne = looksLikeFile(name);
  const { path, isThere } = await placeOf(world, name);
  if (!isThere && !isNamedAsOne) return;
  if (path === undefined) throw outside(name);
  const found = await takenBy(world, path);
  if (!found) throw isThere ? notTaken(name) : missing(name, mayBeNew);
  if (!isThere && !mayBeNew) throw missing(name, false);
  return { ...found, path };
}

/** Names of backends have no slash, and no end as files have. */
export function looksLikeFile(name: string): boolean {
  return /[\\/]/.test(name) || /\.(?:md|markdown|ya?ml|json)$/i.test(name);
}

/** From where the person stands, else from the workspace. */
async function placeOf(world: Pick<World, 'cwd' | 'here'>, name: string) {
  const places = [standsIn(world), world.cwd].map((folder) => below(world.cwd, resolve(folder, name)));
  for (const path of places) if (path !== undefined && (await isFile(world.cwd, path))) return { path, isThere: true };
  return { path: places[0], isThere: false };
}

function below(folder: string, path: string): string | undefined {
  const found = relative(folder, path);
  if (found === '' || found.split(sep)[0] === '..' || isAbsolute(found)) return undefined;
  return found.replaceAll(sep, '/');
}

async function isFile(workspace: string, path: string): Promise<boolean> {
  try {
    const found = await stat(await workspacePath(workspace, path));
    return found.isFile() || found.isDirectory();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw code === undefined ? error : fileError(error, 'read', path);
  }
}

/** Whoever knows a kind of file by its name comes before those who take any. */
async function takenBy(world: Pick<World, 'cwd'>, path: string): Promise<Omit<FoundByPath, 'path'> | undefined> {
  for (const name of platformNames) {
    const platform = await loadPlatform(name);
    const settings = await platform.opensPath?.(world, path);
    if (settings) return { platform, settings };
  }
  return undefined;
}

function missing(name: string, mayBeNew: boolean): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: mayBeNew
      ? `${plainLine(name, 200)} is not there, and its name does not tell what it would be.`
      : `There is no ${plainLine(name, 200)}.`,
    remedy: 'Please check the path; a new file of Markdown can be the TARGET of `pace sync`.',
  });
}

function notTaken(name: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${plainLine(name, 200)} holds no issues that can be read.`,
    remedy: 'A file of Markdown does, and a folder with EPIC.md. `pace backend list` shows what can be named instead.',
  });
}

function outside(name: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${plainLine(name, 200)} does not lie in the workspace.`,
    remedy: 'Please name a file below it, or run there.',
  });
}
