/**
 * Which repository git takes for that of a folder. A folder of a commit can look like one of git's own (`HEAD`, `objects`, `refs`): git would
 * take it for the repository, and start what the configuration in it names, with all that the job may.
 * https://git-scm.com/docs/git-config#Documentation/git-config.txt-safebareRepository
 */
import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PaceError } from '../errors.ts';
import type { World } from '../world.ts';
import { findGitFolder } from './git-folder.ts';

/**
 * What git must be told so that it looks at the checkout, and at nothing that lies in it: usually nothing. Throws a `PaceError` where
 * there is no checkout, only such a folder.
 */
export function gitPlace({ cwd, env }: Pick<World, 'cwd' | 'env'>): Readonly<Record<string, string>> {
  // the operator's word
  if (env['GIT_DIR']) return {};
  const found = findGitFolder(cwd);
  const posing = posingFolder(cwd, found?.root);
  if (posing === undefined) return {};
  if (found) return { GIT_DIR: found.git, GIT_WORK_TREE: found.root };
  throw new PaceError({
    kind: 'configuration',
    message: `${posing} looks like a repository of git's own, without a checkout, and is not used: what a commit brings could look so, too.`,
    remedy: 'Please run PACE in a checkout, or name that repository with GIT_DIR.',
  });
}

/** The nearest folder up to the checkout's root that git would take for a repository. */
function posingFolder(cwd: string, root: string | undefined): string | undefined {
  for (let folder = resolve(cwd); folder !== root; folder = dirname(folder)) {
    if (isPosing(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
  return undefined;
}

/** https://git-scm.com/docs/gitrepository-layout: what is common to several work trees may lie elsewhere. */
function isPosing(folder: string): boolean {
  const hasHead = lstatSync(join(folder, 'HEAD'), { throwIfNoEntry: false }) !== undefined;
  return hasHead && ['objects', 'commondir'].some((name) => existsSync(join(folder, name)));
}
