/** Which files git tracks: they belong to the commits of a checkout, and whoever may change those has written them. */
import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { errorCode } from '../errors.ts';
import { findGitFolder } from '../files/git-folder.ts';
import { gitPlace } from '../files/git-place.ts';
import type { World } from '../world.ts';
import { indexPaths } from './git-index.ts';

/**
 * The tracked paths below a folder that are wanted, with `/`, also at the end of a module of git's. None outside of a checkout; `undefined` where there is a checkout
 * and nobody can tell. `isWanted` sees each path as a disk without upper and lower case would take it.
 */
export function trackedPaths(
  { env }: Pick<World, 'env'>,
  folder: string,
  isWanted: (path: string) => boolean,
): string[] | undefined {
  const isElsewhere = ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE'].some((name) => env[name]);
  const paths = (isElsewhere ? undefined : pathsOfIndex(folder)) ?? pathsByGit(env, folder);
  return paths?.map((path) => (/[\x80-\xff]/.test(path) ? Buffer.from(path, 'latin1').toString() : path)).filter((path) => isWanted(plainly(path))); // biome-ignore format: one thought
}

/** Below the folder, each character a byte; `undefined` where only git can tell. */
function pathsOfIndex(folder: string): string[] | undefined {
  try {
    const real = realpathSync(folder);
    const checkout = findGitFolder(real);
    if (!checkout) return [];
    const index = indexPaths(readFileSync(join(checkout.git, 'index')));
    const prefix = prefixOf(checkout.root, real);
    // git has put whole folders into one entry: which files lie here, it alone can say
    if (!index || index.folded.some((folded) => prefix.startsWith(folded) || folded.startsWith(prefix)))
      return undefined;
    const isBelow = (path: string) => path.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
    return index.paths.filter(isBelow).map((path) => path.slice(prefix.length));
  } catch (error) {
    // before the first `git add` there is none
    return errorCode(error) === 'ENOENT' ? [] : undefined;
  }
}

function prefixOf(root: string, folder: string): string {
  const below = relative(realpathSync(root), folder).split(sep).join('/');
  return below === '' ? '' : Buffer.from(`${below}/`).toString('latin1');
}

function pathsByGit(env: World['env'], folder: string): string[] | undefined {
  const place = placeOr(folder, env);
  if (!place) return undefined;
  // what a repository's own settings would start is not started
  const args = ['-c', 'core.fsmonitor=false', 'ls-files', '--stage', '-z'];
  const options = { cwd: folder, env: { ...env, ...place, LC_ALL: 'C' }, timeout: 30_000, maxBuffer: 1 << 29 };
  const { status, stdout } = spawnSync('git', args, options);
  return status === 0 ? stdout.toString('latin1').split('\0').filter(Boolean).map(pathOfEntry) : undefined;
}

function placeOr(cwd: string, env: World['env']): ReturnType<typeof gitPlace> | undefined {
  try {
    return gitPlace({ cwd, env });
  } catch {
    return undefined;
  }
}

/** `mode hash stage\tpath`. https://git-scm.com/docs/git-ls-files#_output */
function pathOfEntry(entry: string): string {
  const path = entry.slice(entry.indexOf('\t') + 1);
  return entry.startsWith('160000 ') ? `${path}/` : path;
}

/** Disks differ in what they take for the same name: `.PACE`, `.pace.`, a short name, letters that cannot be seen. */
export function plainly(path: string): string {
  const lower = path.toLowerCase();
  return ODD.test(path) ? withoutOddities(lower) : lower;
}

/** Most paths have nothing of it, and a repository may have a million. */
const ODD = /[^!-}]|\\|\.(?:\/|$)/;

function withoutOddities(lower: string): string {
  return lower
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
    .replaceAll('\\', '/')
    .replace(/[. ]+(?=\/|$)/g, '')
    .replace(/^pace~\d+(?=\/|$)/, '.pace');
}
