/** The code host on GitLab: commits' jobs and statuses, merge requests, CI/CD variables. https://docs.gitlab.com/api/rest/ */

import { isAbsolute } from 'node:path';
import { defined } from '../../core/defined.ts';
import { knowsCommit } from '../../core/drivers/knows-commit.ts';
import { repositoryId } from '../../core/drivers/repository-id.ts';
import { artifactFolder, summaryFile } from '../../core/drivers/summary-file.ts';
import { asPaceError } from '../../core/errors.ts';
import { anyText, neededText } from '../../core/http/unexpected-answer.ts';
import type { CodeHost, CommitStatus, JobSummary, JudgedCommit, Repository, Settings } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { GitLabApi } from './api.ts';
import { listApprovals } from './approvals.ts';
import { upsertChangeNote } from './change-note.ts';
import { listChecks } from './checks.ts';
import { readFile } from './files.ts';
import { toChangeRequest } from './host-wire.ts';
import { type Context, hostContext, isHere, projectOfJob, pushedAt } from './job.ts';
import { isTeamMember } from './people.ts';
import { changeById, findMergeRequest, proposeChange } from './pull-requests.ts';

const DESCRIPTION_LIMIT = 255;
const URL_LIMIT = 255;
const BODY_LIMIT = 1_048_576;
const SUMMARY_LIMIT = 1_000_000;
const ANY_ENVIRONMENT = { environment_scope: '*' };

export function createHost(world: World, settings: Settings): CodeHost {
  const context = hostContext(world, settings);
  const { api } = context;
  let known: Promise<Repository> | undefined;
  const repository = () => {
    known ??= readRepository(context).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    platform: 'gitlab',
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    repositoryName: async () => repositoryName(context),
    repository: () => api.attempt('repository', repository),
    repositoryOfJob: async () => projectOfJob(context),
    listChecks: (sha, signal) => api.attempt('listChecks', () => listChecks(context, sha, signal), signal),
    hasCommit: (sha, signal) => api.attempt('hasCommit', () => hasCommit(context, sha, signal), signal),
    pushedAt: (sha) => pushedAt(context, sha),
    ownCheck: async () => (context.job ? { id: context.job.id } : undefined),
    judgedCommit: async () => judgedCommit(context),
    readFile: (path, ref) => api.attempt('readFile', () => readFile(context, path, ref)),
    changeById: (id) => api.attempt('changeById', () => changeById(context, id)),
    listApprovals: (id) => api.attempt('listApprovals', () => listApprovals(context, id)),
    isTeamMember: (team, person) => api.attempt('isTeamMember', () => isTeamMember(api, team, person)),
    proposeChange: (change) => api.attempt('proposeChange', () => proposeChange(context, change, repository)),
    findChange: (branch) =>
      api.attempt('findChange', async () => {
        const found = await findMergeRequest(context, branch);
        return found && toChangeRequest(found);
      }),
    setCommitStatus: (sha, status) => api.attempt('setCommitStatus', () => setCommitStatus(context, sha, status)),
    getVariable: (name) => api.attempt('getVariable', () => getVariable(context, name)),
    setVariable: (name, value) => api.attempt('setVariable', () => setVariable(context, name, value)),
    jobUrl: () => world.env['CI_JOB_URL'],
    diagnose: async (needs) => (await import('./doctor.ts')).diagnoseHost(context, needs),
    jobSummary: () => jobSummary(world),
    upsertChangeNote: (note) => api.attempt('upsertChangeNote', () => upsertChangeNote(context, note)),
  };
}

/** The project is asked for through the API: what its job has been told of it does not show that the token may see it. */
function hasCommit({ api, project }: Context, sha: string, signal?: AbortSignal): Promise<boolean> {
  const { commits, projects } = api.resources(signal);
  return knowsCommit({
    sha,
    readSha: async () => neededText('GitLab', 'id', (await commits.show(project, sha)).id),
    seeRepository: () => projects.show(project),
  });
}

/** The path; its number where only that is configured and PACE does not run in a job of the project. */
function repositoryName({ world, project }: Context): string {
  return (isHere(world, project) && world.env['CI_PROJECT_PATH']) || project;
}

/** In a job of the project itself GitLab has told all this already, and a job token could not ask for it. */
async function readRepository({ world, api, project }: Context): Promise<Repository> {
  const { CI_PROJECT_PATH: name, CI_PROJECT_URL: url, CI_DEFAULT_BRANCH: defaultBranch } = world.env;
  const { CI_PROJECT_ID: id } = world.env;
  if (isHere(world, project) && name && url && defaultBranch)
    return { name, ...defined({ id: repositoryId(id) }), url, defaultBranch };
  const found = await api.resources().projects.show(project);
  return {
    name: String(found.path_with_namespace),
    ...defined({ id: repositoryId(found.id) }),
    url: String(found.web_url),
    // an empty repository has none
    defaultBranch: String(found.default_branch ?? 'main'),
  };
}

function judgedCommit({ job }: Context): JudgedCommit | undefined {
  if (!job) return undefined;
  if (job.headSha === job.sha) return { sha: job.sha, ...job.subject };
  const note = `This is a merged results pipeline: judged is the head of ${job.branch || 'the source branch'}, not the merge commit ${job.sha.slice(0, 8)}.`;
  return { sha: job.headSha, ...job.subject, testedAs: job.sha, note };
}

const statusWords = { pending: 'pending', success: 'success', failure: 'failed', error: 'failed' } as const;

/**
 * A status belongs to a pipeline. Without a word GitLab takes the newest of the commit, whosever it is; our own job's is
 * named when the status is about its commit, so that it stands in the very pipeline that has judged.
 * https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
 */
async function setCommitStatus(context: Context, sha: string, status: CommitStatus): Promise<void> {
  const { api, project, job } = context;
  const own = job?.headSha === sha ? job : undefined;
  const state = statusWords[status.state];
  try {
    await api.resources().commits.editStatus(project, own?.sha ?? sha, state, {
      name: status.context,
      description: cut(storable(status.description), DESCRIPTION_LIMIT),
      ...defined({ pipelineId: own?.pipelineId, targetUrl: statusUrl(context, sha, status) }),
    });
  } catch (error) {
    // GitLab refuses to set the state that is there already
    if (asPaceError(error).vendorMessage?.match(/Cannot transition status via .* from :(\w+)/)?.[1] === state) return;
    throw error;
  }
}

/** One without an address would look like a trigger job, to us and to others: the page of the job, else of the commit, stands in. */
function statusUrl({ world, projectUrl }: Context, sha: string, { url }: CommitStatus): string | undefined {
  const urls = [url, world.env['CI_JOB_URL'], projectUrl && `${projectUrl}/-/commit/${sha}`];
  return urls.find((each) => each && each.length <= URL_LIMIT) || undefined;
}

async function getVariable({ api, project }: Context, name: string): Promise<string | undefined> {
  try {
    const { value } = await api.resources().variables.show(project, name, { filter: ANY_ENVIRONMENT });
    return anyText('GitLab', 'value', value);
  } catch (error) {
    if (isMissingVariable(api, error)) return undefined;
    throw error;
  }
}

/** Only the value changes: whether the variable is masked or protected is the team's decision. */
async function setVariable({ api, project }: Context, name: string, value: string): Promise<void> {
  const { variables } = api.resources();
  try {
    await variables.edit(project, name, value, { filter: ANY_ENVIRONMENT });
  } catch (error) {
    if (!isMissingVariable(api, error)) throw error;
    // raw: GitLab would take `$NAME` in the value for another variable
    await variables.create(project, name, value, { raw: true });
  }
}

/** A missing project, and an endpoint that the token may not use, are answered 404 too. */
function isMissingVariable(api: GitLabApi, error: unknown): boolean {
  const { status, vendorMessage = '' } = asPaceError(error);
  return api.credential === 'token' && status === 404 && !/project/i.test(vendorMessage);
}

/** GitLab has no page for it: the file becomes an artifact of the job, and artifacts lie in the project's folder. */
function jobSummary({ env, cwd }: World): JobSummary {
  const given = env['CI_JOB_SUMMARY'];
  if (given && isAbsolute(given)) return { path: given, append: true, maxBytes: SUMMARY_LIMIT };
  return summaryFile(artifactFolder(env['CI_PROJECT_DIR'], cwd), SUMMARY_LIMIT);
}
