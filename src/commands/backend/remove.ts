/** `pace backend remove`. */
import { writeWhole } from '../../../core/files/write-whole.ts';
import type { World } from '../../../core/world.ts';
import { withoutBackend } from '../../tracker/backends/backend-edit.ts';
import { filesFor, readOr, unknownBackend } from '../../tracker/backends/backend-files.ts';
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
  throw unknownBackend(
    name,
    (await knownTrackers(world, options.config)).backends.flatMap(({ names }) => names),
  );
}
