/** Where the configuration stands. */

import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { defined } from '../../core/defined.ts';
import { errorCode } from '../../core/errors.ts';
import { findGitFolder } from '../../core/files/git-folder.ts';
import type { World } from '../../core/world.ts';

/** Looked at in this order, below the workspace. */
export const configPaths = ['pace.config.yaml', 'pace/pace.config.yaml'] as const;

/** What it says of trackers may stand here instead. */
export const TASK_TRACKERS_FILE = 'config/task_trackers.yaml';

// what people write by mistake
const misspelt = [
  'pace.config.yml',
  'pace/pace.config.yml',
  '.pace.config.yaml',
  'pace.yaml',
  '.pace/pace.config.yaml',
];

export interface Located {
  /** Relative to the workspace; absent when there is none. */
  readonly path?: string;
  /** Another one that is not read. */
  readonly ignored?: string;
}

export async function locateConfig(cwd: string): Promise<Located> {
  const found = await existing(cwd, configPaths);
  const [path, ignored] = found;
  return defined({ path, ignored });
}

/**
 * The workspace of somebody who stands in this folder: the nearest folder up that has a configuration or `.pace/`, and never one above the
 * repository's root; else that root. Outside of a repository it is the folder itself.
 */
export async function findWorkspace(here: string): Promise<string> {
  const root = findGitFolder(here)?.root;
  if (root === undefined) return here;
  for (let folder = resolve(here); folder !== root && folder !== dirname(folder); folder = dirname(folder)) {
    if (await isWorkspace(folder)) return folder;
  }
  return root;
}

/** The same world in the workspace around; where a configuration is named, the folder in which that is done is the workspace. */
export async function atWorkspace(world: World, config: string | undefined): Promise<World> {
  const cwd = config ? world.cwd : await findWorkspace(world.cwd);
  return cwd === world.cwd ? world : { ...world, cwd, here: world.cwd };
}

async function isWorkspace(folder: string): Promise<boolean> {
  const isKept = await stat(join(folder, '.pace')).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isKept) return true;
  const { path } = await locateConfig(folder);
  // `pace/pace.config.yaml` is that of the folder above
  return path !== undefined && !(path === configPaths[0] && basename(folder) === dirname(configPaths[1]));
}

/** For the person who has no configuration, or believes to have one. */
export async function explainMissing(cwd: string): Promise<string> {
  const [nearMiss] = await existing(cwd, misspelt);
  const remedy =
    nearMiss === undefined
      ? 'Please run `pace init` to write one, or name it with --config.'
      : `There is ${nearMiss}: please rename it to ${configPaths[0]}, or name it with --config.`;
  return `There is no configuration: neither ${configPaths.join(' nor ')} exists in ${cwd}. ${remedy}`;
}

async function existing(cwd: string, paths: readonly string[]): Promise<string[]> {
  const there = await Promise.all(paths.map((path) => stat(join(cwd, path)).then(() => true, isThereAllTheSame)));
  return paths.filter((_, index) => there[index]);
}

// a file that may not be looked at must be reported when it is read, not passed over
function isThereAllTheSame(error: unknown): boolean {
  const code = errorCode(error);
  return code !== 'ENOENT' && code !== 'ENOTDIR';
}
