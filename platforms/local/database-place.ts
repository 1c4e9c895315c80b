/** Whether the embedded tracker's file may be opened: SQLite itself follows links, and believes what a commit has brought. */
import { relative, sep } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import { InTheWay, lookAt, nameOf } from '../../core/kept/plain-file.ts';
import { plainly, trackedPaths } from '../../core/kept/tracked.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';

/** What SQLite keeps beside it. https://www.sqlite.org/tempfiles.html */
const BESIDE = ['', '-wal', '-shm', '-journal'];

/** To be asked before each time that the file is opened. Throws a `PaceError` where it may not be. */
export function createPlaceCheck(world: Pick<World, 'cwd' | 'env'>, path: string): () => void {
  const below = relative(world.cwd, path).split(sep).join('/');
  const names = BESIDE.map((suffix) => `${below}${suffix}`);
  let isUntracked = false;
  return () => {
    if (!isUntracked) refuseTracked(world, below, names);
    isUntracked = true;
    for (const name of names) {
      const found = lookAt(world.cwd, name);
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
