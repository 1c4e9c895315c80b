/** `pace sync pull` and `push`: SOURCE is only read, TARGET is written to. */
import type { World } from '../../../core/world.ts';
import type { SyncOneWay } from './options.ts';
import type { SyncDone } from './outcome.ts';
import type { SyncContext } from './request.ts';
import { syncTwo } from './two-trackers.ts';

export function syncOneWay(
  world: World,
  { config, source, target, ...options }: SyncOneWay,
  context: SyncContext,
): Promise<SyncDone> {
  return syncTwo(world, config, { ...options, names: { a: source, b: target }, flow: 'to-b' }, context);
}
