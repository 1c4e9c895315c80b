/** What stands in a Markdown epic, each value with its place in the text. */
import type { LinkType } from '../ports/issue.ts';
import type { Hidden, RowMark } from './hidden.ts';
import type { Lines, Span } from './lines.ts';
import type { Table } from './tables.ts';
import type { FieldName, SectionName } from './words.ts';

/** A text of a file, as far as reading it needs. */
export interface EpicText {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Piece extends Span {
  readonly text: string;
}

/** `table`: a row with a bold name; `quote`: a line of a quotation; `bold`: a line of its own. */
export type FieldForm = 'table' | 'quote' | 'bold';

export interface Field extends Piece {
  readonly name: FieldName;
  /** As it is called in the text. */
  readonly label: string;
  readonly form: FieldForm;
  readonly line: number;
}

/** A run of lines that belong to the body. `isKept`: they stand between two lines that say that it is text; `first` and `behind` hold these too. */
export interface Part {
  readonly first: number;
  readonly behind: number;
  readonly text: string;
  readonly isKept?: true;
}

export interface WrittenComment {
  readonly id: string;
  readonly body: string;
  readonly by?: string;
  /** In milliseconds since 1970; absent where no date stands there. */
  readonly at?: number;
  readonly edited?: number;
  readonly first: number;
  readonly behind: number;
}

export interface WrittenLink {
  readonly type: LinkType;
  readonly target: string;
  /** The line that tells it, in a section of links. */
  readonly line: number;
}

export interface NamedSection {
  readonly name: SectionName;
  /** Its heading. */
  readonly first: number;
  readonly behind: number;
}

export interface Subtask {
  readonly key: string;
  readonly form: 'row' | 'item';
  readonly line: number;
  /** As it is shown: what `hidden.exact` says of it is not looked at. */
  readonly title: Piece;
  /** Absent where there is no column, or nothing in an item. */
  readonly description?: Piece;
  readonly points?: Piece;
  readonly status?: Piece;
  readonly priority?: Piece;
  readonly assignees?: Piece;
  /** The sign between the brackets. */
  readonly tick?: Piece;
  readonly mark?: RowMark;
  /** What is kept of it, in a line of its own. */
  readonly data?: { readonly line: number; readonly hidden: Hidden };
  /** Its key is told by the text itself: an id that a person has given, or our mark. */
  readonly isNamed: boolean;
}

export interface TrackerBlock {
  readonly first: number;
  readonly behind: number;
  readonly values: Readonly<Record<string, string>>;
}

/** An epic or a story. Lines are counted from 0; `behind` is the line after the last one. */
export interface Section {
  readonly kind: 'epic' | 'story';
  readonly path: string;
  readonly key: string;
  /** The id as it is written, where there is one. */
  readonly id?: Piece;
  readonly level: number;
  readonly header: number;
  /** Up to where its own text goes: for an epic, up to its first story. */
  readonly behind: number;
  /** The line after the last one with something of its own. */
  readonly last: number;
  readonly title: Piece;
  readonly mark?: { readonly line: number; readonly hidden: Hidden };
  readonly fields: readonly Field[];
  /** The line behind the head: heading, mark, fields; what is new of the text goes there. */
  readonly headBehind: number;
  readonly parts: readonly Part[];
  readonly named: readonly NamedSection[];
  readonly subtasks: readonly Subtask[];
  readonly tables: readonly Table[];
  readonly comments: readonly WrittenComment[];
  readonly links: readonly WrittenLink[];
  readonly tracker?: TrackerBlock;
  /** The epic it stands in. */
  readonly within?: string;
}

/** How bad it is: an `error` makes `--validate` fail. */
export interface Fault {
  readonly code: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

export interface EpicFile extends EpicText {
  readonly lines: Lines;
  /** In the order in which they stand. */
  readonly sections: readonly Section[];
  readonly faults: readonly Fault[];
  /** How its lines end. */
  readonly eol: string;
  /** One story, whose heading is the first of the file. */
  readonly isStory: boolean;
}

/** The files of a folder, or one alone. */
export interface Epics {
  readonly files: readonly EpicFile[];
  /** Of all files, each id once: a file of its own comes before what `EPIC.md` says of the same story. */
  readonly sections: readonly Section[];
}
