/** What follows from a decision: a pure list of deliveries, and their outcome. */
import { statusContext, withJob } from '../../core/adapters/ci/gate-status.ts';
import { agentName } from '../../core/adapters/issues/advisory-text.ts';
import { defined } from '../../core/defined.ts';
import type { CommitStatus } from '../../core/ports/index.ts';
import { webAddress } from '../../core/text/web-address.ts';
import type { PaceConfig } from '../config/schema.ts';
import { openItems } from './backlog.ts';
import { commitStatus } from './commit-status.ts';
import { deliver } from './deliver.ts';
import { type Delivery, OPERATIONS } from './delivery.ts';
import { type DayParts, type GateParts, isOfDay, type Judged, type Pause } from './parts.ts';
import { deliverLeft, wasRefused } from './redeliver.ts';
import { findingsMarkdown, ordered } from './report/findings-table.ts';
import type { Report } from './report.ts';
import { type DaySubject, namedSubject, subjectText } from './subject.ts';

export interface Acts {
  readonly escalation: Report['escalation'];
  readonly reviewUrl: string;
  readonly advisoryUrl: string;
  readonly pending: Report['pending'];
}

const NO_ACTS: Acts = { escalation: { key: '', url: '' }, reviewUrl: '', advisoryUrl: '', pending: [] };

/** Says on the commit that it is being judged: until then, and where this run is cut off, nothing of it is green. */
export async function announce(parts: GateParts): Promise<void> {
  const { ciAdapter, owner, subject, sha, config, dryRun } = parts;
  // what is only observed never stands in the way
  if (dryRun || sha === '' || config.gate.mode === 'observe') return;
  // the verdict itself is tried once more
  if (wasRefused(parts, 'setCommitStatus')) return;
  const url = webAddress(await ciAdapter.jobUrl());
  await ciAdapter.setCommitStatus(sha, {
    context: statusContext(owner.gate),
    state: 'pending',
    description: `Judging ${subjectText(namedSubject(subject))}`,
    ...(url === '' ? {} : { url }),
  });
}

export async function act(parts: GateParts, judged: Judged): Promise<Acts> {
  if (parts.dryRun) return NO_ACTS;
  return isOfDay(parts) ? actOnDay(parts, judged) : actOnChange(parts, judged);
}

/** A change has a status and a note; nothing of it is kept for a later run, which judges another commit. */
async function actOnChange(parts: GateParts, judged: Judged): Promise<Acts> {
  const status = statusOf(parts, judged, await parts.ciAdapter.jobUrl());
  if (status) await parts.ciAdapter.setCommitStatus(status.sha, status.status);
  return { ...NO_ACTS, pending: pendingOf(parts) };
}

async function actOnDay(parts: DayParts, judged: Judged): Promise<Acts> {
  const { journal, subject, trackerAdapter } = parts;
  const { day } = subject.day;
  const circumstances = await circumstancesOf(parts);
  const planned = deliveriesOf(parts, judged, circumstances);
  await journal.drop((delivery) => delivery.day === day && isPointless(delivery, judged.decision));
  // the link comes later, and makes no other status of it
  const anew = [...planned, dayStatus(parts, judged, '')].filter((delivery) => delivery !== undefined);
  if (parts.config.gate.mode === 'enforce') await deliverLeft(parts, anew);
  const urls = new Map<Delivery['kind'], string>();
  const [pauses, others] = [planned.filter(isPause), planned.filter((delivery) => !isPause(delivery))];
  for (const delivery of others) {
    const result = await deliver(parts, delivery);
    if (typeof result === 'string' && result !== '') urls.set(delivery.kind, result);
  }
  const escalationUrl = urls.get('escalate') ?? '';
  const { jobUrl } = circumstances;
  const status = dayStatus(parts, judged, withJob(escalationUrl, jobUrl) || jobUrl);
  if (status) await deliver(parts, status);
  // last: it stops this day's next run too, which is to finish what this one could not
  for (const delivery of pauses) await deliver(parts, delivery);
  await journal.compact();
  const opened = escalationUrl === '' ? undefined : await trackerAdapter.escalationOf(day);
  const isOpened = escalationUrl !== '';
  return {
    escalation: isOpened
      ? { key: opened?.key ?? '', url: escalationUrl, tracker: trackerAdapter.platform }
      : stillKnown(judged.decision, circumstances),
    reviewUrl: urls.get('review') ?? '',
    advisoryUrl: urls.get('push-advisories') ?? '',
    pending: pendingOf(parts),
  };
}

/** Only a SHIP forgets the issue: what could not be delivered now stays under the same key. */
function stillKnown(decision: Judged['decision'], { known }: Circumstances): Report['escalation'] {
  return decision === 'SHIP' || !known ? NO_ACTS.escalation : known;
}

function isPause({ kind }: Delivery): boolean {
  return kind === 'pause';
}

/** What is undelivered after a run, in the words of a report. What is left of days is no change's. */
export function pendingOf({ journal, subject }: Pick<GateParts, 'journal' | 'subject'>): Report['pending'] {
  if (subject.kind === 'change') return [];
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
  readonly known?: Report['escalation'];
  readonly jobUrl: string;
  readonly hasStory: boolean;
}

async function circumstancesOf(parts: DayParts): Promise<Circumstances> {
  const { state, subject, ciAdapter, trackerAdapter } = parts;
  const { day } = subject.day;
  const known = (await state.decision(day))?.escalation;
  // a key of another tracker leads nowhere here, or to somebody else's issue
  const isHere = known?.key && (known.tracker ?? trackerAdapter.platform) === trackerAdapter.platform;
  return {
    ...(known?.key ? { known } : {}),
    ...defined({ key: isHere ? known.key : keyOfUnclosed(parts) }),
    jobUrl: await ciAdapter.jobUrl(),
    hasStory: await state.hasStoryTicket(day),
  };
}

/** A SHIP forgets the issue; one that could not be closed, or not with a word, is known to what is left to deliver. */
function keyOfUnclosed({ journal, subject }: DayParts): string | undefined {
  for (const { delivery } of journal.pending()) {
    if (delivery.kind === 'resolve' && delivery.day === subject.day.day) return delivery.key;
  }
  return undefined;
}

interface RunFacts {
  readonly config: PaceConfig;
  readonly subject: DaySubject;
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
  { config, subject, sha, attempt }: RunFacts,
  judged: Judged,
  { key, jobUrl }: Circumstances,
): Delivery[] {
  const { day } = subject.day;
  const remembered = key ? { key } : {};
  if (judged.decision === 'SHIP') return [{ kind: 'resolve', day, sha, ...remembered }];
  if (judged.decision === 'UNKNOWN' || attempt <= config.gate.retries) return [];
  const report = findingsMarkdown(ordered(judged.findings));
  return [
    { kind: 'escalate', day, sha, reason: judged.reason, report, jobUrl, ...remembered },
    ...(config.pause.by === 'issue' ? [] : [{ kind: 'pause', day } as const]),
  ];
}

function advisoriesOf({ config, subject }: RunFacts, { backlog }: Judged): Delivery[] {
  if (!config.advisory.push_to_issues || !backlog) return [];
  const { day } = subject.day;
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
function endOf({ config, subject, sha }: RunFacts, judged: Judged, { hasStory }: Circumstances): Delivery[] {
  if (judged.decision !== 'SHIP') return [];
  const { day, humanGate, contextNote, planIssue } = subject.day;
  const { reviewers } = config.review;
  const openAdvisories = openItems(judged.backlog?.items ?? []).map(({ id, finding }) => ({ id, finding }));
  return [
    ...(humanGate ? [{ kind: 'review', day, sha, contextNote, openAdvisories, reviewers } as const] : []),
    ...(hasStory ? [{ kind: 'story', day } as const, { kind: 'handoff', day } as const] : []),
    ...(planIssue ? [{ kind: 'plan-issue', day, key: planIssue } as const] : []),
  ];
}

/** What is paused has its status too, and never a green one: nobody has judged the commit. */
export async function actPaused(parts: GateParts, { reason, heldDay, escalation }: Pause): Promise<void> {
  if (parts.dryRun) return;
  if (heldDay !== undefined) await parts.trackerAdapter.remindEscalation({ day: heldDay });
  const jobUrl = await parts.ciAdapter.jobUrl();
  const url = withJob(escalation?.url ?? '', jobUrl) || jobUrl;
  const paused = { decision: 'PAUSED', reason } as const;
  if (isOfDay(parts)) {
    const status = dayStatus(parts, paused, url);
    if (status) await deliver(parts, status);
    return;
  }
  const status = statusOf(parts, paused, url);
  if (status) await parts.ciAdapter.setCommitStatus(status.sha, status.status);
}

type Verdict = Pick<Report, 'decision'> & { readonly reason: string };

function dayStatus(parts: DayParts, verdict: Verdict, url: string): Delivery | undefined {
  const status = statusOf(parts, verdict, url);
  return status && { kind: 'status', day: parts.subject.day.day, ...status };
}

/** `undefined` where there is no commit. */
function statusOf(
  { config, subject, owner, sha }: Pick<GateParts, 'config' | 'subject' | 'owner' | 'sha'>,
  { decision, reason }: Verdict,
  url: string,
): { sha: string; status: CommitStatus } | undefined {
  if (sha === '') return undefined;
  const said = { decision, subject: namedSubject(subject), reason, url };
  return { sha, status: commitStatus({ gate: owner.gate, rules: config.gate }, said) };
}
