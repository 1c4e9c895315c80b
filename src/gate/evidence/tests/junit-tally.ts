/** Adds up the test cases of one JUnit XML report; only failing and flaky ones are remembered. */

const REMEMBERED = 1_000;

export interface TestCase {
  readonly name: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

export interface JunitReport {
  /** Test cases that were run: all but the skipped ones. */
  readonly executed: number;
  readonly skipped: number;
  readonly failures: number;
  readonly flakes: number;
  /** At most 1,000 of the `failures`. */
  readonly failed: readonly TestCase[];
  /** At most 1,000 of the `flakes`. */
  readonly flaky: readonly TestCase[];
  /** How many suites have an error of their own, or count failures for which they hold no test case. */
  readonly brokenSuites: number;
  /** At most 1,000 of them. */
  readonly broken: readonly TestCase[];
}

/** One run of a test, when its element has ended. */
export interface TestRun {
  /** The same for every run of one test; absent for a test without a name. */
  readonly key: string | undefined;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'flaky';
  /** Built only for what is remembered. */
  readonly describe: () => TestCase;
}

export interface JunitTally {
  add(run: TestRun): void;
  breakSuite(suite: TestCase): void;
  report(): JunitReport;
}

/**
 * A test that fails and later passes under the same key was run again, and is flaky; one that passes and later fails has
 * failed.
 */
export function createJunitTally(): JunitTally {
  const failures = new Map<string, TestCase | undefined>();
  const flakes = new Map<string, TestCase | undefined>();
  const broken: TestCase[] = [];
  let brokenSuites = 0;
  let executed = 0;
  let skipped = 0;

  function add({ key = `${executed}`, outcome, describe }: TestRun): void {
    if (outcome === 'skipped') {
      skipped += 1;
      return;
    }
    executed += 1;
    if (outcome === 'failed') move(key, flakes, failures, describe);
    else if (outcome === 'flaky' || failures.has(key)) move(key, failures, flakes, describe);
  }

  return {
    add,
    breakSuite(suite) {
      brokenSuites += 1;
      if (broken.length < REMEMBERED) broken.push(suite);
    },
    report: () => ({
      executed,
      skipped,
      failures: failures.size,
      flakes: flakes.size,
      failed: known(failures),
      flaky: known(flakes),
      brokenSuites,
      broken,
    }),
  };
}

/** The words of the first failure are kept. */
function move(
  key: string,
  from: Map<string, TestCase | undefined>,
  to: Map<string, TestCase | undefined>,
  describe: () => TestCase,
): void {
  const earlier = from.get(key) ?? to.get(key);
  from.delete(key);
  to.set(key, earlier ?? (to.size < REMEMBERED ? describe() : undefined));
}

function known(cases: ReadonlyMap<string, TestCase | undefined>): TestCase[] {
  return [...cases.values()].filter((found) => found !== undefined);
}
