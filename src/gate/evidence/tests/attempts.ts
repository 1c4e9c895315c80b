/** Which runs of one name in a group are attempts of one test. Pure. */
import type { TestRun } from './test-report.ts';

/** What attempts come to: one run that counts once; or all of them, where they are no attempts. */
export function settled(groups: ReadonlyMap<string, readonly TestRun[]>): TestRun[] {
  const all = [...groups.values()];
  const isHolder = createIsHolder(all);
  // who passes twice is not run again because it failed: the whole suite was run several times
  const isRepeatedWhole = all.some((runs) => passesOf(runs) > 1 && !isHolder(runs));
  return isRepeatedWhole ? all.flat() : all.flatMap((runs) => attemptsOf(runs, isHolder));
}

type IsHolder = (runs: readonly TestRun[]) => boolean;

/** Whether a test holds others, as `TestCart` does `TestCart/empty`: it runs again with each that is run again in it. */
function createIsHolder(groups: readonly (readonly TestRun[])[]): IsHolder {
  let sorted: readonly string[] | undefined;
  return ([run]) => {
    if (run === undefined) return false;
    sorted ??= groups.map(([first]) => first?.name ?? '').sort();
    const head = `${run.name}/`;
    return sorted[firstFrom(sorted, head)]?.startsWith(head) ?? false;
  };
}

/** The index of the first name that is not less. */
function firstFrom(sorted: readonly string[], least: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function passesOf(runs: readonly TestRun[]): number {
  return runs.filter(({ outcome }) => outcome === 'passed').length;
}

function attemptsOf(runs: readonly TestRun[], isHolder: IsHolder): readonly TestRun[] {
  const ran = runs.filter(({ outcome }) => outcome !== 'skipped');
  const failures = ran.filter(({ outcome }) => outcome === 'failed');
  const [first] = failures;
  if (ran.length < 2 || !first) return runs;
  if (failures.length === ran.length) return [first];
  // a failure after a pass is no attempt that went wrong first
  const areLastToPass = ran.slice(failures.length).every(({ outcome }) => outcome === 'passed');
  const passes = ran.length - failures.length;
  return areLastToPass && (passes === 1 || isHolder(runs)) ? [{ ...first, outcome: 'flaky' }] : runs;
}
