/** Merge requests. https://docs.gitlab.com/api/merge_requests/ */

import { defined } from '../../core/defined.ts';
import { changeNumber } from '../../core/drivers/change-number.ts';
import { asPaceError } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, FoundChange, ProposedChange, Repository } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { commitFiles } from './commit-files.ts';
import { labelList, toChangeRequest, toJudgedChange, type WireMergeRequest } from './host-wire.ts';
import type { Context } from './job.ts';
import { userIds } from './people.ts';

/** Creates branch, commit and merge request, or finds them. */
export async function proposeChange(
  context: Context,
  change: ProposedChange,
  repository: () => Promise<Repository>,
): Promise<ChangeRequest> {
  const { api, project } = context;
  const labels = labelList(change.labels);
  const found = await findMergeRequest(context, change.branch);
  if (found) return toChangeRequest(await refreshed(context, found, change));
  const { mergeRequests } = api.resources();
  await commitFiles(api.resources(), project, change);
  const base = change.base ?? (await repository()).defaultBranch;
  const reviewerIds = await userIds(context, change.reviewers, 'the review is requested without that person');
  try {
    return toChangeRequest(
      await mergeRequests.create(project, change.branch, base, storable(change.title), {
        description: storable(change.body),
        removeSourceBranch: true,
        ...defined({ labels: labels || undefined, reviewerIds: reviewerIds.length > 0 ? reviewerIds : undefined }),
      }),
    );
  } catch (error) {
    // another run has opened it meanwhile
    const other = asPaceError(error).status === 409 ? await findMergeRequest(context, change.branch) : undefined;
    if (other) return toChangeRequest(other);
    throw error;
  }
}

/** The newest merge request from this branch of the project itself. */
export async function findMergeRequest(
  { api, project }: Context,
  branch: string,
): Promise<WireMergeRequest | undefined> {
  const found: WireMergeRequest[] = await api.resources().mergeRequests.all({
    projectId: project,
    sourceBranch: branch,
    orderBy: 'created_at',
    sort: 'desc',
    page: 1,
    perPage: 20,
  });
  // a fork may have a branch of the same name
  return found.find(
    (request) => branchOf(request) === branch && request.source_project_id === request.target_project_id,
  );
}

/** It was asked for by this name: an answer without it says nothing about the review. */
function branchOf({ source_branch: name }: WireMergeRequest): string {
  return neededText('GitLab', 'source_branch', name);
}

/** The merge request of this number, with its head. */
export async function changeById({ api, project }: Context, id: string): Promise<FoundChange | undefined> {
  const iid = changeNumber(id);
  try {
    return toJudgedChange(id, await api.resources().mergeRequests.show(project, iid));
  } catch (error) {
    const { status, vendorMessage = '' } = asPaceError(error);
    // a missing project, and an endpoint that the token may not use, are answered 404 too
    if (status === 404 && api.credential === 'token' && !/project/i.test(vendorMessage)) return undefined;
    throw error;
  }
}

async function refreshed(
  { api, project }: Context,
  found: WireMergeRequest,
  { title, body }: ProposedChange,
): Promise<WireMergeRequest> {
  const same = found.title === title && (found.description ?? '').trim() === body.trim();
  if (found.state !== 'opened' || same) return found;
  const changes = { title: storable(title), description: storable(body) };
  return api.resources().mergeRequests.edit(project, found.iid, changes);
}
