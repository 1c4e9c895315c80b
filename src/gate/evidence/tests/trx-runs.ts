/** The results of a TRX file. Most writers name the class of a test only after all results, so runs wait for it. */

import type { Attributes } from '../xml/xml.ts';
import type { Counts } from './claims.ts';
import type { FailureText } from './failure-text.ts';
import type { TestFailure, TestListener, TestRun } from './test-report.ts';
import { ownCopy, testName } from './test-words.ts';

/** vstst.xsd, TestOutcome; what is not here has failed: also `Min`, as .NET 7 writes `Error`, and no word at all, its default. */
const OUTCOMES = new Map<string, TestRun['outcome']>([
  ['passed', 'passed'],
  ['completed', 'passed'],
  ['warning', 'passed'],
  ['notexecuted', 'skipped'],
  ['inconclusive', 'skipped'],
  ['skipped', 'skipped'],
  ['ignored', 'skipped'],
]);
/** So many failures keep their words while they wait; of further ones their names are enough. */
const WITH_WORDS = 2_000;

interface Waiting {
  readonly testId: string;
  readonly testName: string;
  readonly outcome: TestRun['outcome'];
  readonly failures: readonly TestFailure[];
}

export interface TrxRuns {
  /** Results so far, rows of data and what holds them alike: TRX counts them so. */
  readonly seen: Counts;
  /** @returns whether it, or what is in it, has failed */
  add(
    attributes: Attributes,
    failure: FailureText | undefined,
    within: { readonly inner: number; readonly innerFailed: number },
  ): boolean;
  define(testId: string, className: string): void;
  /** Tells what has waited. */
  flush(): void;
}

export function createTrxRuns(listener: TestListener): TrxRuns {
  const classes = new Map<string, string>();
  const seen = { total: 0, failed: 0 };
  let waiting: Waiting[] = [];
  let [lastClass, lastName] = ['', ''];

  function add(
    attributes: Attributes,
    failure: FailureText | undefined,
    within: { inner: number; innerFailed: number },
  ): boolean {
    const word = attributes.outcome;
    const outcome = OUTCOMES.get(word?.toLowerCase() ?? '') ?? 'failed';
    seen.total += 1;
    if (outcome === 'failed') seen.failed += 1;
    const hasFailed = outcome === 'failed' || within.innerFailed > 0;
    // the rows are the tests: what holds them is told only where it has failed by itself
    if (within.inner > 0 && (outcome !== 'failed' || within.innerFailed > 0)) return hasFailed;
    const { testId = '', testName: name = '' } = attributes;
    const failures = outcome === 'failed' ? [wordsOf(failure, word)] : [];
    if (classes.size > 0 && classes.has(testId)) tell({ testId, testName: name, outcome, failures });
    else waiting.push({ testId: ownCopy(testId), testName: ownCopy(name), outcome, failures });
    return hasFailed;
  }

  function wordsOf(failure: FailureText | undefined, word: string | undefined): TestFailure {
    return seen.failed <= WITH_WORDS
      ? (failure?.failure(otherwise(word)) ?? { message: otherwise(word) })
      : { message: '' };
  }

  function tell({ testId, testName: name, outcome, failures }: Waiting): void {
    listener.test({
      name: testName(classes.get(testId) ?? '', name),
      // a test that is run again leaves only its last result, or a file for each attempt
      key: listener.wantsKeys ? JSON.stringify([testId, name]) : undefined,
      outcome,
      failures,
    });
  }

  return {
    seen,
    add,
    define(testId, className) {
      // tests of one class stand together
      if (className !== lastClass) {
        lastClass = ownCopy(className);
        // older writers add the assembly: `Shop.CartTest, Shop.Tests, Version=1.0.0.0, …`
        lastName = lastClass.split(',', 1)[0] ?? '';
      }
      classes.set(ownCopy(testId), lastName);
    },
    flush() {
      for (const run of waiting) tell(run);
      waiting = [];
    },
  };
}

function otherwise(word: string | undefined): string {
  if (word === 'Failed') return '';
  return word === undefined ? 'It has no outcome.' : `Its outcome is \`${word.slice(0, 40)}\`.`;
}
