/** To which servers the secrets of the environment belong. */
import { namedServers, namesServer } from '../../core/drivers/settings.ts';
import type { Platform, Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';

export interface Claims {
  /** What the platform is opened with. */
  readonly section: Settings | undefined;
  /** The platform's own section of the file. */
  readonly own: Settings | undefined;
  /** The backends of this platform that name a server, and bring no secret of their own. */
  readonly backends: readonly Settings[];
  readonly env: World['env'];
}

/**
 * The sections whose servers count; `undefined` where it is the very one that is opened. A section that names a server means the
 * token for it; one that names none must not take the token of another server to the public one. Pure.
 */
export function homesOf(platform: Platform, { section, own, backends, env }: Claims): readonly Settings[] | undefined {
  if (namesServer(platform, section)) return undefined;
  if (own !== undefined && namesServer(platform, own)) return [own];
  if (namedServers(platform, {}, env).length > 0 || backends.length === 0) return undefined;
  return backends;
}
