/** `pace sync resolve`: a person decides a conflict. */
import type { World } from '../../../core/world.ts';
import type { Decision } from '../../sync/engine.ts';
import type { SideName } from '../../sync/values.ts';
import { usageError } from '../../tracker/usage.ts';
import { endsOpener } from './ends.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncResolve } from './options.ts';
import type { SyncDone } from './outcome.ts';
import type { SyncContext } from './request.ts';

export async function resolveConflict(
  outer: World,
  { config, id, take, text }: SyncResolve,
  { engine, signal }: SyncContext,
): Promise<SyncDone> {
  const decision = decisionOf(take, text);
  const loaded = await syncConfig(outer, config);
  return onPairs(outer, { loaded, signal }, async (world) => {
    const report = await engine.resolve(world, id, decision, endsOpener(world, config));
    const { a, b } = report.ends;
    return { pair: null, names: { a: a.backend ?? a.name, b: b.backend ?? b.name }, flow: 'both', report };
  });
}

function decisionOf(take: SideName | undefined, text: string | undefined): Decision {
  if (take !== undefined && text !== undefined)
    throw usageError('The value is given twice.', 'Please pass one of --take, --text and --file.');
  if (take !== undefined) return { take };
  if (text !== undefined) return { text };
  throw usageError(
    'It is not said which value is kept.',
    'Please pass --take a, --take b, or another one with --text or --file; `pace sync conflicts` shows both.',
  );
}
