/** A person says that two issues are one. */
import { PaceError } from '../../core/errors.ts';
import type { Issue } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { newId } from './choosing.ts';
import type { LinkRequest, SyncReport } from './engine.ts';
import type { FoundConflict } from './kept-conflicts.ts';
import { idOf } from './mark.ts';
import { isTold, markPair, unmarkable } from './marking.ts';
import { newPair } from './matching.ts';
import { applied, type PairRun, planned, refuseClosed, report, saved } from './one-pair.ts';
import type { Pair } from './pair.ts';
import { type Pairs, pairsOf } from './pairs.ts';
import { plannedLines } from './report.ts';
import { otherSide, type Sides } from './values.ts';

/**
 * Two issues that are there become a pair. Where they differ, a person says whose values count. A run that was killed in the middle is
 * started again: what is there already is not written twice.
 */
export async function linkPair(run: PairRun, request: LinkRequest): Promise<SyncReport> {
  const { sides, loaded } = run;
  const { prefer, dryRun } = request;
  if (prefer !== 'ask') refuseClosed(run, request, [otherSide(prefer)]);
  const issues: Sides<Issue> = {
    a: await sides.a.tracker.getIssue(request.keys.a),
    b: await sides.b.tracker.getIssue(request.keys.b),
  };
  const before = pairsOf(loaded.state.pairs.values());
  const known = knownPair(before, issues);
  const isOne = known !== undefined && !known.isApart;
  if (isOne && !request.brings) return markedAgain(run, known, before, request);
  const pairOf = () => newPair(known?.id ?? (run.newId ?? newId)(), issues);
  const plan = await planned(run, isOne ? known : pairOf(), { ...request, force: request.brings ?? false });
  const { context, lines } = plan;
  const { looked, reconciled } = plan.plan;
  const open = reconciled.conflicts.filter(({ winner }) => winner === undefined);
  if (open.length > 0) throw differ(issues, open);
  if (dryRun) return report(run, context.pairs, plannedLines([plan.plan], []), true);
  await applied(run, plan, plan.plan);
  const pair = context.pairs.get(looked.pair.id) ?? looked.pair;
  // the flow is that of this one act, and says nothing of where a mark may stand
  const marking = request.brings ? { ...context, request: { ...context.request, flow: 'both' as const } } : context;
  const written = await markPair(marking, pair, looked);
  saved(run, context);
  if (written.length === 0 && !isTold(context, looked)) run.world.log.warn(unmarkable(context));
  return report(run, context.pairs, lines);
}

/** They are one already; a run that was killed may have come to no mark. */
async function markedAgain(run: PairRun, pair: Pair, pairs: Pairs, request: LinkRequest): Promise<SyncReport> {
  if (request.dryRun) return report(run, pairs, [], true);
  const { context, plan } = await planned(run, pair, request);
  if (!isTold(context, plan.looked)) {
    await run.verify();
    await markPair(context, pair, plan.looked);
    saved(run, { pairs, conflicts: { all: run.loaded.state.conflicts }, again: [] });
  }
  return report(run, pairs, []);
}

/** Of both, also where a person has parted them. Throws where one of them is in step with another issue. */
function knownPair(pairs: Pairs, issues: Sides<Issue>): Pair | undefined {
  const [a, b] = (['a', 'b'] as const).map((side) => pairs.byId(side, idOf(issues[side])));
  for (const [side, found] of [
    ['a', a],
    ['b', b],
  ] as const)
    if (a !== b && found && !found.isApart) throw alreadyLinked(issues[side].key, found[otherSide(side)].key);
  return a === b ? a : undefined;
}

function alreadyLinked(key: string, other: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `${plainLine(key, 60)} is in step with ${plainLine(other, 60)} already.`,
    remedy: 'Please unlink these two first: pace sync unlink.',
  });
}

function differ({ a, b }: Sides<Issue>, conflicts: readonly FoundConflict[]): PaceError {
  const fields = conflicts.map(({ field, a: one, b: other }) => `${field}: ${words(one)} there, ${words(other)} here`);
  return new PaceError({
    kind: 'conflict',
    message: `${plainLine(a.key, 60)} and ${plainLine(b.key, 60)} differ in ${fields.join('; ')}.`,
    remedy: 'Please say whose values count: --prefer a, or --prefer b. What loses is kept, and said on its issue.',
  });
}

function words(value: unknown): string {
  return `“${plainLine(typeof value === 'string' ? value : JSON.stringify(value ?? null), 80)}”`;
}
