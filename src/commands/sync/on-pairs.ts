/** Work with what sync remembers: below `.pace`, and on the state branch where that is on. */
import { openKept } from '../../../core/kept/open-kept.ts';
import type { World } from '../../../core/world.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { needsKept, onState } from '../on-state.ts';
import { loadWithPairs } from './load-pairs.ts';

/** The configuration; without a file its defaults. */
export function syncConfig(world: World, config: string | undefined): Promise<LoadedConfig> {
  return loadWithPairs(world, config ? { path: config } : {});
}

/** Refused where nothing would be kept: the next run would make every issue a second time. */
export async function onPairs<T>(
  outer: World,
  { loaded, config, signal }: { loaded: LoadedConfig; config: string | undefined; signal: AbortSignal | undefined },
  work: (world: World) => Promise<T>,
): Promise<T> {
  if (loaded.config.state.persist === 'branch') {
    return onState(outer, config, signal, ({ world, kept }) => {
      needsKept(kept);
      return work(world);
    });
  }
  const kept = openKept(outer);
  kept.examine();
  needsKept(kept);
  return work({ ...outer, kept });
}
