/** Two issues are no longer one. */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { IssuePatch } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { newId } from './choosing.ts';
import { begin } from './context.ts';
import type { Unlinked } from './engine.ts';
import { stepOrigin, withoutStepLine } from './footers.ts';
import { markOf, withoutMark } from './mark.ts';
import { type PairRun, saved } from './one-pair.ts';
import type { Pair, SyncState } from './pair.ts';
import { pairsOf } from './pairs.ts';
import { otherSide, type SideName, type Sides, sidesOf } from './values.ts';

/** The pair that these keys name, of which one is enough; of those that a person has parted none. */
export function namedPair({ pairs }: Pick<SyncState, 'pairs'>, keys: Partial<Sides<string>>): Pair | undefined {
  const isNamed = (pair: Pair) => (['a', 'b'] as const).every((side) => isKey(pair[side].key, keys[side]));
  return [...pairs.values()].find((pair) => !pair.isApart && isNamed(pair));
}

function isKey(one: string, named: string | undefined): boolean {
  return named === undefined || one.toLowerCase() === named.replace(/^#/, '').toLowerCase();
}

/**
 * Both stay as they are, but for what says that they are one; neither is copied any more. They are parted when nothing says so any
 * more: after a run that was killed it is asked for again.
 */
export async function unlinkPair(run: PairRun, keys: Partial<Sides<string>>): Promise<Unlinked> {
  const { sides, loaded } = run;
  const pair = namedPair(loaded.state, keys);
  if (!pair) throw noPair(Object.values(keys));
  await run.verify();
  for (const side of ['a', 'b'] as const) await unmarked(run, pair, side);
  const pairs = pairsOf(loaded.state.pairs.values());
  pairs.put({ ...pair, isApart: true });
  const over = loaded.state.conflicts.filter((one) => one.pair !== pair.id || one.winner !== undefined);
  saved(run, { pairs, conflicts: { all: over }, again: [] });
  return { ends: sidesOf((side) => sides[side].end), keys: sidesOf((side) => pair[side].key) };
}

async function unmarked({ sides, loaded, world, ...run }: PairRun, pair: Pair, side: SideName): Promise<void> {
  const { tracker } = sides[side];
  const issue = await tracker.getIssue(pair[side].key).catch((error: unknown) => {
    if (asPaceError(error).kind === 'not-found') return undefined;
    throw error;
  });
  if (!issue) return;
  const other = otherSide(side);
  const { end } = sides[other];
  const patch: IssuePatch = {
    ...(markOf(issue, end) && { setMetadata: withoutMark(issue.metadata, end) }),
    ...(stepOrigin(issue.body) === pair[other].url && { body: withoutStepLine(issue.body) }),
  };
  if (Object.keys(patch).length === 0) return;
  const noted = { journal: loaded, now: world.now, newId: run.newId ?? newId };
  const intent = begin(noted, { pair: pair.id, side, kind: 'mark', about: {} });
  await tracker.updateIssue(issue.key, patch);
  loaded.end(intent, undefined);
}

export function noPair(keys: readonly string[]): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `${plainLine(keys.join(' and '), 100)} is not in step with another issue here.`,
    remedy: '`pace sync status` shows which trackers are.',
  });
}
