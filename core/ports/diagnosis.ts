/** What `doctor` asks of a platform, and what it hears. */
import type { IssuePurpose } from './issue.ts';

/**
 * `ok`: seen, or proven by what the platform says about the token. `degraded`: the gate decides, but something it promises will be
 * missing. `broken`: the gate cannot do its work. `unknown`: could not be found out, e.g. because only writing would show it.
 */
export type DiagnosisState = 'ok' | 'degraded' | 'broken' | 'unknown';

/** One thing that `doctor` has looked at. */
export interface Diagnosis {
  /** What it belongs to, e.g. `code host`. */
  readonly area: string;
  /** What was looked at, the same words on every run, e.g. `statuses: write`. */
  readonly check: string;
  readonly state: DiagnosisState;
  /** What was found, in one line, without secrets. */
  readonly detail: string;
  /** What to do; `''` when nothing has to be done. May have several lines. */
  readonly remedy: string;
}

/** What the configured gate will ask of a platform: what it does not use is not looked at. */
export interface GateNeeds {
  /** The name of the commit status. */
  readonly statusContext: string;
  readonly waitsForCi: boolean;
  /** The plan has human-gate days. */
  readonly opensReviews: boolean;
  /** Pauses by a CI variable. */
  readonly usesVariables: boolean;
  /** What issues it opens. */
  readonly purposes: readonly IssuePurpose[];
}
