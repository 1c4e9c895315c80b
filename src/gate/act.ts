/** What is done about a decision. Every step may fail on its own; what was not delivered is listed. */

import { agentName } from '../../platforms/advisory.ts';
import type { CommitStatus } from '../../platforms/ports.ts';
import { plainLine } from '../../platforms/untrusted-text.ts';
import type { BacklogItem } from './backlog.ts';
import { openItems } from './backlog.ts';
import { findingsMarkdown, ordered } from './findings-table.ts';
import { exitCodeOf, type Report } from './report.ts';
import type { GateParts, Judged } from './run.ts';

export interface Acts {
  readonly escalation: Report['escalation'];
  readonly reviewUrl: string;
  readonly advisoryUrl: string;
  readonly pending: Report['pending'];
}

const NOTHING: Acts = { escalation: { key: '', url: '' }, reviewUrl: '', advisoryUrl: '', pending: [] };

export async function act(parts: GateParts, judged: Judged): Promise<Acts> {
  if (parts.dryRun) return NOTHING;
  if (parts.config.gate.mode === 'observe') {
    const { pending, delivered } = deliveries();
    delivered('setCommitStatus', await setStatus(parts, judged, ''));
    return { ...NOTHING, pending };
  }
  const { pending, delivered } = deliveries();
  const escalation = await settleEscalation(parts, judged, delivered);
  const advisoryUrl = await settleAdvisories(parts, judged, delivered);
  const reviewUrl = await askForReview(parts, judged, delivered);
  await settleStory(parts, judged, delivered);
  delivered('setCommitStatus', await setStatus(parts, judged, escalation.url));
  return { escalation, reviewUrl, advisoryUrl, pending };
}

type Delivered = (operation: string, result: unknown) => void;

/** Collects what should have been delivered and was not: an empty or false answer of an adapter. */
function deliveries(): { pending: { operation: string; reason: string }[]; delivered: Delivered } {
  const pending: { operation: string; reason: string }[] = [];
  return {
    pending,
    delivered: (operation, result) => {
      if (result === '' || result === false) pending.push({ operation, reason: 'see the faults of this run' });
    },
  };
}

/** Opens or refreshes on a HOLD whose retries are used up, closes on a SHIP, and leaves it alone when PACE could not judge. */
async function settleEscalation(parts: GateParts, judged: Judged, delivered: Delivered): Promise<Report['escalation']> {
  const { config, gateDay, trackerAdapter, ciAdapter, sha, attempt, state } = parts;
  const { day } = gateDay;
  const remembered = (await state.decision(day))?.escalation?.key;
  const rememberedKey = remembered ? { rememberedKey: String(remembered) } : {};
  if (judged.decision === 'SHIP') {
    delivered('resolveEscalation', await trackerAdapter.resolveEscalation({ day, sha, ...rememberedKey }));
    return NOTHING.escalation;
  }
  if (judged.decision === 'UNKNOWN' || attempt <= config.gate.retries) return NOTHING.escalation;
  const url = await trackerAdapter.openEscalationIssue({
    day,
    dayDir: state.dayDir(day),
    holdReason: judged.reason,
    sha,
    report: findingsMarkdown(ordered(judged.findings)),
    jobUrl: await ciAdapter.jobUrl(),
    ...rememberedKey,
  });
  delivered('openEscalationIssue', url);
  if (config.pause.by !== 'issue') delivered('setVariable', await ciAdapter.setVariable('PACE_PAUSED', 'true'));
  const key = url === '' ? '' : ((await trackerAdapter.escalationOf(day))?.key ?? '');
  return { key, url };
}

async function settleAdvisories(parts: GateParts, { backlog }: Judged, delivered: Delivered): Promise<string> {
  const { config, gateDay, trackerAdapter } = parts;
  if (!config.advisory.push_to_issues || !backlog) return '';
  if (backlog.cleared.length > 0) {
    const ids = backlog.cleared.map(({ id }) => id);
    delivered('clearAdvisoryItems', await trackerAdapter.clearAdvisoryItems({ ids }));
  }
  let last = '';
  for (const [agent, items] of byAgent(backlog.added)) {
    const url = await trackerAdapter.pushAdvisoryItems({ day: gateDay.day, agent, items });
    delivered('pushAdvisoryItems', url);
    last = url || last;
  }
  return last;
}

function byAgent(items: readonly BacklogItem[]): Map<string, BacklogItem[]> {
  return Map.groupBy(items, ({ agent }) => agentName(agent));
}

async function askForReview(parts: GateParts, judged: Judged, delivered: Delivered): Promise<string> {
  const { config, gateDay, ciAdapter, state, sha } = parts;
  if (!gateDay.humanGate || judged.decision !== 'SHIP') return '';
  const url = await ciAdapter.openReviewPr({
    day: gateDay.day,
    paceDir: state.dir,
    sha,
    contextNote: gateDay.contextNote,
    openAdvisories: openItems(judged.backlog?.items ?? []),
    reviewers: config.review.reviewers,
  });
  delivered('openReviewPr', url);
  return url;
}

/** The day's story and the plan's issue, where there are any, are done with the day. */
async function settleStory(
  { gateDay, state, trackerAdapter }: GateParts,
  judged: Judged,
  delivered: Delivered,
): Promise<void> {
  if (judged.decision !== 'SHIP') return;
  const { day, planIssue } = gateDay;
  const dayDir = state.dayDir(day);
  if (await state.hasStoryTicket(day)) {
    delivered('updateStoryStatus', await trackerAdapter.updateStoryStatus({ day, dayDir, status: 'done' }));
    await trackerAdapter.postHandoffComment({ day, dayDir });
  }
  if (planIssue) delivered('closePlanIssue', await trackerAdapter.closePlanIssue(planIssue));
}

/** `true` as well where there is no commit, or the host has no commit statuses. */
async function setStatus(parts: GateParts, judged: Judged, url: string): Promise<boolean> {
  const { ciAdapter, sha } = parts;
  const faultsBefore = ciAdapter.faults.length;
  if (sha !== '') await ciAdapter.setCommitStatus(sha, statusOf(parts, judged, url || (await ciAdapter.jobUrl())));
  return ciAdapter.faults.length === faultsBefore;
}

/** Green exactly when the pipeline may go on. */
function statusOf({ config, gateDay }: GateParts, { decision, reason }: Judged, url: string): CommitStatus {
  const passes = exitCodeOf({ decision, mode: config.gate.mode }, config.gate.on_hold) === 0;
  const why = reason ? `: ${plainLine(reason)}` : '';
  return {
    context: config.gate.status_context,
    state: passes ? 'success' : 'failure',
    description: `Day ${gateDay.day} ${decision}${why}`,
    ...(/^https?:/.test(url) ? { url } : {}),
  };
}
