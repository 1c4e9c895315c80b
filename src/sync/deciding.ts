/** What a run would do: each pair that may need something is looked at, and decided about. */
import { aFewAhead } from '../../core/tracker/a-few-ahead.ts';
import { parentsFirst, type Without, withoutOf } from './choosing.ts';
import type { Found, Run } from './finding.ts';
import { ofItsSource } from './half-made.ts';
import { type Gone, type Looked, type LookOptions, lookAt } from './looking.ts';
import type { Alone, Listing } from './matching.ts';
import { reopened, unsaidOf } from './open-notes.ts';
import { orphaned } from './orphans.ts';
import type { Pair, SyncState } from './pair.ts';
import { isQuiet, type PairPlan, planPair } from './planning.ts';
import { filesWith, viewsOf } from './side.ts';
import type { View } from './snapshot.ts';
import type { Failed } from './troubles.ts';
import type { Sides } from './values.ts';

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
  const { pairs, reading, texts, listings, listedAt, heads, chosen, fresh } = found;
  const views = await viewsOf(sides, reading, emailsIn(listings));
  const without = withoutOf({ views, sides, request }, loaded.state.said);
  const plan = (look: Looked) => planPair(look, { views, texts, request, without: without.fields });
  const looking = lookOptions(run, views, without, listedAt);
  const [plans, failed]: [PairPlan[], Failed[]] = [[], []];
  const { open, state } = loaded;
  const unsaid = new Set<string>();
  const look = (pair: Pair) =>
    looked(pair, heads.get(pair.id) ?? {}, looking, async (whole) => {
      const { conflicts } = state;
      for (const id of await unsaidOf(whole.pair, open, { sides, conflicts })) unsaid.add(id);
      return ofItsSource(whole, open, views);
    });
  for await (const one of aFewAhead(chosen, look)) {
    if ('error' in one) failed.push(one);
    else if ('why' in one) orphaned(pairs, one, world.now());
    else {
      // what the open write explains is known from now on, whatever becomes of this run
      const { base } = one.pair;
      const known = pairs.get(one.pair.id);
      if (known && !known.base && base) pairs.put({ ...known, base });
      plans.push(plan(one));
    }
  }
  const busy = plans.filter((one) => !isQuiet(one));
  const conflicts = reopened(state.conflicts, unsaid);
  return { views, without, looking, plan, plans, busy, copies: parentsFirst(fresh), failed, conflicts };
}

/** Whether a side tells people's e-mails, so that the other side's people can be known by them. */
function emailsIn(listings: Sides<Listing>): Sides<boolean> {
  const has = ({ issues }: Listing) =>
    issues.some(({ assignees }) => assignees.some(({ email }) => email !== undefined));
  return { a: has(listings.a), b: has(listings.b) };
}

function lookOptions(
  { sides, request, world }: Run,
  views: Sides<View>,
  without: Without,
  listedAt: number,
): LookOptions {
  const wants = (field: 'comments' | 'attachments') => request.fields === undefined || request.fields.includes(field);
  const [withComments, withFiles] = [wants('comments'), filesWith(views, sides, wants('attachments'))];
  return { sides, now: world.now, listedAt, withLinks: !without.fields.has('links'), withComments, withFiles };
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
