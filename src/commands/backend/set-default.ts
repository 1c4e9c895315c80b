/** `pace backend set-default`. */
import type { World } from '../../../core/world.ts';
import { isPlatformName } from '../../../platforms/index.ts';
import { withDefault } from '../../tracker/backends/backend-edit.ts';
import { changeFile, fileFor, unknownBackend } from '../../tracker/backends/backend-files.ts';
import { trackerPlatform } from '../../tracker/backends/backend-settings.ts';
import { knownTrackers } from '../../tracker/backends/open.ts';
import type { BackendSetDefault } from './options.ts';

/** Returns the file in which it is said now. */
export async function setDefaultBackend(world: World, { name, ...options }: BackendSetDefault): Promise<string> {
  const known = await knownTrackers(world, options.config);
  const names = known.backends.flatMap((each) => each.names);
  if (!names.includes(name)) {
    if (!isPlatformName(name)) throw unknownBackend(name, names);
    await trackerPlatform(name);
  }
  const inProject = known.project?.names.includes(name) ?? false;
  const user = options.user ?? (!inProject && (known.user?.names.includes(name) ?? false) && !options.project);
  const file = await fileFor(world, { ...options, user });
  await changeFile(file, (text) => withDefault(text, name));
  return file;
}
