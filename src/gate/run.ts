/** A gate run: gather evidence, decide, act, report. The decision is pure; what is done about it is `act.ts`. */

import type { CiResult } from '../../core/adapters/ports.ts';
import { defined } from '../../core/defined.ts';
import type { Fault } from '../../core/faults.ts';
import { redactDeep } from '../../core/text/redact.ts';
import { getCiAdapter, getTrackerAdapter, type Side } from '../../platforms/index.ts';
import { type Acts, act, actPaused, pendingOf } from './act.ts';
import { type BacklogChange, openItems, updateBacklog } from './backlog.ts';
import { decide } from './decide.ts';
import { deliverEarlier } from './deliver.ts';
import { readCi } from './evidence/ci.ts';
import { readEvidence } from './evidence/index.ts';
import type { EvidenceReading, Finding } from './finding.ts';
import { openJournal } from './journal.ts';
import type { GateParts, GateResult, GateRun, Judged, Pause } from './parts.ts';
import { whyPaused } from './pause.ts';
import { type Published, publish } from './publish.ts';
import { REPORT_VERSION, type Report } from './report.ts';
import type { State } from './state/state.ts';

/** Added to the longest wait for CI: what the rest of a run may take. */
const REST_OF_RUN_MINUTES = 10;
/** A job's token lives six hours on GitHub; the end of a run still needs it. */
const LONGEST_RUN_MINUTES = 345;

export async function runGate(run: GateRun): Promise<Published> {
  const { world, config } = run;
  const minutes = Math.min(config.ci.timeout_minutes + REST_OF_RUN_MINUTES, LONGEST_RUN_MINUTES);
  world.traffic.deadline = world.now() + minutes * 60_000;
  const parts = await gateParts(run);
  return publish(parts, await judgeAndAct(parts));
}

async function judgeAndAct(parts: GateParts): Promise<GateResult> {
  await deliverEarlier(parts);
  const paused = await whyPaused(parts);
  if (paused) {
    await actPaused(parts, paused);
    return { report: withoutSecrets(parts, pausedReport(parts, paused)), backlog: undefined };
  }
  const judged = await judge(parts);
  const acts = await act(parts, judged);
  return {
    report: withoutSecrets(parts, reportOf(parts, judged, acts)),
    backlog: redactDeep(parts.world.redact, judged.backlog?.items),
  };
}

function withoutSecrets({ world }: GateParts, report: Report): Report {
  return redactDeep(world.redact, report);
}

async function gateParts(run: GateRun): Promise<GateParts> {
  const { world, config, state, dryRun, faults } = run;
  const every = config.gate.clearance_every;
  return {
    ...run,
    journal: await openJournal({ world, dir: state.dir, faults, dryRun }),
    ciAdapter: await getCiAdapter(run.ci.platform, {
      world,
      ...sectionOf(run.ci),
      faults,
      statusContext: `pace/${config.gate.name ?? 'gate'}`,
    }),
    trackerAdapter: await getTrackerAdapter(run.tracker.platform, {
      world,
      ...sectionOf(run.tracker),
      faults,
      repository: run.repository,
      maxNewIssues: config.gate.max_new_issues,
    }),
    clearanceDay: every > 0 && run.gateDay.day % every === 0,
  };
}

function sectionOf({ section }: Side): Pick<Side, 'section'> {
  return section ? { section } : {};
}

async function judge(parts: GateParts): Promise<Judged> {
  const { config, gateDay, sha, clearanceDay } = parts;
  const [ci, readings] = await Promise.all([waitForCi(parts), readAll(parts)]);
  const all = redactDeep(parts.world.redact, ci ? [readCi(ci, config.ci), ...readings] : readings);
  parts.signal?.throwIfAborted();
  const { backlog, gaps } = await changedBacklog(parts, all);
  const findings = all.flatMap((reading) => reading.findings);
  if (clearanceDay && gaps.length > 0) findings.push(unreadableBacklog(gaps));
  if (all.length === 0) findings.push(NOTHING_TO_JUDGE);
  const decided = decide({
    findings,
    openAdvisories: openItems(backlog?.items ?? []).length,
    clearanceDay,
    waivers: config.waivers,
    sha,
    date: gateDay.date,
    onUnknown: config.gate.on_unknown,
  });
  const coverage = Object.fromEntries(
    readings.flatMap(({ source, coverage }) => (coverage === undefined ? [] : [[source, coverage]])),
  );
  return { ...decided, ci, coverage, backlog };
}

const NOTHING_TO_JUDGE: Finding = {
  source: 'gate',
  check: 'evidence',
  result: 'UNKNOWN',
  evidence: 'Neither commit CI nor any other evidence is configured: there is nothing to judge.',
};

function unreadableBacklog(faults: readonly Fault[]): Finding {
  const evidence = faults.map(({ message, remedy }) => `${message} ${remedy}`).join(' ');
  return { source: 'gate', check: 'advisory backlog', result: 'UNKNOWN', evidence };
}

async function waitForCi({ config, ciAdapter, sha, signal }: GateParts): Promise<CiResult | undefined> {
  const { ci } = config;
  if (!ci.enabled) return undefined;
  return ciAdapter.waitForCommitCi({
    sha,
    timeoutMinutes: ci.timeout_minutes,
    pollInterval: ci.poll_interval_seconds,
    rules: {
      graceSeconds: ci.grace_seconds,
      settleSeconds: ci.settle_seconds,
      expected: ci.expected,
      ignored: ci.ignore,
      skippedPasses: ci.skipped === 'pass',
      neutralPasses: ci.neutral === 'pass',
    },
    ...defined({ signal }),
  });
}

async function readAll({
  world,
  config,
  gateDay,
  sha,
  state,
  secretNames,
  signal,
}: GateParts): Promise<readonly EvidenceReading[]> {
  if (config.evidence.length === 0) return [];
  const baseline = await lastShippedCoverage(state, gateDay.day);
  return readEvidence(config.evidence, {
    world,
    day: gateDay.day,
    sha,
    baseline,
    secretNames,
    ...defined({ signal }),
  });
}

async function lastShippedCoverage(state: State, day: number): Promise<Readonly<Record<string, number>>> {
  for (const earlier of (await state.decidedDays()).filter((decided) => decided < day).reverse()) {
    const known = await state.decision(earlier);
    if (known?.decision === 'SHIP' && known.coverage) return known.coverage;
  }
  return {};
}

async function changedBacklog(
  parts: GateParts,
  readings: readonly EvidenceReading[],
): Promise<{ backlog: BacklogChange | undefined; gaps: readonly Fault[] }> {
  const { state, gateDay, clearanceDay, config, trackerAdapter, faults } = parts;
  try {
    const items = await state.backlog();
    const asks = clearanceDay && config.advisory.push_to_issues && openItems(items).length > 0;
    const closedByPeople = asks ? await trackerAdapter.advisoryItemsClosedByPeople() : [];
    const gap = clearanceDay ? await state.backlogGap() : undefined;
    const backlog = updateBacklog({ items, readings, day: gateDay.day, clearanceDay, closedByPeople });
    return { backlog, gaps: gap ? [faults.add('readBacklog', gap)] : [] };
  } catch (error) {
    return { backlog: undefined, gaps: [faults.add('readBacklog', error)] };
  }
}

function base({ config, repository, gateDay, attempt, sha, dryRun, clearanceDay, notes }: GateParts) {
  return {
    schemaVersion: REPORT_VERSION,
    product: config.product.name,
    repository,
    day: gateDay.day,
    date: gateDay.date,
    attempt,
    sha,
    mode: config.gate.mode,
    dryRun,
    humanGate: gateDay.humanGate,
    clearanceDay,
    notes: [...gateDay.notes, ...notes],
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
    ...base(parts),
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
