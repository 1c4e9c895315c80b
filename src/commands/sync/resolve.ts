/** `pace sync resolve`: a person decides a conflict. */
import { defined } from '../../../core/defined.ts';
import { PaceError } from '../../../core/errors.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import type { ShownConflict, SyncEngine } from '../../sync/engine.ts';
import { otherSide, type SideName } from '../../sync/values.ts';
import { usageError } from '../../tracker/usage.ts';
import { namesOf, openEnds, turned } from './ends.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncResolve } from './options.ts';
import type { SyncDone } from './outcome.ts';
import { configuredPair, flowOf, ofPair, type SyncContext } from './request.ts';

export async function resolveConflict(
  outer: World,
  { config, id, take, text }: SyncResolve,
  { engine, signal }: SyncContext,
): Promise<SyncDone> {
  refuseGiven(take, text);
  const loaded = await syncConfig(outer, config);
  return onPairs(outer, { loaded, signal }, async (world) => {
    const conflict = await conflictOf(engine, world, id);
    const decided = text === undefined ? { take: sideOf(conflict, take ?? '') } : { text };
    const given = namesOf(conflict.ends);
    const { pair, isTurned = false } = configuredPair(loaded.config.sync, given) ?? {};
    const names = isTurned ? turned(given) : given;
    const decision = 'take' in decided && isTurned ? { take: otherSide(decided.take) } : decided;
    const flow = flowOf(pair);
    const opened = await openEnds(world, config, names);
    const report = await engine.resolve(world, opened, { id, decision, ...ofPair(pair), flow, ...defined({ signal }) });
    return { pair: pair?.name ?? null, names, flow, report };
  });
}

function refuseGiven(take: string | undefined, text: string | undefined): void {
  if (take !== undefined && text !== undefined)
    throw usageError('The value is given twice.', 'Please pass one of --take, --text and --file.');
  if (take !== undefined || text !== undefined) return;
  throw usageError(
    'It is not said which value is kept.',
    'Please pass --take NAME, or another value with --text or --file; `pace sync conflicts` shows both.',
  );
}

async function conflictOf(engine: SyncEngine, world: World, id: string): Promise<ShownConflict> {
  const conflicts = await engine.conflicts(world, { all: false });
  const found = conflicts.find((conflict) => conflict.id === id);
  if (found) return found;
  throw new PaceError({
    kind: 'not-found',
    message: `There is no open conflict “${plainLine(id, 100)}”.`,
    remedy: '`pace sync conflicts` lists those that wait for somebody.',
  });
}

/** A name says more than a letter: which of two trackers is `a` is a matter of the first run. */
function sideOf({ ends }: ShownConflict, take: string): SideName {
  const isNamed = (side: SideName) => [ends[side].backend, ends[side].name].includes(take);
  const named = (['a', 'b'] as const).find(isNamed);
  if (named) return named;
  if (take === 'a' || take === 'b') return take;
  const [a, b] = [ends.a.backend ?? ends.a.name, ends.b.backend ?? ends.b.name];
  throw usageError(`--take: “${plainLine(take, 100)}” is not one of the two.`, `Available: ${a}, ${b}, a, b.`);
}
