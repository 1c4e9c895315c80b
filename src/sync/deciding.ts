/** What a run would do: each pair that may need something is looked at, and decided about. */
import { aFewAhead } from '../../core/tracker/a-few-ahead.ts';
import { parentsFirst, type Without, withoutOf } from './choosing.ts';
import type { Found, Run } from './finding.ts';
import { type Gone, type Looked, type LookOptions, lookAt } from './looking.ts';
import type { Alone, Listing } from './matching.ts';
import { orphaned } from './orphans.ts';
import type { Pair } from './pair.ts';
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
}

export async function decide(run: Run, found: Found): Promise<Decided> {
  const { world, request, sides, loaded } = run;
  const { pairs, reading, texts, listings, listedAt, heads, chosen, fresh } = found;
  const views = await viewsOf(sides, reading, emailsIn(listings));
  const without = withoutOf({ views, sides, request }, loaded.state.said);
  const plan = (look: Looked) => {
    const isTold = found.told.has(look.pair.id) && request.flow !== 'both';
    const asked = isTold ? { ...request, prefer: request.flow === 'to-b' ? ('a' as const) : ('b' as const) } : request;
    return planPair(look, { views, texts, request: asked, without: without.fields });
  };
  const looking = lookOptions(run, views, without, listedAt);
  const [plans, failed]: [PairPlan[], Failed[]] = [[], []];
  for await (const look of aFewAhead(chosen, (pair) => looked(pair, heads.get(pair.id) ?? {}, looking))) {
    if ('error' in look) failed.push(look);
    else if ('why' in look) orphaned(pairs, look, world.now());
    else plans.push(plan(look));
  }
  const busy = plans.filter((one) => !isQuiet(one));
  return { views, without, looking, plan, plans, busy, copies: parentsFirst(fresh), failed };
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
): Promise<Looked | Gone | Failed> {
  try {
    return await lookAt(pair, heads, options);
  } catch (error) {
    const side = heads.b && !heads.a ? 'b' : 'a';
    return { at: { side, key: pair[side].key }, error };
  }
}
