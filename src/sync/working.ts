/** Works off what was planned. One bad item never stops the rest; what every item would meet does. */
import { asPaceError, type PaceError } from '../../core/errors.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { World } from '../../core/world.ts';
import { applyPair } from './applying.ts';
import type { Applying } from './context.ts';
import { createCopy } from './copying.ts';
import { endsRun } from './ends-run.ts';
import { type Looked, type LookOptions, lookAt } from './looking.ts';
import { idOf } from './mark.ts';
import { markNew, unmarkable } from './marking.ts';
import type { Alone } from './matching.ts';
import { findGone } from './orphans.ts';
import type { Pair } from './pair.ts';
import { isQuiet, type PairPlan } from './planning.ts';
import { type KeptBack, mayLeave } from './privacy.ts';
import { valuesOf } from './snapshot.ts';
import type { Failed } from './troubles.ts';
import type { Values } from './values.ts';

export interface Work {
  readonly world: Pick<World, 'log'>;
  readonly context: Applying;
  readonly plans: readonly PairPlan[];
  readonly copies: readonly Alone[];
  readonly plan: (looked: Looked) => PairPlan;
  readonly looking: LookOptions;
  readonly kept: KeptBack;
  readonly signal?: AbortSignal | undefined;
}

export interface Worked {
  readonly failed: readonly Failed[];
  /** The trouble that every other request would meet as well. */
  readonly over?: PaceError;
}

export async function workOff({ world, context, plans, copies, plan, looking, kept, signal }: Work): Promise<Worked> {
  const unfinished: Failed[] = [];
  let over: PaceError | undefined;
  let done = 0;
  let all = plans.length + copies.length;
  async function tried(
    at: Failed['at'],
    work: () => Promise<void>,
    named: () => readonly Pick<Values, 'parent' | 'links'>[],
  ): Promise<void> {
    signal?.throwIfAborted();
    if (over) return void unfinished.push({ at, error: over });
    try {
      await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (endsRun(error)) over = asPaceError(error);
      // what cannot be read either is told by the refusal
      if (isRefusal(error)) for (const values of named()) await findGone(context, values).catch(() => false);
      unfinished.push({ at, error });
    }
    done += 1;
    world.log.progress(`Sync: ${done} of ${all}`);
  }
  const valuesIn = ({ values: { a, b } }: PairPlan) => [a, b];
  let isKnownAgain = true;
  for (const one of plans)
    await tried(
      placeOf(one.looked.pair),
      async () => {
        isKnownAgain = (await markNew(context, one)) && isKnownAgain;
        await applyPair(context, one);
      },
      () => valuesIn(one),
    );
  if (!isKnownAgain) world.log.warn(unmarkable(context));
  const later: Pair[] = [];
  for (const copy of copies)
    await tried(
      { side: copy.side, key: copy.issue.key },
      async () => {
        const { pair, hasMore } = await copied(context, copy, looking, kept);
        if (hasMore) later.push(pair);
      },
      () => [valuesOf(copy.issue, context.views[copy.side])],
    );
  all += later.length;
  // parents and links that lead to issues which had no copy yet
  for (const pair of later) {
    let again: PairPlan | undefined;
    await tried(
      placeOf(pair),
      async () => {
        const look = await lookAt(context.pairs.get(pair.id) ?? pair, {}, { ...looking, withComments: false });
        if ('why' in look) return;
        again = plan(look);
        if (!isQuiet(again)) await applyPair(context, again);
      },
      () => (again ? valuesIn(again) : []),
    );
  }
  return { failed: unfinished, ...(over && { over }) };
}

/** It may be because of what it names. */
function isRefusal(error: unknown): boolean {
  const { kind } = asPaceError(error);
  return kind === 'not-found' || kind === 'validation';
}

function placeOf({ a }: Pair): Failed['at'] {
  return { side: 'a', key: a.key };
}

/** `hasMore`: it has links, or a parent that has no copy yet. */
async function copied(
  context: Applying,
  { side, issue }: Alone,
  { withComments, withLinks, withFiles }: LookOptions,
  kept: KeptBack,
): Promise<{ readonly pair: Pair; readonly hasMore: boolean }> {
  const known = context.pairs.byId(side, idOf(issue));
  if (known) return { pair: known, hasMore: false };
  const { tracker } = context.sides[side];
  const all = async () => (issue.commentCount === 0 ? [] : collect(tracker.listComments(issue.key)));
  const comments = withComments ? await all() : undefined;
  if (comments?.some((one) => !mayLeave(one, context.request))) kept.comments(side, issue);
  const links = withLinks ? (issue.links ?? (await tracker.getIssueLinks(issue.key))) : [];
  const isUnder = issue.parent !== undefined && context.pairs.byKey(side, issue.parent) === undefined;
  return {
    pair: await createCopy(context, { from: side, issue, comments }),
    hasMore: links.length > 0 || isUnder || withFiles[side],
  };
}
