/** "Blocked by", the one relation between issues that GitHub keeps. https://docs.github.com/en/rest/issues/issue-dependencies */
import { unsupported } from '../../core/errors.ts';
import type { IssueLink } from '../../core/ports/index.ts';
import { hasDependencies, NO_DEPENDENCIES } from './abilities.ts';
import { addressAnywhere, addressOf, atIssue, getIssue, type IssueAddress, requireIssue } from './address.ts';
import type { Api } from './api.ts';
import { referenceTo, type WireIssue } from './issue-wire.ts';

export async function getIssueLinks(api: Api, key: string): Promise<IssueLink[]> {
  const address = addressOf(api, 'getIssueLinks', key);
  await requireIssue(api, 'getIssueLinks', address, 'read issues');
  const [blockers, blocked] = await Promise.all([
    related(api, 'getIssueLinks', address, 'blocked_by'),
    related(api, 'getIssueLinks', address, 'blocking'),
  ]);
  const target = (issue: WireIssue) => keyFor(api, issue);
  return [
    ...blocked.map((issue) => ({ type: 'blocks', target: target(issue) }) as const),
    ...blockers.map((issue) => ({ type: 'is blocked by', target: target(issue) }) as const),
  ];
}

export async function createLink(api: Api, key: string, link: IssueLink): Promise<void> {
  const operation = 'createLink';
  const ends = endsOf(api, operation, key, link);
  if (!ends) throw unsupported('GitHub', `keep a link “${link.type}”`, 'It has: blocks, is blocked by.');
  const [blocker, blocked] = await Promise.all([
    getIssue(api, operation, ends.blocker),
    getIssue(api, operation, ends.blocked),
  ]);
  if (!(await hasDependencies(api, operation, ends.blocked, blocked)))
    throw unsupported('GitHub', 'link issues', NO_DEPENDENCIES);
  const known = await related(api, operation, ends.blocked, 'blocked_by');
  if (known.some(({ id }) => id === blocker.id)) return;
  await atIssue(api, operation, ends.blocked, (where) =>
    api.call(operation, 'write issues', (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by', {
        ...where,
        issue_id: Number(blocker.id),
      }),
    ),
  );
}

export async function deleteLink(api: Api, key: string, link: IssueLink): Promise<void> {
  const operation = 'deleteLink';
  const ends = endsOf(api, operation, key, link);
  if (!ends) return;
  await requireIssue(api, operation, addressOf(api, operation, key));
  const { owner, repo, issue_number } = ends.blocker;
  const known = await related(api, operation, ends.blocked, 'blocked_by');
  const blocker = known.find((issue) => issue.number === issue_number && isOf(issue, owner, repo));
  if (!blocker) return;
  await atIssue(api, operation, ends.blocked, (where) =>
    api.call(operation, 'write issues', (octokit) =>
      octokit.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by/{issue_id}', {
        ...where,
        issue_id: Number(blocker.id),
      }),
    ),
  );
}

function endsOf(
  api: Api,
  operation: string,
  key: string,
  { type, target }: IssueLink,
): { blocker: IssueAddress; blocked: IssueAddress } | undefined {
  const own = addressOf(api, operation, key);
  const other = addressAnywhere(api, operation, target);
  if (type === 'blocks') return { blocker: own, blocked: other };
  return type === 'is blocked by' ? { blocker: other, blocked: own } : undefined;
}

/** At most fifty each way. */
async function related(
  api: Api,
  operation: string,
  address: IssueAddress,
  relation: 'blocked_by' | 'blocking',
): Promise<WireIssue[]> {
  return api.call(operation, 'read issues', (octokit) =>
    octokit.request(`GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/${relation}`, {
      ...address,
      per_page: 100,
    }),
  );
}

function keyFor(api: Api, { number, repository_url }: WireIssue): string {
  return referenceTo(`${repository_url ?? ''}/issues/${number}`, `/repos/${api.fullName}`);
}

function isOf({ repository_url }: WireIssue, owner: string, repo: string): boolean {
  return repository_url?.toLowerCase().endsWith(`/repos/${owner}/${repo}`.toLowerCase()) ?? true;
}
