/** Which runs of one name in a group are attempts of one test. Pure. */
import type { TestRun } from './test-report.ts';

/** What attempts come to: one run that counts once; or all of them, where they are no attempts. */
export function settled(groups: ReadonlyMap<string, readonly TestRun[]>): TestRun[] {
  const all = [...groups.values()];
  // who passes twice is not run again because it failed: the whole suite was run several times
  const isRepeatedWhole = all.some((runs) => runs.filter(({ outcome }) => outcome === 'passed').length > 1);
  return isRepeatedWhole ? all.flat() : all.flatMap(attemptsOf);
}

function attemptsOf(runs: readonly TestRun[]): readonly TestRun[] {
  const ran = runs.filter(({ outcome }) => outcome !== 'skipped');
  const failures = ran.filter(({ outcome }) => outcome === 'failed');
  const [first] = failures;
  const last = ran.at(-1);
  if (ran.length < 2 || !first || !last) return runs;
  if (failures.length === ran.length) return [first];
  // a failure after a pass is no attempt that went wrong first
  const isLastToPass = last.outcome === 'passed' && failures.length === ran.length - 1;
  return isLastToPass ? [{ ...first, outcome: 'flaky' }] : runs;
}
