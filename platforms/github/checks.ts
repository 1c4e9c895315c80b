/** Asks for all checks of a commit: check runs, commit statuses and workflow runs. https://docs.github.com/en/rest/checks */
import { isGateContext } from '../../core/adapters/ci/gate-status.ts';
import { defined } from '../../core/defined.ts';
import { unless } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import type { Check, OwnCheck } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { isOfActions } from './attempts.ts';
import { listCheckRuns } from './check-runs.ts';
import { deployersAsker } from './deployments.ts';
import { isOwnRepository } from './event.ts';
import { needsOwnName, type OwnRun } from './gate-jobs.ts';
import { type CheckRun, hasPath, type Status, type WorkflowRun } from './host-wire.ts';
import { givenCheckRun, ownJobName } from './job.ts';
import { queuedGatesAsker } from './queued-gates.ts';
import { permissionRemedy } from './refusals.ts';
import { listWhole } from './whole-list.ts';
import { toChecks } from './workflow-runs.ts';

const OPERATION = 'listChecks';
const PER_PAGE = 100;

export interface CheckLister {
  readonly listChecks: (sha: string, signal?: AbortSignal) => Promise<Check[]>;
  /** Of the run that we are part of, as the last look at its commit has told. */
  readonly pushedAt: (sha: string) => number | undefined;
}

/** How a commit is looked at: three requests for up to a hundred of each kind, the same ones every time. What waits costs one more, what has failed another, and so does the file of what has not begun where nothing else is left. */
export function checkLister(world: World, api: Api, ownCheck: () => Promise<OwnCheck | undefined>): CheckLister {
  const askDeployers = deployersAsker(world, api);
  const askQueuedGates = queuedGatesAsker(world, api, ownCheck);
  const askVerdicts = earlierVerdicts(api);
  let own = ownRun(world.env, api.fullName);
  let hasAskedName = false;
  let mayListRuns = true;
  const pushes = new Map<string, number | undefined>();

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

  let hasNoted = false;
  function notePathless(runs: readonly WorkflowRun[] = []): void {
    const odd = runs.filter((run) => !hasPath(run)).map(({ id }) => String(id));
    if (odd.length === 0 || hasNoted) return;
    hasNoted = true;
    world.log.warn(
      `GitHub does not tell the file of ${odd.length === 1 ? 'one workflow run' : `${odd.length} workflow runs`} (${odd.slice(0, 3).join(', ')}): taken for workflows of their own.`,
    );
  }

  async function listChecks(sha: string, signal?: AbortSignal): Promise<Check[]> {
    const request = signal ? { signal } : {};
    const [checkRuns, statuses, runs] = await allOrFirst(
      listCheckRuns(api, sha, request),
      listStatuses(api, sha, request),
      runsOf(sha, request),
    );
    if (!hasAskedName && own && needsOwnName({ checkRuns, statuses, runs, own })) {
      hasAskedName = true;
      own = { ...own, name: await ownJobName(world, api) };
    }
    notePathless(runs);
    pushes.set(sha, pushOf(own, runs));
    const deployers = await askDeployers({ checkRuns, runs }, signal);
    const earlier = await askVerdicts(sha, { checkRuns, statuses }, request);
    const seen = { checkRuns, statuses: [...statuses, ...earlier], runs, own };
    return toChecks({ ...seen, deployers, files: await askQueuedGates(sha, seen, signal) });
  }

  return { listChecks, pushedAt: (sha) => pushes.get(sha) };
}

/** The run is made with the push; that of a re-run is as old as its first attempt. */
function pushOf(own: OwnRun | undefined, runs: readonly WorkflowRun[] = []): number | undefined {
  const run = runs.find(({ id }) => id === own?.id);
  const pushed = run?.event === 'push' ? Date.parse(run.created_at) : Number.NaN;
  return Number.isNaN(pushed) ? undefined : pushed;
}

/** Like `Promise.all`, but of several errors it is always the first in this order. */
async function allOrFirst<A, B, C>(a: Promise<A>, b: Promise<B>, c: Promise<C>): Promise<[A, B, C]> {
  await Promise.allSettled([a, b, c]);
  return [await a, await b, await c];
}

/**
 * Of each context GitHub tells the newest status only, and this run has begun with its own: where a job has failed, those before are
 * asked for, as one of them may lead to it. Then it is the job of a gate, and not to be mended by anything. One request for each set
 * of failed jobs.
 */
function earlierVerdicts(api: Api) {
  const known = new Map<string, readonly Status[]>();
  return async (
    sha: string,
    { checkRuns, statuses }: { checkRuns: readonly CheckRun[]; statuses: readonly Status[] },
    request: { signal?: AbortSignal },
  ): Promise<readonly Status[]> => {
    const failed = checkRuns.filter((run) => isOfActions(run) && run.conclusion === 'failure');
    if (failed.length === 0 || !statuses.some(({ context }) => isGateContext(context))) return [];
    const key = [sha, ...failed.map(({ id }) => id)].join(' ');
    const found = known.get(key) ?? (await askVerdicts(api, sha, request));
    known.set(key, found);
    const newest = new Set(statuses.map(({ id }) => id));
    return found.filter(({ id }) => !newest.has(id));
  };
}

/** The newest hundred are enough: a run writes two or three. */
async function askVerdicts(api: Api, sha: string, request: { signal?: AbortSignal }): Promise<Status[]> {
  const found = await unless(['not-found', 'permission'], () =>
    api.call(OPERATION, 'list commit statuses', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/statuses', {
        ...api.repository,
        ref: sha,
        per_page: PER_PAGE,
        request,
      }),
    ),
  );
  return (found ?? []).filter(({ context }) => isGateContext(context));
}

async function listStatuses(api: Api, sha: string, request: { signal?: AbortSignal }): Promise<Status[]> {
  const { items } = await listWhole(
    api,
    { operation: OPERATION, deed: 'list commit statuses' },
    (octokit, page) =>
      octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/status', {
        ...api.repository,
        ...defined({ page }),
        ref: sha,
        per_page: PER_PAGE,
        request,
      }),
    // the combined state is not read: it says `pending` where there are no statuses at all
    ({ statuses }): readonly Status[] => statuses,
  );
  return items;
}

async function listRuns(api: Api, sha: string, request: { signal?: AbortSignal }): Promise<WorkflowRun[]> {
  const { items } = await listWhole(
    api,
    { operation: OPERATION, deed: 'list workflow runs' },
    (octokit, page) =>
      octokit.request('GET /repos/{owner}/{repo}/actions/runs', {
        ...api.repository,
        ...defined({ page }),
        head_sha: sha,
        per_page: PER_PAGE,
        request,
      }),
    ({ workflow_runs }): readonly WorkflowRun[] => workflow_runs,
  );
  return items;
}

function ownRun(env: World['env'], repository: string): OwnRun | undefined {
  if (env['GITHUB_ACTIONS'] !== 'true' || !isOwnRepository(env, repository)) return undefined;
  const file = env['GITHUB_WORKFLOW_REF']?.split('@')[0]?.slice(repository.length + 1);
  return { id: Number(env['GITHUB_RUN_ID']), path: file ?? '', check: givenCheckRun(env), key: env['GITHUB_JOB'] };
}
