/** The gate's views of a code host and of a tracker: they never throw, and keep their faults. */
import type { Fault } from '../faults.ts';
import type { ChangeRequest, Check, CommitStatus } from '../ports/code-host.ts';
import type { Person } from '../ports/issue.ts';
import type { ApprovalAnswer, ApprovalRequest, DayApprovalRequest } from './approvals.ts';

/** The worst that was seen: what else there was tell the checks. `waiting`: for a person, and nothing was found out before. */
export type CiConclusion = 'success' | 'failure' | 'cancelled' | 'waiting' | 'no_runs' | 'timeout';

export interface CiResult {
  readonly conclusion: CiConclusion;
  /** Of the check that decided, else of the first one; `''` when there is none. */
  readonly url: string;
  readonly name: string;
  readonly sha: string;
  /** The judged set: latest attempts, without PACE's own. */
  readonly checks: readonly Check[];
  /** The deadline came before all had ended. */
  readonly timedOut?: boolean;
  /** Set when the host could not be asked: beyond what had failed before, nothing is known of the commit. */
  readonly fault?: Fault;
}

/** How a commit's checks are judged. Times in seconds. */
export interface CiRules {
  /** How long after a push further checks are waited for, and an empty set after the wait began. */
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

/** What one line about a run is made of. */
export interface GateDecision {
  /** What was judged: `day 3`, `change 12`. */
  readonly subject?: string;
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
  /** Who of those named has approved the judged commit of this change. */
  approvals(request: ApprovalRequest & { readonly change: string }): Promise<ApprovalAnswer>;
  /** Who wrote the commit, as users of the host; nobody where it does not know them. */
  commitAuthors(sha: string): Promise<{ readonly people: readonly Person[]; readonly fault?: Fault }>;
  /** One line about the run, where the host has a place for it; always in the log. */
  postDailySummary(options: { day: number | null; report: GateDecision }): Promise<void>;
  /** The page of the CI job that PACE runs in, or `''`. */
  jobUrl(): Promise<string>;
  /** Returns the path of the file that was written, or `''`. */
  writeJobSummary(markdown: string): Promise<string>;
  /** Keeps the gate's one note at this change, else at that of the pipeline. `false` where there is none. */
  writeChangeNote(markdown: string, change?: string): Promise<boolean>;
  setCommitStatus(sha: string, status: CommitStatus): Promise<boolean>;
  setVariable(name: string, value: string): Promise<boolean>;
  getVariable(name: string): Promise<string | undefined>;
}

export interface ReviewRequest {
  readonly day: number;
  /** The folder that holds this gate's days, absolute. */
  readonly stateDir: string;
  /** The folder that holds what agents write about each day, absolute; `stateDir` where they are the same. */
  readonly agentsDir: string;
  /** `stateDir` as a path below the repository, with `/`: where the review's own file is proposed. */
  readonly folder: string;
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

/** What a look for an open escalation gave. */
export interface Holding {
  /** `false`: the tracker could not be asked, or cannot tell. A fault says why, and nothing is known about any hold. */
  readonly isKnown: boolean;
  /** Every open one, that of the earliest day first. */
  readonly holds: readonly Escalation[];
  /** Of the remembered days, those whose escalation was seen to be closed. */
  readonly closed: readonly number[];
}

/** An escalation that an earlier run has written down. */
export interface RememberedHold {
  readonly day: number;
  readonly key: string;
}

export interface AdvisoryItem {
  readonly id: string;
  readonly finding: string;
}

/** What the tracker itself remembers of an advisory that is not resolved. */
export interface KnownAdvisory extends AdvisoryItem {
  readonly agent: string;
  /** Of agent and whole finding, which is kept shortened: see `advisoryDigest`. */
  readonly digest: string;
  readonly day: number;
  /** A person has closed its issue. */
  readonly isClosed: boolean;
}

/** The gate's view of a tracker. Never throws: `''` or `false`, and a fault. */
export interface TrackerAdapter {
  readonly platform: string;
  /** Those of the run, where it has handed over its list; else the adapter's own. */
  readonly faults: readonly Fault[];
  /** Opens, refreshes or reopens the one escalation of the day. Returns its URL, or `''`. */
  openEscalationIssue(options: {
    day: number;
    /** The folder with what agents have written about the day, absolute. */
    dayDir: string;
    holdReason?: string;
    sha?: string;
    /** Markdown of the findings, shown under the blocker. */
    report?: string;
    /** Where the whole report is, as a path. */
    reportPath?: string;
    /** The CI job that held the day. */
    jobUrl?: string;
    /** The key that an earlier run has written down. */
    rememberedKey?: string;
  }): Promise<string>;
  /** Closes the day's escalation, and says why. `true` when it is closed now, or there is none. */
  resolveEscalation(options: { day: number; sha?: string; note?: string; rememberedKey?: string }): Promise<boolean>;
  /**
   * The open escalations of days before `before` (of any day when absent): the pause switch. Looks under the remembered
   * keys too. One that was closed by somebody who may not resume is opened again.
   */
  openEscalation(options?: { before?: number; remembered?: readonly RememberedHold[] }): Promise<Holding>;
  /** The escalation of a day as the last call left it. */
  escalationOf(day: number): Promise<Escalation | undefined>;
  /** One issue per agent and day. Returns its URL; `''` for no items. */
  pushAdvisoryItems(options: { day: number; items: readonly AdvisoryItem[]; agent: string }): Promise<string>;
  /** Takes these ids off their issues; an issue without open items is closed. `true` when all went well. */
  clearAdvisoryItems(options: { ids: readonly string[] }): Promise<boolean>;
  /** What is not resolved, in whatever sprint it was raised; `undefined`, and a fault, where the tracker could not be asked. */
  knownAdvisories(): Promise<readonly KnownAdvisory[] | undefined>;
  pushStory(options: { day: number; dayDir: string }): Promise<string>;
  updateStoryStatus(options: { day: number; dayDir: string; status: 'done' | 'in_progress' }): Promise<boolean>;
  postHandoffComment(options: { day: number; dayDir: string }): Promise<boolean>;
  /** Who of those named has approved the judged commit, by a comment on the issues of the day. */
  approvals(request: DayApprovalRequest): Promise<ApprovalAnswer>;
  closePlanIssue(key: string): Promise<boolean>;
  /**
   * Looks after a day's open escalation: gives back the label and the mark that it has lost, closes twins, and says that it still
   * holds; days apart, less and less often. `true` when it was said.
   */
  remindEscalation(options: { day: number }): Promise<boolean>;
}
