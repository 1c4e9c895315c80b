/** `pace backend remove`. */
import { writeWhole } from '../../../core/files/write-whole.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { withoutBackend } from '../../tracker/backends/backend-edit.ts';
import { filesFor, readOr, unknownBackend } from '../../tracker/backends/backend-files.ts';
import { wrong } from '../../tracker/backends/backend-settings.ts';
import { knownTrackers } from '../../tracker/backends/open.ts';
import type { BackendRemove } from './options.ts';

/** Takes it out of the file that names it. Returns that file. */
export async function removeBackend(world: World, { name, ...options }: BackendRemove): Promise<string> {
  for (const file of await filesFor(world, options)) {
    const text = await readOr(file, undefined);
    const without = text === undefined ? undefined : withoutBackend(text, name);
    if (without === undefined) continue;
    await writeWhole(file, without);
    return file;
  }
  const known = await knownTrackers(world, options.config);
  const elsewhere = options.user ? known.project : options.project ? known.user : undefined;
  if (elsewhere?.names.includes(name)) {
    const [here, there] = options.user ? ['your own file', '--project'] : ["the project's file", '--user'];
    throw wrong(`The backend “${plainLine(name, 60)}” is not in ${here}.`, `Please use ${there}, or neither flag.`);
  }
  throw unknownBackend(
    name,
    known.backends.flatMap(({ names }) => names),
  );
}
