/** A person decides a conflict. */
import { isDeepStrictEqual } from 'node:util';
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { heldLines } from './applying.ts';
import type { ResolveRequest, SyncReport } from './engine.ts';
import { applied, type PairRun, type Planned, planned, refuseClosed, report, saved } from './one-pair.ts';
import type { Half, KeptConflict, Pair } from './pair.ts';
import type { Pairs } from './pairs.ts';
import { isEmpty, type PairPlan, sealedOf, unsettled } from './planning.ts';
import { mayLeave } from './privacy.ts';
import type { Changes } from './reconcile.ts';
import { conflictLines } from './report.ts';
import { heldBy } from './snapshot.ts';
import { type FieldName, otherSide, type SideName, sidesOf } from './values.ts';

/** The value goes to the sides that have another one, which is said there. */
export async function resolveConflict(run: PairRun, request: ResolveRequest): Promise<SyncReport> {
  const { id, decision } = request;
  const { state } = run.loaded;
  const conflict = state.conflicts.find((one) => one.id === id && one.winner === undefined);
  const pair = conflict && state.pairs.get(conflict.pair);
  if (!conflict || !pair) throw overBy(id);
  const { field } = conflict;
  const isText = 'text' in decision;
  if (isText) refuseText(field, decision.text);
  refuseClosed(run, request, isText ? ['a', 'b'] : [otherSide(decision.take)]);
  const looked = await planned(run, pair, { ...request, prefer: isText ? 'ask' : decision.take }, field);
  if (looked.context.without.has(field)) throw notInStep(field);
  const plan = isText ? withText(looked, conflict, decision.text) : looked.plan;
  refuseHeld(looked, plan, field);
  refuseChanged(plan, conflict, request);
  await applied(run, looked, plan);
  const { pairs, conflicts } = looked.context;
  putUnseen(pairs, pair);
  saved(run, looked.context);
  const left = conflicts.all.filter((one) => one.pair === pair.id);
  return report(run, pairs, [...looked.lines, ...conflictLines(left, pairs)]);
}

/** Both get the text, as far as each can hold it; what stood there is kept, and told on both. */
function withText({ context, plan }: Planned, { field, base }: KeptConflict, text: string): PairPlan {
  const { values, reconciled } = plan;
  const { views, sides } = context;
  if (field !== 'title' && field !== 'body') throw noText(field);
  const wanted = sidesOf((side) => heldBy(views[side], values[side])(field, text));
  const isThere = (side: SideName) => {
    const { normalText } = sides[side].tracker;
    const [now, want] = [values[side][field], wanted[side]];
    return now === want || (field === 'body' && normalText.of(now) === normalText.of(want));
  };
  const [a, b] = [values.a[field], values.b[field]];
  const changes = sidesOf((side): Changes => ({ set: isThere(side) ? {} : { [field]: wanted[side] }, sets: {} }));
  const { issues } = plan.looked;
  return {
    ...plan,
    sealed: (['a', 'b'] as const).flatMap((side) => sealedOf(side, issues[side], changes[side], views[side])),
    reconciled: {
      changes,
      base: sidesOf((side) => ({ ...reconciled.base[side], [field]: wanted[side] })),
      conflicts: [{ field, base, a, b, winner: 'neither', text }],
    },
  };
}

/** One field was looked at: what else is new in the two is still to be seen by the next run. */
function putUnseen(pairs: Pairs, before: Pair): void {
  const now = pairs.get(before.id);
  if (!now) return;
  const half = (side: SideName): Half => {
    const { updatedAt, commentCount } = before[side];
    return {
      ...unsettled(now[side]),
      ...(updatedAt !== undefined && { updatedAt }),
      ...(commentCount !== undefined && { commentCount }),
    };
  };
  pairs.put({ ...now, a: half('a'), b: half('b') });
}

/** What goes nowhere in a run, or is not written over, nobody can decide about before that is mended. */
function refuseHeld({ context }: Planned, plan: PairPlan, field: FieldName): void {
  const { issues } = plan.looked;
  const hidden = (['a', 'b'] as const).find((side) => !mayLeave(issues[side], context.request));
  if (hidden) throw notForAll(issues[hidden].key);
  const [held] = heldLines(context.sides, plan).filter((line) => line.field === field);
  if (!held) return;
  const { message = '', remedy = '' } = held;
  throw new PaceError({ kind: 'validation', message: `${message} Nothing was written.`, remedy });
}

/** Somebody has changed it to what is no conflict any more: what a person has decided was about other values. */
function refuseChanged(
  { values, reconciled: { base, changes, conflicts } }: PairPlan,
  { id, field }: KeptConflict,
  { flow }: Pick<ResolveRequest, 'flow'>,
): void {
  if (conflicts.length > 0) return;
  // where the one that is only written to has changed alone, it keeps what it has: that is nobody's decision
  const isAgreed = (['a', 'b'] as const).every((side) => isDeepStrictEqual(base[side][field], values[side][field]));
  if (isEmpty(changes.a) && isEmpty(changes.b) && (flow === 'both' || isAgreed)) return;
  throw new PaceError({
    kind: 'conflict',
    message: `The ${field} was changed since: the conflict ${plainLine(id, 60)} is over. Nothing was written.`,
    remedy:
      flow === 'both'
        ? 'The next run brings the two in step.'
        : 'The next run does what is left to do; with --force it writes over what only TARGET has changed.',
  });
}

function refuseText(field: FieldName, text: string): void {
  if (field !== 'title' && field !== 'body') throw noText(field);
  if (field === 'body' || (text.trim() !== '' && !/[\r\n]/.test(text.trim()))) return;
  throw new PaceError({
    kind: 'validation',
    message: 'A title is one line of text. Nothing was written.',
    remedy: 'Please give one line with --text, or take the value of one side: --take a, or --take b.',
  });
}

function overBy(id: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `The conflict ${plainLine(id, 60)} is over.`,
    remedy: '`pace sync conflicts` lists those that wait for somebody.',
  });
}

function notInStep(field: FieldName): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The ${field} is not kept in step between these two: nothing was written.`,
    remedy: 'Please change it in one of the trackers, or let the configuration keep it in step.',
  });
}

function notForAll(key: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `Not everybody can see ${plainLine(key, 60)} in its tracker any more: it gives and gets nothing. Nothing was written.`,
    remedy: 'Please open it to everybody again, or part the two: pace sync unlink.',
  });
}

function noText(field: FieldName): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The ${field} has no text that could be given.`,
    remedy: 'Please take the value of one side: --take a, or --take b.',
  });
}
