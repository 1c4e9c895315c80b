import type { Answer, Asked, Routes } from '../loopback.ts';
import {
  bodyOf,
  guarded,
  type JobToSet,
  type PipelineRow,
  type PipelineToSet,
  page,
  refused,
  type State,
  type StatusRow,
  userOf,
} from './state.ts';

const ACTIVE = ['waiting_for_resource', 'waiting_for_callback', 'preparing', 'pending', 'running', 'canceling'];

/** https://docs.gitlab.com/api/commits/#commit-status, /api/pipelines/, /api/jobs/ */
export function pipelineRoutes(state: State): Routes {
  const ofPipeline = (asked: Asked) => {
    const rows = state.statuses.filter((row) => String(row.pipelineId) === asked.params['pipeline']);
    return rows.filter((row) => !row.retried || asked.query.get('include_retried') === 'true');
  };
  const readsJobs = { role: 'Reporter', job: (all: State) => all.jobTokenReadsJobs } as const;
  return guarded(state, {
    'GET /projects/:id/repository/commits/:sha/statuses': [{ role: 'Reporter' }, (asked) => listStatuses(state, asked)],
    'POST /projects/:id/statuses/:sha': [{ role: 'Developer', write: true }, (asked) => postStatus(state, asked)],
    'GET /projects/:id/pipelines': [
      { role: 'Reporter' },
      (asked) => {
        const [sha, ref] = [asked.query.get('sha'), asked.query.get('ref')];
        const found = state.pipelines
          .filter((pipeline) => pipeline.source !== 'parent_pipeline' && (!sha || pipeline.sha === sha))
          .filter((pipeline) => !ref || pipeline.ref === ref);
        return page(asked, found.toReversed(), (pipeline) => pipelineOf(state, pipeline));
      },
    ],
    'GET /projects/:id/pipelines/:pipeline/jobs': [
      readsJobs,
      (asked) =>
        page(
          asked,
          ofPipeline(asked).filter((row) => row.kind === 'job'),
          (row) => jobOf(state, row),
        ),
    ],
    'GET /projects/:id/pipelines/:pipeline/bridges': [
      { role: 'Reporter' },
      (asked) =>
        page(
          asked,
          ofPipeline(asked).filter((row) => row.kind === 'bridge'),
          (row) => ({ ...jobOf(state, row), downstream_pipeline: downstreamOf(state, row) }),
        ),
    ],
  });
}

export function replaceJobs(state: State, sha: string, jobs: readonly JobToSet[], pipeline: PipelineToSet): number {
  const { ref = state.defaultBranch, source = 'push', status, isFurther = false, projectId } = pipeline;
  const gone = isFurther
    ? []
    : state.pipelines.filter((each) => each.sha === sha && each.ref === ref && each.source === source);
  for (const each of gone) {
    state.pipelines.splice(state.pipelines.indexOf(each), 1);
    for (const row of state.statuses.filter((other) => other.pipelineId === each.id)) {
      state.statuses.splice(state.statuses.indexOf(row), 1);
    }
  }
  if (jobs.length === 0 && status === undefined) return 0;
  const row = addPipeline(state, {
    sha,
    ref,
    source,
    ...(status === undefined ? {} : { status }),
    ...(projectId === undefined ? {} : { projectId }),
  });
  for (const job of jobs) addRow(state, row, job);
  return row.id;
}

function addPipeline(state: State, pipeline: Omit<PipelineRow, 'id' | 'createdAt'>): PipelineRow {
  const row = { ...pipeline, id: state.nextId(), createdAt: state.time() };
  state.pipelines.push(row);
  return row;
}

function addRow(state: State, pipeline: PipelineRow, job: JobToSet): StatusRow {
  const id = state.nextId();
  const kind = job.kind ?? 'job';
  const waits = ['created', 'manual', 'scheduled', 'skipped'].includes(job.status);
  const ended = ['success', 'failed', 'canceled'].includes(job.status);
  const row: StatusRow = {
    id,
    sha: pipeline.sha,
    name: job.name,
    status: job.status,
    stage: job.stage ?? (kind === 'external' ? 'external' : 'test'),
    kind,
    ref: pipeline.ref,
    pipelineId: pipeline.id,
    allowFailure: job.allowFailure ?? false,
    downstream: job.downstream,
    retried: job.retried ?? false,
    targetUrl: job.targetUrl ?? (kind === 'job' ? state.webUrl(`/-/jobs/${id}`) : null),
    description: null,
    createdAt: state.time(),
    startedAt: waits ? null : state.time(),
    finishedAt: ended ? state.time() : null,
  };
  state.statuses.push(row);
  return row;
}

function listStatuses(state: State, asked: Asked): Answer {
  const sha = asked.params['sha'] ?? '';
  if (!state.commits.has(sha)) return refused(404, '404 Commit Not Found');
  const children = state.pipelines.filter((each) => each.source === 'parent_pipeline').map((each) => each.id);
  const found = state.statuses
    .filter((row) => row.sha === sha && !children.includes(row.pipelineId))
    .filter((row) => !row.retried || asked.query.get('all') === 'true');
  return page(asked, found, (row) => statusOf(state, row));
}

/** Finished statuses are not changed: a new one takes their place. */
function postStatus(state: State, asked: Asked): Answer {
  const sha = asked.params['sha'] ?? '';
  const body = bodyOf(asked);
  if (!state.commits.has(sha)) return refused(404, '404 Commit Not Found');
  if (String(body['description'] ?? '').length > 255) {
    return refused(400, { description: ['is too long (maximum is 255 characters)'] });
  }
  const candidates = state.pipelines.filter((each) => each.sha === sha && each.source !== 'parent_pipeline');
  const wanted = body['pipeline_id'];
  const found = candidates.filter((each) => wanted === undefined || each.id === wanted).at(-1);
  if (!found && wanted !== undefined) return refused(404, '404 Pipeline for pipeline_id, sha and ref Not Found');
  const pipeline = found ?? addPipeline(state, { sha, ref: state.defaultBranch, source: 'external' });
  const name = String(body['name'] ?? body['context'] ?? 'default');
  const earlier = state.statuses.filter(
    (row) => row.kind === 'external' && row.pipelineId === pipeline.id && row.name === name && !row.retried,
  );
  const open = earlier.find((row) => ['pending', 'running'].includes(row.status));
  const to = String(body['state']);
  if (open?.status === to) return cannotTransition(to);
  for (const row of earlier) if (row !== open) row.retried = true;
  const row = open ?? addRow(state, pipeline, { name, status: to, kind: 'external' });
  row.status = to;
  row.description = (body['description'] as string | undefined) ?? row.description;
  row.targetUrl = (body['target_url'] as string | undefined) ?? row.targetUrl;
  row.finishedAt = ['success', 'failed', 'canceled'].includes(to) ? state.time() : null;
  return { status: 201, json: statusOf(state, row) };
}

function cannotTransition(to: string): Answer {
  const event = to === 'running' ? 'run' : 'enqueue';
  const reason = `(Reason(s): Status cannot transition via "${event}")`;
  return refused(400, `Cannot transition status via :${event} from :${to} ${reason}`);
}

function statusOf(state: State, row: StatusRow) {
  return {
    id: row.id,
    sha: row.sha,
    ref: row.ref,
    status: row.status,
    name: row.name,
    target_url: row.targetUrl,
    description: row.description,
    created_at: row.createdAt,
    started_at: row.startedAt,
    finished_at: row.finishedAt,
    allow_failure: row.allowFailure,
    coverage: null,
    pipeline_id: row.pipelineId,
    author: userOf(state, 1),
  };
}

function jobOf(state: State, row: StatusRow) {
  return {
    id: row.id,
    status: row.status,
    stage: row.stage,
    name: row.name,
    ref: row.ref,
    tag: false,
    coverage: null,
    allow_failure: row.allowFailure,
    created_at: row.createdAt,
    started_at: row.startedAt,
    finished_at: row.finishedAt,
    erased_at: null,
    duration: null,
    queued_duration: null,
    user: { ...userOf(state, 1) },
    pipeline: { id: row.pipelineId, project_id: state.projectId, sha: row.sha, ref: row.ref, status: 'running' },
    web_url: state.webUrl(`/-/jobs/${row.id}`),
  };
}

function downstreamOf(state: State, row: StatusRow) {
  const pipeline = state.pipelines.find(({ id }) => id === row.downstream);
  return pipeline ? pipelineOf(state, pipeline) : null;
}

function pipelineOf(state: State, pipeline: PipelineRow) {
  return {
    id: pipeline.id,
    iid: pipeline.id,
    project_id: pipeline.projectId ?? state.projectId,
    sha: pipeline.sha,
    ref: pipeline.ref,
    status: pipeline.status ?? statusOfJobs(state.statuses.filter((row) => row.pipelineId === pipeline.id)),
    source: pipeline.source,
    created_at: pipeline.createdAt,
    updated_at: pipeline.createdAt,
    web_url: state.webUrl(`/-/pipelines/${pipeline.id}`),
  };
}

function statusOfJobs(rows: readonly StatusRow[]): string {
  const latest = rows.filter((row) => !row.retried);
  const has = (...words: string[]) => latest.some((row) => words.includes(row.status) && !row.allowFailure);
  if (latest.some((row) => ACTIVE.includes(row.status))) return 'running';
  if (has('failed')) return 'failed';
  if (has('manual')) return 'manual';
  if (has('scheduled')) return 'scheduled';
  if (has('created')) return 'running';
  if (has('canceled')) return 'canceled';
  return latest.every((row) => row.status === 'skipped') ? 'skipped' : 'success';
}
