/**
 * What the journal of earlier runs may still command. It lies where others may have written: an entry counts only where it can be
 * this gate's own, and what is sent is made anew of what the gate knows otherwise (its decisions, configuration, plan, backlog).
 * Pure.
 */
import { statusContext } from '../../core/adapters/ci/gate-status.ts';
import { agentName } from '../../core/adapters/issues/advisory-text.ts';
import { defined } from '../../core/defined.ts';
import type { PlanDay } from '../../core/plan/plan.ts';
import { codeBlock } from '../../core/text/untrusted-text.ts';
import { isSameOrigin, webAddress } from '../../core/text/web-address.ts';
import type { PaceConfig } from '../config/schema.ts';
import { type BacklogItem, openItems } from './backlog.ts';
import { commitStatus } from './commit-status.ts';
import type { Delivery } from './delivery.ts';
import { findingsMarkdown, ordered } from './report/findings-table.ts';
import type { Report } from './report.ts';
import { keptFindings } from './state/kept-findings.ts';

/** What this run knows, whatever the journal says. */
export interface Known {
  /** The run's own. */
  readonly day: number;
  /** The last day that has a decision. */
  readonly lastDecided: number;
  readonly gate: string;
  readonly config: PaceConfig;
  /** The decision of a day, as far as it is kept. */
  decision(day: number): Partial<Report> | undefined;
  readonly planned: readonly PlanDay[];
  /** `undefined` where it could not be read. */
  readonly backlog: readonly BacklogItem[] | undefined;
  /** The page of this job: an address on another server is none of PACE's. */
  readonly jobUrl: string;
}

export type Bound =
  | {
      readonly is: 'wanted';
      readonly delivery: Delivery /** Only if the tracker has an open escalation of the day. */;
      readonly ifHeld?: true;
    }
  /** This gate does not write such an entry. */
  | { readonly is: 'foreign' }
  /** Later runs have decided otherwise, or nothing vouches for it any more. */
  | { readonly is: 'outdated' }
  /** It cannot be told now. */
  | { readonly is: 'left' };

const FOREIGN: Bound = { is: 'foreign' };
const OUTDATED: Bound = { is: 'outdated' };

export function boundTo(known: Known, delivery: Delivery): Bound {
  const { day } = delivery;
  // each run has its own summary; and the status of a day that has not begun is nobody's verdict
  if (delivery.kind === 'summary' || (delivery.kind === 'status' && day === 0)) return OUTDATED;
  if (day < 1 || day > Math.max(known.day, known.lastDecided)) return FOREIGN;
  switch (delivery.kind) {
    case 'status':
      return boundStatus(known, delivery);
    case 'escalate':
      return boundEscalation(known, delivery);
    case 'resolve':
      return ofShip(known, delivery, delivery.sha);
    case 'pause':
      return boundPause(known, delivery);
    case 'review':
      return boundReview(known, delivery);
    case 'plan-issue':
      return plannedOn(known, day)?.issue === delivery.key ? ofShip(known, delivery) : FOREIGN;
    case 'story':
    case 'handoff':
      return ofShip(known, delivery);
    case 'push-advisories':
      return boundAdvisories(known, delivery);
    case 'clear-advisories':
      return boundClearing(known, delivery);
  }
}

type Of<Kind extends Delivery['kind']> = Extract<Delivery, { kind: Kind }>;

/** https://git-scm.com/docs/hash-function-transition */
const WHOLE_HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** That of the decision which is kept of the day, in its words. */
function boundStatus(known: Known, { day, sha, status }: Of<'status'>): Bound {
  const { gate, config } = known;
  if (status.context !== statusContext(gate) || !WHOLE_HASH.test(sha)) return FOREIGN;
  const kept = known.decision(day);
  if (kept?.decision === undefined || kept.sha !== sha) return OUTDATED;
  const { decision, holdReason: reason = '' } = kept;
  const subject = { kind: 'day', id: String(day) } as const;
  const said = { decision, subject, reason, url: ownAddress(known, status.url) };
  const words = commitStatus({ gate, rules: config.gate }, said);
  // where the state is on a branch, whoever pushes there could write both: the entry, and the decision that speaks for it
  if (words.state === 'success' && config.state.persist === 'branch') return OUTDATED;
  if (words.state !== status.state) return status.state === 'success' ? FOREIGN : OUTDATED;
  return wanted({ kind: 'status', day, sha, status: words });
}

/** Of a day that holds as its decision says; where none is kept, the run was killed before: then what it wrote is quoted. */
function boundEscalation(known: Known, delivery: Of<'escalate'>): Bound {
  const { day, sha, reason, report, key } = delivery;
  const kept = known.decision(day);
  if (kept?.decision === 'SHIP') return OUTDATED;
  const common = { kind: 'escalate', day, jobUrl: ownAddress(known, delivery.jobUrl), ...defined({ key }) } as const;
  if (kept?.decision === 'HOLD') {
    const rows = ordered(keptFindings(kept.findings));
    const table = rows.length > 0 ? findingsMarkdown(rows) : '';
    return wanted({ ...common, sha: hashOf(kept.sha), reason: kept.holdReason ?? '', report: table });
  }
  return wanted({ ...common, sha: hashOf(sha), reason, report: report === '' ? '' : codeBlock(report) });
}

function hashOf(sha = ''): string {
  return WHOLE_HASH.test(sha) ? sha : '';
}

function boundPause({ config, decision }: Known, delivery: Of<'pause'>): Bound {
  const kept = decision(delivery.day);
  if (config.pause.by === 'issue' || kept?.decision === 'SHIP') return OUTDATED;
  return kept?.decision === 'HOLD' ? wanted(delivery) : { ...wanted(delivery), ifHeld: true };
}

/** With the reviewers of the configuration, the words of the plan and what is open now. */
function boundReview(known: Known, { day, sha }: Of<'review'>): Bound {
  const planned = plannedOn(known, day);
  if (!planned?.humanGate) return FOREIGN;
  const openAdvisories = openItems(known.backlog ?? []).map(({ id, finding }) => ({ id, finding }));
  const { reviewers } = known.config.review;
  return ofShip(known, { kind: 'review', day, sha, contextNote: planned.notes ?? '', openAdvisories, reviewers }, sha);
}

function plannedOn({ planned }: Known, day: number): PlanDay | undefined {
  return planned.find((one) => one.day === day);
}

/** What a SHIP is followed by, and nothing else: of that commit, where it names one. */
function ofShip({ decision }: Known, delivery: Delivery, sha?: string): Bound {
  const kept = decision(delivery.day);
  const isShipped = kept?.decision === 'SHIP' && (sha === undefined || sha === (kept.sha ?? ''));
  return isShipped ? wanted(delivery) : OUTDATED;
}

/** What the backlog knows to be open, in its words. */
function boundAdvisories({ backlog, config }: Known, { day, agent, items }: Of<'push-advisories'>): Bound {
  if (!backlog) return { is: 'left' };
  if (!config.advisory.push_to_issues) return OUTDATED;
  const wantedIds = new Set(items.map(({ id }) => id));
  const open = openItems(backlog).filter(
    (item) => wantedIds.has(item.id) && agentName(item.agent) === agentName(agent),
  );
  if (open.length === 0) return OUTDATED;
  return wanted({
    kind: 'push-advisories',
    ...{ day, agent: agentName(agent), items: open.map(({ id, finding }) => ({ id, finding })) },
  });
}

function boundClearing({ backlog }: Known, { day, ids }: Of<'clear-advisories'>): Bound {
  if (!backlog) return { is: 'left' };
  const cleared = new Set(backlog.filter(({ status }) => status === 'cleared').map(({ id }) => id));
  const left = ids.filter((id) => cleared.has(id));
  return left.length === 0 ? OUTDATED : wanted({ kind: 'clear-advisories', day, ids: left });
}

function ownAddress({ jobUrl }: Known, url = ''): string {
  return isSameOrigin(url, jobUrl) ? webAddress(url) : '';
}

function wanted(delivery: Delivery): Extract<Bound, { is: 'wanted' }> {
  return { is: 'wanted', delivery };
}
