/** Whose word a configuration is that the base branch does not have: the commit's, or that of whoever runs the gate. */

import { lstat, realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { asPaceError } from '../../../core/errors.ts';
import { trackedFiles, trackedLinks } from '../../../core/programs/git-objects.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { PolicyRun } from './run.ts';

/**
 * Why the folder may not be the one that the operator has named: the system has gone through a link of the commit, or it is a
 * submodule, and the commit says of what. That the base has nothing by this path proves nothing then.
 */
export async function movedHere({ world, sources: { clone } }: PolicyRun): Promise<string | undefined> {
  if (!clone) return undefined;
  if (clone.isSubmodule) return 'it is a submodule, and the commit around it says of which repository';
  const [here, root] = await Promise.all([realpath(world.cwd), realpath(clone.cwd)]);
  if (here === root) return undefined;
  for (const path of await trackedLinks(clone)) {
    const target = await realpath(resolve(root, path)).catch(() => root);
    if (target !== root && !relative(target, here).startsWith('..'))
      return `it can be reached by the link ${plainLine(path, 200)}, too`;
  }
  return undefined;
}

/** A file that was named, and that no commit has brought: neither it nor a link on the way to it is tracked. */
export async function isOperators({ world, asked, sources, candidates }: PolicyRun): Promise<boolean> {
  const [candidate] = candidates;
  if (!asked.config || !candidate) return false;
  if (!sources.clone) return true;
  const path = resolve(sources.clone.cwd, candidate.path);
  const isPlain = await lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isPlain) return false;
  const [real, root] = await Promise.all([realpath(path), realpath(sources.clone.cwd)]);
  if (relative(root, real).split(sep).join('/') !== candidate.path) return false;
  const tracked = await trackedFiles(sources.clone, [`:(literal)${candidate.path}`]).catch((error: unknown) => {
    world.log.debug(asPaceError(error).message);
    return [candidate.path];
  });
  return tracked.length === 0;
}
