/** Where issues live: one interface over every tracker. `openTracker` gives it; a platform writes a `TrackerDriver`. */

import type { PaceError } from '../errors.ts';
import type {
  FilterName,
  Issue,
  IssueDraft,
  IssueFilter,
  IssueLink,
  IssuePatch,
  IssueState,
  LinkType,
  NormalText,
  Priority,
} from './issue.ts';
import type {
  BlockedIssue,
  Blocker,
  Claim,
  ClaimedIssue,
  ClaimFilter,
  ClaimRequest,
  FieldChange,
  TrackerDriver,
} from './tracker-driver.ts';

/** What a platform may leave out of its driver, and is refused with `unsupported` here. */
type Offered = Required<
  Pick<
    TrackerDriver,
    | 'deleteIssue'
    | 'listAttachments'
    | 'readAttachment'
    | 'updateComment'
    | 'deleteComment'
    | 'getIssueLinks'
    | 'deleteLink'
    | 'listLabels'
    | 'createLabel'
    | 'updateLabel'
    | 'deleteLabel'
    | 'listMilestones'
    | 'createMilestone'
    | 'updateMilestone'
    | 'deleteMilestone'
    | 'listUsers'
  >
>;

/** What only the layers above a driver know of. */
type Inner =
  | 'transitionIssue'
  | 'batch'
  | 'claims'
  | 'filters'
  | 'sorts'
  | 'keepsDeferral'
  | 'createLink'
  | 'refusesCircles'
  | 'deltas'
  | 'containerId'
  | 'normalText'
  | 'harmless'
  | 'isWriter'
  | 'listCommentsSince'
  | 'listReady'
  | 'listBlocked'
  | 'history'
  | 'undo'
  | 'changesAfter';

/** Methods throw `PaceError`. What the tracker cannot do is refused with `unsupported` before anything is sent. */
export interface IssueTracker extends Omit<TrackerDriver, keyof Offered | Inner>, Offered {
  /** The name people use: "GitHub". */
  readonly name: string;
  /** Where its issues are, for people: `octo-org/octo-repo`. Absent where nobody knows. */
  readonly place?: string;
  /** Which repository, project or board it is, whatever it is called now; `place` where the vendor does not tell. */
  containerId(): Promise<string>;
  /** Whether two texts are one to this tracker. */
  readonly normalText: NormalText;
  /** A text of others, as it can be written here without doing anything: it has the same normal form. */
  harmless(markdown: string): string;
  /** The token has been seen to work in this run. */
  readonly isConnected: boolean;
  /** Asks who the token's user is; `false` when that fails. Never throws. */
  testConnection(): Promise<boolean>;

  /** All conditions are heeded, whatever the vendor can: see `explainFilter`. Ends as soon as the consumer does. */
  listIssues(filter?: IssueFilter): AsyncIterable<Issue>;
  /** Which conditions the vendor looks at, and which are looked at on our side. */
  explainFilter(filter: IssueFilter): FilterExplanation;
  /**
   * What can be begun now: not begun, claimed by nobody, not deferred, without open issues below it, and waiting for nothing, as
   * all that stands above it. The most urgent first, of those the oldest, of the same moment the lower key; without a
   * priority last.
   */
  listReady(filter?: IssueFilter): AsyncIterable<Issue>;
  /** Open issues that wait for others which are not closed, or whose state says so; in the same order. */
  listBlocked(filter?: IssueFilter): AsyncIterable<BlockedIssue>;
  /** Why an issue can be begun, or cannot. */
  explainReadiness(key: string): Promise<Readiness>;
  /** What has changed of the issue, oldest first. Throws `unsupported` where the tracker does not tell. */
  history(key: string): AsyncIterable<FieldChange>;
  /** Restores what the last act has changed, whose newest change is `last`. Throws `conflict` when something came after it. */
  undo(key: string, last: string): Promise<Issue>;
  /** Each call gives what has changed since the one before; the first gives nothing. */
  watch(): () => Promise<readonly FieldChange[]>;
  /**
   * A no-op when the link is there, from whichever end. Gives the link that is kept: `relates to` for `discovered from` where the tracker
   * has no such link, which is said. Throws where issues would wait for each other in a circle.
   */
  createLink(key: string, link: IssueLink): Promise<IssueLink>;
  /** At most `maxResults` (50) issues with these words in title or body, newest first. */
  searchIssues(query: string, maxResults?: number): Promise<Issue[]>;
  getEpicChildren(key: string): Promise<Issue[]>;
  getIssueComments(key: string): Promise<IssueCommentRecord[]>;
  /** The vendor's name of the state. */
  getIssueStatus(key: string): Promise<string>;
  getLinkTypes(): Promise<readonly LinkType[]>;

  /** `target` is a neutral state, or the vendor's name of one that can be reached from where the issue is. A no-op when it is there. */
  transitionIssue(key: string, target: IssueState | (string & {})): Promise<Issue>;
  updateIssueDescription(key: string, markdown: string): Promise<boolean>;
  updateIssueStoryPoints(key: string, points: number): Promise<boolean>;
  /** Returns the new key; `undefined` in a dry run. */
  createSubtask(
    parentKey: string,
    summary: string,
    description: string,
    more?: SubtaskFields,
  ): Promise<string | undefined>;
  updateSubtask(key: string, changes: SubtaskFields & { readonly description?: string }): Promise<boolean>;

  /** One answer per item, in their order. One bad item never stops the rest. */
  createMany(drafts: Iterable<IssueDraft>, options?: BatchOptions): Promise<BatchAnswer[]>;
  updateMany(changes: Iterable<IssueChange>, options?: BatchOptions): Promise<BatchAnswer[]>;

  /** Takes an open issue for an agent until a time. Throws `conflict` while another agent has it, and when it is in review or closed. */
  claim(key: string, request: ClaimRequest): Promise<Claim>;
  /** Takes the first ready issue that can be had, as one act where the tracker can; `undefined` where nothing is ready. */
  claimReady(filter: IssueFilter, request: ClaimRequest): Promise<ClaimedIssue | undefined>;
  /** Makes the agent's own claim longer. Throws `conflict` when the agent does not have the issue (any more). */
  renew(key: string, request: ClaimRequest): Promise<Claim>;
  /** Gives it back; `false` when the agent does not have it. */
  release(key: string, agent: string): Promise<boolean>;
  /** Those that stand; with `expired` those whose time is up and that nobody has released. */
  claims(filter?: ClaimFilter): AsyncIterable<Claim>;
  /** Ends whatever claim a closed issue has. */
  endClaim(key: string): Promise<void>;
  /** Who has it now. */
  currentClaim(key: string): Promise<Claim | undefined>;
}

export interface Readiness {
  readonly issue: Issue;
  readonly ready: boolean;
  /** In words: what is in the way, else why nothing is. */
  readonly why: readonly string[];
  /** What it waits for, of that what is not closed. */
  readonly blockedBy: readonly Blocker[];
}

export interface SubtaskFields {
  readonly storyPoints?: number;
  readonly assignee?: string;
  readonly priority?: Priority;
}

export interface IssueCommentRecord {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  /** ISO 8601. */
  readonly created: string;
}

export interface IssueChange {
  readonly key: string;
  readonly patch: IssuePatch;
}

export interface BatchOptions {
  /** How many requests are under way at once: 4. */
  readonly concurrency?: number;
  /** Called when an item is done. */
  onAnswer?(answer: BatchAnswer): void;
  readonly signal?: AbortSignal;
}

/** `index` is the item's place in what was handed in. */
export type BatchAnswer =
  | { readonly index: number; readonly ok: true; readonly issue: Issue }
  | { readonly index: number; readonly ok: false; readonly error: PaceError };

export interface FilterExplanation {
  readonly byVendor: readonly FilterName[];
  /** What has to be fetched first, and is then looked at here. */
  readonly byUs: readonly FilterName[];
}

/** A write that a dry run has held back. */
export interface PlannedWrite {
  /** The method: `createIssue`. */
  readonly operation: string;
  /** The issue that it is about; `''` for a new one. */
  readonly key: string;
  /** What would be sent, in neutral words; texts in the vendor's form. */
  readonly sent: unknown;
  /** The fields that would change, before and after; absent where there is no before. */
  readonly changes?: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
}
