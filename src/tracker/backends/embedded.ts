/** Where nothing names a tracker: what else is there than the embedded one, and what is said of it. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gitRemote } from '../../../core/drivers/git-remote.ts';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { Platform } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { loadPlatform, platformNames } from '../../../platforms/index.ts';

/** The platform whose folder stands in the workspace: a team that has one expects its issues there. */
export async function trackerOfFolder({ cwd }: Pick<World, 'cwd'>): Promise<Platform | undefined> {
  const platforms = await Promise.all(platformNames.map(loadPlatform));
  return platforms.find(({ folder }) => folder && isFolder(join(cwd, folder)));
}

/** Whether the embedded tracker has issues already, where the environment names no file at its usual place. */
export async function isBegun(world: Pick<World, 'cwd' | 'env'>, platform: Platform): Promise<boolean> {
  const { settings } = resolveSettings({ platform, side: 'tracker', env: world.env });
  const place = await platform.trackerPlace?.(world, settings);
  return place !== undefined && existsSync(place);
}

/** Said as long as there is nothing in it yet: who did not mean it can still choose. */
export async function sayWhyEmbedded(world: World, platform: Platform): Promise<void> {
  if (await isBegun(world, platform)) return;
  const other = await trackerOfFolder(world);
  if (other) {
    world.log.info(
      `There is ${other.folder} here, and it is not used: --backend ${other.name} does, once and for all \`pace backend set-default ${other.name}\`.`,
    );
    return;
  }
  const remote = await gitRemote(world);
  if (remote === undefined) return;
  world.log.info(
    `The git remote is at ${remote.host}, which nothing names as a server: issues are kept in the embedded tracker. To use those there, please set GITEA_URL, GITLAB_URL or GITHUB_SERVER_URL to its address, or \`platform.tracker\`.`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
