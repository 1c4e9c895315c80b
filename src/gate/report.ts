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
  readonly day: number;
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
  readonly escalation: { readonly key: string; readonly url: string };
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

/** 0: the pipeline may go on. 1: it must not. */
export function gateExitCode(report: Pick<Report, 'decision' | 'mode'>, onHold: 'fail' | 'neutral'): 0 | 1 {
  return report.decision === 'HOLD' && report.mode === 'enforce' && onHold === 'fail' ? 1 : 0;
}
