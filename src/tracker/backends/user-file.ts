/** The backends of one person, for all projects: `pace/backends.yaml` where the system keeps configuration. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../../../core/world.ts';
import type { Backends } from '../../config/backends.ts';

/**
 * `XDG_CONFIG_HOME`, else `APPDATA` (Windows), else `~/.config`; `undefined` for an account without a home.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function userFilePath({ env }: Pick<World, 'env'>): string | undefined {
  const home = env['HOME'] || env['USERPROFILE'];
  const folder = env['XDG_CONFIG_HOME'] || env['APPDATA'] || (home && join(home, '.config'));
  return folder ? join(folder, 'pace', 'backends.yaml') : undefined;
}

/** Throws `ConfigError` with every mistake; `undefined` when there is no file. */
export async function loadUserBackends(world: World): Promise<Backends | undefined> {
  const path = userFilePath(world);
  if (path === undefined || !(await exists(path))) return undefined;
  const { checkBackendsFile } = await import('../../config/backends-file.ts');
  return checkBackendsFile(world, path);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
