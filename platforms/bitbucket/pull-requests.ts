/** Pull requests. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */

import { changeNumber } from '../../core/drivers/change-number.ts';
import { unlessMissing } from '../../core/drivers/unless.ts';
import { isSha } from '../../core/drivers/workflow-event.ts';
import { neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, FoundChange, ProposedChange } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { Api } from './api.ts';
import { commitFiles } from './commit-files.ts';
import type { Context } from './job.ts';
import { reviewersFrom, withReviewers } from './people.ts';
import type { Operation } from './refusals.ts';
import { toChangeRequest, type WirePullRequest, type WireWholeRequest } from './wire.ts';

const TITLE_LIMIT = 255;

/** Creates branch, commit and pull request, or finds them. There are no labels on pull requests. */
export async function proposeChange(context: Context, change: ProposedChange): Promise<ChangeRequest> {
  const found = await findPullRequest(context, change.branch, 'proposeChange');
  if (found) return toChangeRequest(await refreshed(context, found, change));
  const { api } = context;
  await commitFiles(api, change);
  const create = (reviewers: readonly object[]) =>
    api.call<WirePullRequest>('proposeChange', {
      method: 'POST',
      path: `${api.repo}/pullrequests`,
      body: {
        title: cut(change.title, TITLE_LIMIT),
        description: change.body,
        source: { branch: { name: change.branch } },
        // the main branch when absent
        ...(change.base ? { destination: { branch: { name: change.base } } } : {}),
        close_source_branch: true,
        ...(reviewers.length > 0 ? { reviewers } : {}),
      },
    });
  return toChangeRequest(await withReviewers(context, reviewersFrom(context, change.reviewers), create));
}

/** The newest pull request from this branch of the repository itself, in whatever state. */
export async function findPullRequest(
  { api }: Context,
  branch: string,
  operation: Operation = 'findChange',
): Promise<WirePullRequest | undefined> {
  const query = {
    q: `source.branch.name = "${branch.replace(/["\\]/g, '\\$&')}" AND (state = "OPEN" OR state = "MERGED" OR state = "DECLINED" OR state = "SUPERSEDED")`,
    sort: '-created_on',
    // lists leave reviewers out
    fields: '+values.reviewers',
    pagelen: '50',
  };
  const path = `${api.repo}/pullrequests`;
  for await (const request of api.list<WirePullRequest>(operation, { path, query })) {
    if (isFrom(api.fullName, request) && branchOf(request) === branch) return request;
  }
  return undefined;
}

/** A fork may have a branch of the same name; one that has been deleted is `null`. */
function isFrom(fullName: string, { source: { repository } }: WirePullRequest): boolean {
  if (repository === null) return false;
  const name = neededText('Bitbucket', 'source.repository.full_name', repository.full_name);
  return name.toLowerCase() === fullName.toLowerCase();
}

/** It was asked for by this name: an answer without it says nothing about the review. */
function branchOf({ source }: WirePullRequest): string {
  return neededText('Bitbucket', 'source.branch.name', source.branch?.name);
}

/** The pull request of this number, with its head. */
export async function changeById({ api }: Context, id: string): Promise<FoundChange | undefined> {
  const path = `${api.repo}/pullrequests/${changeNumber(id)}`;
  return unlessMissing(async () => {
    const { source, destination } = await api.call<WireWholeRequest>('changeById', { path });
    const hash = source?.commit?.hash;
    if (!hash || !source?.branch?.name || !destination?.branch?.name) return undefined;
    const sha = isSha(hash) ? hash : await wholeHash(api, path, hash);
    return { id, sha, source: source.branch.name, target: destination.branch.name, labels: [] };
  });
}

/** A pull request tells the beginning of a hash; the list of its commits, newest first, has all of it. */
async function wholeHash(api: Api, path: string, beginning: string): Promise<string> {
  const query = { fields: 'values.hash', pagelen: '10' };
  const { values } = await api.call<{ values?: readonly { hash?: unknown }[] }>('changeById', {
    path: `${path}/commits`,
    query,
  });
  const found = (values ?? []).map(({ hash }) => hash).find((hash) => isSha(hash) && hash.startsWith(beginning));
  if (isSha(found)) return found;
  throw unexpectedAnswer('Bitbucket', `the head ${beginning} is not among the commits of the pull request`);
}

async function refreshed(
  context: Context,
  found: WirePullRequest,
  { title: wanted, body }: ProposedChange,
): Promise<WirePullRequest> {
  const { api } = context;
  const title = cut(wanted, TITLE_LIMIT);
  const isSame = found.title === title && (found.description ?? '').trim() === body.trim();
  if (found.state !== 'OPEN' || isSame) return found;
  const path = `${api.repo}/pullrequests/${found.id}`;
  // those who are not named again are taken away
  const reviewers = (found.reviewers ?? []).map(({ uuid }) => ({ uuid }));
  return withReviewers(context, reviewers, (named) =>
    api.call<WirePullRequest>('proposeChange', {
      method: 'PUT',
      path,
      body: { title, description: body, ...(named.length > 0 ? { reviewers: named } : {}) },
    }),
  );
}
