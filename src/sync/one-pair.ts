/** What a person asks of a single pair: two issues are one, or are not any more, or one of two values is the right one. */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Issue, IssuePatch, IssueTracker } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { applyPair } from './applying.ts';
import { newId, withoutOf } from './choosing.ts';
import { type Applying, emptyMilestones } from './context.ts';
import type { Decision, LinkRequest, SyncLine, SyncReport, SyncRequest } from './engine.ts';
import type { Run } from './finding.ts';
import { stepOrigin, withoutStepLine } from './footers.ts';
import { type LookOptions, lookAt } from './looking.ts';
import { idOf, markOf, withoutMark } from './mark.ts';
import { markPair } from './marking.ts';
import { newPair } from './matching.ts';
import type { End, Half, Pair, SyncState } from './pair.ts';
import { pairsOf } from './pairs.ts';
import { type PairPlan, planPair } from './planning.ts';
import type { Conflict } from './reconcile.ts';
import { conflictLines, plannedLines, reportOf } from './report.ts';
import { filesWith, namesOf, viewsOf } from './side.ts';
import { FIELDS, type FieldName, otherSide, type Sides, sidesOf } from './values.ts';

type PairRun = Omit<Run, 'request'>;
type Ask = Pick<SyncRequest, 'flow' | 'prefer' | 'force' | 'maps' | 'origin' | 'dryRun'> & Pick<SyncRequest, 'fields'>;

const NO_MAPS = { states: {}, types: {}, labels: {}, people: {} };

/** Looks at one pair, and plans what brings it together. */
async function planned(run: PairRun, pair: Pair, ask: Ask, only?: FieldName) {
  const { sides, loaded, isSameServer, world } = run;
  const pairs = pairsOf(loaded.state.pairs.values());
  pairs.put(pair);
  const request: SyncRequest = { ...ask, yes: true, full: false };
  const views = await viewsOf(
    sides,
    { pairs, maps: ask.maps, isSameServer, areNames: namesOf(sides), redact: world.redact },
    { a: false, b: false },
  );
  const lacked = withoutOf({ views, sides, request }, loaded.state.said);
  const without = new Set([...lacked.fields, ...FIELDS.filter((field) => only !== undefined && field !== only)]);
  const looking: LookOptions = {
    ...{ sides, now: world.now, listedAt: world.now(), withLinks: !without.has('links') },
    withComments: only === undefined && (ask.fields === undefined || ask.fields.includes('comments')),
    withFiles: filesWith(
      views,
      sides,
      only === undefined && (ask.fields === undefined || ask.fields.includes('attachments')),
    ),
  };
  const look = await lookAt(pair, {}, looking);
  if ('why' in look) throw gone(pair[look.side].key, look.why);
  const texts = sidesOf((side) => sides[side].tracker.normalText);
  const plan = planPair(look, { views, texts, request, without });
  return { pairs, views, request, without, plan, look, lines: [] as SyncLine[] };
}

type Planned = Awaited<ReturnType<typeof planned>>;

async function applied(run: PairRun, { pairs, views, request, without, plan, lines }: Planned, by: Applying['by']) {
  const { sides, loaded, world } = run;
  const conflicts = { all: loaded.state.conflicts };
  await run.verify();
  await applyPair(
    {
      ...{
        sides,
        views,
        pairs,
        journal: loaded,
        request,
        without,
        conflicts,
        by,
        milestones: emptyMilestones(),
        tally: new Map(),
        again: [],
        newId,
      },
      now: world.now,
      tell: (line) => void lines.push(line),
    },
    plan,
  );
  return conflicts.all;
}

function saved(run: PairRun, pairs: Planned['pairs'], conflicts: SyncState['conflicts']): void {
  const { loaded, sides } = run;
  const ends = sidesOf((side) => sides[side].end);
  const all = new Map([...pairs.all()].map((pair) => [pair.id, pair]));
  loaded.save({ ...loaded.state, ends, pairs: all, conflicts });
}

function report(run: PairRun, { pairs, lines }: Pick<Planned, 'pairs' | 'lines'>, dryRun: boolean): SyncReport {
  const ends = sidesOf((side) => run.sides[side].end);
  return reportOf({ ends, dryRun, isFirst: false, lines, pairs: pairs.size });
}

/** Two issues that are there become a pair. Where they differ, a person says whose values count. */
export async function linkPair(run: PairRun, request: LinkRequest): Promise<SyncReport> {
  const { sides, loaded } = run;
  const issues: Sides<Issue> = {
    a: await sides.a.tracker.getIssue(request.keys.a),
    b: await sides.b.tracker.getIssue(request.keys.b),
  };
  const before = pairsOf(loaded.state.pairs.values());
  const taken = (['a', 'b'] as const).map((side) => before.byId(side, idOf(issues[side])));
  if (taken[0] && taken[0] === taken[1] && !taken[0].isApart)
    return report(run, { pairs: before, lines: [] }, request.dryRun);
  for (const [at, side] of (['a', 'b'] as const).entries()) {
    const other = taken[at];
    if (other && !other.isApart) throw alreadyLinked(issues[side].key, other[otherSide(side)].key);
  }
  const ask: Ask = { ...request, flow: 'both', force: false };
  const parted = taken.find((one) => one !== undefined && one === taken[0] && one === taken[1]);
  const plan = await planned(run, newPair(parted?.id ?? newId(), issues), ask);
  const open = plan.plan.reconciled.conflicts.filter(({ winner }) => winner === undefined);
  if (open.length > 0) throw differ(issues, open);
  if (request.dryRun) {
    plan.lines.push(...plannedLines([plan.plan], []));
    return report(run, plan, true);
  }
  const conflicts = await applied(run, plan, 'person');
  await markPair({ sides: run.sides, views: plan.views }, plan.plan.looked.pair);
  saved(run, plan.pairs, conflicts);
  return report(run, plan, false);
}

/** Both stay as they are, but for what says that they are one; neither is copied any more. */
export async function unlinkPair(run: PairRun, id: string): Promise<void> {
  const { sides, loaded } = run;
  const pairs = pairsOf(loaded.state.pairs.values());
  const pair = pairs.get(id);
  if (!pair) return;
  await run.verify();
  for (const side of ['a', 'b'] as const)
    await unmarked(sides[side].tracker, pair[side], sides[otherSide(side)].end, pair[otherSide(side)].url);
  pairs.put({ ...pair, isApart: true });
  const over = loaded.state.conflicts.filter((one) => one.pair !== id || one.winner !== undefined);
  saved(run, pairs, over);
}

async function unmarked(tracker: IssueTracker, { key }: Half, other: End, url: string): Promise<void> {
  const issue = await tracker.getIssue(key).catch((error: unknown) => {
    if (asPaceError(error).kind === 'not-found') return undefined;
    throw error;
  });
  if (!issue) return;
  const patch: IssuePatch = {
    ...(markOf(issue, other) && { setMetadata: withoutMark(issue.metadata, other) }),
    ...(stepOrigin(issue.body) === url && { body: withoutStepLine(issue.body) }),
  };
  if (Object.keys(patch).length > 0) await tracker.updateIssue(issue.key, patch);
}

/** A person has decided: the value goes to the side that has another one, which is said there. */
export async function resolveConflict(run: PairRun, id: string, decision: Decision): Promise<SyncReport> {
  const { loaded, sides } = run;
  const conflict = loaded.state.conflicts.find((one) => one.id === id && one.winner === undefined);
  const pair = conflict && loaded.state.pairs.get(conflict.pair);
  if (!conflict || !pair) throw overBy(id);
  const { field } = conflict;
  const ask: Ask = { flow: 'both', force: false, maps: NO_MAPS, origin: true, dryRun: false, prefer: 'a' };
  if ('text' in decision) {
    if (field !== 'title' && field !== 'body') throw noText(field);
    // both get the new text; what stood there is told on both
    await run.verify();
    const first = await planned(run, pair, { ...ask, prefer: 'a' }, field);
    const values = first.plan.values;
    const text = decision.text;
    const set = (side: 'a' | 'b') => (values[side][field] === text ? {} : { [field]: text });
    const given: PairPlan = {
      ...first.plan,
      reconciled: {
        changes: sidesOf((side) => ({ set: set(side), sets: {} })),
        base: sidesOf((side) => ({ ...first.plan.reconciled.base[side], [field]: text })),
        conflicts: [],
      },
    };
    const kept = await applied(run, { ...first, plan: given }, 'person');
    const decided = kept.map((one) => (one.id === id ? { ...one, winner: 'a' as const, by: 'person' as const } : one));
    saved(run, first.pairs, decided);
    return report(run, first, false);
  }
  const plan = await planned(run, pair, { ...ask, prefer: decision.take }, field);
  const conflicts = await applied(run, plan, 'person');
  saved(run, plan.pairs, conflicts);
  plan.lines.push(
    ...conflictLines(
      conflicts.filter((one) => one.pair === pair.id),
      plan.pairs,
    ),
  );
  void sides;
  return report(run, plan, false);
}

function gone(key: string, why: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `${plainLine(key, 60)} is not there: ${plainLine(why, 200)}`,
    remedy: '`pace sync unlink` forgets the pair.',
  });
}

function alreadyLinked(key: string, other: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `${plainLine(key, 60)} is in step with ${plainLine(other, 60)} already.`,
    remedy: 'Please unlink these two first: pace sync unlink.',
  });
}

function differ({ a, b }: Sides<Issue>, conflicts: readonly Conflict[]): PaceError {
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

function overBy(id: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `The conflict ${plainLine(id, 60)} is over.`,
    remedy: '`pace sync conflicts` lists those that wait for somebody.',
  });
}

function noText(field: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The ${field} has no text that could be given.`,
    remedy: 'Please take the value of one side: --take a, or --take b.',
  });
}
