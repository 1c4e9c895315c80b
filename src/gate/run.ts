/** A gate run: gather evidence, decide, act, report. The decision is pure; what is done about it is `act.ts`. */

import { defined } from '../../core/defined.ts';
import type { Fault } from '../../core/faults.ts';
import { redactDeep } from '../../core/text/redact.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { getCiAdapter, getTrackerAdapter, type Side } from '../../platforms/index.ts';
import { type Acts, act, actPaused, announce, pendingOf } from './act.ts';
import { type BacklogChange, openItems, updateBacklog, withKnown } from './backlog.ts';
import { decide } from './decide.ts';
import { evidenceOf } from './evidence/asked.ts';
import { readCi } from './evidence/ci.ts';
import type { EvidenceReading, Finding } from './finding.ts';
import { gather, waitForCi } from './gather.ts';
import { openJournal } from './journal.ts';
import { type GateParts, type GateResult, type GateRun, isOfDay, type Judged, type Pause } from './parts.ts';
import { standingOf } from './pause.ts';
import { areUnknown } from './policy/finding.ts';
import { type Published, publish } from './publish.ts';
import { deliverEarlier } from './redeliver.ts';
import { ordered } from './report/findings-table.ts';
import { REPORT_VERSION, type Report } from './report.ts';
import { namedSubject } from './subject.ts';
import { allowMinutes, REST_OF_RUN_MINUTES } from './time-of-run.ts';
import { unreliableNote } from './unreliable.ts';
import { createWaivers, type Waivers } from './waivers.ts';

/** A job's token lives six hours on GitHub; the end of a run still needs it. */
const LONGEST_RUN_MINUTES = 345;

export async function runGate(run: GateRun): Promise<Published> {
  const { world, config } = run;
  const minutes = Math.min(config.ci.timeout_minutes + REST_OF_RUN_MINUTES, LONGEST_RUN_MINUTES);
  allowMinutes(world, minutes);
  const parts = await gateParts(run);
  return publish(parts, await judgeAndAct(parts));
}

async function judgeAndAct(parts: GateParts): Promise<GateResult> {
  if (isOfDay(parts)) await deliverEarlier(parts);
  const { pause, unknown } = await standingOf(parts);
  if (pause) {
    await actPaused(parts, pause);
    return { report: withoutSecrets(parts, pausedReport(parts, pause)), backlog: undefined, failures: {} };
  }
  await announce(parts);
  const judged = await judge(parts, unknown);
  const acts = await act(parts, judged);
  return {
    report: withoutSecrets(parts, reportOf(parts, judged, acts)),
    backlog: isOfDay(parts) ? redactDeep(parts.world.redact, judged.backlog?.items) : undefined,
    failures: judged.failures,
  };
}

function withoutSecrets({ world }: GateParts, report: Report): Report {
  return redactDeep(world.redact, report);
}

/** Opens the adapters and the journal of a run. */
export async function gateParts(run: GateRun): Promise<GateParts> {
  const { world, config, state, dryRun, faults, owner, subject, sprintStart } = run;
  const every = config.gate.clearance_every;
  return {
    ...run,
    notes: [...(run.policy?.notes ?? []), ...run.notes, ...leftOutNote(run)],
    journal: await openJournal({ world: { ...world, kept: state.kept }, dir: state.dir, faults, dryRun }),
    ciAdapter: await getCiAdapter(run.ci.platform, { world, ...sectionOf(run.ci), faults, owner }),
    trackerAdapter: await getTrackerAdapter(run.tracker.platform, {
      ...{ world, faults, owner, readOnly: dryRun },
      ...sectionOf(run.tracker),
      ...defined({ sprintStart }),
      resumeBy: config.escalation.resume_by,
      maxNewIssues: config.gate.max_new_issues,
    }),
    clearanceDay: subject.kind === 'day' && every > 0 && subject.day.day % every === 0,
  };
}

function leftOutNote({ config, subject }: GateRun): string[] {
  const { leftOut } = evidenceOf(config.evidence, subject.kind);
  if (leftOut.length === 0) return [];
  const names = leftOut.map((name) => plainLine(name, 60)).join(', ');
  return [`Not asked of a change, as only a day has it: ${names}.`];
}

function sectionOf({ platform: _, ...given }: Side): Omit<Side, 'platform'> {
  return given;
}

async function judge(parts: GateParts, unknown: readonly string[]): Promise<Judged> {
  const { config, date, sha, clearanceDay } = parts;
  const waivers = createWaivers({ waivers: config.waivers, quarantine: config.quarantine, sha, date });
  const [ci, { readings, notes: memoryNotes }] = await Promise.all([waitForCi(parts), gather(parts, waivers)]);
  // however long the evidence took, what comes of it is delivered
  allowMinutes(parts.world, REST_OF_RUN_MINUTES);
  const all = redactDeep(parts.world.redact, ci ? [waivedCi(readCi(ci, config.ci), waivers), ...readings] : readings);
  parts.signal?.throwIfAborted();
  const { backlog, gaps } = await changedBacklog(parts, all);
  const findings = all.flatMap((reading) => reading.findings);
  findings.push(...unknown.map(unknowable));
  if (clearanceDay && gaps.length > 0) findings.push(unreadableBacklog(gaps));
  const { findings: ofPolicy = [] } = parts.policy ?? {};
  findings.push(...ofPolicy);
  if (!areUnknown(ofPolicy) && all.every(({ saysNothing }) => saysNothing)) findings.push(NOTHING_TO_JUDGE);
  const decided = decide({
    findings,
    openAdvisories: openItems(backlog?.items ?? []).length,
    clearanceDay,
  });
  const coverage = Object.fromEntries(
    readings.flatMap(({ source, coverage }) => (coverage === undefined ? [] : [[source, coverage]])),
  );
  const failures = Object.fromEntries(readings.flatMap((one) => (one.failures ? [[one.source, one.failures]] : [])));
  const notes = [...memoryNotes, ...unreliableNote(readings), ...(isOfDay(parts) ? waivers.notes() : [])];
  return { ...decided, findings: ordered(findings), ci, coverage, failures, notes, backlog };
}

function waivedCi(reading: EvidenceReading, waivers: Waivers): EvidenceReading {
  return { ...reading, findings: reading.findings.map(waivers.waived) };
}

const NOTHING_TO_JUDGE: Finding = {
  source: 'gate',
  check: 'evidence',
  result: 'UNKNOWN',
  evidence:
    'Nothing was judged: no check ran on the commit, and no other evidence was read. Configure `evidence`, or set `ci.on.no_runs: ship` where a commit without any check may ship.',
};

/** What pauses could not be asked for: red evidence holds all the same, green evidence proves nothing. */
function unknowable(what: string): Finding {
  return { source: 'gate', check: 'what pauses', result: 'UNKNOWN', evidence: `It cannot be known ${what}` };
}

function unreadableBacklog(faults: readonly Fault[]): Finding {
  const evidence = faults.map(({ message, remedy }) => `${message} ${remedy}`).join(' ');
  return { source: 'gate', check: 'advisory backlog', result: 'UNKNOWN', evidence };
}

/** A change only reads the backlog: what it would raise is shown, and raised by the day that judges its commit. */
async function changedBacklog(
  parts: GateParts,
  readings: readonly EvidenceReading[],
): Promise<{ backlog: BacklogChange | undefined; gaps: readonly Fault[] }> {
  const { state, subject, clearanceDay, config, faults } = parts;
  const isDay = subject.kind === 'day';
  try {
    const before = faults.list.length;
    const items = await state.backlog();
    const known = isDay && config.advisory.push_to_issues ? await parts.trackerAdapter.knownAdvisories() : [];
    const unasked = known === undefined ? faults.list.slice(before) : [];
    const gap = clearanceDay ? await state.backlogGap() : undefined;
    const backlog = updateBacklog({
      items: withKnown(items, known ?? [], readings),
      readings,
      day: isDay ? subject.day.day : 0,
      clearanceDay,
      closedByPeople: (known ?? []).filter(({ isClosed }) => isClosed).map(({ id }) => id),
    });
    return { backlog, gaps: [...unasked, ...(gap ? [faults.add('readBacklog', gap)] : [])] };
  } catch (error) {
    return { backlog: undefined, gaps: [faults.add('readBacklog', error)] };
  }
}

function base(parts: GateParts) {
  const { config, owner, subject, attempt, sha, dryRun, clearanceDay, notes, date } = parts;
  return {
    schemaVersion: REPORT_VERSION,
    product: config.product.name,
    repository: owner.repository.name,
    gate: owner.gate,
    subject: namedSubject(subject),
    day: subject.kind === 'day' ? subject.day.day : null,
    branch: owner.branch,
    sprint: owner.sprint,
    date,
    attempt,
    sha,
    mode: config.gate.mode,
    dryRun,
    humanGate: subject.kind === 'day' && subject.day.humanGate,
    clearanceDay,
    notes: [...(subject.kind === 'day' ? subject.day.notes : []), ...notes],
  } as const;
}

function pausedReport(parts: GateParts, { reason, escalation, review }: Pause): Report {
  return {
    ...base(parts),
    decision: 'PAUSED',
    holdReason: reason,
    findings: [],
    ci: { conclusion: 'not_asked', url: '', checks: [] },
    escalation: escalation ?? { key: '', url: '' },
    review: { url: review?.url ?? '' },
    advisories: { open: 0, new: 0, cleared: 0, url: '' },
    coverage: {},
    faults: [...parts.faults.list],
    pending: pendingOf(parts),
    requests: parts.world.traffic.report(),
  };
}

function reportOf(parts: GateParts, judged: Judged, acts: Acts): Report {
  const { ci, backlog } = judged;
  return {
    ...base({ ...parts, notes: [...parts.notes, ...judged.notes] }),
    decision: judged.decision,
    holdReason: judged.reason,
    findings: judged.findings,
    ci: {
      conclusion: ci?.conclusion ?? 'not_asked',
      url: ci?.url ?? '',
      checks: (ci?.checks ?? []).map(({ name, state, url, optional }) => ({ name, state, url, optional })),
    },
    escalation: acts.escalation,
    review: { url: acts.reviewUrl },
    advisories: {
      open: openItems(backlog?.items ?? []).length,
      new: backlog?.added.length ?? 0,
      cleared: backlog?.cleared.length ?? 0,
      url: acts.advisoryUrl,
    },
    coverage: judged.coverage,
    faults: [...parts.faults.list],
    pending: acts.pending,
    requests: parts.world.traffic.report(),
  };
}
