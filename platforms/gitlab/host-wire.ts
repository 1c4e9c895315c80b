/** GitLab's shapes (only what we read), and their translation to neutral words. https://docs.gitlab.com/api/rest/ */
import type { CommitStatusSchema, JobSchema, MergeRequestSchema, PipelineSchema } from '@gitbeaker/core';
import { isSha } from '../../core/drivers/workflow-event.ts';
import { PaceError } from '../../core/errors.ts';
import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, Check, CheckState, FoundChange } from '../../core/ports/index.ts';
import type { Maybe, Part } from './schema.ts';

/** https://docs.gitlab.com/api/commits/#list-commit-statuses: jobs, trigger jobs and external statuses alike. */
export interface WireStatus
  extends Part<CommitStatusSchema, 'id' | 'name'>,
    Maybe<CommitStatusSchema, 'ref' | 'target_url' | 'started_at' | 'finished_at' | 'allow_failure'> {
  /** Wider than theirs: newer servers have more words. */
  readonly status: string;
  readonly pipeline_id?: number | null;
}

/** https://docs.gitlab.com/api/jobs/#list-all-jobs-for-a-pipeline */
export interface WireJob
  extends Part<JobSchema, 'id' | 'name' | 'status'>,
    Maybe<JobSchema, 'ref' | 'web_url' | 'started_at' | 'finished_at' | 'allow_failure'> {
  readonly pipeline?: Part<PipelineSchema, 'id'> | null;
}

/** https://docs.gitlab.com/api/jobs/#list-all-trigger-jobs-for-a-pipeline */
export interface WireBridge extends WireJob {
  readonly pipeline?: (Part<PipelineSchema, 'id'> & { readonly project_id?: number }) | null;
  /** Absent as long as there is none. */
  readonly downstream_pipeline?: (WirePipeline & { readonly project_id?: number }) | null;
}

/** With where it stands among the pipelines of its commit. */
export interface Placed extends WireStatus {
  /** In a child pipeline: the trigger jobs above it. */
  readonly path?: string;
  /** A trigger job that waits for the pipeline in which PACE runs. */
  readonly leadsToUs?: boolean;
}

/** https://docs.gitlab.com/api/pipelines/#list-project-pipelines */
export type WirePipeline = Part<PipelineSchema, 'id' | 'status' | 'ref' | 'source' | 'web_url'>;

/** https://docs.gitlab.com/api/merge_requests/ */
export type WireMergeRequest = Part<MergeRequestSchema, 'iid' | 'web_url' | 'state' | 'title'> &
  Maybe<MergeRequestSchema, 'description' | 'source_project_id' | 'target_project_id' | 'source_branch'>;

/** One that is asked for by its number. */
export type WireWholeRequest = Maybe<MergeRequestSchema, 'sha' | 'source_branch' | 'target_branch'> & {
  readonly labels?: readonly unknown[] | null;
};

/**
 * `created` is blocked, not pending: it waits for an earlier stage, and that may be the job in which PACE itself runs.
 * `foreignStages` finds those that will start all the same.
 */
const states = new Map<string, CheckState>([
  ['waiting_for_resource', 'pending'],
  ['waiting_for_callback', 'pending'],
  ['preparing', 'pending'],
  ['pending', 'pending'],
  ['running', 'pending'],
  ['canceling', 'pending'],
  ['created', 'blocked'],
  ['manual', 'waiting'],
  // it starts by itself, but that may be days from now
  ['scheduled', 'waiting'],
  ['success', 'success'],
  ['failed', 'failure'],
  ['canceled', 'cancelled'],
  ['skipped', 'skipped'],
]);

/** https://docs.gitlab.com/api/jobs/ – a word that is not in the list is `unknown`. */
export function toCheckState(status: string): CheckState {
  return states.get(status) ?? 'unknown';
}

/** Who can start a job that waits for it. */
const WHO: ReadonlyMap<string, string> = new Map([
  ['manual', 'somebody who may run jobs of the project'],
  ['scheduled', 'its time, or somebody,'],
]);

/** The pipeline will go on by itself. */
function isAlive(pipeline: WirePipeline): boolean {
  return pipeline.status === 'created' || toCheckState(pipeline.status) === 'pending';
}

/** `projectUrl` is the project's page; `''` when it is not known. `isBlocking`: what stands behind it has not run. */
export function toCheck(status: Placed, projectUrl: string, isBlocking = false): Check {
  const pipelineUrl = projectUrl && status.pipeline_id ? `${projectUrl}/-/pipelines/${status.pipeline_id}` : '';
  const { ref, path } = status;
  const word = toCheckState(status.status);
  const who = WHO.get(status.status) ?? '';
  return {
    id: String(status.id),
    name: neededText('GitLab', 'name', status.name),
    app: isJob(status) ? 'gitlab-ci' : 'status',
    workflow: path === undefined ? (ref ?? '') : `${ref ?? ''} (${path})`,
    ...(status.pipeline_id ? { attempt: String(status.pipeline_id) } : {}),
    state: word === 'pending' && status.leadsToUs ? 'blocked' : word,
    vendorState: status.status,
    ...(word === 'waiting' ? { waitsFor: { kind: 'start', who, isBlocking } as const } : {}),
    optional: status.allow_failure === true,
    url: status.target_url || pipelineUrl,
    ...times(status),
  };
}

/** Trigger jobs have no address of their own; an external status has one that is not its job's. */
export function isJob(status: WireStatus): boolean {
  return !status.target_url || new RegExp(`/(jobs|builds)/${status.id}$`).test(status.target_url);
}

/** Or a status that somebody has set without an address. */
export function isTrigger(status: WireStatus): boolean {
  return !status.target_url;
}

/** Whether GitLab starts nothing behind this job before it has run: a job whose failure is allowed does not hold up its pipeline. */
function holdsUp(job: WireStatus, jobs: readonly WireStatus[]): boolean {
  if (job.allow_failure === true) return false;
  return jobs.some(
    ({ id, status, pipeline_id: pipeline }) =>
      pipeline === job.pipeline_id && id > job.id && ['created', 'skipped'].includes(status),
  );
}

export function jobToStatus(job: WireJob): WireStatus {
  return {
    ...job,
    ...(job.web_url === undefined ? {} : { target_url: job.web_url }),
    ...(job.pipeline ? { pipeline_id: job.pipeline.id } : {}),
  };
}

function times(from: WireStatus): Pick<Check, 'startedAt' | 'completedAt'> {
  return {
    ...(from.started_at ? { startedAt: Date.parse(from.started_at) } : {}),
    ...(from.finished_at ? { completedAt: Date.parse(from.finished_at) } : {}),
  };
}

/**
 * Whether the statuses alone do not tell enough: no job at all (a pipeline whose configuration is broken has none), or a
 * pipeline, other than our own, that looks at rest but has jobs in later stages.
 */
export function pipelinesMatter(statuses: readonly WireStatus[], own: ReadonlySet<number>): boolean {
  const jobs = statuses.filter(isJob);
  return jobs.length === 0 || foreignStages(jobs, own).size > 0;
}

/** Pipelines other than our own and those above it in which jobs of later stages are all that is left to do. */
function foreignStages(jobs: readonly WireStatus[], own: ReadonlySet<number>): Set<number> {
  const waiting = jobs.filter((job) => job.status === 'created').map((job) => job.pipeline_id ?? 0);
  const moving = new Set(
    jobs.filter((job) => toCheckState(job.status) === 'pending').map((job) => job.pipeline_id ?? 0),
  );
  return new Set(waiting.filter((pipeline) => !own.has(pipeline) && !moving.has(pipeline)));
}

/** The checks, completed by what the pipelines say. */
export function toChecks(options: {
  statuses: readonly Placed[];
  /** Jobs in which PACE runs. */
  isGate: (status: Placed) => boolean;
  pipelines: readonly WirePipeline[];
  /** Our own pipeline, and those above it. */
  own: ReadonlySet<number>;
  projectUrl: string;
}): Check[] {
  const { statuses, isGate, pipelines, own, projectUrl } = options;
  const alive = new Set(pipelines.filter(isAlive).map((pipeline) => pipeline.id));
  const jobs = statuses.filter(isJob);
  const startsYet = new Set([...foreignStages(jobs, own)].filter((pipeline) => alive.has(pipeline)));
  const checks = statuses.map((status) => {
    const known = toCheck(status, projectUrl, holdsUp(status, jobs));
    const check = isGate(status) ? { ...known, isGate: true } : known;
    const starts = status.status === 'created' && startsYet.has(status.pipeline_id ?? 0);
    return starts ? { ...check, state: 'pending' as const } : check;
  });
  return [...checks, ...jobless(pipelines, jobs).map(pipelineToCheck)];
}

/** Pipelines without jobs: broken configuration, skipped on purpose, or not there yet. Of a kind the newest, and those that it hides. */
function jobless(pipelines: readonly WirePipeline[], jobs: readonly WireStatus[]): WirePipeline[] {
  const ran = new Set(jobs.filter(({ status }) => !HIDES_NOTHING.includes(status)).map((job) => job.pipeline_id));
  const withJobs = new Set(jobs.map((job) => job.pipeline_id));
  // "external" pipelines hold statuses of others, and a trigger job answers for its child
  const own = pipelines.filter(({ source }) => source !== 'external' && source !== 'parent_pipeline');
  const kinds = [...Map.groupBy(own, ({ source, ref }) => `${source} ${ref}`).values()];
  return kinds.flatMap((same) => {
    const sorted = same.toSorted((a, b) => b.id - a.id);
    const told = sorted.findIndex(
      ({ id, status }) => ran.has(id) || (!withJobs.has(id) && !HIDES_NOTHING.includes(status)),
    );
    return sorted.slice(0, told < 0 ? sorted.length : told + 1).filter(({ id }) => !withJobs.has(id));
  });
}

/** Of jobs and of pipelines: nothing has come of them. */
const HIDES_NOTHING: readonly string[] = ['skipped', 'canceled', 'created', 'manual', 'scheduled'];

function pipelineToCheck(pipeline: WirePipeline): Check {
  const state = toCheckState(pipeline.status);
  return {
    id: `pipeline-${pipeline.id}`,
    name: 'pipeline',
    app: 'gitlab-ci',
    workflow: pipeline.ref,
    attempt: String(pipeline.id),
    // a pipeline that waits has jobs, which tell what for
    state: isAlive(pipeline) ? 'pending' : state === 'waiting' ? 'blocked' : state,
    vendorState: pipeline.status,
    optional: false,
    url: pipeline.web_url,
  };
}

/** `locked` is a merge request that is being merged right now. */
export function toChangeRequest(request: WireMergeRequest): ChangeRequest {
  const { state } = request;
  return {
    key: String(neededNumber('GitLab', 'iid', request.iid)),
    url: neededText('GitLab', 'web_url', request.web_url),
    state: state === 'merged' || state === 'closed' ? state : 'open',
  };
}

/** `undefined` for what is not a merge request, and for one that has no commit yet. */
export function toJudgedChange(
  id: string,
  { sha, source_branch: source, target_branch: target, labels }: WireWholeRequest,
): FoundChange | undefined {
  if (!isSha(sha) || !source || !target) return undefined;
  return { id, sha, source, target, labels: (labels ?? []).filter((label) => typeof label === 'string') };
}

/** GitLab takes labels as one text with commas, so that no label can have one. */
export function labelList(labels: readonly string[]): string {
  const withComma = labels.find((label) => label.includes(','));
  if (withComma !== undefined) {
    throw new PaceError({
      kind: 'validation',
      message: `The label "${withComma}" has a comma, and GitLab labels cannot have one.`,
      remedy: 'Please use another character in the name of the label.',
    });
  }
  return [...new Set(labels)].join(',');
}
