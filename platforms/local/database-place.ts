/** Whether the embedded tracker's file may be opened: SQLite itself follows links, and believes what a commit has brought. */
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import { findGitFolder, mainRoot } from '../../core/files/git-folder.ts';
import { keepIgnored } from '../../core/kept/ignore-file.ts';
import { InTheWay, lookAt, nameOf } from '../../core/kept/plain-file.ts';
import { plainly, trackedPaths } from '../../core/kept/tracked.ts';
import type { Settings } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { DATABASE } from './address.ts';

/** What SQLite keeps beside it. https://www.sqlite.org/tempfiles.html */
const BESIDE = ['', '-wal', '-shm', '-journal'];

export interface DatabasePlace {
  /** The folder that it must lie below, by no link. */
  readonly base: string;
  /** Absolute. */
  readonly path: string;
  /** As it is called in issues, the same in all worktrees. */
  readonly shown: string;
}

/**
 * One tracker for the whole repository: at the root of its main worktree, whatever worktree or folder somebody works in. One that is
 * named is relative to the workspace, or to what is its like in the main worktree.
 */
export function databasePlace({ cwd }: Pick<World, 'cwd'>, settings: Settings): DatabasePlace {
  const checkout = findGitFolder(cwd);
  const main = checkout ? mainRoot(checkout) : cwd;
  const named = settings['database'];
  const isOfMain = named === undefined || (isAbsolute(named) && isBelow(main, named));
  const base = isOfMain ? main : checkout && !isAbsolute(named) ? join(main, relative(checkout.root, cwd)) : cwd;
  const path = resolve(base, named ?? DATABASE);
  return { base, path, shown: relative(base, path).split(sep).join('/') };
}

/** A database that an earlier PACE has made in this folder is not looked at any more: that is said, and how to take it over. */
export function sayLeftBehind(
  { cwd, log }: Pick<World, 'cwd' | 'log'>,
  settings: Settings,
  { path }: DatabasePlace,
): void {
  const own = resolve(cwd, DATABASE);
  if (settings['database'] !== undefined || own === path || !existsSync(own)) return;
  log.warn(
    `${own} holds issues of its own, which are not shown: the tracker of the whole repository is ${path}. To take them over: PACE_DATABASE=${own} pace issue export | pace issue import -`,
  );
}

/** Beside a database in `.pace/` stands what keeps git from taking it away. */
export function keepAtPlace({ base, shown }: DatabasePlace): void {
  // one that git tracks is not opened, and its ignore file is left as it is
  if (/^\.pace\/[^/]+$/.test(shown)) keepIgnored(base, () => true);
}

function isBelow(folder: string, path: string): boolean {
  return !/^(?:\.\.(?:[\\/]|$)|$)/.test(relative(folder, path));
}

/** To be asked before each time that the file is opened. Throws a `PaceError` where it may not be. */
export function createPlaceCheck({ env }: Pick<World, 'env'>, { base, shown: below }: DatabasePlace): () => void {
  const names = BESIDE.map((suffix) => `${below}${suffix}`);
  let isUntracked = false;
  return () => {
    if (!isUntracked) refuseTracked({ env, cwd: base }, below, names);
    isUntracked = true;
    for (const name of names) {
      const found = lookAt(base, name);
      // a folder in its place is told by SQLite itself
      if (found && !found.isFile() && !found.isDirectory()) throw new InTheWay(name, nameOf(found));
    }
  };
}

function refuseTracked(world: Pick<World, 'cwd' | 'env'>, below: string, names: readonly string[]): void {
  const own = names.map(plainly);
  const tracked = trackedPaths(world, world.cwd, (path) => isOneOf(own, path));
  if (tracked?.length === 0) return;
  const shown = plainLine(below, 200);
  throw new PaceError({
    kind: 'configuration',
    message: tracked
      ? `git tracks ${plainLine(tracked[0] ?? '', 200)}, so that any commit could have written its issues: it is not opened.`
      : `Which files git tracks cannot be known, and ${shown} could have come with a commit: it is not opened.`,
    remedy: tracked
      ? `Please \`git rm --cached\` it, and add ${shown} to .gitignore.`
      : 'Please install git where PACE runs, and let it read this checkout (`git ls-files` says what is wrong).',
  });
}

/** It itself, or a module of git's that it lies in. */
function isOneOf(own: readonly string[], path: string): boolean {
  return path.endsWith('/') ? own.some((name) => `${name}/`.startsWith(path)) : own.includes(path);
}
