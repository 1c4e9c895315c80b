/** The checks of a commit: its statuses, and runs of Actions that have made none. https://docs.gitea.com/api/ (commit statuses, actions) */
import { asPaceError } from '../../core/errors.ts';
import type { Check, OwnCheck } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import {
  fromJob,
  fromRun,
  fromStatus,
  isForgejoRun,
  type Seen,
  shaOf,
  type WireJob,
  type WireRun,
  type WireStatus,
  workflowOf,
} from './host-wire.ts';
import { currentJob, type Job, judgedCommit } from './job.ts';
import type { Operation } from './refusals.ts';

export interface Checks {
  list(sha: string, signal?: AbortSignal): Promise<Check[]>;
  own(): Promise<OwnCheck | undefined>;
}

/** Two requests a look, one more for each run that has no statuses. */
export function createChecks(world: World, api: Api): Checks {
  let mayListRuns = true;

  async function look(operation: Operation, sha: string, signal?: AbortSignal): Promise<Seen[]> {
    const statuses = await listStatuses(operation, sha, signal);
    const runs = await runsOf(operation, sha, signal);
    const silent = newestOfEach(runs.filter((run) => !statuses.some(({ target_url: url }) => belongsTo(url, run))));
    const jobs: Seen[] = [];
    for (const run of silent) jobs.push(...(await jobsOf(operation, run, signal)));
    return [...apart(statuses.map((status) => fromStatus(status, api.url))), ...jobs];
  }

  /** The newest of each context. */
  function listStatuses(operation: Operation, sha: string, signal: AbortSignal | undefined): Promise<WireStatus[]> {
    const path = `${api.repo}/commits/${encodeURIComponent(sha)}/status`;
    return collect(api.list<WireStatus>(operation, { path, signal }, (page) => entriesUnder(page, 'statuses')));
  }

  /** Older servers have no such list, others ignore what is asked for, and a token may not see it. */
  async function runsOf(operation: Operation, sha: string, signal: AbortSignal | undefined): Promise<WireRun[]> {
    if (!mayListRuns) return [];
    const request = { path: `${api.repo}/actions/runs`, query: { head_sha: sha }, signal };
    const runs: WireRun[] = [];
    try {
      for await (const run of api.list<WireRun>(operation, request, (page) => entriesUnder(page, 'workflow_runs'))) {
        if (shaOf(run) === sha) runs.push(run);
        else break;
      }
    } catch (error) {
      if (!['not-found', 'permission'].includes(asPaceError(error).kind)) throw error;
      mayListRuns = false;
      world.log.debug('This server lists no runs of Actions: scheduled ones are not seen.');
    }
    return runs;
  }

  async function jobsOf(operation: Operation, run: WireRun, signal: AbortSignal | undefined): Promise<Seen[]> {
    const request = { path: `${api.repo}/actions/runs/${run.id}/jobs`, signal };
    try {
      // Forgejo's list, like its runs, is of another form: it has no pages
      const jobs = isForgejoRun(run)
        ? entriesUnder<WireJob>(await api.call(operation, request), 'jobs')
        : await collect(api.list<WireJob>(operation, request, (page) => entriesUnder(page, 'jobs')));
      return jobs.length > 0 ? jobs.map((job) => fromJob(run, job)) : [fromRun(run)];
    } catch (error) {
      if (!['not-found', 'permission'].includes(asPaceError(error).kind)) throw error;
      return [fromRun(run)];
    }
  }

  return {
    list: async (sha, signal) => (await look('listChecks', sha, signal)).map(({ check }) => check),
    own: async () => {
      const job = currentJob(world.env, api.fullName);
      const commit = job && (await judgedCommit(world.env, api.fullName));
      if (!job || !commit) return undefined;
      const all = await look('ownCheck', commit.sha);
      const found = pickOwn(all, job);
      if (found) return { id: found.check.id };
      // a run that has made no status and that the server does not list cannot be waited for either
      if (all.some(({ run }) => isOf(run, job))) {
        world.log.warn(
          'PACE cannot tell which check is its own job, and may wait for itself. Please list the name of the check under "ci.ignore".',
        );
      }
      return undefined;
    },
  };
}

/** Pure: the one running job of our run, by its runner or its name where there are several. */
export function pickOwn(all: readonly Seen[], job: Job): Seen | undefined {
  const ours = all.filter(({ run, check }) => isOf(run, job) && check.state === 'pending');
  const running = ours.filter(({ isRunning }) => isRunning);
  const candidates = running.length > 0 ? running : ours;
  const named = candidates.filter(({ jobName }) => jobName === job.name || jobName.startsWith(`${job.name} (`));
  const here = candidates.filter(({ runner }) => runner !== '' && runner === job.runner);
  for (const likely of [candidates, here, named, here.filter((each) => named.includes(each))]) {
    if (likely.length === 1) return likely[0];
  }
  return undefined;
}

/** Addresses have the number of the run on the server, or in the repository: that depends on the version. */
function isOf(run: string | undefined, { runId, runNumber }: Job): boolean {
  return run !== undefined && (run === runId || run === runNumber);
}

function belongsTo(url: string | null | undefined, { html_url: page }: WireRun): boolean {
  const [, path] = /^(?:https?:\/\/[^/]+)?(\/.*)$/.exec(page ?? '') ?? [];
  return path !== undefined && (url ?? '').includes(`${path}/jobs/`);
}

/** A schedule runs again and again on the same commit; only the last run counts. */
function newestOfEach(runs: readonly WireRun[]): WireRun[] {
  const newest = new Map<string, WireRun>();
  for (const run of runs) {
    const kind = `${workflowOf(run)} ${run.event ?? ''}`;
    if (run.id > (newest.get(kind)?.id ?? 0)) newest.set(kind, run);
  }
  return [...newest.values()];
}

/** Two workflow files may have one name: their jobs must not be taken for attempts of each other. */
function apart(seen: readonly Seen[]): Seen[] {
  return seen.map((each) => {
    const { name, workflow } = each.check;
    const twins = seen.filter((other) => other !== each && other.run !== undefined && other.check.name === name);
    if (each.run === undefined || twins.length === 0) return each;
    return { ...each, check: { ...each.check, workflow: `${workflow} (run ${each.run})` } };
  });
}

/** Forgejo gives some lists as they are, Gitea under a name; an empty one may be null. */
function entriesUnder<Entry>(page: unknown, name: string): readonly Entry[] {
  if (Array.isArray(page)) return page;
  const { [name]: entries } = page as Record<string, readonly Entry[] | null | undefined>;
  return [...(entries ?? [])];
}
