/** The words of a judgement. */

/**
 * `PARTIAL`: not done, but declared out of scope. `WAIVED`: a failure that somebody answers for, for a while. `OBSERVED`: a
 * failure that is shown and does not count, as it is only observed or was there before; or a pass of another commit.
 * `UNKNOWN`: PACE itself could not look; says nothing about the commit.
 */
export type FindingResult = 'PASS' | 'FAIL' | 'ADVISORY' | 'PARTIAL' | 'WAIVED' | 'OBSERVED' | 'UNKNOWN';

/** What blocks first. */
export const RESULTS = [
  'FAIL', 'UNKNOWN', 'WAIVED', 'ADVISORY', 'OBSERVED', 'PARTIAL', 'PASS',
] as const satisfies readonly FindingResult[]; // biome-ignore format: a list

/** One judged check, with its proof. */
export interface Finding {
  /** The name of the evidence it comes from; for `ci` the commit's own checks. */
  readonly source: string;
  /** What was checked, the same words every day: waivers and the backlog recognise it by them. */
  readonly check: string;
  readonly result: FindingResult;
  /** The proof, in plain text of untrusted origin. */
  readonly evidence: string;
  readonly url?: string;
  /** Relative to the workspace. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  /** Set on WAIVED: whose decision it is. */
  readonly waiver?: {
    readonly reason: string;
    readonly owner: string;
    readonly expires: string;
  };
}

/** What reading one source of evidence gave. */
export interface EvidenceReading {
  readonly source: string;
  readonly findings: readonly Finding[];
  /**
   * The source was there, could be read whole, and all its advisories are listed: what it does not mention any more is
   * resolved.
   */
  readonly complete: boolean;
  /** Standing evidence measures everything anew each day; an agent's report speaks of its own day only. */
  readonly standing: boolean;
  /** Nothing ran, or nothing was found: it says nothing about the commit. */
  readonly saysNothing?: boolean;
  /** What was read speaks of a failure, whatever comes of it by waivers and settings. That nothing could be read is none. */
  readonly hasFailure?: boolean;
  /** Its failures as the next days know them again: see `known-failures.ts`. */
  readonly failures?: readonly string[];
  /** Checks that had failed in an earlier run on the same commit and have passed in this one. */
  readonly recovered?: readonly string[];
  /** Line coverage in percent, remembered for the next day. */
  readonly coverage?: number;
}

/** By this a finding is known everywhere: `unit tests: cart adds`. */
export function title({ source, check }: Pick<Finding, 'source' | 'check'>): string {
  return `${source}: ${check}`;
}
