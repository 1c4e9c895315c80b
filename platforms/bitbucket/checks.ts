/** The checks of a commit: the newest pipelines with their steps, and the build statuses of other services. */
import { newestResults } from '../../core/drivers/newest-results.ts';
import { asPaceError } from '../../core/errors.ts';
import type { Check } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Context } from './job.ts';
import { pipelineToChecks, toCheckState, workflowOf } from './pipelines.ts';
import { pipelineOf, statusToCheck, type WirePipeline, type WireStatus, type WireStep } from './wire.ts';

const LONG = { pagelen: '100' };

/** A request for the statuses, one for the pipelines, and one for the steps of each: three as a rule. */
export async function listChecks(context: Context, sha: string, signal?: AbortSignal): Promise<Check[]> {
  const { api, step } = context;
  const path = `${api.repo}/commit/${encodeURIComponent(sha)}/statuses`;
  const statuses = await collect(api.list<WireStatus>('listChecks', { path, query: LONG, signal }));
  const pipelines = await pipelinesOf(context, sha, statuses, signal);
  const read = async (pipeline: WirePipeline) => {
    const of = `${api.repo}/pipelines/${encodeURIComponent(pipeline.uuid)}/steps`;
    const steps = await collect(api.list<WireStep>('listChecks', { path: of, query: LONG, signal }));
    return pipelineToChecks({ pipeline, steps }, api.webUrl, step);
  };
  const checks: Check[] = [];
  for (const runs of repeated(pipelines))
    checks.push(...(await newestResults({ runs, mayHaveFailed, read, checkOf: (check) => check })));
  // every pipeline writes a status about itself, which says less than its steps
  const told = new Set([...pipelines.map((pipeline) => pipeline.build_number), step?.buildNumber]);
  const others = statuses.filter((status) => {
    const number = pipelineOf(status, api.fullName);
    return number === undefined || !told.has(number);
  });
  const byKey = new Map(others.toReversed().map((status) => [status.key, status]));
  return [...checks, ...[...byKey.values()].reverse().map(statusToCheck)];
}

/** Newest first. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/#api-repositories-workspace-repo-slug-pipelines-get */
async function pipelinesOf(
  { api }: Context,
  sha: string,
  statuses: readonly WireStatus[],
  signal: AbortSignal | undefined,
): Promise<WirePipeline[]> {
  const query = { ...LONG, 'target.commit.hash': sha, sort: '-created_on' };
  try {
    const all = await collect(api.list<WirePipeline>('listChecks', { path: `${api.repo}/pipelines`, query, signal }));
    return all.filter(({ target }) => isSame(target?.commit?.hash, sha));
  } catch (error) {
    // where Pipelines has never been turned on; a commit with the status of a pipeline shows that it has been
    const isOff = !statuses.some((status) => pipelineOf(status, api.fullName) !== undefined);
    if (isOff && asPaceError(error).kind === 'not-found') return [];
    throw error;
  }
}

/** The list may give the short form. */
function isSame(hash: string | null | undefined, sha: string): boolean {
  return !hash || sha.startsWith(hash) || hash.startsWith(sha);
}

/** A pipeline that is run again is another pipeline of the same branch and definition. Of each the newest first. */
function repeated(pipelines: readonly WirePipeline[]): WirePipeline[][] {
  const same = Map.groupBy(pipelines, workflowOf).values();
  return [...same].map((runs) => runs.toSorted((a, b) => b.build_number - a.build_number));
}

function mayHaveFailed({ state }: WirePipeline): boolean {
  return !['success', 'skipped'].includes(toCheckState(state));
}
