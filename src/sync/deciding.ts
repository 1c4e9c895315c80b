/** What a run would do: each pair that may need something is looked at, and decided about. */

import type { Comment, Person } from '../../core/ports/index.ts';
import { aFewAhead } from '../../core/tracker/a-few-ahead.ts';
import { mayWrite, parentsFirst, SIDES, type Without, withoutOf } from './choosing.ts';
import type { Found, Run } from './finding.ts';
import { ofItsSource } from './half-made.ts';
import { type Gone, type Looked, type LookOptions, lookAt } from './looking.ts';
import type { Alone } from './matching.ts';
import { reopened, unsaidOf } from './open-notes.ts';
import { findGone, orphaned } from './orphans.ts';
import type { Pair, SyncState } from './pair.ts';
import { changedFields, isQuiet, type PairPlan, planPair } from './planning.ts';
import { type KeptBack, mayLeave } from './privacy.ts';
import { filesWith, haveComments, viewsOf, type WantedPeople } from './side.ts';
import type { View } from './snapshot.ts';
import type { Failed } from './troubles.ts';
import { type FieldName, otherSide, type SideName, type Sides, sidesOf, type Values } from './values.ts';

export interface Decided {
  readonly views: Sides<View>;
  readonly without: Without;
  readonly looking: LookOptions;
  readonly plan: (looked: Looked) => PairPlan;
  readonly plans: readonly PairPlan[];
  /** Those of which something is to be written, or remembered. */
  readonly busy: readonly PairPlan[];
  readonly copies: readonly Alone[];
  /** Pairs that could not be looked at. */
  readonly failed: readonly Failed[];
  /** As they are remembered, but for what was decided and then not said. */
  readonly conflicts: SyncState['conflicts'];
}

export async function decide(run: Run, found: Found): Promise<Decided> {
  const { world, request, sides, loaded } = run;
  const { pairs, reading, texts, listedAt, heads, chosen, fresh, kept } = found;
  const views = await viewsOf(sides, reading, wantedPeople(found));
  const without = withoutOf({ views, sides, request }, loaded.state.said);
  const plan = (look: Looked) => {
    const isTold = found.told.has(look.pair.id) && request.flow !== 'both';
    const asked = isTold ? { ...request, prefer: request.flow === 'to-b' ? ('a' as const) : ('b' as const) } : request;
    return planPair(look, { views, texts, request: asked, without: without.fields });
  };
  const looking = lookOptions(run, views, without, listedAt);
  const [looks, failed]: [Looked[], Failed[]] = [[], []];
  const { open, state } = loaded;
  const unsaid = new Set<string>();
  const lookFor = (pair: Pair) =>
    looked(pair, heads.get(pair.id) ?? {}, looking, async (whole) => {
      const { conflicts } = state;
      for (const id of await unsaidOf(whole.pair, open, { sides, conflicts })) unsaid.add(id);
      return ofItsSource(whole, open, views);
    });
  for await (const look of aFewAhead(chosen, lookFor)) {
    if ('error' in look) failed.push(look);
    else if ('why' in look) orphaned(pairs, look, world.now());
    else if (!staysApart(look, request, kept)) {
      // what the open write explains is known from now on, whatever becomes of this run
      const { base } = look.pair;
      const known = pairs.get(look.pair.id);
      if (known && !known.base && base) pairs.put({ ...known, base });
      looks.push(look);
    }
  }
  // what is gone is known by now, and what led there is planned with that
  const plans: PairPlan[] = [];
  for (const look of looks) {
    const first = plan(look);
    try {
      const isAnyGone = await findGone({ pairs, sides, now: world.now }, lostIn(first));
      plans.push(isAnyGone ? plan(look) : first);
    } catch (error) {
      failed.push({ at: { side: 'a', key: look.pair.a.key }, error });
    }
  }
  const busy = plans.filter((one) => !isQuiet(one));
  const conflicts = reopened(state.conflicts, unsaid);
  return { views, without, looking, plan, plans, busy, copies: parentsFirst(fresh), failed, conflicts };
}

/** Of an issue that has become one for some people nothing goes out; comments of that kind are kept back by themselves. */
function staysApart({ pair, issues, comments }: Looked, request: Run['request'], kept: KeptBack): boolean {
  for (const side of SIDES) {
    if (!mayLeave(issues[side], request)) {
      kept.pair(pair, side);
      return true;
    }
    const isKept = (comment: Comment) => !mayLeave(comment, request) && mayWrite(request, otherSide(side));
    if (comments?.[side].some(isKept)) kept.comments(side, issues[side]);
  }
  return false;
}

/** What led to another issue and does so no longer, where that is to be written: a tracker takes it away, too, when that issue is deleted. */
function lostIn({ reconciled: { changes }, values, looked }: PairPlan): Pick<Values, 'parent' | 'links'> {
  const base = looked.pair.base ?? { a: {}, b: {} };
  const isWritten = (field: FieldName) => SIDES.some((side) => changedFields(changes[side]).includes(field));
  const parents = SIDES.flatMap((side) => (values[side].parent === null ? (base[side].parent ?? []) : []));
  const links = SIDES.flatMap((side) => (base[side].links ?? []).filter((link) => !values[side].links.includes(link)));
  return {
    parent: isWritten('parent') ? (parents[0] ?? null) : null,
    links: isWritten('links') ? links : [],
  };
}

/** Whether who is given issues may be somebody on the other side: that costs a question, which is asked only where it tells something. */
function wantedPeople(found: Found): Sides<WantedPeople> {
  const { listings, reading, readers, chosen, heads } = found;
  const { areNames, isSameServer } = reading;
  const listed = sidesOf((side) => listings[side].issues.flatMap(({ assignees }) => assignees));
  const hasEmail = (side: SideName) =>
    listed[side].some(({ email }) => email !== undefined) || chosen.some((pair) => isByEmail(pair, side));
  const areOfEmails = !isSameServer && !areNames.a && !areNames.b;
  return sidesOf((side) => {
    const other = otherSide(side);
    const isUnmapped = (person: Person) => !readers[other].people.toCommon(person).startsWith('=');
    // of what is not listed nobody knows yet whose it is
    const mayBeNamed = listed[other].some(isUnmapped) || chosen.some(({ id }) => !heads.get(id)?.[other]);
    return { byEmail: areOfEmails && hasEmail(other), byName: areNames[other] && !areNames[side] && mayBeNamed };
  });
}

/** Who was given it may not have it any more. */
function isByEmail({ base }: Pair, side: SideName): boolean {
  return base?.[side].assignees?.some((name) => name.startsWith('mailto:')) ?? false;
}

function lookOptions(
  { sides, request, world }: Run,
  views: Sides<View>,
  without: Without,
  listedAt: number,
): LookOptions {
  const wants = (field: 'comments' | 'attachments') => request.fields === undefined || request.fields.includes(field);
  const withComments = wants('comments') && haveComments(sides);
  const withFiles = filesWith(views, sides, wants('attachments'));
  const withLinks = !without.fields.has('links');
  return { sides, now: world.now, listedAt, withLinks, withComments, withFiles, isFull: request.full };
}

async function looked(
  pair: Pair,
  heads: Partial<Sides<Looked['issues']['a']>>,
  options: LookOptions,
  replayed: (look: Looked) => Promise<Looked>,
): Promise<Looked | Gone | Failed> {
  try {
    const look = await lookAt(pair, heads, options);
    return 'why' in look ? look : await replayed(look);
  } catch (error) {
    const side = heads.b && !heads.a ? 'b' : 'a';
    return { at: { side, key: pair[side].key }, error };
  }
}
