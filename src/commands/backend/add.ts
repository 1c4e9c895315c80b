/** `pace backend add`. */
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { World } from '../../../core/world.ts';
import { type NewBackend, withBackend } from '../../tracker/backends/backend-edit.ts';
import { changeFile, fileFor } from '../../tracker/backends/backend-files.ts';
import {
  type Ask,
  settingsFor,
  trackerNames,
  trackerPlatform,
  validName,
} from '../../tracker/backends/backend-settings.ts';
import type { BackendAdd } from './options.ts';

/** Writes the backend and says where, and what is still to be set. `ask` asks a person for what is missing. */
export async function addBackend(
  world: World,
  options: BackendAdd,
  ask?: Ask,
): Promise<{ file: string; hints: string[] }> {
  const name = validName(options.name);
  const platform = await trackerPlatform(
    options.platform ?? (await ask?.(`Platform (${(await trackerNames()).join(', ')}): `)),
  );
  const settings = await settingsFor(platform, options.set ?? [], ask);
  const file = await fileFor(world, options);
  await changeFile(file, (text) => withBackend(text, { name, platform: platform.name, settings } satisfies NewBackend));
  const missing = resolveSettings({ platform, side: 'tracker', section: settings, env: world.env }).missing;
  return { file, hints: missing.map(({ message, remedy }) => `${message} ${remedy}`) };
}
