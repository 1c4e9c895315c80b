/** What a run has to deliver to host and tracker: plain data, so that a later run can deliver it as well. */
import type { AdvisoryItem } from '../../core/adapters/ports.ts';
import type { CommitStatus } from '../../core/ports/index.ts';

export type Delivery =
  | {
      readonly kind: 'escalate';
      readonly day: number;
      readonly sha: string;
      readonly reason: string;
      /** Markdown of the findings. */
      readonly report: string;
      readonly jobUrl: string;
      /** The issue that an earlier run has written down. */
      readonly key?: string;
    }
  | { readonly kind: 'resolve'; readonly day: number; readonly sha: string; readonly key?: string }
  | { readonly kind: 'pause'; readonly day: number }
  | { readonly kind: 'clear-advisories'; readonly day: number; readonly ids: readonly string[] }
  | {
      readonly kind: 'push-advisories';
      readonly day: number;
      readonly agent: string;
      readonly items: readonly AdvisoryItem[];
    }
  | {
      readonly kind: 'review';
      readonly day: number;
      readonly sha: string;
      readonly contextNote: string;
      readonly openAdvisories: readonly AdvisoryItem[];
      readonly reviewers: readonly string[];
    }
  | { readonly kind: 'story'; readonly day: number }
  | { readonly kind: 'handoff'; readonly day: number }
  | { readonly kind: 'plan-issue'; readonly day: number; readonly key: string }
  /** Kept only when it could not be written. */
  | { readonly kind: 'summary'; readonly day: number; readonly markdown: string }
  | { readonly kind: 'status'; readonly day: number; readonly sha: string; readonly status: CommitStatus };

/** The method of an adapter that each kind is delivered by: what a report names. */
export const OPERATIONS = {
  escalate: 'openEscalationIssue',
  resolve: 'resolveEscalation',
  pause: 'setVariable',
  'clear-advisories': 'clearAdvisoryItems',
  'push-advisories': 'pushAdvisoryItems',
  review: 'openReviewPr',
  story: 'updateStoryStatus',
  handoff: 'postHandoffComment',
  'plan-issue': 'closePlanIssue',
  summary: 'writeJobSummary',
  status: 'setCommitStatus',
} as const satisfies Record<Delivery['kind'], string>;

/** Of two deliveries about the same thing only the later one counts. */
export function subjectOf(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'escalate':
    case 'resolve':
      return `escalation ${delivery.day}`;
    case 'push-advisories':
      return `advisories ${delivery.day} ${delivery.agent}`;
    case 'clear-advisories':
      return `cleared ${[...delivery.ids].sort().join(' ')}`;
    case 'status':
      return `status ${delivery.sha} ${delivery.status.context}`;
    default:
      return `${delivery.kind} ${delivery.day}`;
  }
}
