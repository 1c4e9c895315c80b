/** Which check run is the very job that PACE runs in. */
import { asPaceError } from '../../core/errors.ts';
import type { OwnCheck } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { listCheckRuns } from './check-runs.ts';
import { isOwnRepository, judgedCommit } from './event.ts';
import { mayBeNamed } from './gate-jobs.ts';
import { entriesOf } from './pages.ts';
import type { Part, Schema } from './schema.ts';

/** Set by `check-run-id: ${{ job.check_run_id }}`, which the action does by itself; not on GitHub Enterprise Server. */
const GIVEN_BY = ['PACE_CHECK_RUN_ID', 'INPUT_CHECK-RUN-ID', 'INPUT_CHECK_RUN_ID'];

/** https://docs.github.com/en/rest/actions/workflow-jobs – its id is that of its check run. */
export interface Job extends Part<'job', 'id' | 'name' | 'runner_name'> {
  readonly status: string;
  /** The description has no `null` for a job that has not started, and GitHub sends it. */
  readonly started_at: Schema<'job'>['started_at'] | null;
}

/** No request where the id is given, else the jobs of this attempt are asked for. `undefined` outside a job, or undecidable. */
export async function ownCheck(world: World, api: Api): Promise<OwnCheck | undefined> {
  const { env } = world;
  const given = givenCheckRun(env);
  if (given !== undefined) return { id: given };
  if (env['GITHUB_ACTIONS'] !== 'true' || !isOwnRepository(env, api.fullName) || !env['GITHUB_RUN_ID'])
    return undefined;
  const job = pickOwnJob(await jobsOfThisAttempt(world, api), env);
  if (job) return { id: String(job.id) };
  world.log.warn(
    `PACE cannot tell which check is its own job, and may wait for itself. Please pass "check-run-id: \${{ job.check_run_id }}", or list the name of the job under "ci.ignore".`,
  );
  return undefined;
}

/** The check run of the very job, as the workflow passes it on. */
export function givenCheckRun(env: World['env']): string | undefined {
  return GIVEN_BY.map((name) => env[name]).find((value) => value !== undefined && /^[1-9]\d*$/.test(value));
}

/** What our own job is called; `undefined` where it cannot be told. */
export async function ownJobName(world: World, api: Api): Promise<string | undefined> {
  const { env } = world;
  try {
    const jobs = await listJobs(api, Number(env['GITHUB_RUN_ID']), Number(env['GITHUB_RUN_ATTEMPT'] ?? 1));
    const given = givenCheckRun(env);
    return (jobs.find(({ id }) => String(id) === given) ?? pickOwnJob(jobs, env))?.name;
  } catch (error) {
    const { kind } = asPaceError(error);
    if (kind !== 'permission' && kind !== 'not-found') throw error;
    return undefined;
  }
}

async function jobsOfThisAttempt(world: World, api: Api): Promise<Job[]> {
  const { env } = world;
  try {
    return await listJobs(api, Number(env['GITHUB_RUN_ID']), Number(env['GITHUB_RUN_ATTEMPT'] ?? 1));
  } catch (error) {
    const { kind, remedy } = asPaceError(error);
    if (kind !== 'permission' && kind !== 'not-found') throw error;
    world.log.debug(`Looking for the own job among the check runs instead. ${remedy}`);
    return jobsAmongChecks(world, api);
  }
}

async function listJobs(api: Api, run: number, attempt: number): Promise<Job[]> {
  const pages = api.pages('ownCheck', 'list the jobs of a workflow run', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs', {
      ...api.repository,
      run_id: run,
      attempt_number: attempt,
      per_page: 100,
    }),
  );
  return collect(entriesOf(pages, (page): readonly Job[] => page.jobs));
}

/** Without `actions: read`: the running checks of this commit that link to this workflow run. */
async function jobsAmongChecks(world: World, api: Api): Promise<Job[]> {
  const commit = await judgedCommit(world.env);
  if (!commit) return [];
  const run = `/actions/runs/${world.env['GITHUB_RUN_ID']}/`;
  const checks = await listCheckRuns(api, commit.sha);
  return checks
    .filter((check) => `${check.details_url ?? check.html_url}/`.includes(run))
    .map(({ id, name, status, started_at }) => ({ id, name, status, started_at, runner_name: null }));
}

/** Pure: the one job that runs on this runner under this name; `undefined` when several may be it. */
export function pickOwnJob(jobs: readonly Job[], env: World['env']): Job | undefined {
  const { RUNNER_NAME: runner, GITHUB_JOB: id = '' } = env;
  const running = jobs.filter((job) => job.status === 'in_progress');
  const here = running.filter((job) => runner !== undefined && job.runner_name === runner);
  if (here.length === 1) return here[0];
  const candidates = here.length > 0 ? here : running.filter((job) => job.runner_name === null || runner === undefined);
  const named = candidates.filter((job) => mayBeNamed(job.name, id));
  const likely = named.length > 0 ? named : candidates;
  if (likely.length <= 1) return likely[0];
  // a runner works on one job at a time: what started earlier has ended, and the list is late
  return here.length > 0 ? latest(likely) : undefined;
}

function latest(jobs: readonly Job[]): Job | undefined {
  const [first, second] = [...jobs].sort((a, b) => startOf(b) - startOf(a));
  return first && second && startOf(first) === startOf(second) ? undefined : first;
}

function startOf({ started_at }: Job): number {
  return started_at ? Date.parse(started_at) : 0;
}
