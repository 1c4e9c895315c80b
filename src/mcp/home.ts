/** Whether there is a tracker where the server works: a host may have started it anywhere. */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import { commonFolder, findGitFolder } from '../../core/files/git-folder.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { choiceOf, knownTrackers } from '../tracker/backends/open.ts';
import type { Place } from './tool.ts';

/** Throws a `PaceError` that says what to run where nothing names a tracker and none is kept here. */
export async function requireTracker(world: World, { config, backend }: Place): Promise<void> {
  if (backend !== undefined || config !== undefined) return;
  const known = await knownTrackers(world);
  if (known.project || choiceOf(known).name !== undefined) return;
  if ((await known.gate()).side.platform.name !== 'local' || (await isKeptFor(world.cwd))) return;
  throw new PaceError({
    kind: 'configuration',
    message: `There is no tracker in ${plainLine(world.cwd, 300)} yet.`,
    remedy: [
      'A person can choose one: `pace init` there for the embedded tracker, `pace backend add NAME PLATFORM` for another,',
      'or start this server with --cwd FOLDER or --backend NAME.',
    ].join(' '),
  });
}

/** Somebody has begun to keep issues here, or at the root of the repository or of its main worktree. */
async function isKeptFor(cwd: string): Promise<boolean> {
  const checkout = findGitFolder(cwd);
  const roots = checkout ? [checkout.root, dirname(commonFolder(checkout.git))] : [];
  const found = await Promise.all([cwd, ...roots].map((folder) => isThere(join(folder, '.pace'))));
  return found.includes(true);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
