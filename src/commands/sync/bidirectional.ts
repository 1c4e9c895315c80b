/** `pace sync bidirectional`. */
import type { World } from '../../../core/world.ts';
import type { SyncBoth } from './options.ts';
import type { SyncDone } from './outcome.ts';
import type { SyncContext } from './request.ts';
import { syncTwo } from './two-trackers.ts';

export function syncBothWays(
  world: World,
  { config, a, b, ...options }: SyncBoth,
  context: SyncContext,
): Promise<SyncDone> {
  return syncTwo(world, config, { ...options, names: { a, b }, flow: 'both' }, context);
}
