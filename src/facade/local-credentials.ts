/** What a person has said of a local program, for all projects: `[tracker.providers.NAME]` of the credentials. */
import { defined } from '../../core/defined.ts';
import { credentialTables, setProviderCredentials } from '../../core/hosted/credentials.ts';
import type { LocalProvider } from '../../core/hosted/providers.ts';
import type { World } from '../../core/world.ts';

export interface LocalCredentials {
  readonly command?: string;
  readonly cwd?: string;
}

export function localCredentials(world: Pick<World, 'env'>, provider: LocalProvider): LocalCredentials {
  const known = credentialTables(world).get(`tracker.providers.${provider}`);
  return defined({ command: known?.get('command'), cwd: known?.get('cwd') });
}

export function keepLocal(
  world: Pick<World, 'env'>,
  provider: LocalProvider,
  values: Readonly<Record<string, string>>,
): void {
  if (Object.keys(values).length > 0) setProviderCredentials(world, provider, values);
}

export function clearLocal(world: Pick<World, 'env'>, provider: LocalProvider): void {
  setProviderCredentials(world, provider, undefined);
}
