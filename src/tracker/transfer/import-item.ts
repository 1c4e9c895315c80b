/** A line that is about to become an issue, and what became of it. */
import { asPaceError, type PaceError } from '../../../core/errors.ts';
import type { IssueTracker } from '../../../core/ports/index.ts';
import type { ImportTarget } from './import-draft.ts';
import type { IssueLine } from './jsonl.ts';
import type { KnownIssues } from './known-issues.ts';

/** What became of one line. */
export interface ImportResult {
  /** From 1. */
  readonly line: number;
  /** The key in the file. */
  readonly source: string;
  /** `passed over`: it is no issue. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'failed' | 'passed over';
  /** The key in this tracker; `''` where there is none. */
  readonly key: string;
  readonly notes: readonly string[];
  readonly error?: PaceError;
  /** What is wrong with the line itself. */
  readonly mistakes?: string;
}

export interface ImportOptions {
  /** Bring issues that are there already up to the file. */
  readonly update: boolean;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** What every step of an import needs. */
export interface ImportContext {
  readonly tracker: IssueTracker;
  readonly target: ImportTarget;
  readonly known: KnownIssues;
  readonly options: ImportOptions;
  /** Makes a milestone that is not there; says why when it cannot be had. */
  readonly milestones: (title: string) => Promise<string | undefined>;
}

export interface Item {
  readonly line: IssueLine;
  readonly result: Writable<ImportResult>;
  /** It is there already, by this key; `''` in a dry run for one that this file would have created. */
  readonly existing?: string;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

export function note({ result }: Pick<Item, 'result'>, ...words: readonly string[]): void {
  if (words.length > 0) result.notes = [...result.notes, ...words];
}

/** One that fails does not stop the rest. */
export async function attempted({ result }: Pick<Item, 'result'>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    Object.assign(result, { outcome: 'failed', error: asPaceError(error) });
  }
}

/** In a dry run a new issue has no key: nothing can be asked about it. */
export function isThere({ result }: Pick<Item, 'result'>): boolean {
  return result.outcome !== 'failed' && result.key !== '';
}
