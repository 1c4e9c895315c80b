/** The neutral model of an issue: the words that every tracker is translated to. No vendor's field or name belongs here. */

/** The vendor's own name of the state stands beside it in `Issue.stateName`. */
export const ISSUE_STATES = ['open', 'in_progress', 'in_review', 'blocked', 'done', 'canceled'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** Nothing more will happen to the issue by itself. */
export function isClosed(state: IssueState): boolean {
  return state === 'done' || state === 'canceled';
}

/** From the most urgent, 0, to the least. */
export const PRIORITIES = [0, 1, 2, 3, 4] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What people call them; a number is understood too. */
export const PRIORITY_NAMES = ['critical', 'high', 'medium', 'low', 'lowest'] as const;

/** The types that every tracker's own are matched with; a tracker may have more, which keep their name in lower case. */
export const ISSUE_TYPES = ['epic', 'story', 'task', 'bug', 'chore', 'subtask'] as const;

/** Read from the issue that has the link: it _blocks_ the target. */
export const LINK_TYPES = [
  'blocks',
  'is blocked by',
  'relates to',
  'duplicates',
  'is duplicated by',
  'clones',
  'is cloned by',
  'depends on',
  'is dependency of',
  'discovered from',
  'led to',
] as const;
export type LinkType = (typeof LINK_TYPES)[number];

/** The same link, read from its other end. */
export const INVERSE_LINK: Readonly<Record<LinkType, LinkType>> = {
  blocks: 'is blocked by',
  'is blocked by': 'blocks',
  'relates to': 'relates to',
  duplicates: 'is duplicated by',
  'is duplicated by': 'duplicates',
  clones: 'is cloned by',
  'is cloned by': 'clones',
  'depends on': 'is dependency of',
  'is dependency of': 'depends on',
  'discovered from': 'led to',
  'led to': 'discovered from',
};

export interface IssueLink {
  readonly type: LinkType;
  /** The key of the other issue, as this tracker's `getIssue` takes it; of another project with that project's name. */
  readonly target: string;
}

/** What an issue is for. Where a vendor has types, the platform's settings say which one stands for it. */
export type IssuePurpose = 'hold' | 'advisory' | 'story';

export interface Person {
  /** What a draft, a patch or a filter names the person by: a login or an account's id. */
  readonly id: string;
  readonly name: string;
  /** Where lists and issues tell it at no further request: by it the same person is known in two trackers. */
  readonly email?: string;
}

/** Structured data of programs on an issue. Kept out of sight where the tracker can; survives edits by people. */
export type Metadata = Readonly<Record<string, unknown>>;

/** An absent member is not set, or something the tracker does not have: its `capabilities` tell which. */
export interface Issue {
  /** The reference that people use: `12`, `PROJ-12`. */
  readonly key: string;
  /** What the tracker itself knows it by, whatever it is called and wherever it stands. Absent where the key is that already. */
  readonly id?: string;
  readonly url: string;
  readonly title: string;
  /** Markdown, without the hidden block that carries `metadata`. */
  readonly body: string;
  readonly state: IssueState;
  readonly stateName: string;
  /** One of `ISSUE_TYPES`, or the tracker's own word in lower case. */
  readonly type?: string;
  readonly priority?: Priority;
  readonly labels: readonly string[];
  readonly assignees: readonly Person[];
  /** The milestone's title. */
  readonly milestone?: string;
  /** The parent's key. */
  readonly parent?: string;
  readonly storyPoints?: number;
  /** `YYYY-MM-DD`. */
  readonly dueDate?: string;
  /** The sprint's name; only read. */
  readonly sprint?: string;
  /** Nobody is to begin it before this moment, in milliseconds since 1970; it may be over. */
  readonly deferUntil?: number;
  /** Absent in lists where asking costs a request per issue; `getIssueLinks` always tells. */
  readonly links?: readonly IssueLink[];
  /** How many comments it has; absent where lists do not tell. */
  readonly commentCount?: number;
  /** Texts that the tracker keeps beside the body, for people: only read. */
  readonly sections?: readonly { readonly name: string; readonly text: string }[];
  readonly author?: Person;
  /** Not everybody who can read the tracker's other issues can read this one: a confidential issue. */
  readonly isPrivate?: true;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly metadata: Metadata;
}

export interface IssueDraft {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** `open` when absent. */
  readonly state?: IssueState;
  readonly type?: string;
  readonly priority?: Priority;
  readonly labels?: readonly string[];
  /** Ids; a tracker may also know people by name or e-mail. */
  readonly assignees?: readonly string[];
  readonly milestone?: string;
  readonly parent?: string;
  readonly storyPoints?: number;
  readonly dueDate?: string;
  readonly deferUntil?: number;
  readonly purpose?: IssuePurpose;
  readonly metadata?: Metadata;
}

/**
 * Absent members stay as they are; `null` clears. `metadata` replaces the whole. A `body` without `metadata` keeps the metadata.
 * What adds, removes or sets one thing among others is kept whatever other writers do to these meanwhile.
 */
export interface IssuePatch {
  readonly title?: string;
  readonly body?: string;
  /** Moves the issue as `transitionIssue` does, after the rest is written; in one request where the vendor can. */
  readonly state?: IssueState;
  readonly type?: string;
  readonly priority?: Priority | null;
  /** Replaces them all. */
  readonly labels?: readonly string[];
  /** Beside the others that the issue has; not together with `labels`. */
  readonly addLabels?: readonly string[];
  readonly removeLabels?: readonly string[];
  /** Replaces them all. */
  readonly assignees?: readonly string[];
  /** Beside the others that the issue has; not together with `assignees`. */
  readonly addAssignees?: readonly string[];
  /** By id or name. Whoever is not assigned is no trouble. */
  readonly removeAssignees?: readonly string[];
  readonly milestone?: string | null;
  readonly parent?: string | null;
  readonly storyPoints?: number | null;
  readonly dueDate?: string | null;
  readonly deferUntil?: number | null;
  readonly metadata?: Metadata;
  /** These keys get these values, and those with `null` are removed; the others stay. Not together with `metadata`. */
  readonly setMetadata?: Metadata;
}

/** Parts of an issue that a patch can change beside what is there. */
export const DELTAS = ['labels', 'assignees', 'metadata'] as const;
export type Delta = (typeof DELTAS)[number];

export const SORTS = ['created', 'updated', 'priority'] as const;

export interface IssueSort {
  readonly by: (typeof SORTS)[number];
  readonly direction: 'asc' | 'desc';
}

/** All given conditions must hold. Newest first, unless `sort` says otherwise. */
export interface IssueFilter {
  /** `closed`: done or canceled; `open`: all others. */
  readonly state?: 'open' | 'closed' | 'all';
  /** The issue is in one of them. */
  readonly states?: readonly IssueState[];
  /** The issue has every one of them. */
  readonly labels?: readonly string[];
  /** The issue has at least one of them. */
  readonly anyLabels?: readonly string[];
  readonly type?: string;
  readonly priority?: Priority;
  /** An id or a name; `null`: nobody. */
  readonly assignee?: string | null;
  readonly author?: string;
  /** A title; `null`: none. */
  readonly milestone?: string | null;
  /** A key; `null`: none. */
  readonly parent?: string | null;
  /** Words in title or body. */
  readonly text?: string;
  /** Milliseconds since 1970; `…Since` includes the moment, `…Until` too. */
  readonly createdSince?: number;
  readonly createdUntil?: number;
  readonly updatedSince?: number;
  readonly updatedUntil?: number;
  /** A name; `null`: none. */
  readonly sprint?: string | null;
  /** `YYYY-MM-DD`; `null`: none. */
  readonly dueDate?: string | null;
  /** Both days included; an issue without a due date fits neither. */
  readonly dueSince?: string;
  readonly dueUntil?: string;
  /** An agent has claimed it, now; `false`: nobody has. */
  readonly claimed?: boolean;
  /** Nobody is to begin it yet. */
  readonly deferred?: boolean;
  /** It waits for an issue that is not closed, or says so by its own state. */
  readonly blocked?: boolean;
  /** It can be begun now: see `IssueTracker.listReady`. */
  readonly ready?: boolean;
  /** It fits at least one of them. */
  readonly anyOf?: readonly IssueFilter[];
  /** It fits none of them. */
  readonly noneOf?: readonly IssueFilter[];
  readonly sort?: IssueSort;
}

export type FilterName = keyof IssueFilter;

export interface Comment {
  readonly id: string;
  /** Markdown. */
  readonly body: string;
  readonly author?: Person;
  /** Not everybody who can read the issue can read it: an internal note. */
  readonly isPrivate?: true;
  readonly createdAt: number;
  /** Set when it was changed since, by whomever; absent too where the tracker does not tell. */
  readonly editedAt?: number;
}

/** A file at an issue. */
export interface Attachment {
  /** As the tracker calls it; where it has no name of its own for it, the address. */
  readonly id: string;
  /** As it was when it was attached: nothing to be trusted in a path. */
  readonly name: string;
  /** Where a person can get it. */
  readonly url: string;
  /** In bytes. */
  readonly size?: number;
  /** Its media type: `image/png`. */
  readonly type?: string;
  readonly author?: Person;
  readonly createdAt?: number;
}

export interface Label {
  readonly name: string;
  readonly description?: string;
  /** Six hexadecimal digits, without `#`. */
  readonly color?: string;
}

export interface Milestone {
  readonly title: string;
  readonly description?: string;
  readonly state: 'open' | 'closed';
  /** `YYYY-MM-DD`. */
  readonly dueDate?: string;
}

/** A state that an issue can be moved to from where it is. */
export interface Transition {
  /** The vendor's name of the state that it leads to. */
  readonly name: string;
  readonly state: IssueState;
}

/**
 * When two Markdown texts are one text to a tracker: it gives the second where the first was written. Of what it has kept and given
 * back, `of` is what it was of what was sent; and `of` its own result gives that.
 */
export interface NormalText {
  /** Another one where `of` gives another form of the same text: what was kept in the old form says nothing then. */
  readonly version: number;
  /** Pure. Two texts that people see as different have two forms, unless the tracker cannot hold the difference. */
  readonly of: (markdown: string) => string;
}

/** How long a text may be in the vendor's own form, and how to measure it. */
export interface TextLimit {
  readonly max: number;
  readonly unit: 'characters' | 'bytes';
}
