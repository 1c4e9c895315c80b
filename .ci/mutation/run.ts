/** The whole run: look once without any change, judge each mutant, look again. */
import type { SwitchedMutant } from './mutants.ts';
import { relatedTests } from './related-tests.ts';
import type { Fate, Judged } from './score.ts';
import { gatherTeam, type Outcome, type Team, type TimedJob } from './team.ts';
import { type TestFile, testsFor } from './tests-for.ts';
import type { Tree } from './tree.ts';

const CONFIG = 'tests/vitest.mutation-sample.config.ts';

/** Far more than a busy machine needs: only a mutant that waits for ever meets it, as a loop without end is counted. */
const PATIENCE_MS = 600_000;

/** How much oftener than without a change a place may be passed: shrinking a property's counterexample takes many rounds. */
const MOST_HITS = 100;

export interface RunOptions {
  readonly tree: Tree;
  readonly workers: number;
  say(text: string): void;
}

export async function judge(mutants: readonly SwitchedMutant[], { tree, workers, say }: RunOptions): Promise<Judged[]> {
  const paths = await relatedTests(tree.root, CONFIG, [...new Set(mutants.map(({ file }) => file))]);
  const team = gatherTeam(workers, tree, CONFIG);
  try {
    say(`${paths.length} test files come into question; they run once without any change`);
    const files = await look(team, paths, mutants);
    const plans = mutants.map((mutant) => ({ mutant, tests: testsFor(mutant, files) }));
    const shown = plans.filter(({ tests }) => tests.length > 0);
    say(`no test comes by ${plans.length - shown.length} mutants; the others run`);
    const jobs = shown.map(({ mutant, tests }) => jobFor(mutant, tests, files));
    const outcomes = await team.run(jobs, (_, done) => {
      if (done % 25 === 0) say(`${done} of ${jobs.length}`);
    });
    await look(team, mostUsed(jobs), []);
    const verdicts = new Map(shown.map(({ mutant: { id } }, at) => [id, verdictOn(outcomes[at])]));
    return mutants.map((mutant) => ({ ...mutant, ...(verdicts.get(mutant.id) ?? { fate: 'unseen' }) }));
  } finally {
    await team.end();
  }
}

/** A file that fails gets a second chance; then there is nothing to compare with. */
async function look(team: Team, paths: readonly string[], mutants: readonly SwitchedMutant[]): Promise<TestFile[]> {
  const watched = mutants.map(({ id }) => id);
  const jobs = paths.map((path) => ({ files: [{ path }], watched, timeoutMs: PATIENCE_MS }));
  const outcomes = await team.run(jobs, () => undefined);
  for (const [at, job] of jobs.entries()) {
    if (hasFailed(outcomes[at])) outcomes.splice(at, 1, ...(await team.run([job], () => undefined)));
  }
  const failures = outcomes.map(failureOf).filter((failure) => failure !== undefined);
  if (failures.length > 0) throw new TestsFail(failures);
  return paths.map((path, at) => fileFrom(path, outcomes[at]));
}

export class TestsFail extends Error {
  constructor(failures: readonly string[]) {
    super(['These fail without any change, so the run says nothing:', ...failures].join('\n'));
  }
}

function hasFailed(outcome: Outcome | undefined): boolean {
  return outcome === undefined || failureOf(outcome) !== undefined;
}

function failureOf(outcome: Outcome): string | undefined {
  return 'lost' in outcome ? outcome.lost : outcome.failed;
}

function fileFrom(path: string, outcome: Outcome | undefined): TestFile {
  if (outcome === undefined || 'lost' in outcome) return { path, tests: 0, hits: {} };
  return { path, tests: outcome.tests, hits: outcome.hits };
}

function jobFor({ id }: SwitchedMutant, tests: TimedJob['files'], files: readonly TestFile[]): TimedJob {
  const hits = files.reduce((sum, file) => sum + (file.hits[id]?.count ?? 0), 0);
  return { files: tests, active: { id, hitLimit: hits * MOST_HITS }, timeoutMs: PATIENCE_MS };
}

function verdictOn(outcome: Outcome | undefined): { fate: Fate; by?: string } {
  if (outcome === undefined) return { fate: 'unseen' };
  const by = failureOf(outcome);
  return by === undefined ? { fate: 'survived' } : { fate: 'noticed', by };
}

/** To see that no mutant has damaged what all of them share: then everything after it would have failed, and not by its own fault. */
function mostUsed(jobs: readonly TimedJob[]): string[] {
  const uses = Map.groupBy(
    jobs.flatMap(({ files }) => files.map(({ path }) => path)),
    (path) => path,
  );
  const paths = [...uses.entries()].sort(([, a], [, b]) => b.length - a.length).map(([path]) => path);
  return paths.slice(0, 10);
}
