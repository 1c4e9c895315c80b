/** What is to be done about one pair. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Issue, NormalText } from '../../core/ports/index.ts';
import { type CommentsPlan, planComments } from './comments.ts';
import type { SyncRequest } from './engine.ts';
import { type FilesPlan, planFiles } from './files.ts';
import { hasStepLine, splitBody } from './footers.ts';
import type { FoundConflict } from './kept-conflicts.ts';
import type { Looked } from './looking.ts';
import { halfOf } from './mark.ts';
import type { Half, Pair } from './pair.ts';
import { mayLeave } from './privacy.ts';
import { type Changes, type Preference, type Reconciled, reconcile } from './reconcile.ts';
import { heldBy, type View, valuesOf, withOrphans } from './snapshot.ts';
import {
  type Agreed,
  FIELDS,
  type FieldName,
  otherSide,
  type SideName,
  type Sides,
  sidesOf,
  type Values,
} from './values.ts';

export interface PairPlan {
  readonly looked: Looked;
  readonly values: Sides<Values>;
  readonly reconciled: Omit<Reconciled, 'conflicts'> & { readonly conflicts: readonly FoundConflict[] };
  readonly comments: CommentsPlan | undefined;
  readonly files: FilesPlan;
  /** Where the line is gone that ended what is kept in step of the body: nobody knows what of it may go out. */
  readonly lineless: readonly SideName[];
  /** Texts that are not written over, as there is a credential in them: what is compared and copied has none. */
  readonly sealed: readonly Sealed[];
  /** Fields that were not decided about, for whatever reason. */
  readonly without: ReadonlySet<FieldName>;
  /** Something of this side waits for a run that may write the other one. */
  readonly waits: Sides<boolean>;
}

export interface Sealed {
  readonly side: SideName;
  readonly field: 'title' | 'body';
}

export interface PlanContext {
  readonly views: Sides<View>;
  readonly texts: Sides<NormalText>;
  readonly request: Pick<SyncRequest, 'flow' | 'prefer' | 'force' | 'isPrivateCopied'>;
  /** Fields that are not kept in step. */
  readonly without: ReadonlySet<FieldName>;
}

export function planPair(given: Looked, { views, texts, request, without: unasked }: PlanContext): PairPlan {
  const isOpen = mayLeave(given.issues.a, request) && mayLeave(given.issues.b, request);
  const looked: Looked = isOpen ? given : { ...given, comments: undefined, files: { a: [], b: [] } };
  const unwanted = isOpen ? unasked : new Set(FIELDS);
  const { pair, issues, links, comments, files, lists } = looked;
  const lineless = unwanted.has('body')
    ? []
    : (['a', 'b'] as const).filter((side) => hasLost(pair[side], issues[side]));
  const known = lineless.length > 0 ? new Set<FieldName>([...unwanted, 'body']) : unwanted;
  const urls = { a: issues.a.url, b: issues.b.url };
  const valuesOn = (side: SideName) => valuesOf(issues[side], views[side], links[side]);
  const values = { a: valuesOn('a'), b: valuesOn('b') };
  const input = (side: SideName) => {
    const base = pair.base?.[side];
    const now = withOrphans(values[side], base, views[side]);
    return { base, now, held: heldBy(views[side], now, base), normalText: texts[side].of };
  };
  const { flow, force, isPrivateCopied } = request;
  const decided = (without: ReadonlySet<FieldName>) =>
    reconcile({
      ...{ a: input('a'), b: input('b'), flow, force, without },
      prefer: preferred(request.prefer, issues),
    });
  const all = decided(known);
  const sealed = (['a', 'b'] as const).flatMap((side) => sealedOf(side, issues[side], all.changes[side], views[side]));
  const without = sealed.length > 0 ? new Set([...known, ...sealed.map(({ field }) => field)]) : known;
  const reconciled = sealed.length > 0 ? decided(without) : all;
  const plannedComments = comments && planComments({ known: pair.comments, comments, urls, flow, isPrivateCopied });
  const plannedFiles = planFiles({ pair, files, comments: lists, urls, flow });
  const whole = { flow: 'both', urls, pair, known: pair.comments, files, isPrivateCopied } as const;
  // what a list does not tell is known by the time of the change only: that must not count as seen
  const waits = (side: SideName) => {
    if (flow !== `to-${side}`) return false;
    const other = otherSide(side);
    const isFor = ({ to }: { readonly to: SideName }) => to === other;
    if (comments && planComments({ ...whole, comments }).copies.some(isFor)) return true;
    if (planFiles({ ...whole, comments: lists }).news.some(isFor)) return true;
    const both = reconcile({ a: input('a'), b: input('b'), flow: 'both', prefer: 'ask', without });
    return !force && !isEmpty(both.changes[other]);
  };
  return {
    ...{ looked, values, reconciled, comments: plannedComments, files: plannedFiles, lineless, sealed, without },
    waits: { a: waits('a'), b: waits('b') },
  };
}

function hasLost({ hasLine = false }: Half, { body }: Issue): boolean {
  return hasLine && !hasStepLine(body);
}

/** Which of these texts would be written over one with a credential in it. */
export function sealedOf(side: SideName, { title, body }: Issue, { set }: Changes, { redact }: View): Sealed[] {
  const own = { title, body: splitBody(body).shared };
  const isSealed = (field: Sealed['field']) => set[field] !== undefined && redact(own[field]) !== own[field];
  return (['title', 'body'] as const).filter(isSealed).map((field) => ({ side, field }));
}

/** Which issue was changed last, the trackers' clocks tell; of the same moment nobody knows. */
function preferred(prefer: SyncRequest['prefer'], { a, b }: Sides<Issue>): Preference {
  if (prefer !== 'newer') return prefer;
  if (a.updatedAt === b.updatedAt) return 'ask';
  return a.updatedAt > b.updatedAt ? 'a' : 'b';
}

export function isEmpty({ set, sets }: Changes): boolean {
  const isSome = Object.values(sets).some(({ add, remove }) => add.length + remove.length > 0);
  return Object.keys(set).length === 0 && !isSome;
}

/** The fields that are written to a side. */
export function changedFields({ set, sets }: Changes): FieldName[] {
  return FIELDS.filter(
    (field) => field in set || (field in sets && !isEmpty({ set: {}, sets: { [field]: sets[field as 'labels'] } })),
  );
}

/** Nothing is to be written, and nothing to be remembered that is not known. */
export function isQuiet(plan: PairPlan): boolean {
  const { reconciled, comments, files, looked, lineless, sealed } = plan;
  const { pair } = looked;
  return (
    isEmpty(reconciled.changes.a) &&
    isEmpty(reconciled.changes.b) &&
    (comments?.copies.length ?? 0) === 0 &&
    (comments?.known.length ?? pair.comments.length) === pair.comments.length &&
    files.news.length === 0 &&
    lineless.length === 0 &&
    sealed.length === 0 &&
    isDeepStrictEqual(files.known, pair.attachments ?? {}) &&
    isSameBase(pair.base, reconciled.base) &&
    isDeepStrictEqual(settled(pair, plan), pair)
  );
}

function isSameBase(before: Pair['base'], after: Sides<Agreed>): boolean {
  return before?.a === after.a && before.b === after.b;
}

/** The pair with what its issues are called now, and as looked at. */
export function settled(pair: Pair, { looked: { issues }, waits }: Pick<PairPlan, 'looked' | 'waits'>): Pair {
  const half = (side: SideName) => {
    const { updatedAt, commentCount } = issues[side];
    const named = { ...unsettled(pair[side]), ...halfOf(issues[side]) };
    return waits[side] ? named : { ...named, updatedAt, ...(commentCount !== undefined && { commentCount }) };
  };
  return { ...pair, a: half('a'), b: half('b') };
}

/** It is looked at by the next run, whatever its time of change says. */
export function unsettled({ updatedAt: _, commentCount: __, ...half }: Half): Half {
  return half;
}

/** What the base becomes when these sides were written: fields that wait for another side, or were refused, stay as they were. */
export function movedBase(
  pair: Pair,
  { base, changes }: Pick<Reconciled, 'base' | 'changes'>,
  waiting: readonly SideName[],
  refused: Iterable<FieldName>,
): Sides<Agreed> {
  const late = new Set([...refused, ...waiting.flatMap((side) => changedFields(changes[side]))]);
  return sidesOf((side) => {
    const moved = Object.entries(base[side]).filter(([field]) => !late.has(field as FieldName));
    const before = Object.entries(pair.base?.[side] ?? {}).filter(([field]) => late.has(field as FieldName));
    return Object.fromEntries([...moved, ...before]);
  });
}
