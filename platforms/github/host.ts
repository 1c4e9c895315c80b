/** GitHub as a code host. https://docs.github.com/en/rest */
import { defined } from '../../core/defined.ts';
import { repositoryId } from '../../core/drivers/repository-id.ts';
import { summaryFile } from '../../core/drivers/summary-file.ts';
import { unless } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import { anyText } from '../../core/http/unexpected-answer.ts';
import type { CodeHost, CommitStatus, Settings } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { type Api, createApi } from './api.ts';
import { commitAuthors, listApprovals } from './approvals.ts';
import { upsertChangeNote } from './change-note.ts';
import { checkLister } from './checks.ts';
import { judgedCommit, repositoryOfJob } from './event.ts';
import { readFile } from './files.ts';
import { toChangeRequest } from './host-wire.ts';
import { givenCheckRun, ownCheck } from './job.ts';
import { isTeamMember } from './people.ts';
import { changeById, findPull, proposeChange } from './pull-requests.ts';

/** Counted like that of an issue. */
const BODY_LIMIT = 65_536;

/** https://docs.github.com/en/rest/commits/statuses */
const DESCRIPTION_LIMIT = 140;

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const SUMMARY_LIMIT = 1024 * 1024;

/** The code host for the repository in the settings. Makes no request yet. */
export function createHost(world: World, settings: Settings): CodeHost {
  const api = createApi(world, settings, settings['repository'] ?? '');
  let known: ReturnType<typeof ownCheck> | undefined;
  const own = () => {
    known ??= ownCheck(world, api).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    platform: 'github',
    repositoryName: async () => api.fullName,
    repository: async () => {
      const found = await api.call('repository', 'read the repository', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}', api.repository),
      );
      const { full_name: name, html_url: url, default_branch: defaultBranch } = found;
      return { name, ...defined({ id: repositoryId(found.id) }), url, defaultBranch };
    },
    repositoryOfJob: () => repositoryOfJob(world.env, api.fullName),
    ...checkLister(world, api, own),
    hasCommit: (sha, signal) => hasCommit(api, sha, signal),
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    // a 304 does not count: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
    pollingIsFree: true,
    ownCheck: own,
    judgedCommit: () => judgedCommit(world.env),
    readFile: (path, ref) => readFile(api, path, ref),
    changeById: (id) => changeById(api, id),
    listApprovals: (id) => listApprovals(api, id),
    commitAuthors: (sha) => commitAuthors(api, sha),
    isTeamMember: (team, person) => isTeamMember(api, team, person),
    proposeChange: (change) => proposeChange(world, api, change),
    findChange: async (branch) => {
      const pull = await findPull(api, 'findChange', branch);
      return pull && toChangeRequest(pull);
    },
    setCommitStatus: (sha, status) => setCommitStatus(api, sha, status),
    upsertChangeNote: (note) => upsertChangeNote(world, api, note),
    getVariable: (name) => getVariable(api, name),
    setVariable: (name, value) => setVariable(api, name, value),
    jobUrl: () => jobUrl(world.env),
    diagnose: async (needs) => (await import('./doctor.ts')).diagnoseHost(world, api, settings['token'] ?? '', needs),
    jobSummary: () => {
      const path = world.env['GITHUB_STEP_SUMMARY'];
      return path
        ? { path, append: true, add: world.addToSummary, maxBytes: SUMMARY_LIMIT }
        : summaryFile(world.cwd, SUMMARY_LIMIT);
    },
  };
}

/** GitHub answers 422 to a hash that it does not know. https://docs.github.com/en/rest/commits/commits#get-a-commit */
async function hasCommit(api: Api, sha: string, signal?: AbortSignal): Promise<boolean> {
  const found = await unless(['not-found', 'validation'], () =>
    api.call('hasCommit', 'look for a commit', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/commits/{ref}', {
        ...api.repository,
        ref: sha,
        per_page: 1,
        request: signal ? { signal } : {},
      }),
    ),
  );
  return found !== undefined;
}

/** Of the very job where its id is given, so that another gate can tell whose check it is; else of its run. */
function jobUrl(env: World['env']): string | undefined {
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: name, GITHUB_RUN_ID: run } = env;
  if (!name || !run) return undefined;
  const id = givenCheckRun(env);
  return `${server}/${name}/actions/runs/${run}${id === undefined ? '' : `/job/${id}`}`;
}

async function setCommitStatus(
  api: Api,
  sha: string,
  { context, state, description, url }: CommitStatus,
): Promise<void> {
  const isWebAddress = url !== undefined && /^https?:\/\//.test(url);
  await api.call('setCommitStatus', 'set a commit status', (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
      ...api.repository,
      sha,
      context,
      state,
      description: cut(description, DESCRIPTION_LIMIT),
      ...(isWebAddress ? { target_url: url } : {}),
    }),
  );
}

async function getVariable(api: Api, name: string): Promise<string | undefined> {
  const variable = await unless(['not-found'], () =>
    api.call('getVariable', 'read variables', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/actions/variables/{name}', { ...api.repository, name }),
    ),
  );
  return variable && anyText('GitHub', 'value', variable.value);
}

async function setVariable(api: Api, name: string, value: string): Promise<void> {
  try {
    await api.call<unknown>('setVariable', 'write variables', (octokit) =>
      octokit.request('PATCH /repos/{owner}/{repo}/actions/variables/{name}', { ...api.repository, name, value }),
    );
  } catch (error) {
    if (asPaceError(error).kind !== 'not-found') throw error;
    await api.call<unknown>('setVariable', 'write variables', (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/actions/variables', { ...api.repository, name, value }),
    );
  }
}
