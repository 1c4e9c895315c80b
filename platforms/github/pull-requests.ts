/** Pull requests: found by their branch, opened once. https://docs.github.com/en/rest/pulls/pulls */

import { changeNumber } from '../../core/drivers/change-number.ts';
import { unlessMissing } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import type { ChangeRequest, FoundChange, ProposedChange } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import {
  isFromBranch,
  type Pull,
  toChangeRequest,
  toJudgedChange,
  unifyLineEnds,
  type WholePull,
} from './host-wire.ts';

const OPERATION = 'proposeChange';
const EDIT = 'open or edit a pull request';
const COMMIT = 'create a branch and a commit';

/** Forks of the same owner have branches of the same names. */
const LOOKED_THROUGH = 20;

/** The newest pull request from this branch of the repository itself, in whatever state. */
export async function findPull(api: Api, operation: string, branch: string): Promise<Pull | undefined> {
  const pulls: Pull[] = await api.call(operation, 'list pull requests', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/pulls', {
      ...api.repository,
      head: `${api.repository.owner}:${branch}`,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: LOOKED_THROUGH,
    }),
  );
  const newest = pulls.find((pull) => isFromBranch(pull, branch));
  if (newest !== undefined) toChangeRequest(newest);
  return newest;
}

/** The pull request of this number, with its head. */
export async function changeById(api: Api, id: string): Promise<FoundChange | undefined> {
  const pull_number = changeNumber(id);
  const pull: WholePull | undefined = await unlessMissing(() =>
    api.call('changeById', 'read a pull request', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...api.repository, pull_number }),
    ),
  );
  return pull && toJudgedChange(id, pull);
}

/** Opens the pull request with its branch and one commit; where there is one already, refreshes its text while it is open. */
export async function proposeChange(world: World, api: Api, change: ProposedChange): Promise<ChangeRequest> {
  const known = await findPull(api, OPERATION, change.branch);
  if (known) return toChangeRequest(await refreshed(world, api, known, change));
  const base = change.base ?? (await defaultBranch(api));
  await prepareBranch(api, change);
  const pull = await open(api, change, base);
  await decorate(world, api, pull, change);
  if (pull.user?.login === 'github-actions[bot]') {
    world.log.warn(
      `Checks of ${pull.html_url} wait for a person's approval, or do not start: it was opened with the workflow's own token. A personal access token or an app token (\`token\`) opens it so that they run.`,
    );
  }
  return toChangeRequest(pull);
}

async function refreshed(world: World, api: Api, pull: Pull, change: ProposedChange): Promise<Pull> {
  if (pull.state !== 'open') return pull;
  // left by a run that was cut off: the labels come last
  if (change.labels.some((label) => !hasLabel(pull, label))) await decorate(world, api, pull, change);
  const { title, body } = change;
  if (pull.title === title && sameText(pull.body ?? '', body)) return pull;
  return api.call(OPERATION, EDIT, (octokit) =>
    octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...api.repository,
      pull_number: pull.number,
      title,
      body,
    }),
  );
}

function hasLabel({ labels }: Pull, wanted: string): boolean {
  return labels.some(({ name }) => name.toLowerCase() === wanted.toLowerCase());
}

function sameText(one: string, other: string): boolean {
  return unifyLineEnds(one).trim() === unifyLineEnds(other).trim();
}

async function defaultBranch(api: Api): Promise<string> {
  const repository = await api.call(OPERATION, 'read the repository', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}', api.repository),
  );
  return repository.default_branch;
}

async function open(api: Api, { branch, title, body }: ProposedChange, base: string): Promise<Pull> {
  try {
    return await api.call(OPERATION, EDIT, (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/pulls', { ...api.repository, head: branch, base, title, body }),
    );
  } catch (error) {
    // another run was faster
    if (asPaceError(error).kind !== 'validation') throw error;
    const known = await findPull(api, OPERATION, branch);
    if (!known) throw error;
    return known;
  }
}

/**
 * One commit with all files on the branch. A branch that an earlier, broken-off run has left is taken up where it stands.
 * https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-your-git-database
 */
async function prepareBranch(api: Api, change: ProposedChange): Promise<void> {
  const head = await branchHead(api, change.branch);
  const parent = head ?? change.from;
  const before = await api.call(OPERATION, COMMIT, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { ...api.repository, commit_sha: parent }),
  );
  const tree = await api.call(OPERATION, COMMIT, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/git/trees', {
      ...api.repository,
      base_tree: before.tree.sha,
      tree: change.files.map(({ path, content }) => ({
        path,
        content,
        mode: '100644' as const,
        type: 'blob' as const,
      })),
    }),
  );
  if (head !== undefined && tree.sha === before.tree.sha) return;
  const commit = await api.call(OPERATION, COMMIT, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/git/commits', {
      ...api.repository,
      message: change.commitMessage,
      tree: tree.sha,
      parents: [parent],
    }),
  );
  await pointBranch(api, change.branch, commit.sha, head === undefined);
}

async function branchHead(api: Api, branch: string): Promise<string | undefined> {
  const references = await api.call(OPERATION, COMMIT, (octokit) =>
    // a single missing reference would be a 404, which a missing permission is too
    octokit.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', { ...api.repository, ref: `heads/${branch}` }),
  );
  return references.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha;
}

async function pointBranch(api: Api, branch: string, sha: string, isNew: boolean): Promise<void> {
  await api.call<unknown>(OPERATION, COMMIT, (octokit) =>
    isNew
      ? octokit.request('POST /repos/{owner}/{repo}/git/refs', { ...api.repository, ref: `refs/heads/${branch}`, sha })
      : octokit.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
          ...api.repository,
          ref: `heads/${branch}`,
          sha,
        }),
  );
}

/** Reviewers and labels, as far as they can be had: the pull request is worth more than its trimmings. */
async function decorate(world: World, api: Api, pull: Pull, { labels, reviewers }: ProposedChange): Promise<void> {
  if (reviewers.length > 0) {
    await attempt(world, `${reviewers.join(', ')} could not be asked to review ${pull.html_url}`, () =>
      api.call(OPERATION, 'ask for a review', (octokit) =>
        octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
          ...api.repository,
          pull_number: pull.number,
          ...reviewersAndTeams(reviewers),
        }),
      ),
    );
  }
  if (labels.length > 0) {
    await attempt(world, `Labels of ${pull.html_url} were not set`, () =>
      api.call(OPERATION, 'label a pull request', (octokit) =>
        octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
          ...api.repository,
          issue_number: pull.number,
          labels: [...labels],
        }),
      ),
    );
  }
}

async function attempt(world: World, loss: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const { message, remedy } = asPaceError(error);
    world.log.warn(`${loss}: ${message} ${remedy}`);
  }
}

/** `octocat` and `@octocat` are people, `org/team` is a team. */
function reviewersAndTeams(names: readonly string[]): { reviewers: string[]; team_reviewers: string[] } {
  const bare = names.map((name) => name.replace(/^@/, ''));
  return {
    reviewers: bare.filter((name) => !name.includes('/')),
    team_reviewers: bare.filter((name) => name.includes('/')).map((name) => name.slice(name.indexOf('/') + 1)),
  };
}
