/** The ports, and the neutral words that every platform translates to. No vendor's field or name belongs here. */
import type { World } from './world.ts';

// ---------------------------------------------------------------------------------------------- platforms

/** One folder under `platforms/`: what it is, what it needs, which ports it offers. */
export interface Platform {
  /** The name in configuration: equals the folder's name and the registry's key. */
  readonly name: string;
  /** The name people use: "GitHub". */
  readonly title: string;
  readonly needs: readonly Setting[];
  /** True when these environment variables belong to a CI job of this platform. */
  detectCi?(env: World['env']): boolean;
  /** Serves where nothing else is configured or detected; exactly one platform says so. */
  readonly fallback?: boolean;
  /** True when a git remote on this host name (e.g. `gitlab.example.org`) belongs to this platform. */
  detectRemote?(hostname: string): boolean;
  /** What lets git push from a job to the code repository, in words for the person who sets up the job. */
  readonly pushRemedy?: string;
  /** Absent where the platform hosts no code. Loads the vendor's SDK only now. */
  createHost?(world: World, settings: Settings): Promise<CodeHost>;
  /** Absent where the platform tracks no issues. */
  createTracker?(world: World, settings: Settings): Promise<IssueTracker>;
}

/** One thing that a platform must be told. Source of validation, help, `doctor` and the tables in the documentation. */
export interface Setting {
  /** Key in the platform's section of `pace.config.yaml`, e.g. `project_key`. */
  readonly key: string;
  /** Environment variables that may hold it, the preferred one first. */
  readonly env: readonly string[];
  readonly why: string;
  /** For a token: the exact permissions or scopes, as the vendor spells them. */
  readonly scope?: string;
  readonly for: 'ci' | 'tracker' | 'both';
  readonly required: boolean;
  /** A secret never stands in the file, only as `env:NAME`. */
  readonly secret?: boolean;
  readonly default?: string;
  /** A value to show in examples. */
  readonly example?: string;
}

/** Values by `Setting.key`: from the file, else the environment, else the default. A key is absent when there is none. */
export type Settings = Readonly<Record<string, string>>;

// ---------------------------------------------------------------------------------------------- code host

export interface Repository {
  /** How the host names it: `owner/name`, `group/sub/project`, or a folder. */
  readonly name: string;
  readonly url: string;
  readonly defaultBranch: string;
}

/**
 * `pending`: queued or running, will end by itself. `blocked`: does not start by itself (waits for a person, or for a later
 * stage). `unknown`: a word we do not know; never a pass, waited for like `pending`.
 */
export type CheckState =
  | 'pending'
  | 'blocked'
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'neutral'
  | 'unknown';

/** One check, job or commit status of a commit. */
export interface Check {
  /** The host's id, unique among the checks of a commit; later attempts have other ids. */
  readonly id: string;
  readonly name: string;
  /** Who reports it, e.g. the app's slug, or `status` for a plain commit status. */
  readonly app: string;
  /** The workflow or pipeline it belongs to; `''` where there is none. */
  readonly workflow: string;
  readonly state: CheckState;
  /** The vendor's own word for the state, for the log. */
  readonly vendorState: string;
  /** Its failure is allowed and does not count. */
  readonly optional: boolean;
  readonly url: string;
  /** Times in milliseconds since 1970; absent when the host does not say. */
  readonly startedAt?: number;
  readonly completedAt?: number;
}

/** Which check is the very job that PACE runs in; `undefined` when PACE does not run in a job of this host. */
export interface OwnCheck {
  readonly id: string;
}

/** The commit that this CI run is about: the head of a pull or merge request, never a merge commit made for testing it. */
export interface JudgedCommit {
  readonly sha: string;
  /** Something about this run that the reader should know, e.g. that its token can only read. */
  readonly note?: string;
}

export interface FileToCommit {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly content: string;
}

export interface ProposedChange {
  readonly branch: string;
  /** Target branch; the default branch when absent. */
  readonly base?: string;
  /** The commit from which the branch is created. */
  readonly from: string;
  readonly files: readonly FileToCommit[];
  readonly commitMessage: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
}

/** A pull or merge request. */
export interface ChangeRequest {
  readonly key: string;
  readonly url: string;
  readonly state: 'open' | 'merged' | 'closed';
}

export interface CommitStatus {
  readonly context: string;
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  /** Cut by the platform to its own limit. */
  readonly description: string;
  readonly url?: string;
}

/** Where the host shows the Markdown report of a job. */
export interface JobSummary {
  /** Absolute path of the file. */
  readonly path: string;
  /** The file may hold other text already: add to it. */
  readonly append: boolean;
  /** Above it the host drops the whole summary. */
  readonly maxBytes: number;
}

// ---------------------------------------------------------------------------------------------- diagnosis

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

/**
 * Where code and its CI live. Methods throw `PaceError`. An optional method that is absent is an ability the platform lacks.
 */
export interface CodeHost {
  readonly platform: string;
  /** `owner/name` as the settings or the checkout tell it. Makes no request. */
  repositoryName(): Promise<string>;
  repository(): Promise<Repository>;
  /** All checks and commit statuses of the commit, all pages; `[]` when there are none (yet). */
  listChecks?(sha: string, signal?: AbortSignal): Promise<Check[]>;
  /** Asking `listChecks` again costs nothing while nothing has changed (conditional requests that do not count). */
  readonly pollingIsFree?: boolean;
  ownCheck?(): Promise<OwnCheck | undefined>;
  /** From the CI job's variables and event, or the checkout; `undefined` when PACE does not run in a job of this host. Makes no request. */
  judgedCommit?(): Promise<JudgedCommit | undefined>;
  /** Creates branch, commit and pull/merge request, or finds them and refreshes title and body. A closed or merged one is only found. */
  proposeChange(change: ProposedChange): Promise<ChangeRequest>;
  /** The newest change request from this branch, in whatever state. */
  findChange(branch: string): Promise<ChangeRequest | undefined>;
  setCommitStatus?(sha: string, status: CommitStatus): Promise<void>;
  /** `undefined` when there is no such variable. */
  getVariable?(name: string): Promise<string | undefined>;
  setVariable?(name: string, value: string): Promise<void>;
  jobSummary(): JobSummary;
  /** The limit of a change request's body. */
  readonly bodyLimit: TextLimit;
  /** The page of the CI job that PACE runs in; `undefined` outside of one. */
  jobUrl?(): string | undefined;
  /** Writes the one note of PACE at the change request that this pipeline belongs to; `false` when it belongs to none. */
  upsertChangeNote?(markdown: string): Promise<boolean>;
  /** Looks at all that the gate needs here. Only reads, and never throws: what fails is a diagnosis of its own. */
  diagnose?(needs: GateNeeds): Promise<Diagnosis[]>;
}

// ---------------------------------------------------------------------------------------------- issue tracker

/** Neutral states; the vendor's own name stands beside it in `Issue.stateName`. */
export type IssueState = 'open' | 'in_progress' | 'in_review' | 'blocked' | 'done' | 'canceled';

/** What an issue is for. Where a vendor has types, the platform's settings say which one stands for it. */
export type IssuePurpose = 'hold' | 'advisory' | 'story';

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Structured data of programs on an issue. Kept out of sight where the tracker can; survives edits by people. */
export type Metadata = Readonly<Record<string, unknown>>;

export interface Issue {
  /** The reference that people use: `12`, `PROJ-12`. */
  readonly key: string;
  readonly url: string;
  readonly title: string;
  /** Markdown, without the hidden block that carries `metadata`. */
  readonly body: string;
  readonly state: IssueState;
  readonly stateName: string;
  readonly labels: readonly string[];
  readonly assignees: readonly Person[];
  readonly author?: Person;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly metadata: Metadata;
}

export interface IssueDraft {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly purpose?: IssuePurpose;
  readonly metadata?: Metadata;
}

/** Absent members stay as they are. `metadata` replaces the whole. A `body` without `metadata` keeps the metadata. */
export interface IssuePatch {
  readonly title?: string;
  readonly body?: string;
  readonly labels?: readonly string[];
  readonly metadata?: Metadata;
  /** Moves the issue as `transitionIssue` does, after the rest is written; in one request where the vendor can. */
  readonly state?: IssueState;
}

/** All given conditions must hold. Newest first. */
export interface IssueFilter {
  readonly state?: 'open' | 'closed' | 'all';
  /** The issue has every one of them. */
  readonly labels?: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdSince?: number;
}

export interface Comment {
  readonly id: string;
  readonly body: string;
  readonly author?: Person;
  readonly createdAt: number;
}

/** How long a text may be in the vendor's own form, and how to measure it. */
export interface TextLimit {
  readonly max: number;
  readonly unit: 'characters' | 'bytes';
}

/** Where issues live. Methods throw `PaceError`. Bodies are Markdown everywhere. */
export interface IssueTracker {
  readonly platform: string;
  /** The limit of a title, always in characters. */
  readonly titleLimit: number;
  readonly bodyLimit: TextLimit;
  /** The size of this Markdown (with its metadata) in the vendor's own form, in `bodyLimit.unit`. */
  measureBody(markdown: string, metadata?: Metadata): number;
  getIssue(key: string): Promise<Issue>;
  /** Newest first; pages are fetched as the consumer asks for more. */
  listIssues(filter?: IssueFilter): AsyncIterable<Issue>;
  /** Creates the labels that are missing, where the tracker wants that. Reads back what was applied. */
  createIssue(draft: IssueDraft): Promise<Issue>;
  updateIssue(key: string, patch: IssuePatch): Promise<Issue>;
  /** Moves the issue to a state by the vendor's status category, never by a transition's name. A no-op when it is there. */
  transitionIssue(key: string, state: IssueState): Promise<Issue>;
  listComments(key: string): Promise<Comment[]>;
  addComment(key: string, markdown: string): Promise<Comment>;
  /**
   * Whether the author of this issue is the token's own user, or one who may write. Asked only about an issue that claims to be
   * PACE's and lacks the label that only writers can set. Absent where only writers can create what the claim is kept in.
   */
  isTrusted?(issue: Issue): Promise<boolean>;
  /** The vendor's form of a Markdown text: the text itself, or e.g. an ADF document. */
  formatDescription(markdown: string): unknown;
  /** Looks at all that the gate needs here. Only reads, and never throws: what fails is a diagnosis of its own. */
  diagnose?(needs: GateNeeds): Promise<Diagnosis[]>;
}

// ---------------------------------------------------------------------------------------------- the adapters of the gate

/** Trouble that an adapter has met and swallowed. The run reports it. */
export interface Fault {
  /** The method that met it. */
  readonly operation: string;
  readonly message: string;
  readonly remedy: string;
}

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
}

/** The gate's view of a code host. Never throws: `''`, `false` or `no_runs`, and a fault. */
export interface CIAdapter {
  readonly platform: string;
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
