/** One run of sync over two trackers: read, decide, write, look again, remember. */
import { allowed } from './allowed.ts';
import { heldLines } from './applying.ts';
import { newId, postponed } from './choosing.ts';
import { type Applying, emptyMilestones } from './context.ts';
import { type Decided, decide } from './deciding.ts';
import type { SyncLine, SyncReport } from './engine.ts';
import { type Found, findPairs, type Run } from './finding.ts';
import { isNote } from './open-notes.ts';
import type { Intent, KeptConflict, Retry, SyncState } from './pair.ts';
import { isQuiet, type PairPlan, settled } from './planning.ts';
import type { KeptBack } from './privacy.ts';
import { conflictLines, orphanLines, plannedLines, reportOf } from './report.ts';
import { type Settling, settlePairs } from './settling.ts';
import { linesOf, openConflicts, retryOf } from './troubles.ts';
import { otherSide, sidesOf } from './values.ts';
import { workOff } from './working.ts';

export async function runSync(run: Run): Promise<SyncReport> {
  const { request, sides } = run;
  const found = await findPairs(run);
  if (found.chosen.length === 0 && found.fresh.length === 0) return atRest(run, found);
  const decided = await decide(run, found);
  const { busy, copies } = decided;
  const { isFirst } = found;
  const isBusy = busy.length + copies.length > 0;
  const answer = isBusy ? await allowed({ request, isFirst, sides, plans: busy, copies }) : 'write';
  const held = typeof answer === 'string' ? [] : [answer];
  const planned = () => plannedReport(run, found, decided, held);
  if (answer !== 'write' || request.dryRun) return planned();
  if (request.before) {
    const about = planned();
    if (about.written.length > 0) await request.before(about);
  }
  return written(run, found, decided);
}

function plannedReport(run: Run, found: Found, decided: Decided, held: readonly SyncLine[]): SyncReport {
  const { busy, copies } = decided;
  const { sides, loaded } = run;
  const lines = [
    ...[...found.lines, ...decided.without.lines, ...linesOf([...found.lost, ...decided.failed])],
    ...toldOf(run, found, loaded.state.said).lines,
  ];
  return report(run, found, {
    dryRun: true,
    lines: [
      ...lines,
      ...plannedLines(busy, copies),
      ...held,
      ...busy.flatMap((one) => openConflicts(one, loaded.state.conflicts)),
      ...busy.flatMap((one) => heldLines(sides, one)),
    ],
    conflicts: loaded.state.conflicts.filter((one) => !busy.some((plan) => isDecidedBy(plan, one))),
  });
}

/** What was looked at is told as it is now. */
function isDecidedBy({ looked, without }: PairPlan, { pair, field }: KeptConflict): boolean {
  return looked.pair.id === pair && !without.has(field);
}

/** Nothing needs a look. */
function atRest(run: Run, found: Found): SyncReport {
  const { request, loaded } = run;
  const { state } = loaded;
  const failures = found.lost.map((one) => retryOf(state, one));
  const retries = [...failures, ...later(run, found, [], failures)];
  const told = toldOf(run, found, state.said);
  const whole = { ...state, watermarks: found.watermarks, retries, said: told.said };
  if (!request.dryRun) saveWhole(run, found, [], whole);
  const lines = [...found.lines, ...told.lines, ...linesOf(found.lost)];
  return report(run, found, { dryRun: request.dryRun, lines, conflicts: state.conflicts });
}

async function written(run: Run, found: Found, decided: Decided): Promise<SyncReport> {
  const { world, request, sides, loaded, newId: ids = newId } = run;
  const { state } = loaded;
  const { pairs, texts, listings, listedAt, watermarks, lost } = found;
  const { views, without, plans, busy, copies, plan, looking } = decided;
  for (const one of plans) if (isQuiet(one)) pairs.put(settled(one.looked.pair, one));
  await run.verify();
  const lines: SyncLine[] = [...found.lines, ...without.lines, ...linesOf([...lost, ...decided.failed])];
  const failures = [...lost, ...decided.failed].map((one) => retryOf(state, one));
  const context: Applying = {
    ...{ sides, views, pairs, journal: loaded, request, without: without.fields },
    conflicts: { all: decided.conflicts },
    by: request.force ? 'force' : 'policy',
    milestones: emptyMilestones(),
    tally: new Map(),
    again: failures,
    ...{ now: world.now, newId: ids },
    tell: (line) => void lines.push(line),
  };
  const { failed, over } = await workOff({
    ...{ world, context, copies, plan, looking },
    plans: busy,
    kept: found.kept,
    signal: request.signal,
  });
  lines.push(...linesOf(failed));
  failures.push(...failed.map((one) => retryOf(state, one)));
  const told = toldOf(run, found, without.said);
  lines.push(...told.lines);
  const { tally, conflicts } = context;
  const settling = {
    ...{ sides, pairs, watermarks, listings, request, listedAt, texts, tally },
    ...{ conflicts: conflicts.all, readers: views, withLinks: looking.withLinks },
  };
  // what every request would meet, the lists meet as well: what was done is remembered, and told, all the same
  const seen = over || request.only?.pair ? watermarks : await settledOr(watermarks, settling, request.signal, lines);
  saveWhole(run, found, plans, {
    ...state,
    watermarks: seen,
    retries: [...failures, ...later(run, found, plans, failures)],
    said: told.said,
    pairs: new Map([...pairs.all()].map((pair) => [pair.id, pair])),
    conflicts: conflicts.all,
    normalForms: sidesOf((side) => texts[side].version),
  });
  return report(run, found, { dryRun: false, lines, conflicts: conflicts.all });
}

/** What not everybody can see is kept where it is; that is said once. */
function toldOf({ sides }: Run, { kept }: Found, said: readonly string[]): ReturnType<KeptBack['told']> {
  return kept.told(
    sidesOf((side) => sides[side].tracker.name),
    said,
  );
}

/** What failed before and may not be done by this run either, but for what has failed now. */
function later(
  { loaded }: Run,
  { alone, fresh, pairs }: Found,
  plans: readonly PairPlan[],
  failures: readonly Retry[],
): Retry[] {
  const waiting = plans.filter(({ waits }) => waits.a || waits.b).map(({ looked }) => looked.pair.id);
  const left = postponed(loaded.state, { alone, fresh, pairs, waiting: new Set(waiting) });
  return left.filter(({ side, key }) => !failures.some((one) => one.side === side && one.key === key));
}

/** The next run looks at what was written, where this one cannot. */
async function settledOr(
  watermarks: SyncState['watermarks'],
  settling: Settling,
  signal: AbortSignal | undefined,
  lines: SyncLine[],
): Promise<SyncState['watermarks']> {
  try {
    return await settlePairs(settling);
  } catch (error) {
    signal?.throwIfAborted();
    lines.push(...linesOf([{ at: { side: 'a', key: '' }, error }]));
    return watermarks;
  }
}

/** Writes of earlier runs that have no answer were looked at: what is undone is on the list of what failed. */
function saveWhole(run: Run, found: Found, plans: readonly PairPlan[], state: SyncState): void {
  const { loaded, sides } = run;
  for (const intent of loaded.open) if (!isUnseen(intent, found, plans)) loaded.end(intent.id, undefined);
  loaded.save({ ...state, ends: sidesOf((side) => sides[side].end) });
}

/** Its pair could not be looked at: whether it was done is a question for the next run. */
function isUnseen(intent: Intent, { pairs, lost }: Found, plans: readonly PairPlan[]): boolean {
  const { kind, side, about } = intent;
  const from = otherSide(side);
  const pair = kind === 'create' ? pairs.byId(from, String(about['id'])) : pairs.get(intent.pair);
  if (pair?.orphan || pair?.isApart) return false;
  if (isNote(intent)) return pair !== undefined && !plans.some(({ looked }) => looked.pair.id === pair.id);
  if (kind !== 'create') return false;
  return pair ? !pair.base : lost.some(({ at }) => at.side === from && at.key === about['key']);
}

interface Ended {
  readonly dryRun: boolean;
  readonly lines: readonly SyncLine[];
  readonly conflicts: readonly KeptConflict[];
}

function report(
  { request, sides, loaded }: Run,
  { isFirst, pairs }: Found,
  { dryRun, lines, conflicts }: Ended,
): SyncReport {
  const orphans = orphanLines(pairs, request.dryRun ? undefined : loaded.state);
  return reportOf({
    ...{ ends: sidesOf((side) => sides[side].end), isFirst, pairs, dryRun },
    lines: [...lines, ...orphans, ...conflictLines(conflicts, pairs)],
  });
}
