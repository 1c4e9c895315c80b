/** Which runs of one name in a group are attempts of one test. Pure. */
import type { TestRun } from './test-report.ts';

/** What attempts come to: one run that counts once; or all of them, where they are no attempts. */
export function settled(groups: ReadonlyMap<string, readonly TestRun[]>): TestRun[] {
  const all = [...groups.values()];
  const holders = holdersOf(all);
  const isHolder = ([run]: readonly TestRun[]) => run !== undefined && holders.has(run.name);
  // who passes twice is not run again because it failed: the whole suite was run several times
  const isRepeatedWhole = all.some((runs) => passesOf(runs) > 1 && !isHolder(runs));
  return isRepeatedWhole ? all.flat() : all.flatMap((runs) => attemptsOf(runs, isHolder(runs)));
}

/** Names of tests that hold others, `TestCart` of `TestCart/empty`: they run again with each that is run again in them. */
function holdersOf(groups: readonly (readonly TestRun[])[]): ReadonlySet<string> {
  const holders = new Set<string>();
  for (const [run] of groups) {
    const name = run?.name ?? '';
    for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      holders.add(name.slice(0, slash));
    }
  }
  return holders;
}

function passesOf(runs: readonly TestRun[]): number {
  return runs.filter(({ outcome }) => outcome === 'passed').length;
}

function attemptsOf(runs: readonly TestRun[], isHolder: boolean): readonly TestRun[] {
  const ran = runs.filter(({ outcome }) => outcome !== 'skipped');
  const failures = ran.filter(({ outcome }) => outcome === 'failed');
  const [first] = failures;
  if (ran.length < 2 || !first) return runs;
  if (failures.length === ran.length) return [first];
  // a failure after a pass is no attempt that went wrong first
  const areLastToPass = ran.slice(failures.length).every(({ outcome }) => outcome === 'passed');
  const passes = ran.length - failures.length;
  return areLastToPass && (passes === 1 || isHolder) ? [{ ...first, outcome: 'flaky' }] : runs;
}
