/** The code host on Bitbucket Cloud: pipelines and build statuses, pull requests, repository variables. https://developer.atlassian.com/cloud/bitbucket/rest/ */

import { createHash } from 'node:crypto';
import { defined } from '../../core/defined.ts';
import { knowsCommit } from '../../core/drivers/knows-commit.ts';
import { repositoryId } from '../../core/drivers/repository-id.ts';
import { artifactFolder, summaryFile } from '../../core/drivers/summary-file.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { CodeHost, CommitStatus, JobSummary, JudgedCommit, Repository, Settings } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { upsertChangeNote } from './change-note.ts';
import { listChecks } from './checks.ts';
import { readFile } from './files.ts';
import { type Context, hostContext, repositoryOfStep } from './job.ts';
import { changeById, findPullRequest, proposeChange } from './pull-requests.ts';
import { getVariable, setVariable } from './variables.ts';
import { toChangeRequest, type WireRepository } from './wire.ts';

/** Bitbucket takes more, and its pages become slow. */
const BODY_LIMIT = 32_768;
const SUMMARY_LIMIT = 1_000_000;
const KEY_LIMIT = 40;
const DESCRIPTION_LIMIT = 255;
const URL_LIMIT = 450;

/** Throws `configuration` for a token or a name that cannot be. */
export async function createHost(world: World, settings: Settings): Promise<CodeHost> {
  const context = await hostContext(world, settings);
  const { api, step } = context;
  return {
    platform: 'bitbucket',
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    repositoryName: async () => api.fullName,
    repository: () => readRepository(context),
    repositoryOfJob: async () => repositoryOfStep(context),
    listChecks: (sha, signal) => listChecks(context, sha, signal),
    hasCommit: (sha, signal) => hasCommit(context, sha, signal),
    ownCheck: async () => (step ? { id: step.id } : undefined),
    judgedCommit: async (): Promise<JudgedCommit | undefined> =>
      step ? { sha: step.sha, ...step.subject } : undefined,
    readFile: (path, ref) => readFile(api, path, ref),
    changeById: (id) => changeById(context, id),
    proposeChange: (change) => proposeChange(context, change),
    findChange: async (branch) => {
      const found = await findPullRequest(context, branch);
      return found && toChangeRequest(found);
    },
    setCommitStatus: (sha, status) => setCommitStatus(context, sha, status),
    getVariable: (name) => getVariable(api, name),
    setVariable: (name, value) => setVariable(api, name, value),
    jobUrl: () => jobUrl(context),
    diagnose: async (needs) => (await import('./doctor.ts')).diagnoseHost(context, needs),
    jobSummary: () => jobSummary(world),
    upsertChangeNote: (note) => upsertChangeNote(context, note),
  };
}

async function readRepository({ api }: Context): Promise<Repository> {
  const found = await api.call<WireRepository>('repository', { path: api.repo });
  return {
    name: neededText('Bitbucket', 'full_name', found.full_name),
    ...defined({ id: repositoryId(found.uuid) }),
    url: neededText('Bitbucket', 'links.html.href', found.links.html.href),
    // an empty repository has none
    defaultBranch: found.mainbranch?.name ?? 'main',
  };
}

function hasCommit({ api }: Context, sha: string, signal?: AbortSignal): Promise<boolean> {
  const path = `${api.repo}/commit/${encodeURIComponent(sha)}`;
  return knowsCommit({
    sha,
    readSha: async () =>
      neededText('Bitbucket', 'hash', (await api.call<{ hash: string }>('hasCommit', { path, signal })).hash),
    seeRepository: () => api.call('hasCommit', { path: api.repo, signal }),
  });
}

function jobUrl({ api, step }: Context): string | undefined {
  return step && `${api.webUrl}/pipelines/results/${step.buildNumber}/steps/${encodeURIComponent(step.id)}`;
}

const statusWords = { pending: 'INPROGRESS', success: 'SUCCESSFUL', failure: 'FAILED', error: 'FAILED' } as const;

/**
 * The status of this key is made or overwritten. Bitbucket wants an address: that of the step, else of the commit, stands in.
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/#api-repositories-workspace-repo-slug-commit-commit-statuses-build-post
 */
async function setCommitStatus(context: Context, sha: string, status: CommitStatus): Promise<void> {
  const { api } = context;
  const urls = [status.url, jobUrl(context), `${api.webUrl}/commits/${sha}`];
  await api.send('setCommitStatus', {
    method: 'POST',
    path: `${api.repo}/commit/${encodeURIComponent(sha)}/statuses/build`,
    body: {
      key: keyOf(status.context),
      state: statusWords[status.state],
      name: cut(status.context, DESCRIPTION_LIMIT),
      description: cut(status.description, DESCRIPTION_LIMIT),
      url: urls.find((url) => url !== undefined && url !== '' && url.length <= URL_LIMIT),
    },
  });
}

/** The context itself where it is short enough, else its beginning and a digest of the whole. */
function keyOf(context: string): string {
  if (context.length <= KEY_LIMIT) return context;
  const digest = createHash('sha256').update(context).digest('hex').slice(0, 8);
  return `${context.slice(0, KEY_LIMIT - 9)}-${digest}`;
}

/** Bitbucket has no page for it: the file becomes an artifact of the step, and artifacts lie in the clone. */
function jobSummary({ env, cwd }: World): JobSummary {
  return summaryFile(artifactFolder(env['BITBUCKET_CLONE_DIR'], cwd), SUMMARY_LIMIT);
}
