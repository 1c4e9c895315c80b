/**
 * Which attempt of its workflow run a check run belongs to. GitHub lists the jobs of all attempts in one suite and does not say; only the
 * run tells how many there were and when the latest began. Pure.
 * https://docs.github.com/en/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
 */
import { ACTIONS_APP, type CheckRun, type Id, type WorkflowRun } from './host-wire.ts';

export interface Attempt {
  /** Equal for the jobs of one attempt; absent for what has none: only the newest of a name counts. */
  readonly attempt?: string;
  /** No later attempt has a job of its name. */
  readonly isLatest: boolean;
}

const NO_ATTEMPT: Attempt = { isLatest: true };

/** `runs` is `undefined` when the token may not list them. */
export function attemptsOf(
  checkRuns: readonly CheckRun[],
  runs: readonly WorkflowRun[] | undefined,
): ReadonlyMap<CheckRun, Attempt> {
  const runOf = new Map((runs ?? []).map((run) => [run.check_suite_id, run]));
  const suites = Map.groupBy(jobsAmong(checkRuns), (run) => run.check_suite?.id);
  const found = new Map(checkRuns.map((run) => [run, NO_ATTEMPT]));
  for (const [suite, jobs] of suites) {
    for (const [job, attempt] of attemptsOfSuite(String(suite), jobs, runOf.get(suite))) found.set(job, attempt);
  }
  return found;
}

function attemptsOfSuite(
  suite: string,
  jobs: readonly CheckRun[],
  run: WorkflowRun | undefined,
): readonly (readonly [CheckRun, Attempt])[] {
  const number = run?.run_attempt;
  if (number === 1) return jobs.map((job) => [job, { attempt: `${suite}.1`, isLatest: true }]);
  const began = run?.run_started_at ? Date.parse(run.run_started_at) : undefined;
  const isEarlier = (job: CheckRun) => began !== undefined && number !== undefined && startOf(job) < began;
  const [earlier, latest] = [jobs.filter(isEarlier), jobs.filter((job) => !isEarlier(job))];
  // a server that leaves the run its first time of all tells nothing by it
  if (earlier.length === 0 || latest.length === 0) return inSequence(suite, jobs);
  const only = { attempt: `${suite}.1`, isLatest: true };
  const before = number === 2 ? earlier.map((job) => [job, only] as const) : inSequence(suite, earlier);
  const again = new Set(latest.map(({ name }) => name));
  return [
    ...before.map(([job, found]) => [job, { ...found, isLatest: found.isLatest && !again.has(job.name) }] as const),
    ...latest.map((job) => [job, { attempt: `${suite}.latest`, isLatest: true }] as const),
  ];
}

/**
 * A job that a later attempt does not run again is listed with that attempt once more, under an id of its own and with the times of
 * its only run: taken for two, a re-run would mend one of them. The first of them stays, which statuses lead to.
 */
export function withoutCopies(
  checkRuns: readonly CheckRun[],
  runs: readonly WorkflowRun[] | undefined,
): readonly CheckRun[] {
  const unrepeated = (runs ?? []).filter((run) => run.run_attempt === 1);
  const suites = new Set<Id | undefined>(unrepeated.map((run) => run.check_suite_id));
  const ended = jobsAmong(checkRuns).filter((job) => job.completed_at && !suites.has(suiteOf(job)));
  const equals = Map.groupBy(ended, (job) =>
    JSON.stringify([String(suiteOf(job)), job.name, job.started_at, job.completed_at, job.conclusion]),
  );
  const copies = new Set([...equals.values()].flatMap((jobs) => jobs.toSorted(byId).slice(1)));
  return checkRuns.filter((run) => !copies.has(run));
}

function byId({ id: one }: CheckRun, { id: other }: CheckRun): number {
  return one < other ? -1 : 1;
}

/**
 * Where nothing else tells: of equal names the one that started after the others had ended is a later attempt, those that overlap are
 * several jobs. So a failure is not hidden by a job beside it, and a re-run mends it.
 */
function inSequence(suite: string, jobs: readonly CheckRun[]): (readonly [CheckRun, Attempt])[] {
  return [...Map.groupBy(jobs, ({ name }) => name).values()].flatMap((equals) => {
    const layers = layersOf(equals.toSorted((one, other) => compare(startOf(one), startOf(other))));
    return layers.flatMap((layer, index) =>
      layer.map((job) => {
        return [job, { attempt: `${suite}.${index + 1}`, isLatest: index === layers.length - 1 }] as const;
      }),
    );
  });
}

function layersOf(inOrder: readonly CheckRun[]): CheckRun[][] {
  const layers: CheckRun[][] = [];
  let ended = Number.NEGATIVE_INFINITY;
  for (const job of inOrder) {
    const layer = layers.at(-1);
    if (layer === undefined || startOf(job) >= ended) layers.push([job]);
    else layer.push(job);
    ended = Math.max(ended, endOf(job));
  }
  return layers;
}

/** What waits in a queue starts after all that has started. */
function startOf({ started_at }: CheckRun): number {
  return started_at ? Date.parse(started_at) : Number.POSITIVE_INFINITY;
}

function endOf({ completed_at }: CheckRun): number {
  return completed_at ? Date.parse(completed_at) : Number.POSITIVE_INFINITY;
}

function compare(one: number, other: number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const JOB_PAGE = /\/actions\/runs\/\d+\/job\/\d+/;
const CHECK_PAGE = /\/runs\/\d+(?:[?#].*)?$/;

/**
 * The check runs that are jobs of Actions. A job can report check runs of its own under the same app, in whatever suite: they have
 * pages of another kind. Where no page is of the newer kind, the server gives jobs the older one too.
 */
function jobsAmong(checkRuns: readonly CheckRun[]): CheckRun[] {
  const all = checkRuns.filter(isOfActions);
  if (!all.some(({ html_url }) => JOB_PAGE.test(html_url ?? ''))) return all;
  return all.filter(({ html_url }) => JOB_PAGE.test(html_url ?? '') || !CHECK_PAGE.test(html_url ?? ''));
}

export function isOfActions({ app, check_suite }: CheckRun): boolean {
  return app?.slug === ACTIONS_APP && check_suite !== null;
}

/** The suite of a check run, as runs name theirs. */
export function suiteOf({ check_suite }: CheckRun): Id | undefined {
  return check_suite?.id;
}
