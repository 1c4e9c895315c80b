/** The project, and the CI job that PACE may be running in. */
import { defined } from '../../core/defined.ts';
import type { JobSubject, JudgedChange, RepositoryOfJob, RunSubject, Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { connect, type GitLabApi } from './api.ts';

export interface Context {
  readonly world: World;
  readonly api: GitLabApi;
  readonly project: string;
  /** The project's page; `''` when only its number is known. */
  readonly projectUrl: string;
  readonly job: CiJob | undefined;
}

/** The job that PACE runs in. https://docs.gitlab.com/ci/variables/predefined_variables/ */
export interface CiJob {
  readonly id: string;
  readonly pipelineId: number;
  /** What the pipeline runs on: in a merged results pipeline a merge commit made for it. */
  readonly sha: string;
  /** What the pipeline is about. */
  readonly headSha: string;
  readonly branch: string;
  readonly subject: RunSubject;
}

/** What every method of the code host works with. */
export function hostContext(world: World, settings: Settings): Context {
  const api = connect(world, settings);
  const project = settings['project'] ?? '';
  return { world, api, project, projectUrl: projectUrl(world, api, project), job: currentJob(world, project) };
}

function projectUrl(world: World, api: GitLabApi, project: string): string {
  if (isHere(world, project)) return world.env['CI_PROJECT_URL'] ?? '';
  return /^\d+$/.test(project) ? '' : `${api.url}/${project}`;
}

/** Whether the running job belongs to this project. */
export function isHere(world: World, project: string): boolean {
  const { env } = world;
  return env['GITLAB_CI'] === 'true' && [env['CI_PROJECT_PATH'], env['CI_PROJECT_ID']].includes(project);
}

function currentJob(world: World, project: string): CiJob | undefined {
  const { env } = world;
  const { CI_COMMIT_SHA: sha, CI_JOB_ID: id, CI_PIPELINE_ID: pipelineId } = env;
  if (!isHere(world, project) || !id || !pipelineId || !sha) return undefined;
  return {
    id,
    pipelineId: Number(pipelineId),
    sha,
    headSha: env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'] || sha,
    branch: env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'] ?? '',
    subject: subjectOf(env),
  };
}

/** Of the pipeline that we are part of. https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable */
export function pushedAt({ world, job }: Context, sha: string): number | undefined {
  const { CI_PIPELINE_SOURCE: source, CI_PIPELINE_CREATED_AT: created = '' } = world.env;
  const at = job?.sha === sha && source === 'push' ? Date.parse(created) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** The pipelines of merge trains are such of merge requests, too. */
function subjectOf(env: World['env']): CiJob['subject'] {
  const change = changeNamed('CI_MERGE_REQUEST', env) ?? changeNamed('CI_EXTERNAL_PULL_REQUEST', env);
  return change ? { change } : defined({ branch: env['CI_COMMIT_BRANCH'] || undefined });
}

function changeNamed(prefix: string, env: World['env']): JudgedChange | undefined {
  const id = env[`${prefix}_IID`];
  if (!id) return undefined;
  const labels = (env[`${prefix}_LABELS`] ?? '').split(',').map((label) => label.trim());
  return {
    id,
    source: env[`${prefix}_SOURCE_BRANCH_NAME`] ?? '',
    target: env[`${prefix}_TARGET_BRANCH_NAME`] ?? '',
    labels: labels.filter(Boolean),
  };
}

/**
 * What the job is about, whatever project is configured. A pipeline of a fork knows the project that its merge request goes to.
 * In a merge train the parent of the merge may be another merge request.
 */
export function subjectOfJob(env: World['env']): JobSubject | undefined {
  const { CI_COMMIT_SHA: sha, CI_PROJECT_PATH: own, CI_DEFAULT_BRANCH: ownDefault } = env;
  if (env['GITLAB_CI'] !== 'true' || !sha) return undefined;
  const repository = env['CI_MERGE_REQUEST_PROJECT_PATH'] || own;
  const url = env['CI_MERGE_REQUEST_PROJECT_URL'] || env['CI_PROJECT_URL'];
  const isMerged = env['CI_MERGE_REQUEST_EVENT_TYPE'] === 'merged_result';
  return {
    judged: { sha: env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'] || sha, ...subjectOf(env) },
    ...defined({
      repository: repository || undefined,
      url: url || undefined,
      defaultBranch: (repository === own && ownDefault) || undefined,
      folder: env['CI_PROJECT_DIR'] || undefined,
      testMerge: isMerged ? sha : undefined,
    }),
  };
}

/** What a job of this very project has been told of it. */
export function projectOfJob({ world, project }: Context): RepositoryOfJob | undefined {
  if (!isHere(world, project)) return undefined;
  const { CI_PROJECT_ID: id, CI_DEFAULT_BRANCH: defaultBranch } = world.env;
  return defined({ id: id || undefined, defaultBranch: defaultBranch || undefined });
}
