import type { Answer, Asked, Routes } from '../loopback.ts';
import { addNote, deleteNote, editNote, noteOf, runQuickActions } from './notes.ts';
import { bodyOf, guarded, listOf, type MergeRequestRow, page, refused, type State, userOf } from './state.ts';

/** https://docs.gitlab.com/api/merge_requests/ and /api/notes/ */
export function mergeRequestRoutes(state: State): Routes {
  const found = (asked: Asked, answer: (row: MergeRequestRow) => Answer): Answer => {
    const row = state.mergeRequests.find((each) => String(each.iid) === asked.params['iid']);
    return row ? answer(row) : refused(404, '404 Not found');
  };
  return guarded(state, {
    'GET /projects/:id/merge_requests': [
      { job: true },
      ({ query, ...asked }) => {
        const rows = state.mergeRequests
          .filter((row) => !query.get('source_branch') || row.sourceBranch === query.get('source_branch'))
          .filter((row) => ['all', null].includes(query.get('state')) || row.state === query.get('state'));
        const newestFirst = rows.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
        return page({ query, ...asked }, newestFirst, (row) => mergeRequestOf(state, row));
      },
    ],
    'GET /projects/:id/merge_requests/:iid': [
      { job: true },
      (asked) => found(asked, (row) => ({ json: mergeRequestOf(state, row) })),
    ],
    'GET /projects/:id/merge_requests/:iid/approvals': [
      { job: false, role: 'Reporter' },
      (asked) => found(asked, (row) => ({ json: approvalsOf(state, row) })),
    ],
    'GET /projects/:id/merge_requests/:iid/versions': [
      { job: false, role: 'Reporter' },
      (asked) => found(asked, (row) => page(asked, (row.versions ?? []).toReversed(), versionOf)),
    ],
    'POST /projects/:id/merge_requests': [{ role: 'Developer', write: true }, (asked) => open(state, asked)],
    'PUT /projects/:id/merge_requests/:iid': [
      { role: 'Developer', write: true },
      (asked) =>
        found(asked, (row) => {
          const body = bodyOf(asked);
          if (Object.keys(body).length === 0) return refused(400, 'at least one parameter must be provided');
          row.title = String(body['title'] ?? row.title);
          if (body['description'] !== undefined) {
            row.description = runQuickActions(state, String(body['description']), row);
          }
          row.updatedAt = state.time();
          return { json: mergeRequestOf(state, row) };
        }),
    ],
    'GET /projects/:id/merge_requests/:iid/notes': [
      { job: true },
      (asked) =>
        found(asked, (row) => {
          const notes = asked.query.get('sort') === 'asc' ? row.notes : row.notes.toReversed();
          return page(asked, notes, (note) => noteOf(state, note, 'MergeRequest', row.iid));
        }),
    ],
    'POST /projects/:id/merge_requests/:iid/notes': [
      { role: 'Reporter', write: true },
      (asked) => found(asked, (row) => addNote(state, asked, row, 'MergeRequest')),
    ],
    'PUT /projects/:id/merge_requests/:iid/notes/:note': [
      { role: 'Reporter', write: true },
      (asked) => found(asked, (row) => editNote(state, asked, row, 'MergeRequest')),
    ],
    'DELETE /projects/:id/merge_requests/:iid/notes/:note': [
      { role: 'Reporter', write: true },
      (asked) => found(asked, (row) => deleteNote(asked, row)),
    ],
  });
}

function open(state: State, asked: Asked): Answer {
  const body = bodyOf(asked);
  const sourceBranch = String(body['source_branch']);
  const other = state.mergeRequests.find((row) => row.sourceBranch === sourceBranch && row.state === 'opened');
  if (other) {
    return refused(409, [`Another open merge request already exists for this source branch: !${other.iid}`]);
  }
  if (!state.branches.has(sourceBranch)) return refused(400, [`Source branch "${sourceBranch}" does not exist`]);
  const at = state.time();
  const row: MergeRequestRow = {
    iid: state.mergeRequests.length + 1,
    title: String(body['title']),
    description: '',
    state: 'opened',
    sourceBranch,
    targetBranch: String(body['target_branch']),
    sourceProjectId: state.projectId,
    labels: listOf(body['labels']),
    reviewerIds: ((body['reviewer_ids'] as number[] | undefined) ?? []).map(Number),
    removeSourceBranch: body['remove_source_branch'] === true,
    createdAt: at,
    updatedAt: at,
    notes: [],
    versions: [{ sha: state.branches.get(sourceBranch) ?? '', at }],
  };
  state.mergeRequests.push(row);
  row.description = runQuickActions(state, String(body['description'] ?? ''), row);
  return { status: 201, json: mergeRequestOf(state, row) };
}

/** What a person does: an approval is noted down, and taking it back too. https://docs.gitlab.com/user/project/merge_requests/approvals/ */
export function approve(state: State, row: MergeRequestRow, userId: number, approves = true): void {
  const at = state.time();
  row.approvals = (row.approvals ?? []).filter((one) => one.userId !== userId);
  if (approves) row.approvals.push({ userId, at });
  const body = `${approves ? 'approved' : 'unapproved'} this merge request`;
  row.notes.push({ id: state.nextId(), body, system: true, authorId: userId, createdAt: at });
}

/** A new commit on its branch. Returns its hash. */
export function pushTo(state: State, row: MergeRequestRow): string {
  const sha = state.addCommit({ 'more.txt': 'x' }, state.branches.get(row.sourceBranch));
  state.branches.set(row.sourceBranch, sha);
  row.versions = [...(row.versions ?? []), { sha, at: state.time() }];
  return sha;
}

function approvalsOf(state: State, { approvals = [] }: MergeRequestRow) {
  return {
    user_has_approved: false,
    user_can_approve: false,
    approved: approvals.length > 0,
    approved_by: approvals.map(({ userId, at }) => ({
      user: userOf(state, userId),
      ...(state.tellsWhenApproved ? { approved_at: at } : {}),
    })),
  };
}

function versionOf({ sha, at }: { readonly sha: string; readonly at: string }) {
  return {
    id: 1,
    head_commit_sha: sha,
    base_commit_sha: sha,
    start_commit_sha: sha,
    created_at: at,
    merge_request_id: 1,
    state: 'collected',
    real_size: '1',
  };
}

function mergeRequestOf(state: State, row: MergeRequestRow) {
  return {
    id: 90_000 + row.iid,
    iid: row.iid,
    project_id: state.projectId,
    title: row.title,
    description: row.description,
    state: row.state,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    target_branch: row.targetBranch,
    source_branch: row.sourceBranch,
    // none once the branch is gone and nothing was merged
    sha: state.branches.get(row.sourceBranch) ?? null,
    author: userOf(state, 1),
    assignees: [],
    reviewers: row.reviewerIds.map((id) => userOf(state, id)),
    source_project_id: row.sourceProjectId,
    target_project_id: state.projectId,
    labels: row.labels,
    draft: false,
    force_remove_source_branch: row.removeSourceBranch,
    web_url: state.webUrl(`/-/merge_requests/${row.iid}`),
  };
}
