/** What a verb of `pace` takes and gives, as data: made from its definition when PACE is built, and read by every face without zod. */

import type { ExitCodeTable } from './exit-codes.ts';

/** One thing that a verb takes. */
export interface ArgumentDescription {
  /** As the verb's options name it: `anyLabel`. */
  readonly name: string;
  readonly type: 'string' | 'boolean';
  /** In one line, for people. */
  readonly about: string;
  readonly required: boolean;
  /** May be given several times. */
  readonly many: boolean;
  /** Without a flag: it is a word of the command line, in the order of the list. */
  readonly flag?: string;
  readonly short?: string;
  /** What stands for the value in help: `label`. `file` and `folder` are completed as such. */
  readonly value?: string;
  /** The flag alone means something too. */
  readonly valueOptional?: boolean;
  /** No other value is taken. */
  readonly choices?: readonly string[];
  /** Values to propose; others are judged by the verb. */
  readonly proposed?: readonly string[];
  readonly default?: string;
  /** The flag alone means false; without it the value is true. */
  readonly negates?: boolean;
  /** It is another spelling of this option, which then has the value. */
  readonly sameAs?: string;
  /** A matter of the command line: other faces have their own way, e.g. for where a text is read from. */
  readonly commandLineOnly?: boolean;
}

export interface ExitCodeDescription {
  readonly code: number;
  readonly meaning: string;
}

/** As it is kept: the table of exit codes by its name. */
export interface CompactDescription extends Omit<CommandDescription, 'exitCodes'> {
  readonly exits: ExitCodeTable;
}

export interface CommandDescription {
  /** `issue list`. */
  readonly name: string;
  readonly about: string;
  readonly arguments: readonly ArgumentDescription[];
  /**
   * `list`: any number of things, an array in JSON; `one`: a single one, an object; `either`: an object for one thing and an array
   * for several, or as its options say; `lines`: JSON Lines; `report`: one whole; `text`: words for people only.
   */
  readonly answer: 'list' | 'one' | 'either' | 'lines' | 'report' | 'text';
  /** The fields of each thing in the answer; of `either` those of all its forms. */
  readonly fields: readonly string[];
  readonly exitCodes: readonly ExitCodeDescription[];
  /** It may change something: a tracker, a host or a file. */
  readonly writes: boolean;
}
