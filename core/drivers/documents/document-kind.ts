/** What a platform writes whose issues stand in files: how the texts are read, and which edits a change is. All of it is pure. */
import type { PaceError } from '../../errors.ts';
import type { TrackerDriver } from '../../ports/index.ts';
import type {
  Comment,
  Issue,
  IssueDraft,
  IssueLink,
  IssuePatch,
  Label,
  Person,
  Transition,
} from '../../ports/issue.ts';
import type { Target } from '../../ports/tracker-driver.ts';
import type { Edit } from './edits.ts';
import type { TextFile } from './text-files.ts';

/** What stands in the driver as it is. */
export type DocumentFacts = Pick<
  TrackerDriver,
  | 'platform'
  | 'titleLimit'
  | 'bodyLimit'
  | 'measureBody'
  | 'formatDescription'
  | 'normalText'
  | 'peopleAreNames'
  | 'ordersByNumber'
  | 'filesAreLinks'
  | 'deltas'
  | 'keepsComments'
>;

/** Calls of a driver that files of some kind may lack; the capabilities say why. */
export type OptionalCall =
  | 'deleteIssue'
  | 'updateComment'
  | 'deleteComment'
  | 'getIssueLinks'
  | 'createLink'
  | 'deleteLink'
  | 'listCommentsSince'
  | 'listLabels'
  | 'listUsers';

export interface DocumentKind {
  readonly facts: DocumentFacts;
  /** Those that `Documents` answers. */
  readonly calls: readonly OptionalCall[];
  readonly capabilities: TrackerDriver['capabilities'];
  /** What a rename of the file does not change, where the files tell it; absent: the path. */
  containerId?(files: readonly TextFile[]): string | undefined;
  /** The files that are there now, relative to the workspace. Throws a `PaceError` where there is nothing to read. */
  files(): Promise<readonly string[]>;
  /** Throws a `PaceError` that names all mistakes with file, line and column. Pure. */
  read(files: readonly TextFile[]): Documents;
  diagnose?: TrackerDriver['diagnose'];
  /** What is to be done when a change has been written, before another process may write; these are its files, of which some may be as they were. */
  afterWriting?(paths: readonly string[]): Promise<void>;
}

/** The issues of some files as they stand, and the edits that change them. The functions throw a `PaceError` for what cannot be. */
export interface Documents {
  /** In the order in which they stand. */
  readonly issues: readonly Issue[];
  transitions(key: string): Transition[];
  create(draft: IssueDraft, stamp: Stamp): Change;
  update(key: string, patch: IssuePatch, stamp: Stamp): Change;
  transition(key: string, target: Target, stamp: Stamp): Change;
  remove?(key: string, stamp: Stamp): Change;
  /** Oldest first. */
  comments(key: string): Comment[];
  comment?(key: string, markdown: string, stamp: Stamp): Change;
  updateComment?(key: string, id: string, markdown: string, stamp: Stamp): Change;
  removeComment?(key: string, id: string, stamp: Stamp): Change;
  links?(key: string): IssueLink[];
  link?(key: string, link: IssueLink, stamp: Stamp): Change;
  unlink?(key: string, link: IssueLink, stamp: Stamp): Change;
  labels?(): Label[];
  people?(): Person[];
}

/** Who changes it, and when. */
export interface Stamp {
  readonly now: number;
  /** A number from 0 to 1, and another one each time. */
  random(): number;
  readonly person: Person;
}

export interface Change {
  /** The issue that was changed or made. */
  readonly key: string;
  /** The comment that was changed or made. */
  readonly comment?: string;
  /** In the order in which the files are to be written; a file without edits stays as it is. */
  readonly files: readonly FileChange[];
  /** What was asked for is not what was written: thrown when that is done. */
  readonly refusal?: PaceError;
}

/** `create`: a file that is not there yet; `remove`: one that goes. */
export type FileChange =
  | { readonly path: string; readonly edits: readonly Edit[] }
  | { readonly path: string; readonly create: string }
  | { readonly path: string; readonly remove: true };
