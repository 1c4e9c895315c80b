/** `pace sync status`: what a run would do and what is left, without effects. */
import type { World } from '../../../core/world.ts';
import type { KnownEnds } from '../../sync/engine.ts';
import type { End } from '../../sync/pair.ts';
import type { Sides } from '../../sync/values.ts';
import { type EndNames, namesOf, openEnds } from './ends.ts';
import { bothOrNone } from './names.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncStatus } from './options.ts';
import { type SyncOutcome, syncError } from './outcome.ts';
import { configuredPair, prepared, refuseAsked, type SyncContext } from './request.ts';
import { syncTwo } from './two-trackers.ts';

/** Of two trackers that are named; else of all that the configuration lists, and of all that were in step here once. */
export async function syncStatus(outer: World, options: SyncStatus, context: SyncContext): Promise<SyncOutcome[]> {
  const { config, query, full } = options;
  const names = bothOrNone(options);
  if (names) return [await syncTwo(outer, config, { names, query, full, dryRun: true }, context)];
  // what a person has typed is wrong whether there are pairs or not
  refuseAsked(outer, { names: { a: 'a', b: 'b' }, query }, {});
  const loaded = await syncConfig(outer, config);
  const pairs = loaded.config.sync;
  return onPairs(outer, { loaded, onlyReads: true, signal: context.signal }, async (world) => {
    const outcomes: SyncOutcome[] = [];
    const look = async (each: EndNames) =>
      outcomes.push(await looked(world, { config, names: each, query, full, pairs }, context));
    for (const { a, b } of pairs) await look({ a, b });
    for (const known of await context.engine.known(world)) {
      if (isSeen(known, outcomes)) continue;
      const each = nameable(known);
      if ('error' in each) outcomes.push({ pair: null, flow: 'both', ...each });
      else if (!configuredPair(pairs, each)) await look(each);
    }
    return outcomes;
  });
}

type Looking = Pick<SyncStatus, 'config' | 'query' | 'full'> & {
  readonly names: EndNames;
  readonly pairs: Parameters<typeof prepared>[0];
};

async function looked(
  world: World,
  { config, names, pairs, ...asked }: Looking,
  { engine, signal }: SyncContext,
): Promise<SyncOutcome> {
  signal?.throwIfAborted();
  const one = prepared(pairs, { ...asked, names, dryRun: true }, { signal });
  const about = { pair: one.pair, names: one.names, flow: one.request.flow };
  try {
    return { ...about, report: await engine.sync(world, await openEnds(world, config, one.names), one.request) };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { ...about, error: syncError(error) };
  }
}

/** Under whatever names they were opened. */
function isSeen({ ends }: KnownEnds, outcomes: readonly SyncOutcome[]): boolean {
  const idsOf = ({ a, b }: Sides<End>) => [a.id, b.id].sort().join('\n');
  return outcomes.some(({ report }) => report && idsOf(report.ends) === idsOf(ends));
}

function nameable({
  ends,
}: KnownEnds): EndNames | { readonly names: EndNames; readonly error: ReturnType<typeof syncError> } {
  try {
    return namesOf(ends);
  } catch (error) {
    return { names: { a: ends.a.name, b: ends.b.name }, error: syncError(error) };
  }
}
