/** Makes findings of what reports tell of tests, and counts them. */
import { defined } from '../../../../core/defined.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import { reportedPath } from '../files/workspace.ts';
import { checkText, proofText } from '../finding-text.ts';
import { type Gathered, hadFailed } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { settled } from './attempts.ts';
import type { TestFailure, TestListener, TestRun } from './test-report.ts';

/** So many tests that are not reliable are named. */
const MOST_RECOVERED = 20;

export interface Tally extends TestListener {
  /** Tests that were run: all but the skipped ones. */
  executed(): number;
  skipped(): number;
  /** Runs and suites that failed, or warned. */
  failed(): number;
  brokenSuites(): number;
  /** Checks that have failed before on this commit, in this run or an earlier one, and have passed now. */
  recovered(): readonly string[];
}

export function createTally(config: EvidenceOf<'junit'>, context: EvidenceContext, gathered: Gathered): Tally {
  const { name: source, reruns } = config;
  const attempts = new Map<string, TestRun[]>();
  const recovered = new Set<string>();
  let [executed, skipped, failed, brokenSuites] = [0, 0, 0, 0];

  function count(run: TestRun): void {
    if (run.outcome === 'skipped') {
      skipped += 1;
      return;
    }
    executed += 1;
    if (run.outcome === 'passed') passed(run);
    else if (run.outcome === 'flaky' && reruns !== 'fail') flaky(run);
    else fail(run, run.name);
  }

  function passed({ name }: TestRun): void {
    if (!context.failedBefore?.size || recovered.size >= MOST_RECOVERED) return;
    const check = checkText(name);
    if (hadFailed(context, { source, check })) recovered.add(check);
  }

  function flaky(run: TestRun): void {
    const check = checkText(run.name);
    if (recovered.size < MOST_RECOVERED) recovered.add(check);
    const [failure] = run.failures;
    const evidence = () => proofText(`Passed only when it was run again. ${wordsOf(failure)}`);
    gathered.add({ source, check, result: 'ADVISORY', evidence, ...placeOf(run, failure) });
  }

  function fail(run: Pick<TestRun, 'failures' | 'file' | 'line'>, name: string): void {
    failed += 1;
    const check = checkText(name);
    for (const failure of run.failures) {
      const result = failure.isWarning ? 'ADVISORY' : 'FAIL';
      gathered.add({ source, check, result, evidence: () => proofText(wordsOf(failure)), ...placeOf(run, failure) });
    }
  }

  function placeOf(run: Pick<TestRun, 'file' | 'line'>, failure: TestFailure | undefined) {
    const path = failure?.file ?? run.file;
    const file = path === undefined ? undefined : reportedPath(path, context.world.cwd);
    if (file === undefined) return {};
    return { file, ...defined({ line: failure?.line ?? (failure?.file === undefined ? run.line : undefined) }) };
  }

  return {
    wantsKeys: reruns === 'pass',
    test: (run) => {
      const known = run.key === undefined ? undefined : attempts.get(run.key);
      if (run.key === undefined) count(run);
      else if (known === undefined) attempts.set(run.key, [run]);
      else known.push(run);
    },
    brokenSuite: (name, failure) => {
      brokenSuites += 1;
      fail({ failures: [failure] }, `${name} (suite)`);
    },
    endGroup: () => {
      for (const run of settled(attempts)) count(run);
      attempts.clear();
    },
    executed: () => executed,
    skipped: () => skipped,
    failed: () => failed,
    brokenSuites: () => brokenSuites,
    recovered: () => [...recovered],
  };
}

function wordsOf(failure: TestFailure | undefined): string {
  return failure?.message || 'no message';
}
