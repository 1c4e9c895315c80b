/** `pace sync run`: what the configuration lists, one pair of trackers after the other. One that fails does not stop the rest. */
import { PaceError } from '../../../core/errors.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import type { SyncedPair } from '../../config/schema.ts';
import { ringsIn } from '../../config/sync-rings.ts';
import type { Sides } from '../../sync/values.ts';
import type { OpenedBackend } from '../../tracker/backends/open.ts';
import { usageError } from '../../tracker/usage.ts';
import { identityOf, openEnds } from './ends.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncRun } from './options.ts';
import { type SyncOutcome, syncError } from './outcome.ts';
import { type Prepared, prepared, type SyncContext } from './request.ts';

export async function runPairs(outer: World, options: SyncRun, context: SyncContext): Promise<SyncOutcome[]> {
  const { config, dryRun, yes, full } = options;
  const loaded = await syncConfig(outer, config);
  const pairs = chosenPairs(loaded.config.sync, options);
  const asked = pairs.map(({ a, b }) => prepared(pairs, { names: { a, b }, dryRun, yes, full }, context));
  return onPairs(outer, { loaded, onlyReads: dryRun ?? false, signal: context.signal }, async (world) => {
    const runs: Run[] = [];
    for (const each of asked) runs.push(await opened(world, config, each));
    refuseRings(runs);
    const outcomes: SyncOutcome[] = [];
    for (const run of runs) {
      context.signal?.throwIfAborted();
      outcomes.push(await outcomeOf(world, run, context));
    }
    return outcomes;
  });
}

interface Run extends Prepared {
  readonly ends?: Sides<OpenedBackend>;
  readonly error?: unknown;
}

async function opened(world: World, config: string | undefined, each: Prepared): Promise<Run> {
  try {
    return { ...each, ends: await openEnds(world, config, each.names) };
  } catch (error) {
    return { ...each, error };
  }
}

/** The same tracker may stand there under two names, which the configuration alone does not tell. */
function refuseRings(runs: readonly Run[]): void {
  const known = runs.flatMap(({ pair, ends }) =>
    ends ? [{ pair, a: identityOf(ends.a), b: identityOf(ends.b) }] : [],
  );
  const rings = [...ringsIn(known)];
  if (rings.length === 0) return;
  const words = rings.map(([place, way]) => {
    const { pair, a } = known[place] ?? { pair: null, a: '' };
    return way.length === 2
      ? `The pair ${pair} has the same two trackers as another one: ${way.join(' and ')}.`
      : `The pair ${pair} closes a ring: ${[...way, a].join(' – ')}.`;
  });
  throw new PaceError({
    kind: 'configuration',
    message: words.map((line) => plainLine(line, 500)).join('\n'),
    remedy: 'Nothing was written: each issue would come by two ways. Please take a pair out of `sync`.',
  });
}

async function outcomeOf(world: World, run: Run, { engine, signal }: SyncContext): Promise<SyncOutcome> {
  const { pair, names, request, ends } = run;
  const about = { pair, names, flow: request.flow };
  if (!ends) return { ...about, error: syncError(run.error) };
  try {
    return { ...about, report: await engine.sync(world, ends, request) };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { ...about, error: syncError(error) };
  }
}

/** Throws a usage error with every name that is not one. */
export function chosenPairs(
  pairs: readonly SyncedPair[],
  { pairs: given = [], all = false }: Pick<SyncRun, 'pairs' | 'all'>,
): SyncedPair[] {
  const known = pairs.map(({ name }) => name);
  const available = known.length > 0 ? `Available: ${known.join(', ')}.` : NONE;
  if (all && given.length > 0) throw usageError('--all means every pair; please leave the names or the flag out.');
  if (pairs.length === 0) throw usageError('There are no pairs of trackers in the configuration.', NONE);
  if (!all && given.length === 0) throw usageError('Please name pairs, or say --all.', available);
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const words = unknown.map((name) => `There is no pair “${plainLine(name, 60)}”.${didYouMean(name, known)}`);
    throw usageError(words.join('\n'), available);
  }
  return all ? [...pairs] : pairs.filter(({ name }) => given.includes(name));
}

const NONE = 'Please list some under `sync`, each with a name, `a` and `b`, as docs/sync.md shows.';
