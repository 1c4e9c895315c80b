/** Marks on issues that sync has not created: on both, so that the pair is known again where the file is lost. One of them is enough. */
import { isDeepStrictEqual } from 'node:util';
import { mayWrite } from './choosing.ts';
import { type Applying, begin, unlooked } from './context.ts';
import { stepOrigin } from './footers.ts';
import { idOf, markOf, withMark } from './mark.ts';
import type { Pair } from './pair.ts';
import type { PairPlan } from './planning.ts';
import { otherSide, type SideName } from './values.ts';

type Marking = Pick<Applying, 'sides' | 'views' | 'request' | 'journal' | 'now' | 'newId'>;
type Marked = Pick<PairPlan['looked'], 'issues'>;

const SIDES = ['a', 'b'] as const;

/**
 * Writes what is not there yet, on the sides that may be written: after a run that was killed it is simply done again. Gives those that
 * were written.
 */
export async function markPair(context: Marking, pair: Pair, { issues }: Marked): Promise<SideName[]> {
  const { sides, views, request, journal } = context;
  const written: SideName[] = [];
  for (const side of SIDES) {
    const other = otherSide(side);
    const mark = { pair: pair.id, id: idOf(issues[other]), key: issues[other].key };
    if (!mayWrite(request, side) || views[side].can.unsupported.metadata !== undefined) continue;
    if (isDeepStrictEqual(markOf(issues[side], sides[other].end), mark)) continue;
    const intent = begin(context, { pair: pair.id, side, kind: 'mark', about: {} });
    const setMetadata = withMark(issues[side].metadata, sides[other].end, mark);
    await sides[side].tracker.updateIssue(issues[side].key, { setMetadata });
    journal.end(intent, unlooked(pair));
    written.push(side);
  }
  return written;
}

/** Whether either issue says what it is in step with. */
export function isTold({ sides }: Pick<Applying, 'sides'>, { issues }: Marked): boolean {
  return SIDES.some((side) => {
    const other = otherSide(side);
    return markOf(issues[side], sides[other].end) !== undefined || stepOrigin(issues[side].body) === issues[other].url;
  });
}

/**
 * A pair that was adopted is marked before both agree for the first time: where that fails, the next run does it. Gives `false` where
 * nobody could tell that the two are one.
 */
export async function markNew(context: Marking & Pick<Applying, 'tally'>, plan: PairPlan): Promise<boolean> {
  const { looked, waits } = plan;
  const { pair, issues, comments } = looked;
  if (pair.base || isTold(context, looked)) return true;
  const written = await markPair(context, pair, looked);
  for (const side of written) {
    const known = comments?.[side].length ?? issues[side].commentCount;
    if (waits[side] || known === undefined) continue;
    context.tally.set(pair.id, { ...context.tally.get(pair.id), [side]: known });
  }
  return written.length > 0;
}

export function unmarkable({ sides }: Pick<Applying, 'sides'>): string {
  const name = (side: SideName) => [sides[side].tracker.name, sides[side].tracker.place].filter(Boolean).join(' ');
  return `Nothing could be left in ${name('a')} or ${name('b')} that says which issues are one: please keep .pace/sync, without it they are taken for two.`;
}
