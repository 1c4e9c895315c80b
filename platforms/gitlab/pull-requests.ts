/** Merge requests and their notes. https://docs.gitlab.com/api/merge_requests/ and https://docs.gitlab.com/api/notes/ */

import { defined } from '../../core/defined.ts';
import { asPaceError } from '../../core/errors.ts';
import type { ChangeRequest, ProposedChange, Repository } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { readable } from './api.ts';
import { commitFiles } from './commit-files.ts';
import { labelList, toChangeRequest, type WireMergeRequest } from './host-wire.ts';
import type { Context } from './job.ts';
import { userIds } from './people.ts';

const NOTE_LIMIT = 1_000_000;
const NOTE_MARKER = '<!-- pace:change-note -->';

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
  return found.find((request) => request.source_project_id === request.target_project_id);
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

/** The note is recognised by a marker; one that we may not edit is somebody else's. A job token may write none. */
export async function upsertChangeNote({ world, api, project }: Context, markdown: string): Promise<boolean> {
  const iid = Number(world.env['CI_MERGE_REQUEST_IID']);
  if (!iid || api.credential !== 'token') return false;
  // the pipeline of a fork runs in the fork, its merge request is in the target project
  const target = world.env['CI_MERGE_REQUEST_PROJECT_PATH'] || project;
  const { mergeRequestNotes } = api.resources();
  const body = `${NOTE_MARKER}\n${cut(storable(markdown), NOTE_LIMIT - NOTE_MARKER.length - 1)}`;
  const notes = await mergeRequestNotes.all(target, iid, { sort: 'desc', orderBy: 'created_at', perPage: 100 });
  const ours = notes.find((note) => !note.system && note.body.startsWith(NOTE_MARKER));
  if (ours?.body === body) return true;
  const edited = ours && (await readable(() => mergeRequestNotes.edit(target, iid, ours.id, { body })));
  if (!edited) await mergeRequestNotes.create(target, iid, body);
  return true;
}
