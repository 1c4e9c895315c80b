/** What a platform writes for its tracker: plain calls. What follows from them is in `complete-tracker.ts`, once for all. */

import type { PaceError } from '../errors.ts';
import type { Capabilities } from './capabilities.ts';
import type { Diagnosis, GateNeeds } from './diagnosis.ts';
import type {
  Attachment,
  Comment,
  Delta,
  FilterName,
  Issue,
  IssueDraft,
  IssueFilter,
  IssueLink,
  IssuePatch,
  IssueSort,
  IssueState,
  Label,
  Metadata,
  Milestone,
  NormalText,
  Person,
  TextLimit,
  Transition,
} from './issue.ts';

export type { Capabilities } from './capabilities.ts';

/** Where a transition leads. */
export interface Target {
  readonly state: IssueState;
  /** One of the vendor's own names for that state, when a person has named it. */
  readonly name?: string;
}

/**
 * One tracker's calls. They throw `PaceError`. An optional call that is absent is one the tracker does not have; the
 * capabilities say why. Bodies are Markdown everywhere.
 */
export interface TrackerDriver {
  readonly platform: string;
  /** The limit of a title, always in characters. */
  readonly titleLimit: number;
  readonly bodyLimit: TextLimit;
  /** The size of this Markdown (with its metadata) in the vendor's own form, in `bodyLimit.unit`. */
  measureBody(markdown: string, metadata?: Metadata): number;
  /** The vendor's form of a Markdown text: the text itself, or e.g. an ADF document. */
  formatDescription(markdown: string): unknown;
  /** For bodies and comments alike. Absent where only ends of lines and blanks at the ends may come back otherwise: see `core/text/normal-text.ts`. */
  readonly normalText?: NormalText;
  /** A text of others, in which this tracker finds nothing to carry out. Absent where it carries out nothing that stands in texts. */
  harmless?(markdown: string): string;

  /** What can be done here, found by looking (at the edition, the project, the fields), never by a version. Writes nothing. */
  capabilities(): Promise<Capabilities>;
  /** Whose token it is. */
  getCurrentUser(): Promise<Person>;
  /**
   * What the vendor itself knows the repository, project or board by, which a rename does not change: one cheap request at most;
   * the answer is remembered above. Absent where nothing but the name says which one it is.
   */
  containerId?(): Promise<string>;

  /** An issue that was moved is followed where the vendor leads on: its `key` is then the one by which it is reached now. */
  getIssue(key: string): Promise<Issue>;
  /** How many issues are asked about at once where there are many: 4 when absent; more where one call answers for several. */
  readonly readsAtOnce?: number;
  /** The conditions that `listIssues` heeds, fully and exactly. The others are looked at on our side. */
  readonly filters: readonly FilterName[];
  /** The orders that `listIssues` can give, beside newest first. */
  readonly sorts: readonly IssueSort['by'][];
  /** Newest first when no order is asked for; pages are fetched as the consumer asks for more. Ignores conditions not in `filters`. */
  listIssues(filter?: IssueFilter): AsyncIterable<Issue>;
  /** What is older is told by the keys, which are numbers: what was taken over from elsewhere has its time from there. */
  readonly ordersByNumber?: boolean;
  /** As `IssueTracker.listReady` and `listBlocked`, where the tracker itself can tell; it heeds every condition then. */
  listReady?(filter?: IssueFilter): AsyncIterable<Issue>;
  listBlocked?(filter?: IssueFilter): AsyncIterable<BlockedIssue>;
  /** It has a field for `deferUntil`; else that is kept in the metadata. */
  readonly keepsDeferral?: boolean;
  /** How many `listIssues` would give, where that costs next to nothing; every condition of `filters` is heeded. */
  countIssues?(filter: IssueFilter): Promise<number>;
  /** Creates the labels that are missing, where the tracker wants that. Reads back what was applied. */
  createIssue(draft: IssueDraft): Promise<Issue>;
  updateIssue(key: string, patch: IssuePatch): Promise<Issue>;
  /**
   * What `updateIssue` changes beside the rest by an act of the tracker's own, so that nothing of other writers is lost. Everything
   * else is read, written and read back (`concurrent-edits.ts`); the driver then gets the whole of assignees and metadata, and
   * labels as they were asked for.
   */
  readonly deltas?: readonly Delta[];
  /** Moves the issue by the vendor's state or its category, never by a transition's name. A no-op when it is there. */
  transitionIssue(key: string, target: Target): Promise<Issue>;
  /**
   * For good, with its comments and links; what only its owner can bring back counts as that. Others are left: where deleting would
   * take what stands below along, it is refused.
   */
  deleteIssue?(key: string): Promise<void>;
  /** The states that the issue can be moved to from where it is. */
  getAvailableTransitions(key: string): Promise<Transition[]>;

  /** `false`: none; `addComment` is never called then, and the capabilities say why. */
  readonly keepsComments?: boolean;
  /** Oldest first, all pages. */
  listComments(key: string): AsyncIterable<Comment>;
  addComment(key: string, markdown: string): Promise<Comment>;
  updateComment?(key: string, id: string, markdown: string): Promise<Comment>;
  deleteComment?(key: string, id: string): Promise<void>;

  /** Files at the issue and in its texts. Where only links in texts tell of them, those. */
  listAttachments?(key: string): AsyncIterable<Attachment>;
  /** All files that `listAttachments` gives are links in the texts of the issue: who copies these has copied them. */
  readonly filesAreLinks?: boolean;
  /** Its issues stand in texts, and people write the ids themselves: many that are gone at once are likely there by other ids. */
  readonly idsStandInText?: boolean;
  /** The file of one that `listAttachments` has given. Throws `unsupported` where it is no file of this tracker. */
  readAttachment?(attachment: Attachment): Promise<Uint8Array>;

  getIssueLinks?(key: string): Promise<IssueLink[]>;
  /** A no-op when the link is there, from whichever end. */
  createLink?(key: string, link: IssueLink): Promise<void>;
  /** `createLink` itself refuses a link by which issues would wait for each other in a circle. */
  readonly refusesCircles?: boolean;
  /** A no-op when there is no such link. */
  deleteLink?(key: string, link: IssueLink): Promise<void>;

  listLabels?(): AsyncIterable<Label>;
  createLabel?(label: Label): Promise<Label>;
  updateLabel?(name: string, changes: Partial<Label>): Promise<Label>;
  deleteLabel?(name: string): Promise<void>;
  listMilestones?(): AsyncIterable<Milestone>;
  createMilestone?(milestone: Omit<Milestone, 'state'>): Promise<Milestone>;
  updateMilestone?(title: string, changes: Partial<Milestone>): Promise<Milestone>;
  deleteMilestone?(title: string): Promise<void>;
  /** People are names here: whoever is named can be given an issue. */
  readonly peopleAreNames?: boolean;
  /** Those who can be given an issue. */
  listUsers?(): AsyncIterable<Person>;

  /** What has changed of the issue, oldest first. Absent where the tracker does not tell. */
  history?(key: string): AsyncIterable<FieldChange>;
  /** Restores what the last act has changed; throws `conflict` when `last` is not the newest change. Absent where nothing is kept. */
  undo?(key: string, last: string): Promise<Issue>;
  /** What has changed since; without a cursor nothing yet. Absent where the tracker keeps no log of all issues. */
  changesAfter?(cursor?: string): Promise<ChangesAfter>;
  /** How long a watcher waits from one look to the next, in milliseconds. Absent where looks are requests, which are counted. */
  readonly watchEveryMs?: number;

  /** The vendor's own way to write several at once; what it has no place for goes through single calls. */
  readonly batch?: TrackerBatch;
  /** Claims that are exclusive by the tracker's own means; else they are made of comments. */
  readonly claims?: TrackerClaims;
  /**
   * Comments of all issues together that were written or changed since then, in milliseconds since 1970: with them claims are found at
   * once. Absent where only those of one issue can be asked for.
   */
  listCommentsSince?(since: number): AsyncIterable<{ readonly key: string; readonly comment: Comment }>;
  /**
   * Comments of all issues together that were written since then, in milliseconds since 1970. There where a comment changes neither the
   * time of change nor a count of its issue, so that no list of changed issues tells of it.
   */
  listSilentComments?(since: number): AsyncIterable<{ readonly key: string; readonly comment: Comment }>;
  /**
   * Whether the person may write where the issue is: a claim in a comment counts only then. Asked about the author of a comment that was
   * read, once for each place. Absent where nobody else can comment.
   */
  isWriter?(person: Person, key: string): Promise<boolean>;
  /** Takes issues over from elsewhere, each once, with their authors and times. Absent where that cannot be promised. */
  readonly intake?: TrackerIntake;

  /** Who closed the issue last; `undefined` when nobody did, or the vendor does not know. Absent where it cannot tell. */
  closedBy?(key: string): Promise<Person | undefined>;
  /** Whether the person belongs to the team: `org/team`. Absent where teams are not known. */
  isTeamMember?(team: string, person: Person): Promise<boolean>;

  /**
   * Whether the author of this issue is the token's own user, or one who may write. Asked only about an issue that claims to be
   * PACE's and lacks the label that only writers can set. Absent where only writers can create what the claim is kept in.
   */
  isTrusted?(issue: Issue): Promise<boolean>;
  /** Looks at all that the gate needs here. Only reads, and never throws: what fails is a diagnosis of its own. */
  diagnose?(needs: GateNeeds): Promise<Diagnosis[]>;
}

export interface TrackerBatch {
  /** The most that one request takes. */
  readonly size: number;
  /** One answer per draft, in their order; a bad draft does not touch the others. */
  create?(drafts: readonly IssueDraft[]): Promise<(Issue | PaceError)[]>;
  update?(changes: readonly { readonly key: string; readonly patch: IssuePatch }[]): Promise<(Issue | PaceError)[]>;
}

export interface TrackerIntake {
  /**
   * One answer per issue, in their order; a bad one does not touch the others. What is here already by the origin in its metadata
   * is given back as it is: of any number of processes, one creates it.
   */
  take(issues: readonly TakenIssue[]): Promise<(TakenAnswer | PaceError)[]>;
  /** Adds a comment with its own author and time, unless it is there. */
  comment(key: string, comment: TakenComment): Promise<Comment>;
}

export interface TakenIssue {
  readonly draft: IssueDraft;
  /** The name of who wrote it; absent: who imports. */
  readonly author?: string;
  /** Milliseconds since 1970; never later than now. */
  readonly createdAt?: number;
  readonly closedAt?: number;
  /** Written with it; of one that is here already none is. */
  readonly comments?: readonly TakenComment[];
}

export interface TakenAnswer {
  readonly issue: Issue;
  /** `false` for one that was here. */
  readonly isNew: boolean;
}

export interface TakenComment {
  readonly body: string;
  readonly author?: string;
  readonly createdAt?: number;
  /** Of several that are the same in all this, which one it is: from 1. */
  readonly nth: number;
}

export interface TrackerClaims {
  /**
   * Takes the issue, and makes the time of one's own claim longer. That it is open (`isClaimable`) and has no other claim is looked at
   * by the same act. Throws `conflict`.
   */
  claim(key: string, request: ClaimRequest): Promise<Claim>;
  /** `false` when the agent does not have it. */
  release(key: string, agent: string): Promise<boolean>;
  /** A closed issue has none. */
  current(key: string): Promise<Claim | undefined>;
  /** The first of `listReady` that can be had, found and taken in one act; `undefined` where nothing is ready. */
  claimReady?(filter: IssueFilter, request: ClaimRequest): Promise<ClaimedIssue | undefined>;
  /** Makes the time of one's own claim longer. Throws `conflict` when the agent does not have it. Absent: told by `current`. */
  renew?(key: string, request: ClaimRequest): Promise<Claim>;
  /** All of them; absent where each issue has to be asked for its own. */
  list?(filter: ClaimFilter): AsyncIterable<Claim>;
  /** Ends whatever claim there is: of an issue that was closed. Absent where closing does so by itself. */
  end?(key: string): Promise<void>;
}

export interface ClaimedIssue {
  readonly issue: Issue;
  readonly claim: Claim;
}

/** One field of an issue that somebody has changed, or something that was done to it. */
export interface FieldChange {
  readonly key: string;
  /** Counts, or names, the changes of this issue; those of one act have one each. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who, by name; absent where nobody knows. */
  readonly actor?: string;
  /** What was done: `created`, `changed`, `commented`, `linked`, `claimed`, … */
  readonly kind: string;
  /** As in `Issue`; or `comments`, `links`, `claim`. Absent where the tracker does not tell. */
  readonly field?: string;
  /** `null`: not set; absent where the tracker does not tell. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface ChangesAfter {
  readonly cursor: string;
  /** In the order in which they were made. */
  readonly changes: readonly FieldChange[];
}

/** What an issue waits for. */
export interface Blocker {
  readonly key: string;
  /** Absent where nobody can see it: then it counts as open. */
  readonly title?: string;
  readonly state?: IssueState;
}

export interface BlockedIssue extends Issue {
  /** Those that are not closed; none where only the issue's own state says that it is blocked. */
  readonly blockedBy: readonly Blocker[];
}

export interface ClaimRequest {
  /** Who claims: a name that no other agent uses. */
  readonly agent: string;
  /** How long, in milliseconds. */
  readonly forMs: number;
  /** The issue is moved to `in_progress` as well: by the same act where the tracker can. */
  readonly start?: boolean;
}

export interface ClaimFilter {
  /** Those that nobody has released and whose time is up, in place of those that stand. */
  readonly expired?: boolean;
}

export interface Claim {
  readonly key: string;
  readonly agent: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}
