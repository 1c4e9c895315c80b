/** What a run of the gate says: the one shape behind `--json`, `decision.yaml`, log, summary and issue. */

import type { CiConclusion } from '../../core/adapters/ports.ts';
import type { Fault } from '../../core/faults.ts';
import type { HostReport } from '../../core/traffic.ts';
import type { Finding } from './finding.ts';

export const REPORT_VERSION = 1;

export type Decision = 'SHIP' | 'HOLD' | 'PAUSED' | 'UNKNOWN';

export interface Report {
  readonly schemaVersion: typeof REPORT_VERSION;
  readonly product: string;
  readonly repository: string;
  /** The gate that decided: its status is `pace/<gate>`. */
  readonly gate: string;
  /** What was judged. A day's id is its number, a change's the number that people use. */
  readonly subject: { readonly kind: 'day' | 'change'; readonly id: string };
  /** The day; `null` for a change. */
  readonly day: number | null;
  /** The branch of a day, or that a change goes to; `''` for the default one. */
  readonly branch: string;
  /** The sprint's id; `''` where days count on for ever. */
  readonly sprint: string;
  /** Calendar date of the run in the sprint's time zone, `YYYY-MM-DD`. */
  readonly date: string;
  readonly attempt: number;
  /** The judged commit; `''` when there is none. */
  readonly sha: string;
  readonly decision: Decision;
  /** Why it holds, is paused or unknown; `''` on SHIP. */
  readonly holdReason: string;
  readonly mode: 'enforce' | 'observe';
  readonly dryRun: boolean;
  readonly humanGate: boolean;
  readonly clearanceDay: boolean;
  readonly findings: readonly Finding[];
  readonly ci: {
    readonly conclusion: CiConclusion | 'not_asked';
    readonly url: string;
    readonly checks: readonly {
      readonly name: string;
      readonly state: string;
      readonly url: string;
      readonly optional: boolean;
    }[];
  };
  readonly escalation: {
    readonly key: string;
    readonly url: string;
    /** Where it is: the tracker's platform. */
    readonly tracker?: string;
    /** A later run has seen that it is open no more. */
    readonly closed?: boolean;
  };
  readonly review: { readonly url: string };
  readonly advisories: { readonly open: number; readonly new: number; readonly cleared: number; readonly url: string };
  /** Line coverage in percent by evidence name: the next day's baseline. */
  readonly coverage: Readonly<Record<string, number>>;
  /** What else a reader should know: the late run, the missed day, how the commit was chosen. */
  readonly notes: readonly string[];
  readonly faults: readonly Fault[];
  /** What should have been delivered and was not. */
  readonly pending: readonly { readonly operation: string; readonly reason: string; readonly day: number }[];
  /** What was asked of each host so far, and what is left of its budget. */
  readonly requests: readonly HostReport[];
}
