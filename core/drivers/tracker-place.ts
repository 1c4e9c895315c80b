/** Where the issues of a tracker are, in a few words: `octo-org/octo-repo`, `PROJ at team.atlassian.net`, a file. Makes no request. */
import { relative } from 'node:path';
import type { Platform, Settings } from '../ports/index.ts';
import { plainLine } from '../text/untrusted-text.ts';
import { standsIn, type World } from '../world.ts';

export async function trackerPlace(
  world: Pick<World, 'cwd' | 'here'>,
  platform: Platform,
  settings: Settings,
): Promise<string> {
  const path = await platform.trackerPlace?.(world, settings);
  if (path !== undefined) return plainLine(shorter(path, relative(standsIn(world), path)), 200);
  const names = Object.keys(platform.projectSettings?.('any/name') ?? {});
  // the one for issues comes last
  const project = names.toReversed().flatMap((key) => settings[key] ?? [])[0] ?? '';
  const server = platform.needs.find((need) => need.server && need.follows === undefined);
  const address = server && settings[server.key] !== server.default ? settings[server.key] : undefined;
  const host = address === undefined ? undefined : (URL.parse(address)?.host ?? address);
  return plainLine([project, host && `at ${host}`].filter(Boolean).join(' '), 200);
}

function shorter(one: string, other: string): string {
  return other.length < one.length ? other : one;
}
