/** The tests of one package in one run of it, as `go test -json` tells of them. */
import type { GoEvent } from './go-events.ts';
import type { TestListener, TestRun } from './test-report.ts';
import { createWords, testName, type Words } from './test-words.ts';

const OUTCOMES = new Map<string, TestRun['outcome']>([
  ['pass', 'passed'],
  // "the benchmark printed log output but did not fail"
  ['bench', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
]);
/** What `go test -v` prints around a test; the events say the same. */
const MARK = /^(?:=== (?:RUN|PAUSE|CONT|NAME|ATTR|ARTIFACTS) | *--- (?:PASS|FAIL|SKIP|BENCH): )/;
/** Subtests are nested less deep; a name may be written to hold any number of slashes. */
const DEEPEST = 100;
const NEVER_ENDED = 'It began and never ended: its process exited, crashed or ran out of time.';

interface OpenTest {
  readonly name: string;
  /** What it has printed, if anything. */
  words: Words | undefined;
  /** Whether a benchmark has said how fast it is: no event ends one that is fine. */
  measured: boolean;
}

export interface GoPackage {
  /** An event that names a test. */
  hear(event: GoEvent, test: string): void;
  /** The process has ended. Tells what has not ended with it, and answers whether any test of the package has failed. */
  end(hasPassed: boolean): boolean;
  /** A test that is running, innermost first. */
  running(): string | undefined;
}

/**
 * A test that fails with one of its subtests is told only where it printed something itself: else the subtest is all there is to
 * say, and a waiver for it would wait for a second one.
 */
export function createGoPackage(name: string, listener: TestListener): GoPackage {
  const open = new Map<string, OpenTest>();
  const runs = new Map<string, number>();
  const failedBelow = new Set<string>();
  let hasFailed = false;

  function opened(test: string): OpenTest {
    const known = open.get(test);
    if (known !== undefined) return known;
    const made = { name: test, words: undefined, measured: false };
    open.set(test, made);
    if (listener.wantsKeys) runs.set(test, (runs.get(test) ?? 0) + 1);
    return made;
  }

  function hear({ action, output }: GoEvent, test: string): void {
    if (action === 'run') opened(test);
    else if (action === 'output') print(opened(test), output);
    const outcome = OUTCOMES.get(action);
    if (outcome !== undefined) close(opened(test), outcome);
  }

  function close({ name: test, words }: OpenTest, outcome: TestRun['outcome'], why = ''): void {
    open.delete(test);
    const said = (outcome === 'failed' && words?.text()) || '';
    const isEcho = outcome === 'failed' && failedBelow.delete(test) && said === '';
    if (outcome === 'failed') markAbove(test);
    if (isEcho) return;
    const message = [why, said].filter((part) => part !== '').join('\n');
    listener.test({
      name: testName(name, test),
      // nothing in the stream tells of a rerun; if there is one, it is another run of the package, and `-count` is none
      key: listener.wantsKeys ? JSON.stringify([name, test, runs.get(test)]) : undefined,
      outcome,
      failures: outcome === 'failed' ? [{ message }] : [],
    });
  }

  function markAbove(test: string): void {
    hasFailed = true;
    let slash = test.length;
    for (let depth = 0; depth < DEEPEST; depth += 1) {
      slash = test.lastIndexOf('/', slash - 1);
      if (slash <= 0) return;
      failedBelow.add(test.slice(0, slash));
    }
  }

  function end(hasPassed: boolean): boolean {
    // the last one first: subtests before what they belong to
    for (const test of [...open.values()].reverse()) {
      if (!test.name.startsWith('Benchmark')) close(test, 'failed', NEVER_ENDED);
      else if (hasPassed || test.measured) close(test, 'passed');
    }
    return hasFailed;
  }

  return { hear, end, running: () => [...open.keys()].at(-1) };
}

function print(test: OpenTest, output: string): void {
  if (MARK.test(output)) return;
  if (test.name.startsWith('Benchmark') && output.includes(' ns/op')) test.measured = true;
  test.words ??= createWords();
  test.words.add(output);
}
