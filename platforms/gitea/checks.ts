/** The checks of a commit: its statuses, and runs of Actions that have made none. https://docs.gitea.com/api/ (commit statuses, actions) */
import { gateJobs, isGateStatus } from '../../core/adapters/ci/gate-status.ts';
import { newestResults } from '../../core/drivers/newest-results.ts';
import { unless } from '../../core/drivers/unless.ts';
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
  stateOf,
  type WireJob,
  type WireRun,
  type WireStatus,
} from './host-wire.ts';
import { currentJob, judgedCommit } from './job.ts';
import type { Operation } from './refusals.ts';
import { apart, awaken, belongsTo, hiddenBehind, isOf, markGates, pickOwn, silentRuns } from './workflow-runs.ts';

export interface Checks {
  list(sha: string, signal?: AbortSignal): Promise<Check[]>;
  own(): Promise<OwnCheck | undefined>;
  /** The page of the own job, once it is known which check it is. */
  ownUrl(): string | undefined;
}

interface Look {
  readonly seen: readonly Seen[];
  readonly runs: readonly WireRun[];
}

/** Two requests a look, one more for each run that has no statuses, and one for what is hidden each time that all has ended. */
export function createChecks(world: World, api: Api): Checks {
  const job = currentJob(world.env, api.fullName);
  let mayListRuns = true;
  let isWarned = false;
  let known: Seen | undefined;
  let hidden: { readonly behind: string; readonly seen: readonly Seen[] } = { behind: '', seen: [] };

  async function look(operation: Operation, sha: string, signal?: AbortSignal): Promise<Look> {
    const statuses = await listStatuses(operation, sha, signal);
    const runs = await runsOf(operation, sha, signal);
    const newest = statuses.map((status) => fromStatus(status, api.url));
    // the status of a gate leads to its job, and does not tell of it
    const hasStatuses = (run: WireRun) => newest.some((seen) => seen.run !== undefined && belongsTo(seen, run));
    const jobs: Seen[] = [];
    for (const same of silentRuns(runs, hasStatuses)) jobs.push(...(await jobsOfAll(operation, same, signal)));
    const seen = awaken([...newest, ...jobs], runs, api.fullName);
    const earlier = isAtRest(seen) ? await hiddenStatuses(operation, { sha, newest }, signal) : [];
    const ids = new Set(seen.map(({ check }) => check.id));
    return { seen: [...apart(seen), ...earlier.filter(({ check }) => !ids.has(check.id))], runs };
  }

  /** Nothing is waited for but gates, ourselves among them. */
  function isAtRest(seen: readonly Seen[]): boolean {
    const checks = seen.map(({ check }) => check);
    const running = checks.filter(({ state }) => state === 'pending' || state === 'unknown');
    const isGate = gateJobs(checks, known?.check.id);
    return running.every((check) => isGateStatus(check) || isGate(check));
  }

  /** The newest of each context. */
  function listStatuses(operation: Operation, sha: string, signal: AbortSignal | undefined): Promise<WireStatus[]> {
    const path = `${api.repo}/commits/${encodeURIComponent(sha)}/status`;
    return collect(api.list<WireStatus>(operation, { path, signal }, (page) => entriesUnder(page, 'statuses')));
  }

  /** Asked for again when something has ended since. */
  async function hiddenStatuses(
    operation: Operation,
    { sha, newest }: { readonly sha: string; readonly newest: readonly Seen[] },
    signal: AbortSignal | undefined,
  ): Promise<readonly Seen[]> {
    if (newest.every(({ run }) => run === undefined)) return [];
    const behind = `${sha} ${newest.map(({ order }) => order).join(' ')}`;
    if (hidden.behind === behind) return hidden.seen;
    const path = `${api.repo}/commits/${encodeURIComponent(sha)}/statuses`;
    const all = await unless(['not-found'], () => collect(api.list<WireStatus>(operation, { path, signal })));
    const seen = (all ?? []).map((status) => fromStatus(status, api.url));
    hidden = { behind, seen: hiddenBehind(newest, seen) };
    return hidden.seen;
  }

  /** Older servers have no such list, others ignore what is asked for, and a token may not see it. */
  async function runsOf(operation: Operation, sha: string, signal: AbortSignal | undefined): Promise<WireRun[]> {
    if (!mayListRuns) return [];
    const request = { path: `${api.repo}/actions/runs`, query: { head_sha: sha }, signal };
    try {
      const runs = api.list<WireRun>(operation, request, (page) => entriesUnder(page, 'workflow_runs'));
      return await collect(ofCommit(sha, runs));
    } catch (error) {
      if (!['not-found', 'permission'].includes(asPaceError(error).kind)) throw error;
      mayListRuns = false;
      world.log.debug('This server lists no runs of Actions: scheduled ones are not seen.');
      return [];
    }
  }

  /** A schedule runs again and again on the same commit. */
  function jobsOfAll(operation: Operation, runs: readonly WireRun[], signal: AbortSignal | undefined) {
    return newestResults({
      runs,
      mayHaveFailed: (run) => !['success', 'skipped'].includes(stateOf(run)[0]),
      read: (run) => jobsOf(operation, run, signal),
      checkOf: ({ check }: Seen) => check,
    });
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

  async function findOwn(): Promise<Seen | undefined> {
    const commit = known === undefined && job ? await judgedCommit(world.env, api.fullName) : undefined;
    if (!job || !commit) return known;
    const { seen } = await look('ownCheck', commit.sha);
    known = pickOwn(seen, job);
    // a run that has made no status and that the server does not list cannot be waited for either
    if (known === undefined && !isWarned && seen.some(({ run }) => isOf(run, job))) {
      isWarned = true;
      world.log.warn(
        'PACE cannot tell which check is its own job, and may wait for itself. Please list the name of the check under "ci.ignore".',
      );
    }
    return known;
  }

  return {
    list: async (sha, signal) => {
      const { seen, runs } = await look('listChecks', sha, signal);
      return markGates(seen, known, { job, runs }).map(({ check }) => check);
    },
    own: async () => {
      const own = await findOwn();
      return own && { id: own.check.id };
    },
    ownUrl: () => known?.check.url,
  };
}

/** Forgejo gives some lists as they are, Gitea under a name; an empty one may be null. */
/** Up to the first of another commit. */
async function* ofCommit(sha: string, runs: AsyncIterable<WireRun>): AsyncGenerator<WireRun> {
  for await (const run of runs) {
    if (shaOf(run) !== sha) return;
    yield run;
  }
}

function entriesUnder<Entry>(page: unknown, name: string): readonly Entry[] {
  if (Array.isArray(page)) return page;
  const { [name]: entries } = page as Record<string, readonly Entry[] | null | undefined>;
  return [...(entries ?? [])];
}
