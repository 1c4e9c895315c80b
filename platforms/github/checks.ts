/** All checks of a commit: check runs, commit statuses, and the workflow runs that have no check run to show (yet). */
import { asPaceError } from '../errors.ts';
import type { Check } from '../ports.ts';
import type { World } from '../world.ts';
import type { Api } from './api.ts';
import { isOwnRepository } from './event.ts';
import { permissionRemedy } from './refusals.ts';
import {
  ACTIONS_APP,
  type CheckRun,
  fromCheckRun,
  fromStatus,
  type Id,
  type Status,
  times,
  toCheckState,
  type WorkflowRun,
} from './wire.ts';

const OPERATION = 'listChecks';
const PER_PAGE = 100;

/** GitHub lists the check runs of the newest 1000 suites only, and its total counts no others. */
const SUITES_LISTED = 1000;

/** The workflow run that PACE is part of. */
export interface OwnRun {
  readonly id: number;
  /** Of its workflow file. */
  readonly path: string;
}

/** The function that looks at a commit; three requests for up to a hundred of each kind, the same ones every time. */
export function checkLister(world: World, api: Api): (sha: string, signal?: AbortSignal) => Promise<Check[]> {
  let mayListRuns = true;

  async function runsOf(sha: string, request: { signal?: AbortSignal }): Promise<WorkflowRun[] | undefined> {
    if (!mayListRuns) return undefined;
    try {
      return await listRuns(api, sha, request);
    } catch (error) {
      const { kind } = asPaceError(error);
      if (kind !== 'permission' && kind !== 'not-found') throw error;
      mayListRuns = false;
      world.log.warn(
        `The token may not list workflow runs in ${api.fullName}: jobs that start late may be missed. ${permissionRemedy('actions: read')}`,
      );
      return undefined;
    }
  }

  return async (sha, signal) => {
    const request = signal ? { signal } : {};
    const [checkRuns, statuses, runs] = await allOrFirst(
      listCheckRuns(api, sha, request),
      listStatuses(api, sha, request),
      runsOf(sha, request),
    );
    return toChecks({ checkRuns, statuses, runs, own: ownRun(world.env, api.fullName) });
  };
}

/** Like `Promise.all`, but of several errors it is always the first in this order. */
async function allOrFirst<A, B, C>(a: Promise<A>, b: Promise<B>, c: Promise<C>): Promise<[A, B, C]> {
  await Promise.allSettled([a, b, c]);
  return [await a, await b, await c];
}

/** Every attempt is asked for: `filter=latest` looks inside one suite only, and by end times that a running check lacks. */
export async function listCheckRuns(
  api: Api,
  sha: string,
  request: { signal?: AbortSignal } = {},
): Promise<CheckRun[]> {
  const found: CheckRun[] = [];
  let total = 0;
  const pages = api.pages(OPERATION, 'list checks', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
      ...api.repository,
      ref: sha,
      filter: 'all',
      per_page: PER_PAGE,
      request,
    }),
  );
  for await (const page of pages) {
    total = page.total_count;
    found.push(...page.check_runs);
  }
  return total < SUITES_LISTED ? found : [...found, ...(await listOtherSuites(api, sha, found, request))];
}

/** The check runs of the suites that the list has left out. */
async function listOtherSuites(
  api: Api,
  sha: string,
  found: readonly CheckRun[],
  request: { signal?: AbortSignal },
): Promise<CheckRun[]> {
  const seen = new Set(found.map((run) => run.check_suite?.id));
  const others: CheckRun[] = [];
  const suites = api.pages(OPERATION, 'list checks', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', {
      ...api.repository,
      ref: sha,
      per_page: PER_PAGE,
      request,
    }),
  );
  for await (const { check_suites } of suites) {
    for (const suite of check_suites) {
      if (seen.has(suite.id) || suite.latest_check_runs_count === 0) continue;
      const runs = api.pages(OPERATION, 'list checks', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs', {
          ...api.repository,
          check_suite_id: Number(suite.id),
          filter: 'all',
          per_page: PER_PAGE,
          request,
        }),
      );
      for await (const { check_runs } of runs) others.push(...check_runs);
    }
  }
  return others;
}

async function listStatuses(api: Api, sha: string, request: { signal?: AbortSignal }): Promise<Status[]> {
  const statuses: Status[] = [];
  const pages = api.pages(OPERATION, 'list commit statuses', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/status', {
      ...api.repository,
      ref: sha,
      per_page: PER_PAGE,
      request,
    }),
  );
  // the combined state is not read: it says `pending` where there are no statuses at all
  for await (const page of pages) statuses.push(...page.statuses);
  return statuses;
}

async function listRuns(api: Api, sha: string, request: { signal?: AbortSignal }): Promise<WorkflowRun[]> {
  const runs: WorkflowRun[] = [];
  const pages = api.pages(OPERATION, 'list workflow runs', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/actions/runs', {
      ...api.repository,
      head_sha: sha,
      per_page: PER_PAGE,
      request,
    }),
  );
  for await (const page of pages) runs.push(...page.workflow_runs);
  return runs;
}

/** Pure: what was seen, as neutral checks. `runs` is `undefined` when the token may not list them. */
export function toChecks(seen: {
  checkRuns: readonly CheckRun[];
  statuses: readonly Status[];
  runs: readonly WorkflowRun[] | undefined;
  own: OwnRun | undefined;
}): Check[] {
  const { checkRuns, statuses, runs = [], own } = seen;
  const names = workflowNames(runs);
  const workflowOf = new Map(runs.map((run) => [run.check_suite_id, names.get(run.workflow_id)]));
  const jobs = checkRuns.map((run) => {
    const suite = run.check_suite?.id;
    // jobs of one name in two workflows must stay apart, also where the workflow is not known
    const unknown = run.app?.slug === ACTIONS_APP && suite !== undefined ? String(suite) : '';
    return fromCheckRun(run, workflowOf.get(suite) ?? unknown);
  });
  const suites = suitesOf(checkRuns);
  const silent = runs.filter((run) => !belongsToOwn(run, own) && isSilent(run, suites, runs));
  const pending = silent.map((run) => fromRun(run, names.get(run.workflow_id) ?? run.path));
  return [...jobs, ...statuses.map(fromStatus), ...pending];
}

/** By workflow: the name of its newest run (`run-name` can change it), or the file where two workflows share a name. */
function workflowNames(runs: readonly WorkflowRun[]): Map<Id, string> {
  const newest = new Map<Id, WorkflowRun>();
  for (const run of runs) {
    const known = newest.get(run.workflow_id);
    if (!known || run.id > known.id) newest.set(run.workflow_id, run);
  }
  const all = [...newest.values()];
  return new Map(
    all.map((run) => {
      const shared = all.some((other) => other !== run && other.name === run.name);
      return [run.workflow_id, run.name && !shared ? run.name : filePath(run)];
    }),
  );
}

function filePath({ path }: WorkflowRun): string {
  return path.split('@')[0] ?? path;
}

type Suites = ReadonlyMap<Id | undefined, { readonly unfinished: boolean }>;

function suitesOf(checkRuns: readonly CheckRun[]): Suites {
  const suites = new Map<Id | undefined, { unfinished: boolean }>();
  for (const run of checkRuns) {
    const suite = suites.get(run.check_suite?.id) ?? { unfinished: false };
    suites.set(run.check_suite?.id, { unfinished: suite.unfinished || run.status !== 'completed' });
  }
  return suites;
}

/**
 * Runs of the workflow that PACE is in are not waited for beyond their visible jobs: one that is queued behind this very run
 * (`concurrency:`) would never start.
 */
function belongsToOwn(run: WorkflowRun, own: OwnRun | undefined): boolean {
  return own !== undefined && (run.id === own.id || filePath(run) === own.path);
}

/** True when the check runs do not tell what this workflow run still owes, or that it has gone wrong as a whole. */
function isSilent(run: WorkflowRun, suites: Suites, runs: readonly WorkflowRun[]): boolean {
  const suite = suites.get(run.check_suite_id);
  if (run.status !== 'completed') return !suite?.unfinished;
  const superseded = runs.some((other) => other.workflow_id === run.workflow_id && other.id > run.id);
  if (suite || superseded) return false;
  return !['success', 'skipped', 'neutral'].includes(toCheckState(run.status, run.conclusion));
}

/** A workflow run as a check of its own: between two jobs, waiting for approval, or never started. */
function fromRun(run: WorkflowRun, workflow: string): Check {
  const needsApproval = run.status === 'completed' && run.conclusion === 'action_required';
  return {
    id: `run-${run.id}`,
    name: needsApproval ? `${workflow} (waits for approval)` : workflow,
    app: ACTIONS_APP,
    workflow,
    state: needsApproval ? 'pending' : toCheckState(run.status, run.conclusion),
    vendorState: String(run.status === 'completed' ? run.conclusion : run.status),
    optional: false,
    url: run.html_url,
    ...times(run.run_started_at ?? run.created_at, undefined),
  };
}

function ownRun(env: World['env'], repository: string): OwnRun | undefined {
  if (env['GITHUB_ACTIONS'] !== 'true' || !isOwnRepository(env, repository)) return undefined;
  const file = env['GITHUB_WORKFLOW_REF']?.split('@')[0]?.slice(repository.length + 1);
  return { id: Number(env['GITHUB_RUN_ID']), path: file ?? '' };
}
