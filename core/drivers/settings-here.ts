/** Settings of a platform in this checkout: what nobody has set of the repository, the git remote tells. */
import { PaceError } from '../errors.ts';
import type { Platform, Settings } from '../ports/index.ts';
import type { World } from '../world.ts';
import { type GitRemote, gitRemote, isOnServer, repositoryAt } from './git-remote.ts';
import { type Given, type ResolvedSettings, resolveSettings } from './settings.ts';

/** As `resolveSettings`, with the repository of the git remote where the remote is on the server in use. */
export async function settingsHere(
  world: Pick<World, 'cwd' | 'env'>,
  given: Given & { readonly side: 'ci' | 'tracker' },
): Promise<ResolvedSettings> {
  const { platform, side, asked } = given;
  const { env } = world;
  const resolved = resolveSettings({ ...given, env });
  const lacking = lackedNames(platform, resolved.settings);
  if (lacking.length === 0) return resolved;
  const remote = await gitRemote(world);
  if (remote === undefined) return resolved;
  const server = serversOf(platform, resolved.settings).find((address) => isOnServer(remote, address));
  if (server === undefined) return { ...resolved, missing: explained(platform, side, resolved, remote) };
  const found = named(platform, lacking, repositoryAt(remote, server));
  return resolveSettings({ ...given, env, asked: { ...found, ...asked } });
}

/** The required settings that name the repository, and have no value. */
export function lackedNames(platform: Platform, settings: Settings): string[] {
  if (!platform.createHost || !platform.projectSettings) return [];
  const names = Object.keys(platform.projectSettings('any/name'));
  return platform.needs
    .filter(({ key, required }) => required && names.includes(key) && !settings[key])
    .map(({ key }) => key);
}

function named(platform: Platform, keys: readonly string[], repository: string): Settings {
  // one that has no owner is no repository of a server
  if (!repository.includes('/')) return {};
  const settings = Object.entries(platform.projectSettings?.(repository) ?? {});
  return Object.fromEntries(settings.filter(([key]) => keys.includes(key)));
}

function serversOf(platform: Platform, settings: Settings): string[] {
  return platform.needs.flatMap(({ server, key }) => (server && settings[key] ? [settings[key]] : []));
}

/** A remote on a server that nobody has named: no token goes there by itself. */
function explained(
  platform: Platform,
  side: 'ci' | 'tracker',
  { missing }: ResolvedSettings,
  { host }: GitRemote,
): readonly PaceError[] {
  const server = platform.needs.find((need) => need.server && need.follows === undefined);
  if (!server || platform.detectRemote?.(host) !== true) return missing;
  const error = new PaceError({
    kind: 'configuration',
    message: `The git remote is at ${host}, and nothing says that ${platform.title} is to be asked there${side === 'ci' ? '' : ' for issues'}.`,
    remedy: `Please set ${server.env[0]}=https://${host}, or write \`${platform.name}.${server.key}\` in pace.config.yaml.`,
    operation: 'configure',
  });
  return [error, ...missing];
}
