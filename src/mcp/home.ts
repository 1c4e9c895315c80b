/** Whether there is a tracker where the server works: a host may have started it anywhere. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { isBegun } from '../tracker/backends/embedded.ts';
import { choiceOf, knownTrackers } from '../tracker/backends/open.ts';
import type { Place } from './tool.ts';

/** Throws a `PaceError` that says what to run where nothing names a tracker and none is kept here. */
export async function requireTracker(world: World, { config, backend }: Place): Promise<void> {
  if (backend !== undefined || config !== undefined) return;
  const known = await knownTrackers(world);
  if (known.project || choiceOf(known).name !== undefined) return;
  const { platform } = (await known.gate()).side;
  if (!platform.fallback || (await isBegun(world, platform))) return;
  throw new PaceError({
    kind: 'configuration',
    message: `There is no tracker in ${plainLine(world.cwd, 300)} yet.`,
    remedy: [
      'A person can choose one: `pace init` there for the embedded tracker, `pace backend add NAME PLATFORM` for another,',
      'or start this server with --cwd FOLDER or --backend NAME.',
    ].join(' '),
  });
}
