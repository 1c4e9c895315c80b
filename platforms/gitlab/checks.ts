/** The jobs, trigger jobs and external statuses of a commit. https://docs.gitlab.com/api/commits/#list-commit-statuses */
import { asPaceError, type PaceError } from '../../core/errors.ts';
import type { Check } from '../../core/ports/index.ts';
import { readable } from './api.ts';
import { familyOf, gatesLike } from './child-pipelines.ts';
import { jobToStatus, pipelinesMatter, toChecks, type WireStatus } from './host-wire.ts';
import type { Context } from './job.ts';

// the client's types do not know that these lists have pages
const allPages: { all?: boolean; showExpanded?: false; perPage: number } = { perPage: 100 };

/** One request as a rule: the statuses of a commit hold its jobs, trigger jobs and external statuses, latest attempts only. Child pipelines cost more. */
export async function listChecks(context: Context, sha: string, signal?: AbortSignal): Promise<Check[]> {
  const { api, project, projectUrl, job } = context;
  const { commits, pipelines } = api.resources(signal);
  const statuses: WireStatus[] = [];
  try {
    // a merged results pipeline belongs to its merge commit, though it is about the head
    const shas = job && job.headSha === sha ? [...new Set([sha, job.sha])] : [sha];
    for (const each of shas) {
      statuses.push(...(await commits.allStatuses(project, each, { all: false, ...allPages })));
    }
  } catch (error) {
    const own =
      api.credential === 'job-token' ? await ownPipelineChecks(context, sha, asPaceError(error), signal) : undefined;
    if (own) return own;
    throw error;
  }
  const family = await familyOf(context, statuses, signal);
  const { statuses: all, children, own } = family;
  const asked = pipelinesMatter(all, own) ? await pipelines.all(project, { sha, perPage: 100 }) : [];
  const isGate = gatesLike(all, job?.id);
  return toChecks({ statuses: all, isGate, pipelines: [...asked, ...children], own, projectUrl });
}

/** What a job token may see where the project allows it: the jobs of its own pipeline. https://docs.gitlab.com/ci/jobs/fine_grained_permissions/ */
async function ownPipelineChecks(
  { world, api, project, projectUrl, job }: Context,
  sha: string,
  refusal: PaceError,
  signal?: AbortSignal,
): Promise<Check[] | undefined> {
  if (!job || job.headSha !== sha || ![401, 403, 404].includes(refusal.status ?? 0)) return undefined;
  const { jobs } = api.resources(signal);
  const found = await readable(() => jobs.all(project, { pipelineId: job.pipelineId, perPage: 100 }));
  if (!found) return undefined;
  const bridges = await readable(() => jobs.allPipelineBridges(project, job.pipelineId, allPages));
  const unseen = bridges ? 'statuses of other pipelines' : 'child pipelines and statuses of other pipelines';
  world.log.warn(`CI_JOB_TOKEN only sees the jobs of this pipeline; ${unseen} are not judged. Set PACE_GITLAB_TOKEN.`);
  const statuses = [...found, ...(bridges ?? [])].map(jobToStatus);
  const isGate = gatesLike(statuses, job.id);
  return toChecks({ statuses, isGate, pipelines: [], own: new Set([job.pipelineId]), projectUrl });
}
