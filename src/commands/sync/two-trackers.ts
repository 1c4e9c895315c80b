/** What `pull`, `push`, `bidirectional` and `status A B` have in common: two trackers that are named, one run. */
import type { World } from '../../../core/world.ts';
import type { SyncRequest } from '../../sync/engine.ts';
import { type EndNames, openEnds } from './ends.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncDone } from './outcome.ts';
import { type Asked, prepared, refuseAsked, type SyncContext } from './request.ts';

/** Throws for what stops all of it; what is left stands in the report. */
export async function syncTwo(
  outer: World,
  config: string | undefined,
  asked: Asked,
  context: SyncContext,
): Promise<SyncDone> {
  refuseAsked(outer, asked, context);
  const loaded = await syncConfig(outer, config);
  const { pair, names, request } = prepared(loaded.config.sync, asked, context);
  return onPairs(outer, { loaded, onlyReads: request.dryRun, signal: context.signal }, async (world) => {
    const report = await context.engine.sync(
      world,
      await openEnds(world, config, names, writtenTo(request.flow, names)),
      request,
    );
    return { pair, names, flow: request.flow, report };
  });
}

/** A file that is written to need not be there yet. */
function writtenTo(flow: SyncRequest['flow'], { a, b }: EndNames): string[] {
  return [...(flow === 'to-b' ? [] : [a]), ...(flow === 'to-a' ? [] : [b])];
}
