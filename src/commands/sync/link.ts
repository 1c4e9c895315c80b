/** `pace sync link`: a person says that two issues are one. */
import { defined } from '../../../core/defined.ts';
import type { World } from '../../../core/world.ts';
import { usageError } from '../../tracker/usage.ts';
import { endReferences, openReferences, turned } from './ends.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncLink } from './options.ts';
import type { SyncDone } from './outcome.ts';
import { configuredPair, flowOf, ofPair, type SyncContext, turnedPreference } from './request.ts';

export async function linkIssues(outer: World, options: SyncLink, { engine, signal }: SyncContext): Promise<SyncDone> {
  const { config, prefer = 'ask', dryRun = false } = options;
  const [a, b] = endReferences([options.a, options.b]);
  if (!a || !b) throw usageError('Two issues are needed.');
  const loaded = await syncConfig(outer, config);
  return onPairs(outer, { loaded, onlyReads: dryRun, signal }, async (world) => {
    const given = await openReferences(world, config, { a, b });
    const { pair, isTurned = false } = configuredPair(loaded.config.sync, { a: given.a.name, b: given.b.name }) ?? {};
    const opened = isTurned ? turned(given) : given;
    const report = await engine.link(world, opened, {
      ...ofPair(pair),
      flow: flowOf(pair),
      keys: { a: opened.a.key, b: opened.b.key },
      prefer: isTurned ? turnedPreference(prefer) : prefer,
      dryRun,
      ...defined({ signal }),
    });
    return { pair: pair?.name ?? null, names: { a: opened.a.name, b: opened.b.name }, flow: flowOf(pair), report };
  });
}
