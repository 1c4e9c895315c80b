/** What sync does for those who ask for it: the commands know this, and load `run.ts`, which does it, when they are called. */
import type { World } from '../../core/world.ts';
import type { OpenedBackend } from '../tracker/backends/open.ts';
import type { End, KeptConflict } from './pair.ts';
import type { Flow, Preference } from './reconcile.ts';
import type { FieldName, SideName, Sides } from './values.ts';

/** What is kept in step beside the fields of an issue. */
export type SyncedField = FieldName | 'comments' | 'attachments';

/** Whose value is kept; `newer`: that of the issue which was changed last. */
export type Preferred = Preference | 'newer';

/** Names of side a, and what each is called on side b. */
export type NameMap = Readonly<Record<string, string>>;

export interface SyncMaps {
  /** The vendors' own names of states. */
  readonly states: NameMap;
  readonly types: NameMap;
  readonly labels: NameMap;
  /** By a common name: what `--assignee` takes on each side. */
  readonly people: Readonly<Record<string, Partial<Sides<string>>>>;
}

/** How a person is asked; absent where nobody can be. */
export type Confirm = (question: string) => Promise<boolean>;

export interface SyncRequest {
  /** The sides are in the order in which the ends are handed over. */
  readonly flow: Flow;
  readonly prefer: Preferred;
  /** The side that is only read wins everywhere. Not with the flow `both`. */
  readonly force: boolean;
  readonly dryRun: boolean;
  /** A person has said yes to many writes, and to a first run. */
  readonly yes: boolean;
  /** Which issues, in the words of `--query`; all of both trackers when absent. */
  readonly query?: string;
  /** Look at every issue, not only at those that have changed. */
  readonly full: boolean;
  /** Issues of both sides with the same value under this key of their metadata are one; `title`: after a yes for each. */
  readonly adopt?: string;
  readonly maps: SyncMaps;
  /** Nothing else is kept in step; all when absent. */
  readonly fields?: readonly SyncedField[];
  /** Whether what sync creates says where it comes from. */
  readonly origin: boolean;
  /** What not everybody can see in its own tracker is copied too. */
  readonly isPrivateCopied?: boolean;
  readonly confirm?: Confirm;
  readonly signal?: AbortSignal;
}

export const WRITTEN_KINDS = ['create', 'update', 'comment', 'link'] as const;
export const LEFT_KINDS = [
  ...(['conflict', 'failed', 'orphan', 'double'] as const),
  ...(['unsupported', 'ambiguous', 'held-back'] as const),
] as const;

/** One thing that was written (in a dry run: would be), or left. */
export interface SyncLine {
  readonly kind: (typeof WRITTEN_KINDS)[number] | (typeof LEFT_KINDS)[number];
  /** Whose issue was written, or is in the way. */
  readonly side: SideName;
  /** Of that side; `''` where the issue is not there yet. */
  readonly key: string;
  /** The key of the other side's issue. */
  readonly other?: string;
  readonly title?: string;
  /** Of `update`, `conflict`, `unsupported`, `ambiguous`: one line for each field. */
  readonly field?: SyncedField;
  /** Of a conflict: the value of this side. */
  readonly before?: unknown;
  /** Of a conflict: the value of the other side. */
  readonly after?: unknown;
  /** Of a conflict: what `pace sync resolve` takes. */
  readonly id?: string;
  readonly message?: string;
  readonly remedy?: string;
}

/** Of one side; in a dry run what would be. */
export interface SideCounts {
  readonly created: number;
  readonly changed: number;
  readonly comments: number;
  readonly links: number;
}

export interface SyncCounts extends Sides<SideCounts> {
  readonly pairs: number;
  /** Pairs with which nothing is to be done. */
  readonly inStep: number;
}

export interface SyncReport {
  readonly ends: Sides<End>;
  /** Nothing was written: it was asked for, or it is a first run that needs a yes. */
  readonly dryRun: boolean;
  readonly isFirst: boolean;
  readonly written: readonly SyncLine[];
  readonly left: readonly SyncLine[];
  readonly counts: SyncCounts;
  /** Nothing is left, and in a dry run nothing would be written. */
  readonly inStep: boolean;
}

/** A pair file, as far as it is needed to open its ends again. */
export interface KnownEnds {
  readonly ends: Sides<End>;
  /** Below `.pace/sync`, without its ending. */
  readonly name: string;
}

/** A conflict with what a person has to see of it. */
export interface ShownConflict extends KeptConflict {
  readonly ends: Sides<End>;
  readonly keys: Sides<string>;
  readonly urls: Sides<string>;
}

/** An issue of each side. */
export interface LinkRequest
  extends Pick<SyncRequest, 'flow' | 'dryRun' | 'maps' | 'fields' | 'origin' | 'isPrivateCopied' | 'signal'> {
  readonly keys: Sides<string>;
  readonly prefer: Preference;
}

/** An issue that a person has named. */
export interface NamedIssue {
  readonly opened: OpenedBackend;
  readonly key: string;
}

/** Opens the trackers of a pair file, by `End.backend`. Throws where nothing is known of one, or it is another one by now. */
export type OpenEnds = (ends: Sides<End>) => Promise<Sides<OpenedBackend>>;

/** Two issues that are one no longer. */
export interface Unlinked {
  readonly ends: Sides<End>;
  readonly keys: Sides<string>;
}

export type Decision = { readonly take: SideName } | { readonly text: string };

/** As the configuration has it of these two: a side that it has only read is not written. */
export interface ResolveRequest
  extends Pick<SyncRequest, 'flow' | 'maps' | 'fields' | 'origin' | 'isPrivateCopied' | 'signal'> {
  /** Of the conflict. */
  readonly id: string;
  readonly decision: Decision;
}

/** `world.kept` is set; where the state branch is used, it was read before and is written afterwards. Progress goes to `world.log`. */
export interface SyncEngine {
  /** Throws for what stops all of it: a tracker that is away, two ends that are one tracker. */
  sync(world: World, opened: Sides<OpenedBackend>, request: SyncRequest): Promise<SyncReport>;
  /** Refused where the two differ and `prefer` is `ask`; every difference is told. */
  link(world: World, opened: Sides<OpenedBackend>, request: LinkRequest): Promise<SyncReport>;
  /** Forgets the pair of the issue (or of both), and takes its marks away. Gives the keys of both. Throws `not-found`. */
  unlink(world: World, issues: readonly NamedIssue[], open: OpenEnds): Promise<Unlinked>;
  /** Of every pair file. */
  known(world: World): Promise<readonly KnownEnds[]>;
  /** Those that nobody has decided about, and with `all` those that a policy has decided. */
  conflicts(world: World, choice: { readonly all: boolean }): Promise<readonly ShownConflict[]>;
  /** Writes the decision to both sides, and remembers it. Throws `not-found`. */
  resolve(world: World, opened: Sides<OpenedBackend>, request: ResolveRequest): Promise<SyncReport>;
}
