import type { Answer, Asked, Routes } from '../loopback.ts';
import { bodyOf, type CommentRow, guarded, link, ME, page, type RequestRow, refused, type State } from './state.ts';

const READ = ['read:pullrequest:bitbucket'];
const WRITE = [...READ, 'write:pullrequest:bitbucket'];

/** https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */
export function pullRequestRoutes(state: State): Routes {
  const found = (asked: Asked, answer: (row: RequestRow) => Answer): Answer => {
    const row = state.requests.find(({ id }) => String(id) === asked.params['id']);
    return row ? answer(row) : refused(404, 'Pull request not found');
  };
  return guarded(state, {
    'GET /pullrequests': [READ, (asked) => list(state, asked)],
    'POST /pullrequests': [WRITE, (asked) => create(state, asked)],
    'GET /pullrequests/:id': [READ, (asked) => found(asked, (row) => ({ json: requestOf(state, row, true) }))],
    'GET /pullrequests/:id/commits': [
      READ,
      (asked) =>
        found(asked, (row) =>
          page(state, asked, [state.branches.get(row.branch) ?? '', ...row.earlier], (hash) => ({
            type: 'commit',
            hash,
          })),
        ),
    ],
    'PUT /pullrequests/:id': [
      WRITE,
      (asked) =>
        found(asked, (row) => {
          if (row.state !== 'OPEN') return refused(400, 'Can only update an open pull request.');
          const { title, description } = bodyOf(asked);
          const reviewers = reviewersIn(state, asked);
          if (!Array.isArray(reviewers)) return reviewers;
          Object.assign(row, { title: title ?? row.title, description: description ?? row.description, reviewers });
          return { json: requestOf(state, row, true) };
        }),
    ],
    'GET /pullrequests/:id/comments': [
      READ,
      (asked) => found(asked, ({ comments }) => page(state, asked, comments.toReversed(), commentOf)),
    ],
    'POST /pullrequests/:id/comments': [
      WRITE,
      (asked) =>
        found(asked, ({ comments }) => {
          const comment = { id: state.nextId(), raw: rawIn(asked), deleted: false, own: true };
          comments.push(comment);
          return { status: 201, json: commentOf(comment) };
        }),
    ],
    'PUT /pullrequests/:id/comments/:comment': [
      WRITE,
      (asked) =>
        found(asked, ({ comments }) => {
          const comment = comments.find(({ id }) => String(id) === asked.params['comment']);
          if (!comment) return refused(404, 'Comment not found');
          if (!comment.own) return refused(403, 'You cannot edit this comment.');
          comment.raw = rawIn(asked);
          return { json: commentOf(comment) };
        }),
    ],
    'DELETE /pullrequests/:id/comments/:comment': [
      WRITE,
      (asked) =>
        found(asked, ({ comments }) => {
          const index = comments.findIndex(({ id }) => String(id) === asked.params['comment']);
          if (index < 0) return refused(404, 'Comment not found');
          if (!comments[index]?.own) return refused(403, 'You cannot delete this comment.');
          comments.splice(index, 1);
          return { status: 204 };
        }),
    ],
  });
}

/** With `q` the parameter `state` is ignored, and lists leave reviewers out unless they are asked for. */
function list(state: State, asked: Asked): Answer {
  const query = asked.query.get('q') ?? '';
  const branch = /source\.branch\.name = "((?:[^"\\]|\\.)*)"/.exec(query)?.[1]?.replace(/\\(.)/g, '$1');
  const states = [...query.matchAll(/state = "(\w+)"/g)].map(([, word]) => word);
  const rows = state.requests
    .filter((row) => branch === undefined || row.branch === branch)
    .filter((row) => states.includes(row.state));
  const withReviewers = asked.query.get('fields') === '+values.reviewers';
  return page(state, asked, rows.toReversed(), (row) => requestOf(state, row, withReviewers));
}

/** Where the branch has an open one already, that is given a new title and comes back. */
function create(state: State, asked: Asked): Answer {
  const body = bodyOf(asked) as {
    title: string;
    description?: string;
    source: { branch: { name: string } };
    destination?: { branch: { name: string } };
    close_source_branch?: boolean;
  };
  const branch = body.source.branch.name;
  if (!state.branches.has(branch)) return refused(400, `source: branch not found: ${branch}`);
  if (body.title.length > 255) return refused(400, 'title: Ensure this value has at most 255 characters.');
  const reviewers = reviewersIn(state, asked);
  if (!Array.isArray(reviewers)) return reviewers;
  const open = state.requests.find((row) => row.branch === branch && row.state === 'OPEN');
  if (open) {
    open.title = body.title;
    return { status: 201, json: requestOf(state, open, true) };
  }
  const row: RequestRow = {
    id: state.requests.length + 1,
    title: body.title,
    description: body.description ?? '',
    state: 'OPEN',
    branch,
    base: body.destination?.branch.name ?? 'main',
    reviewers,
    closeSourceBranch: body.close_source_branch === true,
    createdOn: state.time(),
    comments: [],
    earlier: [],
  };
  state.requests.push(row);
  return { status: 201, json: requestOf(state, row, true) };
}

/** UUIDs; the refusal does not say which one is wrong. */
function reviewersIn(state: State, asked: Asked): string[] | Answer {
  const given = (bodyOf(asked)['reviewers'] ?? []) as { uuid?: string; account_id?: string }[];
  const uuids: string[] = [];
  for (const { uuid, account_id: account } of given) {
    const user = [...state.users].find(([id, { accountId }]) => id === uuid || accountId === account);
    if (!user?.[1].active) return refused(400, 'reviewers: Malformed reviewers list', { fields: { reviewers: [] } });
    if (user[0] === ME) return refused(400, 'reviewers: Me is the author and cannot be included as a reviewer.');
    uuids.push(user[0]);
  }
  return uuids;
}

function requestOf(state: State, row: RequestRow, withReviewers: boolean) {
  const page = `https://bitbucket.org/${state.repository}/pull-requests/${row.id}`;
  const repository = (name: string) => ({ type: 'repository', full_name: name });
  // only the beginning of the hash
  const commit = (branch: string) => ({ hash: state.branches.get(branch)?.slice(0, 12) ?? null });
  return {
    type: 'pullrequest',
    id: row.id,
    title: row.title,
    description: row.description,
    state: row.state,
    draft: false,
    author: { type: 'user', uuid: ME, display_name: 'PACE' },
    source: {
      branch: { name: row.branch },
      commit: commit(row.branch),
      repository: repository(row.source ?? state.repository),
    },
    destination: { branch: { name: row.base }, commit: commit(row.base), repository: repository(state.repository) },
    close_source_branch: row.closeSourceBranch,
    created_on: row.createdOn,
    updated_on: row.createdOn,
    ...(withReviewers ? { reviewers: row.reviewers.map((uuid) => ({ type: 'user', uuid })) } : {}),
    links: {
      html: link(page),
      self: link(`https://api.bitbucket.org/2.0/repositories/${state.repository}/pullrequests/${row.id}`),
    },
  };
}

function rawIn(asked: Asked): string {
  return String((bodyOf(asked)['content'] as { raw?: unknown } | undefined)?.raw);
}

function commentOf({ id, raw, deleted }: CommentRow) {
  return { type: 'pullrequest_comment', id, deleted, content: { raw, markup: 'markdown', html: '' } };
}
