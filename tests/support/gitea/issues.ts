import type { Answer, Asked, Routes } from '../loopback.ts';
import { labelOf, milestoneOf } from './labels.ts';
import {
  type Body,
  bodyOf,
  type CommentRow,
  endOfDay,
  guarded,
  type IssueRow,
  NOT_FOUND,
  page,
  refused,
  type State,
  timeOf,
  userOf,
} from './state.ts';

const READ = { scope: 'read:issue', issues: true } as const;
const WRITE = { scope: 'write:issue', issues: true } as const;
const CHANGE = { ...WRITE, inArchive: true } as const;
const EDIT = { ...CHANGE, access: 'write' } as const;
const LINK = { ...WRITE, access: 'write' } as const;

/** https://docs.gitea.com/api/ (issues) */
export function issueRoutes(state: State): Routes {
  const path = '/repos/:owner/:repo/issues';
  const found = (asked: Asked, answer: (row: IssueRow) => Answer): Answer => {
    const row = state.issues.find((each) => String(each.number) === asked.params['index']);
    return row ? answer(row) : NOT_FOUND;
  };
  const withComment = (asked: Asked, answer: (row: IssueRow, comment: CommentRow) => Answer): Answer => {
    for (const row of state.issues) {
      const comment = row.comments.find((each) => String(each.id) === asked.params['id']);
      if (comment) return answer(row, comment);
    }
    return NOT_FOUND;
  };
  return guarded(state, {
    [`GET ${path}`]: [READ, (asked) => list(state, asked)],
    [`POST ${path}`]: [WRITE, (asked) => create(state, asked)],
    [`PATCH ${path}/comments/:id`]: [
      CHANGE,
      (asked) =>
        withComment(asked, (row, comment) => {
          comment.body = String(bodyOf(asked)['body']);
          return { json: commentOf(state, row, comment) };
        }),
    ],
    [`DELETE ${path}/comments/:id`]: [
      CHANGE,
      (asked) =>
        withComment(asked, (row, comment) => {
          row.comments = row.comments.filter((each) => each !== comment);
          return { status: 204 };
        }),
    ],
    [`GET ${path}/:index`]: [READ, (asked) => found(asked, (row) => ({ json: issueOf(state, row) }))],
    [`PATCH ${path}/:index`]: [CHANGE, (asked) => found(asked, (row) => edit(state, asked, row))],
    [`DELETE ${path}/:index`]: [
      { ...CHANGE, access: 'owner' },
      (asked) =>
        found(asked, (row) => {
          state.issues.splice(state.issues.indexOf(row), 1);
          state.deleted += 1;
          for (const other of state.issues) other.dependsOn = other.dependsOn.filter((each) => each !== row.number);
          return { status: 204 };
        }),
    ],
    [`PUT ${path}/:index/labels`]: [EDIT, (asked) => found(asked, (row) => relabel(state, asked, row, []))],
    [`POST ${path}/:index/labels`]: [EDIT, (asked) => found(asked, (row) => relabel(state, asked, row, row.labelIds))],
    [`DELETE ${path}/:index/labels/:id`]: [
      EDIT,
      (asked) =>
        found(asked, (row) => {
          const id = Number(asked.params['id']);
          if (!state.labels.some((label) => label.id === id)) return refused(422, 'label does not exist');
          row.labelIds = row.labelIds.filter((each) => each !== id);
          row.updatedAt = state.time();
          return { status: 204 };
        }),
    ],
    [`GET ${path}/:index/comments`]: [
      READ,
      (asked) => {
        const row = state.issues.find((each) => String(each.number) === asked.params['index']);
        // that is how it is
        if (!row) return refused(500, '');
        return { json: row.comments.map((comment) => commentOf(state, row, comment)) };
      },
    ],
    [`GET ${path}/:index/timeline`]: [READ, (asked) => found(asked, (row) => timeline(state, asked, row))],
    [`POST ${path}/:index/comments`]: [
      WRITE,
      (asked) => {
        const row = state.issues.find((each) => String(each.number) === asked.params['index']);
        // that is how it is
        if (!row) return refused(500, '');
        const answer = comment(state, asked, row);
        // kept all the same
        return row.pull && state.release === '1.22' && answer.status === 201 ? refused(500, '') : answer;
      },
    ],
    ...dependencies(state, 'dependencies', found),
    ...dependencies(state, 'blocks', found),
  });
}

function list(state: State, asked: Asked): Answer {
  const { query } = asked;
  const listed = (name: string) => (query.get(name) ?? '').split(',').filter(Boolean);
  // names that no label of the repository has are ignored
  const labelIds = state.labels
    .filter(({ name, shared }) => !shared && listed('labels').includes(name))
    .map(({ id }) => id);
  // where none is asked for, it looks for the one whose title is empty; those that do not exist count for nothing
  const titles = (query.get('milestones') ?? '').split(',');
  const milestoneIds = state.milestones.filter(({ title }) => titles.includes(title)).map(({ id }) => id);
  const seconds = (name: string) =>
    query.has(name) ? Math.floor(Date.parse(query.get(name) ?? '') / 1000) : undefined;
  const [since, before] = [seconds('since'), seconds('before')];
  if (Number.isNaN(since) || Number.isNaN(before)) return refused(422, 'parsing time: cannot parse');
  const people = ['created_by', 'assigned_by'].map((name) => {
    const login = query.get(name);
    return login === null ? undefined : (state.users.find((user) => user.login === login)?.id ?? 'unknown');
  });
  if (people.includes('unknown')) return refused(404, 'user does not exist');
  const [creator, assignee] = people;
  const wanted = query.get('state') ?? 'open';
  const rows = state.issues
    .filter((row) => wanted === 'all' || row.state === wanted)
    .filter((row) => query.get('type') === null || (query.get('type') === 'pulls') === (row.pull !== undefined))
    .filter((row) => labelIds.every((id) => row.labelIds.includes(id)))
    .filter((row) => milestoneIds.length === 0 || milestoneIds.includes(row.milestoneId))
    .filter((row) => since === undefined || row.updatedAt >= since)
    .filter((row) => before === undefined || row.updatedAt <= before)
    .filter((row) => creator === undefined || row.userId === creator)
    .filter((row) => assignee === undefined || row.assigneeIds.includes(Number(assignee)))
    .toSorted((one, other) => other.createdAt - one.createdAt || other.number - one.number);
  return page(state, asked, rows, (shown) => shown.map((row) => issueOf(state, row)));
}

function create(state: State, asked: Asked): Answer {
  const body = bodyOf(asked);
  if (!body['title']) return refused(422, '[Title]: Required');
  const labels = (body['labels'] as unknown[] | undefined) ?? [];
  if (labels.some((label) => typeof label !== 'number'))
    return refused(422, 'json: cannot unmarshal string into Go struct field CreateIssueOption.labels of type int64');
  const mayWrite = state.access !== 'read';
  const logins = mayWrite ? ((body['assignees'] as string[] | undefined) ?? []) : [];
  const wrong = unassignable(state, logins);
  if (wrong) return wrong;
  const row: IssueRow = {
    number: state.issues.length + state.deleted + 1,
    title: ellipsis(String(body['title'])),
    body: String(body['body'] ?? ''),
    version: 0,
    state: body['closed'] === true ? 'closed' : 'open',
    labelIds: mayWrite ? allowedLabels(state, labels as number[]) : [],
    assigneeIds: logins.map((login) => state.users.find((user) => user.login === login)?.id ?? 0),
    milestoneId: mayWrite ? Number(body['milestone'] ?? 0) : 0,
    due: mayWrite && body['due_date'] ? Date.parse(String(body['due_date'])) / 1000 : null,
    userId: 1,
    createdAt: state.time(),
    updatedAt: state.time(),
    comments: [],
    events: [],
    locked: false,
    dependsOn: [],
  };
  if (row.state === 'closed') note(state, row, 'close');
  state.issues.push(row);
  return { status: 201, json: issueOf(state, row) };
}

function unassignable(state: State, logins: readonly string[]): Answer | undefined {
  for (const login of logins) {
    const user = state.users.find((each) => each.login === login);
    if (!user) return refused(422, `Assignee does not exist: [name: user does not exist [uid: 0, name: ${login}]]`);
    // who may read pull requests can be given an issue
    if (!user.writes && !state.isPublic)
      return refused(422, `user does not have access to the repo [user_id: ${user.id}, repo_name: ${state.name}]`);
  }
  return undefined;
}

function ellipsis(title: string): string {
  return title.length > 255 ? `${title.slice(0, 254)}…` : title;
}

/** Of labels of one exclusive scope the last one stays, in the order of their numbers. */
function allowedLabels(state: State, ids: readonly number[]): number[] {
  const labels = state.labels.filter(({ id }) => ids.includes(id));
  const scopeOf = ({ name, exclusive }: { name: string; exclusive: boolean }) =>
    exclusive && name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '';
  return labels
    .filter(
      (label, index) =>
        scopeOf(label) === '' || !labels.slice(index + 1).some((later) => scopeOf(later) === scopeOf(label)),
    )
    .map(({ id }) => id);
}

function relabel(state: State, asked: Asked, row: IssueRow, kept: readonly number[]): Answer {
  const given = bodyOf(asked)['labels'] as unknown[];
  const named = state.labels.filter(({ name }) => given.includes(name)).map(({ id }) => id);
  const numbers = given.filter((label) => typeof label === 'number');
  row.labelIds = allowedLabels(state, [...kept, ...numbers, ...named]);
  row.updatedAt = state.time();
  return { json: row.labelIds.map((id) => labelOf(state, id)) };
}

function edit(state: State, asked: Asked, row: IssueRow): Answer {
  const body = bodyOf(asked);
  // the poster may edit; the token's user is one here
  if (state.access === 'read' && row.userId !== 1) return { status: 403 };
  const version = body['content_version'];
  if (countsVersions(state) && version !== undefined && version !== row.version)
    return refused(409, 'the issue is already changed');
  // one thing after the other: what comes before a failure stays
  if (body['title']) row.title = ellipsis(String(body['title']));
  if (body['body'] !== undefined && state.collisions > 0) {
    state.collisions -= 1;
    return refused(state.release === '1.22' ? 400 : 409, 'the issue is already changed');
  }
  if (body['body'] !== undefined && body['body'] !== row.body) {
    row.body = String(body['body']);
    row.version += 1;
  }
  // who only has written the issue may change no more than its words and whether it is open; the rest is ignored
  const failure = state.access === 'read' ? undefined : editPlanning(state, body, row);
  if (failure) return failure;
  if (body['state'] === 'closed' && openDependencies(state, row))
    return refused(412, 'cannot close this issue because it still has open dependencies');
  if (body['state'] !== undefined && body['state'] !== row.state) {
    row.state = body['state'] === 'closed' ? 'closed' : 'open';
    note(state, row, row.state === 'closed' ? 'close' : 'reopen');
  }
  row.updatedAt = state.time();
  return { status: 201, json: issueOf(state, row) };
}

/** Day, people and milestone. */
function editPlanning(state: State, body: Body, row: IssueRow): Answer | undefined {
  if (body['unset_due_date'] === true) row.due = null;
  else if (body['due_date']) row.due = endOfDay(String(body['due_date']));
  const logins = body['assignees'] as string[] | undefined;
  if (logins && !assign(state, row, logins)) return refused(500, '');
  const milestone = body['milestone'];
  if (milestone === undefined) return undefined;
  if (milestone !== 0 && !state.milestones.some(({ id }) => id === milestone)) return refused(500, '');
  row.milestoneId = Number(milestone);
  return undefined;
}

/** False where it fails, which leaves what has been done: of an unknown name nobody is left, else those who were there and are wanted. */
function assign(state: State, row: IssueRow, logins: readonly string[]): boolean {
  const ids = logins.map((login) => state.users.find((user) => user.login === login)?.id);
  row.assigneeIds = row.assigneeIds.filter((id) => !ids.includes(undefined) && ids.includes(id));
  for (const [place, id] of ids.entries()) {
    if (id !== undefined && row.assigneeIds.includes(id)) continue;
    if (id === undefined || ids.includes(undefined) || unassignable(state, logins.slice(place, place + 1)))
      return false;
    row.assigneeIds.push(id);
  }
  return true;
}

/** Gitea counts the changes of a text since 1.26, Forgejo does not. */
function countsVersions({ flavour, release }: State): boolean {
  return flavour === 'gitea' && release === 'newer';
}

function note(state: State, row: IssueRow, type: string): void {
  row.events.push({ id: state.nextId(), type, userId: 1, createdAt: state.time() });
}

/** Comments and events, all of them when no page is asked for; the total is that of the page. */
function timeline(state: State, asked: Asked, row: IssueRow): Answer {
  const since = Date.parse(asked.query.get('since') ?? '1970-01-01T00:00:00Z') / 1000;
  const comments = row.comments.map((each) => ({
    ...commentOf(state, row, each),
    type: 'comment',
    at: each.createdAt,
  }));
  const events = row.events.map(({ id, type, userId, createdAt: at }) => {
    const body = { id, body: '', userId, createdAt: at };
    return { ...commentOf(state, row, body), type, at };
  });
  const all = [...comments, ...events].sort((one, other) => one.id - other.id).filter(({ at }) => at >= since);
  return { json: all.map(({ at: _, assets: __, original_author: ___, original_author_id: ____, ...shown }) => shown) };
}

function openDependencies(state: State, row: IssueRow): boolean {
  return state.issues.some((each) => row.dependsOn.includes(each.number) && each.state === 'open');
}

function comment(state: State, asked: Asked, row: IssueRow): Answer {
  // in the language of the server
  if (row.locked && state.access === 'read') return refused(403, 'Sie können ein gesperrtes Issue nicht kommentieren.');
  const body = String(bodyOf(asked)['body'] ?? '');
  if (body === '') return refused(422, '[Body]: Required');
  const added = { id: state.nextId(), body, userId: 1, createdAt: state.time() };
  row.comments.push(added);
  row.updatedAt = state.time();
  return { status: 201, json: commentOf(state, row, added) };
}

function dependencies(
  state: State,
  end: 'dependencies' | 'blocks',
  found: (asked: Asked, answer: (row: IssueRow) => Answer) => Answer,
) {
  const path = `/repos/:owner/:repo/issues/:index/${end}`;
  const other = (asked: Asked) => {
    const { owner, repo, index } = bodyOf(asked);
    const isHere = `${String(owner)}/${String(repo)}` === state.path;
    return isHere ? state.issues.find(({ number }) => number === index) : undefined;
  };
  /** The issue that waits, and the one that it waits for. */
  const change = (asked: Asked, act: (waiting: IssueRow, awaited: IssueRow) => Answer | undefined) =>
    found(asked, (row) => {
      const target = other(asked);
      if (!target || !state.dependencies) return NOT_FOUND;
      const [waiting, awaited] = end === 'dependencies' ? [row, target] : [target, row];
      return act(waiting, awaited) ?? { status: 201, json: issueOf(state, row) };
    });
  const table = {
    [`GET ${path}`]: [
      READ,
      (asked: Asked) =>
        found(asked, (row) => {
          if (end === 'dependencies' && !state.dependencies) return NOT_FOUND;
          const rows = state.issues.filter((each) =>
            end === 'dependencies' ? row.dependsOn.includes(each.number) : each.dependsOn.includes(row.number),
          );
          // these lists tell neither a total nor a next page
          const { json } = page(state, asked, rows, (shown) => shown.map((each) => issueOf(state, each)));
          return { json };
        }),
    ],
    [`POST ${path}`]: [
      LINK,
      (asked: Asked) =>
        change(asked, (waiting, awaited) => {
          const isThere = waiting.dependsOn.includes(awaited.number);
          const isCircle = waiting !== awaited && awaited.dependsOn.includes(waiting.number);
          if (isThere || isCircle) return refused(500, '');
          waiting.dependsOn.push(awaited.number);
          return undefined;
        }),
    ],
    [`DELETE ${path}`]: [
      LINK,
      (asked: Asked) =>
        change(asked, (waiting, awaited) => {
          if (!waiting.dependsOn.includes(awaited.number)) return refused(500, '');
          waiting.dependsOn = waiting.dependsOn.filter((number) => number !== awaited.number);
          return undefined;
        }),
    ],
  } as const;
  return table;
}

function commentOf(state: State, row: IssueRow, { id, body, userId, createdAt }: CommentRow) {
  const at = timeOf(state, createdAt);
  return {
    id,
    html_url: state.webUrl(`/issues/${row.number}#issuecomment-${id}`),
    pull_request_url: '',
    issue_url: state.webUrl(`/issues/${row.number}`),
    user: userOf(state, userId),
    original_author: '',
    original_author_id: 0,
    body,
    assets: [],
    created_at: at,
    updated_at: at,
  };
}

export function issueOf(state: State, row: IssueRow) {
  const assignees = row.assigneeIds.map((id) => userOf(state, id));
  const milestone = state.milestones.find(({ id }) => id === row.milestoneId);
  return {
    id: 70_000 + row.number,
    url: `${state.origin}/api/v1/repos/${state.path}/issues/${row.number}`,
    html_url: state.webUrl(`/${row.pull ? 'pulls' : 'issues'}/${row.number}`),
    number: row.number,
    user: userOf(state, row.userId),
    original_author: '',
    original_author_id: 0,
    title: row.title,
    body: row.body,
    ref: '',
    assets: [],
    labels: row.labelIds.map((id) => labelOf(state, id)),
    milestone: milestone ? milestoneOf(state, milestone) : null,
    assignee: assignees[0] ?? null,
    assignees: assignees.length > 0 ? assignees : null,
    state: row.state,
    is_locked: row.locked,
    comments: row.comments.length,
    created_at: timeOf(state, row.createdAt),
    updated_at: timeOf(state, row.updatedAt),
    closed_at: row.state === 'closed' ? timeOf(state, row.updatedAt) : null,
    due_date: row.due === null ? null : timeOf(state, row.due),
    pull_request: row.pull ? { merged: row.pull.merged, merged_at: null, draft: false } : null,
    repository: { id: 1, name: state.name, owner: state.owner, full_name: state.path },
    pin_order: 0,
    ...(countsVersions(state) ? { content_version: row.version, time_estimate: 0, projects: null } : {}),
  };
}
