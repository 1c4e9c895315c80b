/** What a report tells of tests, whatever its format: the words between a parser and the reader. */
import type { EvidenceFile } from '../files/files.ts';

export interface TestFailure {
  readonly message: string;
  /** As the tool writes it; where it differs from the test's own place. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** The report itself calls it a warning: linters write both. */
  readonly isWarning?: boolean;
}

/** One run of one test. */
export interface TestRun {
  /** `<class> <name>`, the same on every day: waivers and the backlog know the test by it. */
  readonly name: string;
  /**
   * The same for each attempt of one test in a group. Set where failed tests are known to be run again, or where the listener
   * asks for it; absent where every run counts.
   */
  readonly key?: string | undefined;
  /** `flaky`: the report itself says that it has passed only when it was run again. */
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'flaky';
  /** Of a failed or flaky test, each that the report tells of; one with the message `''` where it tells nothing. */
  readonly failures: readonly TestFailure[];
  readonly file?: string;
  readonly line?: number;
}

/** Hears a report while it streams by. */
export interface TestListener {
  /** Whether runs of one name shall be told as attempts (by `key`) also where nothing says that the writer repeats. */
  readonly wantsKeys: boolean;
  test(run: TestRun): void;
  /** A suite that has failed as a whole: its set-up, its process, or what it was built from. */
  brokenSuite(name: string, failure: TestFailure): void;
  /** The group is over in which runs of one key may be attempts of one test. */
  endGroup(): void;
}

/** Tells the listener all of one file. Throws an `EvidenceFault` where it cannot go on; what it has told before that stands. */
export type ParseTests = (file: EvidenceFile, listener: TestListener, signal?: AbortSignal) => Promise<void>;
