/** Gitea and Forgejo as a code host. https://docs.gitea.com/api/ */

import { defined } from '../../core/defined.ts';
import { knowsCommit } from '../../core/drivers/knows-commit.ts';
import { repositoryId } from '../../core/drivers/repository-id.ts';
import { unless } from '../../core/drivers/unless.ts';
import { anyText, neededText } from '../../core/http/unexpected-answer.ts';
import type { CodeHost, CommitStatus, Repository, Settings } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { type Api, connect } from './api.ts';
import { commitAuthors, listApprovals } from './approvals.ts';
import { upsertChangeNote } from './change-note.ts';
import { type Checks, createChecks } from './checks.ts';
import { missingCommit } from './commit-files.ts';
import { readFile } from './files.ts';
import { toChangeRequest } from './host-wire.ts';

import { jobSummary, jobUrl, judgedCommit, repositoryOfJob } from './job.ts';
import { createLabelBook } from './labels.ts';
import { isTeamMember } from './people.ts';
import { type ChangeTools, changeById, findPull, proposeChange } from './pull-requests.ts';
import type { Operation } from './refusals.ts';

const BODY_LIMIT = 262_144;
const DESCRIPTION_LIMIT = 255;

/** The code host for the repository in the settings. Makes no request yet. */
export function createHost(world: World, settings: Settings): CodeHost {
  const api = connect(world, settings, settings['repository'] ?? '');
  const checks = createChecks(world, api);
  let known: Promise<Repository> | undefined;
  const repository = (operation: Operation) => {
    known ??= readRepository(api, operation).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const tools: ChangeTools = {
    world,
    api,
    labels: createLabelBook(world, api),
    defaultBranch: async (operation) => (await repository(operation)).defaultBranch,
  };
  return {
    platform: 'gitea',
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    repositoryName: async () => api.fullName,
    repository: () => repository('repository'),
    repositoryOfJob: () => repositoryOfJob(world.env, api.fullName),
    listChecks: checks.list,
    hasCommit: (sha, signal) => hasCommit(api, sha, signal),
    ownCheck: checks.own,
    judgedCommit: () => judgedCommit(world.env, api.fullName),
    readFile: (path, ref) => readFile(api, path, ref),
    changeById: (id) => changeById(api, id),
    listApprovals: (id) => listApprovals(api, id),
    commitAuthors: (sha) => commitAuthors(api, sha),
    isTeamMember: (team, person) => isTeamMember(api, team, person),
    proposeChange: (change) => proposeChange(tools, change),
    findChange: async (branch) => {
      const pull = await findPull(tools, 'findChange', branch);
      return pull && toChangeRequest(pull);
    },
    setCommitStatus: async (sha, status) => {
      const page = jobUrl(world.env);
      const isOfRun = page !== undefined && status.url === page;
      await setCommitStatus(api, sha, isOfRun ? { ...status, url: await ownAddress(checks, page) } : status);
    },
    getVariable: async (name) => (await readVariable(api, 'getVariable', name))?.value,
    setVariable: (name, value) => setVariable(api, name, value),
    jobUrl: () => checks.ownUrl() ?? jobUrl(world.env),
    jobSummary: () => jobSummary(world),
    upsertChangeNote: (note) => upsertChangeNote(world, api, note),
    diagnose: async (needs) => (await import('./doctor.ts')).diagnoseHost(api, world.env, needs),
  };
}

interface WireRepository {
  readonly id?: unknown;
  readonly full_name: string;
  readonly html_url: string;
  readonly default_branch?: string | null;
}

async function readRepository(api: Api, operation: Operation): Promise<Repository> {
  const found = await api.call<WireRepository>(operation, { path: api.repo });
  return {
    name: neededText('Gitea', 'full_name', found.full_name),
    ...defined({ id: repositoryId(found.id) }),
    url: neededText('Gitea', 'html_url', found.html_url),
    // an empty repository may have none
    defaultBranch: found.default_branch || 'main',
  };
}

/** Other gates know the job by it. Which one it is takes a look; the page of the run will do where that fails. */
async function ownAddress(checks: Checks, page: string): Promise<string> {
  await checks.own().catch(() => undefined);
  return checks.ownUrl() ?? page;
}

function hasCommit(api: Api, sha: string, signal?: AbortSignal): Promise<boolean> {
  const path = `${api.repo}/git/commits/${encodeURIComponent(sha)}`;
  return knowsCommit({
    sha,
    readSha: async () =>
      neededText('Gitea', 'sha', (await api.call<{ sha: string }>('hasCommit', { path, signal })).sha),
    seeRepository: () => api.call('hasCommit', { path: api.repo, signal }),
  });
}

async function setCommitStatus(api: Api, sha: string, status: CommitStatus): Promise<void> {
  const { context, state, description, url } = status;
  const isWebAddress = url !== undefined && /^https?:\/\//.test(url);
  const path = `${api.repo}/statuses/${encodeURIComponent(sha)}`;
  const body = {
    context,
    state,
    description: cut(storable(description), DESCRIPTION_LIMIT),
    ...(isWebAddress ? { target_url: url } : {}),
  };
  try {
    await api.send('setCommitStatus', { method: 'POST', path, body });
  } catch (error) {
    throw await missingCommit(api, 'setCommitStatus', sha, error);
  }
}

interface Variable {
  readonly value: string;
  readonly description: string;
}

async function readVariable(api: Api, operation: Operation, name: string): Promise<Variable | undefined> {
  const path = `${api.repo}/actions/variables/${encodeURIComponent(name)}`;
  const found = await unless(['not-found'], () =>
    api.call<{ data: string; description?: string | null }>(operation, { path }),
  );
  return found && { value: anyText('Gitea', 'data', found.data), description: found.description ?? '' };
}

/** A description that a person has given stays: an update without one would take it away. */
async function setVariable(api: Api, name: string, value: string): Promise<void> {
  const known = await readVariable(api, 'setVariable', name);
  if (known?.value === value) return;
  const path = `${api.repo}/actions/variables/${encodeURIComponent(name)}`;
  const body = { value, ...(known?.description ? { description: known.description } : {}) };
  await api.send('setVariable', { method: known ? 'PUT' : 'POST', path, body });
}
