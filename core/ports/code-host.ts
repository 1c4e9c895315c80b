/** Where code and its CI live: the port that a platform writes, and its neutral words. */

import type { World } from '../world.ts';
import type { Diagnosis, GateNeeds } from './diagnosis.ts';
import type { Person, TextLimit } from './issue.ts';

export interface Repository {
  /** How the host names it: `owner/name`, `group/sub/project`, or a folder. */
  readonly name: string;
  /** What the host knows it by, and keeps through renames and moves; absent where it has no such thing. */
  readonly id?: string;
  readonly url: string;
  readonly defaultBranch: string;
}

/** What the variables and the event of a CI job tell of its repository. */
export type RepositoryOfJob = Partial<Pick<Repository, 'id' | 'defaultBranch'>>;

/**
 * `pending`: queued or running, will end by itself. `waiting`: goes on when a person has acted. `blocked`: stands behind a check that has
 * not ended. `unknown`: a word we do not know; never a pass, waited for like `pending`.
 */
export type CheckState =
  | 'pending'
  | 'waiting'
  | 'blocked'
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'neutral'
  | 'unknown';

/** What a person is to do before a check goes on. */
export interface WaitsFor {
  /**
   * `approval`: the host runs nothing of it before, as for a stranger's change. `deployment`: an environment that is protected.
   * `start`: a job that is started by hand.
   */
  readonly kind: 'approval' | 'deployment' | 'start';
  /** Who can act, in words: names where the host tells them. */
  readonly who: string;
  /** Other checks of its run stand behind it, and have not run. */
  readonly isBlocking: boolean;
}

/** One check, job or commit status of a commit. */
export interface Check {
  /** The host's id, unique among the checks of a commit; later attempts have other ids. */
  readonly id: string;
  readonly name: string;
  /** Who reports it, e.g. the app's slug, or `status` for a plain commit status. */
  readonly app: string;
  /** The workflow or pipeline it belongs to; `''` where there is none. */
  readonly workflow: string;
  /**
   * The attempt of a run that it belongs to: two checks of one name in one attempt are two, of two attempts the later one counts.
   * Absent where the host lists the newest of each name only.
   */
  readonly attempt?: string;
  /** What its run was made for (`push`, `pull_request`): a run for another event is no re-run of one that goes on. */
  readonly event?: string;
  readonly state: CheckState;
  /** The vendor's own word for the state, for the log. */
  readonly vendorState: string;
  /** Of `waiting`. */
  readonly waitsFor?: WaitsFor;
  /** Its failure is allowed and does not count. */
  readonly optional: boolean;
  /** The host knows it for a job in which a gate of PACE runs: it is neither waited for nor evidence. */
  readonly isGate?: boolean;
  readonly url: string;
  /** Times in milliseconds since 1970; absent when the host does not say. */
  readonly startedAt?: number;
  readonly completedAt?: number;
  /** Whoever reports it has told the times, by a clock of its own: they date nothing, and ids tell which came later. */
  readonly hasOwnClock?: boolean;
}

/** Which check is the very job that PACE runs in; `undefined` when PACE does not run in a job of this host. */
export interface OwnCheck {
  readonly id: string;
}

/** A pull or merge request, as far as a run that judges it has to know it. */
export interface JudgedChange {
  /** The number that people use: `12`. */
  readonly id: string;
  /** The branch that it comes from, and the one that it goes to; `''` where it is not told. */
  readonly source: string;
  readonly target: string;
  readonly labels: readonly string[];
}

/** A change that was asked for by its number, with its head commit. */
export interface FoundChange extends JudgedChange {
  readonly sha: string;
}

/** What a CI run is about, beside the commit. */
export interface RunSubject {
  /** Set when the run belongs to a pull or merge request, or to a merge queue. */
  readonly change?: JudgedChange;
  /** The branch that the run is on; absent for a change, a tag, and where nothing tells. */
  readonly branch?: string;
}

/** The commit that this CI run is about: the head of a pull or merge request, never a merge commit made for testing it. */
export interface JudgedCommit extends RunSubject {
  readonly sha: string;
  /** What the host has made of it to test it, and has checked out for this job, where that is not the commit itself. */
  readonly testedAs?: string;
  /** Something about this run that the reader should know, e.g. that its token can only read. */
  readonly note?: string;
}

/**
 * What a job tells of itself by its variables and its event alone: nothing that stands in the repository, least of all a
 * configuration, has a part in it.
 */
export interface JobSubject {
  readonly judged: JudgedCommit;
  /** Where the job's branches live, and of a change the branch that it goes to: `owner/name`. */
  readonly repository?: string;
  /** The web address of that repository. */
  readonly url?: string;
  readonly defaultBranch?: string;
  /** The folder that the job's checkout is in, or would be: paths of the repository begin there. */
  readonly folder?: string;
  /** The merge that the host itself has made to test the change: its first parent is of the branch that the change goes to. */
  readonly testMerge?: string;
}

/** A file of the repository as it stands at a branch or a commit. */
export interface FileAtRef {
  /** The commit that it was read at; `''` where the host does not tell. */
  readonly sha: string;
  /** Absent when there is no such file at that commit. */
  readonly text?: string;
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

/** An approving review that stands: the last word of its person. */
export interface Approval {
  readonly person: Person;
  /** The commit that was approved; absent where the host cannot tell. */
  readonly sha?: string;
}

export interface ChangeApprovals {
  readonly approvals: readonly Approval[];
  /** Who opened the change; absent when that account is gone. */
  readonly author?: Person;
  /** The page of the change. */
  readonly url: string;
}

export interface ChangeNote {
  /** The gate that says it: each has a note of its own. */
  readonly gate: string;
  readonly markdown: string;
  /** The number of the change; that of this pipeline when absent. */
  readonly change?: string;
}

/** Where the host shows the Markdown report of a job. */
export interface JobSummary {
  /** Absolute path of the file. */
  readonly path: string;
  /** The file may hold other text already: add to it. */
  readonly append: boolean;
  /** Adds to that file in the host's own way. */
  readonly add?: World['addToSummary'];
  /** Above it the host drops the whole summary. */
  readonly maxBytes: number;
}

/**
 * Where code and its CI live. Methods throw `PaceError`. An optional method that is absent is an ability the platform lacks.
 */
export interface CodeHost {
  readonly platform: string;
  /** `owner/name` as the settings or the checkout tell it. Makes no request. */
  repositoryName(): Promise<string>;
  repository(): Promise<Repository>;
  /** What the CI job's variables and event tell of this very repository; `undefined` outside of its jobs. Makes no request. */
  repositoryOfJob?(): Promise<RepositoryOfJob | undefined>;
  /** All checks, runs and commit statuses of the commit, all pages, those too that were skipped; `[]` when there are none (yet). */
  listChecks?(sha: string, signal?: AbortSignal): Promise<Check[]>;
  /** Whether the repository has the commit. Asked where nothing at all is listed for it: some hosts list nothing for any hash. */
  hasCommit?(sha: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * When the push came that has started this very run for the commit, by the host's clock; `undefined` where something else has. Makes no
   * request: `listChecks` may have told.
   */
  pushedAt?(sha: string): number | undefined;
  /** Asking `listChecks` again costs nothing while nothing has changed (conditional requests that do not count). */
  readonly pollingIsFree?: boolean;
  ownCheck?(): Promise<OwnCheck | undefined>;
  /** From the CI job's variables and event, or the checkout; `undefined` when PACE does not run in a job of this host. Makes no request. */
  judgedCommit?(): Promise<JudgedCommit | undefined>;
  /** The file at the tip of this branch, or at this commit. Throws `not-found` when the host shows neither. */
  readFile?(path: string, ref: string): Promise<FileAtRef>;
  /** The change of this number with its head commit; `undefined` when there is none. */
  changeById?(id: string): Promise<FoundChange | undefined>;
  /** Creates branch, commit and pull/merge request, or finds them and refreshes title and body. A closed or merged one is only found. */
  proposeChange(change: ProposedChange): Promise<ChangeRequest>;
  /** The newest change request from exactly this branch of this repository, in whatever state. */
  findChange(branch: string): Promise<ChangeRequest | undefined>;
  /** Who has approved the change of this number, and who has made it. Throws `not-found` when there is none. */
  listApprovals?(change: string): Promise<ChangeApprovals>;
  /** Who wrote the commit, as users of this host; `[]` where their addresses belong to none. */
  commitAuthors?(sha: string): Promise<readonly Person[]>;
  /** Whether the person belongs to the team: `org/team`. Absent where teams are not known. */
  isTeamMember?(team: string, person: Person): Promise<boolean>;
  setCommitStatus?(sha: string, status: CommitStatus): Promise<void>;
  /** `undefined` when there is no such variable. */
  getVariable?(name: string): Promise<string | undefined>;
  setVariable?(name: string, value: string): Promise<void>;
  jobSummary(): JobSummary;
  /** The limit of a change request's body. */
  readonly bodyLimit: TextLimit;
  /** The page of the CI job that PACE runs in; `undefined` outside of one. */
  jobUrl?(): string | undefined;
  /** Shows this line at the CI run that PACE is a part of, in place of the one that was there. Plain text, no Markdown. */
  describeRun?(line: string): Promise<void>;
  /** Writes the gate's one note at a change request, edited in place; `false` when there is none to write it at. */
  upsertChangeNote?(note: ChangeNote): Promise<boolean>;
  /** Looks at all that the gate needs here. Only reads, and never throws: what fails is a diagnosis of its own. */
  diagnose?(needs: GateNeeds): Promise<Diagnosis[]>;
}
