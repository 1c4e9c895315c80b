/** What the team tells its workers, and what they answer. */

export interface Job {
  readonly files: readonly TestsOfFile[];
  /** Switched on from the first import on; none in the first run, which only looks. */
  readonly active?: { readonly id: string; readonly hitLimit: number };
  /** Ids of the mutants whose hits are noted, in the first run. */
  readonly watched?: readonly string[];
}

export interface TestsOfFile {
  /** Path from the root of the repository. */
  readonly path: string;
  /** All of them, when absent. */
  readonly testIds?: readonly string[];
}

export interface Answer {
  /** The test that failed first, or what went wrong outside of the tests. */
  readonly failed?: string;
  /** How many tests there were, also those that were not asked for. */
  readonly tests: number;
  readonly hits: FileHits;
}

/** By the mutant's id: what comes by it in one test file. */
export type FileHits = Readonly<Record<string, Hit>>;

export interface Hit {
  readonly count: number;
  /** While the file is loaded, so that every test of it may depend on it. */
  readonly always: boolean;
  /** Ids of the tests that come by. */
  readonly tests: readonly string[];
}

declare module 'vitest' {
  interface ProvidedContext {
    mutation: Omit<Job, 'files'>;
  }
  interface TaskMeta {
    hits?: FileHits;
  }
}
