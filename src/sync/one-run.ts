/** One run of sync over two trackers: read, decide, write, look again, remember. */
import { allowed } from './allowed.ts';
import { mayWrite, newId, postponed } from './choosing.ts';
import { type Applying, emptyMilestones } from './context.ts';
import { type Decided, decide } from './deciding.ts';
import type { SyncLine, SyncReport } from './engine.ts';
import { type Found, findPairs, type Run } from './finding.ts';
import { markPair } from './marking.ts';
import type { KeptConflict, Retry, SyncState } from './pair.ts';
import { isQuiet, type PairPlan, settled } from './planning.ts';
import { conflictLines, orphanLines, plannedLines, reportOf } from './report.ts';
import { settlePairs } from './settling.ts';
import { type Failed, linesOf, openConflicts, retryOf } from './troubles.ts';
import { sidesOf } from './values.ts';
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
  const lines = [...found.lines, ...decided.without.lines, ...linesOf([...found.lost, ...decided.failed])];
  return report(run, found, {
    dryRun: true,
    lines: [...lines, ...plannedLines(busy, copies), ...held, ...busy.flatMap(openConflicts)],
    conflicts: run.loaded.state.conflicts.filter(({ pair }) => !busy.some(({ looked }) => looked.pair.id === pair)),
  });
}

/** Nothing needs a look. */
function atRest(run: Run, found: Found): SyncReport {
  const { request, loaded } = run;
  const { state } = loaded;
  const failures = found.lost.map((one) => retryOf(state, one));
  const retries = [...failures, ...later(run, found, [], failures)];
  if (!request.dryRun) saveWhole(run, { ...state, watermarks: found.watermarks, retries });
  const lines = [...found.lines, ...linesOf(found.lost)];
  return report(run, found, { dryRun: request.dryRun, lines, conflicts: state.conflicts });
}

async function written(run: Run, found: Found, decided: Decided): Promise<SyncReport> {
  const { world, request, sides, loaded, newId: ids = newId } = run;
  const { state } = loaded;
  const { pairs, texts, readers, listings, listedAt, watermarks, lost } = found;
  const { views, without, plans, busy, copies, plan, looking } = decided;
  for (const one of plans) if (isQuiet(one)) pairs.put(settled(one.looked.pair, one));
  await run.verify();
  const lines: SyncLine[] = [...found.lines, ...without.lines, ...linesOf([...lost, ...decided.failed])];
  const failures = [...lost, ...decided.failed].map((one) => retryOf(state, one));
  const context: Applying = {
    ...{ sides, views, pairs, journal: loaded, request, without: without.fields },
    conflicts: { all: state.conflicts },
    by: request.force ? 'force' : 'policy',
    milestones: emptyMilestones(),
    tally: new Map(),
    again: failures,
    ...{ now: world.now, newId: ids },
    tell: (line) => void lines.push(line),
  };
  const failed = await workOff({ world, context, plans: busy, copies, plan, looking, signal: request.signal });
  failed.push(...(await marked(found, context)));
  lines.push(...linesOf(failed));
  failures.push(...failed.map((one) => retryOf(state, one)));
  const { tally, conflicts } = context;
  const settling = {
    ...{ sides, pairs, watermarks, listings, request, listedAt, readers, texts, tally },
    conflicts: conflicts.all,
  };
  const seen = lost.length > 0 || request.only?.pair ? watermarks : await settlePairs(settling);
  saveWhole(run, {
    ...state,
    watermarks: seen,
    retries: [...failures, ...later(run, found, plans, failures)],
    said: without.said,
    pairs: new Map([...pairs.all()].map((pair) => [pair.id, pair])),
    conflicts: conflicts.all,
    normalForms: sidesOf((side) => texts[side].version),
  });
  return report(run, found, { dryRun: false, lines, conflicts: conflicts.all });
}

/** Those of issues that were there before. */
async function marked({ linked }: Found, { sides, views, pairs, request }: Applying): Promise<Failed[]> {
  const failed: Failed[] = [];
  for (const id of linked) {
    const pair = pairs.get(id);
    if (!pair || pair.orphan) continue;
    try {
      await markPair({ sides, views, mayWrite: (side) => mayWrite(request, side) }, pair);
    } catch (error) {
      failed.push({ at: { side: 'a', key: pair.a.key }, error });
    }
  }
  return failed;
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

/** Writes of earlier runs that have no answer were looked at: what is undone is on the list of what failed. */
function saveWhole({ loaded, sides }: Run, state: SyncState): void {
  for (const { id } of loaded.open) loaded.end(id, undefined);
  loaded.save({ ...state, ends: sidesOf((side) => sides[side].end) });
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
    ...{ ends: sidesOf((side) => sides[side].end), isFirst, pairs: pairs.size, dryRun },
    lines: [...lines, ...orphans, ...conflictLines(conflicts, pairs)],
  });
}
