/** What follows from a decision: a pure list of deliveries, and their outcome. */
import { agentName } from '../../core/adapters/issues/advisory-text.ts';
import type { CommitStatus } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { PaceConfig } from '../config/schema.ts';
import { openItems } from './backlog.ts';
import { deliver, deliverLeft } from './deliver.ts';
import { type Delivery, OPERATIONS } from './delivery.ts';
import type { GateParts, Judged, Pause } from './parts.ts';
import { findingsMarkdown, ordered } from './report/findings-table.ts';
import { gateExitCode, type Report } from './report.ts';
import type { GateDay } from './which-day.ts';

export interface Acts {
  readonly escalation: Report['escalation'];
  readonly reviewUrl: string;
  readonly advisoryUrl: string;
  readonly pending: Report['pending'];
}

export async function act(parts: GateParts, judged: Judged): Promise<Acts> {
  if (parts.dryRun) return { escalation: { key: '', url: '' }, reviewUrl: '', advisoryUrl: '', pending: [] };
  const { journal, gateDay, trackerAdapter } = parts;
  const circumstances = await circumstancesOf(parts);
  const planned = deliveriesOf(parts, judged, circumstances);
  await journal.drop((delivery) => delivery.day === gateDay.day && isPointless(delivery, judged.decision));
  // the link comes later, and makes no other status of it
  const anew = [...planned, statusOf(parts, judged, '')].filter((delivery) => delivery !== undefined);
  if (parts.config.gate.mode === 'enforce') await deliverLeft(parts, anew);
  const urls = new Map<Delivery['kind'], string>();
  const [pauses, others] = [planned.filter(isPause), planned.filter((delivery) => !isPause(delivery))];
  for (const delivery of others) {
    const result = await deliver(parts, delivery);
    if (typeof result === 'string' && result !== '') urls.set(delivery.kind, result);
  }
  const escalationUrl = urls.get('escalate') ?? '';
  const status = statusOf(parts, judged, escalationUrl || circumstances.jobUrl);
  if (status) await deliver(parts, status);
  // last: it stops this day's next run too, which is to finish what this one could not
  for (const delivery of pauses) await deliver(parts, delivery);
  await journal.compact();
  const key = escalationUrl === '' ? '' : ((await trackerAdapter.escalationOf(gateDay.day))?.key ?? '');
  return {
    escalation: { key, url: escalationUrl },
    reviewUrl: urls.get('review') ?? '',
    advisoryUrl: urls.get('push-advisories') ?? '',
    pending: pendingOf(parts),
  };
}

function isPause({ kind }: Delivery): boolean {
  return kind === 'pause';
}

/** What is undelivered after a run, in the words of a report. */
export function pendingOf({ journal }: Pick<GateParts, 'journal'>): Report['pending'] {
  return journal.pending().map(({ delivery, reason }) => ({
    operation: OPERATIONS[delivery.kind],
    reason: reason || 'an earlier run was cut off',
    day: delivery.day,
  }));
}

/** What a later decision of the same day takes back, whether it is enforced or only observed. */
const POINTLESS: Readonly<Record<Judged['decision'], readonly Delivery['kind'][]>> = {
  SHIP: ['escalate', 'pause'],
  HOLD: ['resolve', 'review', 'story', 'handoff', 'plan-issue'],
  UNKNOWN: [],
};

/** Each run has its own summary. */
function isPointless({ kind }: Delivery, decision: Judged['decision']): boolean {
  return kind === 'summary' || POINTLESS[decision].includes(kind);
}

interface Circumstances {
  /** The escalation that an earlier run of the day has written down. */
  readonly key?: string;
  readonly jobUrl: string;
  readonly hasStory: boolean;
}

async function circumstancesOf({ state, gateDay, ciAdapter }: GateParts): Promise<Circumstances> {
  const key = (await state.decision(gateDay.day))?.escalation?.key;
  return {
    ...(key ? { key: String(key) } : {}),
    jobUrl: await ciAdapter.jobUrl(),
    hasStory: await state.hasStoryTicket(gateDay.day),
  };
}

interface RunFacts {
  readonly config: PaceConfig;
  readonly gateDay: GateDay;
  readonly sha: string;
  readonly attempt: number;
}

/** All but the commit status, which links to what comes of these. Pure. */
export function deliveriesOf(facts: RunFacts, judged: Judged, circumstances: Circumstances): Delivery[] {
  if (facts.config.gate.mode === 'observe') return [];
  return [
    ...escalationOf(facts, judged, circumstances),
    ...advisoriesOf(facts, judged),
    ...endOf(facts, judged, circumstances),
  ];
}

/** Opens on a HOLD whose retries are used up, closes on a SHIP, and leaves all alone when PACE could not judge. */
function escalationOf(
  { config, gateDay, sha, attempt }: RunFacts,
  judged: Judged,
  { key, jobUrl }: Circumstances,
): Delivery[] {
  const { day } = gateDay;
  const remembered = key ? { key } : {};
  if (judged.decision === 'SHIP') return [{ kind: 'resolve', day, sha, ...remembered }];
  if (judged.decision === 'UNKNOWN' || attempt <= config.gate.retries) return [];
  const report = findingsMarkdown(ordered(judged.findings));
  return [
    { kind: 'escalate', day, sha, reason: judged.reason, report, jobUrl, ...remembered },
    ...(config.pause.by === 'issue' ? [] : [{ kind: 'pause', day } as const]),
  ];
}

function advisoriesOf({ config, gateDay }: RunFacts, { backlog }: Judged): Delivery[] {
  if (!config.advisory.push_to_issues || !backlog) return [];
  const { day } = gateDay;
  const ids = backlog.cleared.map(({ id }) => id);
  const added = Map.groupBy(backlog.added, ({ agent }) => agentName(agent));
  return [
    ...(ids.length > 0 ? [{ kind: 'clear-advisories', day, ids } as const] : []),
    ...[...added].map(([agent, found]) => {
      const items = found.map(({ id, finding }) => ({ id, finding }));
      return { kind: 'push-advisories', day, agent, items } as const;
    }),
  ];
}

/** A day that ships ends: with its review, its story, the plan's issue. */
function endOf({ config, gateDay, sha }: RunFacts, judged: Judged, { hasStory }: Circumstances): Delivery[] {
  if (judged.decision !== 'SHIP') return [];
  const { day, humanGate, contextNote, planIssue } = gateDay;
  const { reviewers } = config.review;
  const openAdvisories = openItems(judged.backlog?.items ?? []).map(({ id, finding }) => ({ id, finding }));
  return [
    ...(humanGate ? [{ kind: 'review', day, sha, contextNote, openAdvisories, reviewers } as const] : []),
    ...(hasStory ? [{ kind: 'story', day } as const, { kind: 'handoff', day } as const] : []),
    ...(planIssue ? [{ kind: 'plan-issue', day, key: planIssue } as const] : []),
  ];
}

/** A paused day has its status too: where one is required, the very change that ends the pause must get through. */
export async function actPaused(parts: GateParts, { reason, heldDay, escalation }: Pause): Promise<void> {
  if (parts.dryRun) return;
  if (heldDay !== undefined) await parts.trackerAdapter.remindEscalation({ day: heldDay });
  const status = statusOf(parts, { decision: 'PAUSED', reason }, escalation?.url || (await parts.ciAdapter.jobUrl()));
  if (status) await deliver(parts, status);
}

/** Green exactly when the pipeline may go on. */
function statusOf(
  { config, gateDay, sha }: RunFacts,
  { decision, reason }: Pick<Report, 'decision'> & { reason: string },
  url: string,
): Delivery | undefined {
  if (sha === '') return undefined;
  const passes = gateExitCode({ decision, mode: config.gate.mode }, config.gate.on_hold) === 0;
  const why = reason ? `: ${plainLine(reason)}` : '';
  const status: CommitStatus = {
    context: `pace/${config.gate.name ?? 'gate'}`,
    state: passes ? 'success' : 'failure',
    description: `Day ${gateDay.day} ${decision}${why}`,
    ...(/^https?:/.test(url) ? { url } : {}),
  };
  return { kind: 'status', day: gateDay.day, sha, status };
}
