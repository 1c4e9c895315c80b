import type { Answer, Asked, Routes } from '../loopback.ts';
import { issueOf } from './issues.ts';
import { labelOf } from './labels.ts';
import {
  bodyOf,
  guarded,
  type IssueRow,
  NOT_FOUND,
  type PullRow,
  page,
  type ReviewRow,
  refused,
  type State,
  timeOf,
  userOf,
} from './state.ts';

const READ = { scope: 'read:repository' } as const;
const WRITE = { scope: 'write:repository', access: 'write' } as const;

type Pull = IssueRow & { readonly pull: PullRow };

/** https://docs.gitea.com/api/ (repository, pull requests) */
export function pullRoutes(state: State): Routes {
  const path = '/repos/:owner/:repo/pulls';
  const pulls = () => state.issues.filter((row): row is Pull => row.pull !== undefined);
  const found = (asked: Asked, answer: (row: Pull) => Answer) => {
    const row = pulls().find(({ number }) => String(number) === asked.params['index']);
    return row ? answer(row) : NOT_FOUND;
  };
  return guarded(state, {
    [`GET ${path}`]: [
      READ,
      (asked) => {
        const wanted = asked.query.get('state') ?? 'open';
        const rows = pulls()
          .filter((row) => wanted === 'all' || row.state === wanted)
          .toReversed();
        return page(state, asked, rows, (shown) => shown.map((row) => pullOf(state, row)));
      },
    ],
    [`GET ${path}/:index/reviews`]: [
      READ,
      (asked) =>
        found(asked, (row) => {
          const reviews = (row.pull.reviews ?? []).map((review, index) => ({ ...review, id: index + 1 }));
          return page(state, asked, reviews, (shown) => shown.map((review) => reviewOf(state, row, review)));
        }),
    ],
    [`GET ${path}/:base/:head*`]: [
      READ,
      ({ params }) => {
        // of several it is the first one that the database comes across
        const row = pulls().find(({ pull }) => pull.base === params['base'] && pull.head === params['head']);
        return row ? { json: pullOf(state, row) } : NOT_FOUND;
      },
    ],
    [`GET ${path}/:index`]: [READ, (asked) => found(asked, (row) => ({ json: pullOf(state, row) }))],
    [`POST ${path}`]: [WRITE, (asked) => create(state, asked, pulls())],
    [`PATCH ${path}/:index`]: [
      WRITE,
      (asked) =>
        found(asked, (row) => {
          const { title, body } = bodyOf(asked);
          if (title !== undefined) row.title = String(title);
          if (body !== undefined) row.body = String(body);
          return { status: 201, json: pullOf(state, row) };
        }),
    ],
    [`POST ${path}/:index/requested_reviewers`]: [
      WRITE,
      (asked) => found(asked, (row) => askReviewers(state, asked, row)),
    ],
  });
}

function create(state: State, asked: Asked, known: readonly Pull[]): Answer {
  const { head, base, title, body = '', labels = [] } = bodyOf(asked);
  if (head === base) return refused(422, 'Invalid PullRequest: There are no changes between the head and the base');
  const sha = state.branches.get(String(head));
  if (sha === undefined || !state.branches.has(String(base))) return NOT_FOUND;
  const open = known.find(({ pull, state: word }) => pull.head === head && pull.base === base && word === 'open');
  if (open) return refused(409, `pull request already exists for these targets [id: ${open.number}]`);
  const row: Pull = {
    number: state.issues.length + state.deleted + 1,
    title: String(title),
    body: String(body),
    version: 0,
    state: 'open',
    labelIds: (labels as number[]).filter((id) => labelOf(state, id)),
    assigneeIds: [],
    milestoneId: 0,
    due: null,
    userId: 1,
    createdAt: state.time(),
    updatedAt: state.time(),
    comments: [],
    events: [],
    locked: false,
    dependsOn: [],
    pull: { head: String(head), base: String(base), merged: false, reviewers: [], reviews: [] },
  };
  state.issues.push(row);
  return { status: 201, json: pullOf(state, row) };
}

function reviewOf(state: State, row: Pull, { id, login, state: word, sha, dismissed }: ReviewRow & { id: number }) {
  const user = state.users.find((one) => one.login === login);
  return {
    id,
    user: user ? userOf(state, user.id) : null,
    team: null,
    state: word,
    body: '',
    commit_id: sha,
    stale: sha !== state.branches.get(row.pull.head),
    official: user?.writes ?? false,
    dismissed: dismissed ?? false,
    comments_count: 0,
    submitted_at: timeOf(state, row.createdAt + id),
    updated_at: timeOf(state, row.createdAt + id),
    html_url: state.webUrl(`/pulls/${row.number}#issuecomment-${id}`),
    pull_request_url: state.webUrl(`/pulls/${row.number}`),
  };
}

function askReviewers(state: State, asked: Asked, row: Pull): Answer {
  const { reviewers = [], team_reviewers: teams = [] } = bodyOf(asked) as {
    reviewers?: string[];
    team_reviewers?: string[];
  };
  const unknown = reviewers.find((login) => !state.users.some((user) => user.login === login && user.writes));
  if (unknown !== undefined) return refused(404, `user does not exist [uid: 0, name: ${unknown}]`);
  const noTeam = teams.find((team) => !state.teams.has(team));
  if (noTeam !== undefined) return refused(404, `team does not exist [org_id 9, team_id 0, name: ${noTeam}]`);
  row.pull.reviewers = [...new Set([...row.pull.reviewers, ...reviewers])];
  return { status: 201, json: [] };
}

function pullOf(state: State, row: Pull) {
  const { pull } = row;
  const {
    pull_request: _,
    repository: __,
    ref: ___,
    time_estimate: ____,
    projects: _____,
    ...shared
  } = issueOf(state, row) as Record<string, unknown>;
  const branch = (name: string) => ({
    label: name,
    ref: name,
    sha: state.branches.get(name) ?? '',
    repo_id: 1,
    repo: { id: 1, name: state.name, full_name: state.path },
  });
  return {
    ...shared,
    diff_url: state.webUrl(`/pulls/${row.number}.diff`),
    patch_url: state.webUrl(`/pulls/${row.number}.patch`),
    mergeable: true,
    merged: pull.merged,
    merged_at: pull.merged ? shared['updated_at'] : null,
    merge_commit_sha: null,
    merged_by: null,
    allow_maintainer_edit: false,
    base: branch(pull.base),
    head: branch(pull.head),
    merge_base: state.sha,
    draft: false,
    requested_reviewers: null,
  };
}
