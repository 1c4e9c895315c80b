/** The gate's views of a code host and of a tracker: they never throw, and keep their faults. */
import type { Fault } from '../faults.ts';
import type { ChangeRequest, Check, CommitStatus } from '../ports/code-host.ts';

export type CiConclusion = 'success' | 'failure' | 'cancelled' | 'no_runs' | 'timeout';

export interface CiResult {
  readonly conclusion: CiConclusion;
  /** Of the check that decided, else of the first one; `''` when there is none. */
  readonly url: string;
  readonly name: string;
  readonly sha: string;
  /** The judged set: latest attempts, without PACE's own. */
  readonly checks: readonly Check[];
  /** Set when the host could not be asked: the conclusion then says nothing about the commit. */
  readonly fault?: Fault;
}

/** How a commit's checks are judged. Times in seconds. */
export interface CiRules {
  /** How long an empty set, or one that lacks an expected name, is waited for. */
  readonly graceSeconds: number;
  /** How long a finished set must stay the same. */
  readonly settleSeconds: number;
  /** Names (or patterns) of checks that must be there. */
  readonly expected: readonly string[];
  /** Names (or patterns) of checks that do not count. */
  readonly ignored: readonly string[];
  /** Whether these count as a pass. */
  readonly skippedPasses: boolean;
  readonly neutralPasses: boolean;
}

export interface GateDecision {
  readonly decision?: string;
  readonly holdReason?: string;
  /** Nothing leaves this machine. */
  readonly dryRun?: boolean;
}

/** The gate's view of a code host. Never throws: `''`, `false` or `no_runs`, and a fault. */
export interface CIAdapter {
  readonly platform: string;
  /** Those of the run, where it has handed over its list; else the adapter's own. */
  readonly faults: readonly Fault[];
  /** The review request of a human-gate day. Returns its URL (a path where there is no server), or `''`. */
  openReviewPr(options: ReviewRequest): Promise<string>;
  /** The review request of an earlier human-gate day, to see whether a person has closed it. */
  reviewState(day: number): Promise<ChangeRequest | undefined>;
  waitForCommitCi(options: {
    sha: string;
    timeoutMinutes?: number;
    /** Seconds between two looks at the start; it adapts. */
    pollInterval?: number;
    rules?: Partial<CiRules>;
    signal?: AbortSignal;
  }): Promise<CiResult>;
  /** One line about the day, where the host has a place for it; always in the log. */
  postDailySummary(options: { day: number; report: GateDecision }): Promise<void>;
  /** The page of the CI job that PACE runs in, or `''`. */
  jobUrl(): Promise<string>;
  /** Returns the path of the file that was written, or `''`. */
  writeJobSummary(markdown: string): Promise<string>;
  /** Keeps the one note of PACE at the change request of this pipeline. `false` where there is none. */
  writeChangeNote(markdown: string): Promise<boolean>;
  setCommitStatus(sha: string, status: CommitStatus): Promise<boolean>;
  setVariable(name: string, value: string): Promise<boolean>;
  getVariable(name: string): Promise<string | undefined>;
}

export interface ReviewRequest {
  readonly day: number;
  /** The `.pace` folder, absolute. */
  readonly paceDir: string;
  readonly contextNote?: string;
  /** The judged commit. */
  readonly sha?: string;
  readonly openAdvisories?: readonly { id: string; finding: string }[];
  readonly reviewers?: readonly string[];
}

export interface Escalation {
  readonly key: string;
  readonly url: string;
  readonly day: number;
  readonly open: boolean;
}

export interface AdvisoryItem {
  readonly id: string;
  readonly finding: string;
}

/** The gate's view of a tracker. Never throws: `''` or `false`, and a fault. */
export interface TrackerAdapter {
  readonly platform: string;
  /** Those of the run, where it has handed over its list; else the adapter's own. */
  readonly faults: readonly Fault[];
  /** Opens, refreshes or reopens the one escalation of the day. Returns its URL, or `''`. */
  openEscalationIssue(options: {
    day: number;
    /** The `.pace/day-N` folder, absolute. */
    dayDir: string;
    holdReason?: string;
    sha?: string;
    /** Markdown of the findings, shown under the blocker. */
    report?: string;
    /** The CI job that held the day. */
    jobUrl?: string;
    /** The key that an earlier run has written down. */
    rememberedKey?: string;
  }): Promise<string>;
  /** Comments on the day's escalation and closes it. `true` when it is closed now, or there is none. */
  resolveEscalation(options: { day: number; sha?: string; note?: string; rememberedKey?: string }): Promise<boolean>;
  /** The open escalation of the earliest day before `before` (any day when absent): the pause switch. */
  openEscalation(options?: { before?: number }): Promise<Escalation | undefined>;
  /** The escalation of a day as the last call left it. */
  escalationOf(day: number): Promise<Escalation | undefined>;
  /** One issue per agent and day. Returns its URL; `''` for no items. */
  pushAdvisoryItems(options: { day: number; items: readonly AdvisoryItem[]; agent: string }): Promise<string>;
  /** Takes these ids off their issues; an issue without open items is closed. `true` when all went well. */
  clearAdvisoryItems(options: { ids: readonly string[] }): Promise<boolean>;
  /** Ids of items whose issue a person has closed. */
  advisoryItemsClosedByPeople(): Promise<string[]>;
  pushStory(options: { day: number; dayDir: string }): Promise<string>;
  updateStoryStatus(options: { day: number; dayDir: string; status: 'done' | 'in_progress' }): Promise<boolean>;
  postHandoffComment(options: { day: number; dayDir: string }): Promise<boolean>;
  closePlanIssue(key: string): Promise<boolean>;
  /** Says under a day's open escalation that it still holds; days apart, less and less often. */
  remindEscalation(options: { day: number }): Promise<boolean>;
}
