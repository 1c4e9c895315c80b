/** In a CI service that hosts no code, the host's setting for the repository is what the service builds. */
import { pathOfRemote } from '../../core/drivers/checkout.ts';
import { type CiService, ciService } from '../../core/drivers/ci-service.ts';
import { hostOfRemote } from '../../core/drivers/git-remote.ts';
import { resolveSettings } from '../../core/drivers/settings.ts';
import { lackedNames } from '../../core/drivers/settings-here.ts';
import type { Platform, Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { Sides } from './detect.ts';

type Sections = Readonly<Record<string, Settings>>;

/** The sections, with the repository in those that lack it; file and variables come first. */
export async function withBuiltRepository(
  { env }: World,
  { ci, tracker }: Sides,
  sections: Sections,
): Promise<Sections> {
  const lacking = [ci, tracker].filter((platform) => lacks(platform, sections, env).length > 0);
  const service = lacking.length > 0 ? await ciService(env) : undefined;
  if (service === undefined) return sections;
  const found = lacking.map((platform) => [
    platform.name,
    { ...settingsOf(platform, service, sections, env), ...sections[platform.name] },
  ]);
  return { ...sections, ...Object.fromEntries(found) };
}

/** The required settings that name the repository, and have no value. */
function lacks(platform: Platform, sections: Sections, env: World['env']): string[] {
  const { settings } = resolveSettings({ platform, side: 'ci', section: sections[platform.name] ?? {}, env });
  return lackedNames(platform, settings);
}

function settingsOf(platform: Platform, service: CiService, sections: Sections, env: World['env']): Settings {
  const name = service.repositoryUrl === undefined ? service.repository : pathOfRemote(service.repositoryUrl);
  if (!name || !isThere(platform, service, sections, env)) return {};
  const wanted = lacks(platform, sections, env);
  return Object.fromEntries(
    Object.entries(platform.projectSettings?.(name) ?? {}).filter(([key]) => wanted.includes(key)),
  );
}

/** A repository of this name may be somebody else's on another server. */
function isThere(platform: Platform, { repositoryUrl }: CiService, sections: Sections, env: World['env']): boolean {
  if (repositoryUrl === undefined) return true;
  const host = hostOfRemote(repositoryUrl);
  if (host === undefined) return false;
  const { settings } = resolveSettings({ platform, side: 'ci', section: sections[platform.name] ?? {}, env });
  const servers = Object.values(settings).map((value) => URL.parse(value)?.hostname);
  return platform.detectRemote?.(host) === true || servers.includes(host);
}
