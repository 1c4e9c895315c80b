import type { Answer, Asked, Routes } from '../loopback.ts';
import { bodyOf, guarded, NOT_FOUND, refused, type State, sha1, timeOf, userOf } from './state.ts';

const READ = { scope: 'read:repository' } as const;
const WRITE = { scope: 'write:repository', access: 'write' } as const;

/** The repository, its people, branches and files. */
export function repositoryRoutes(state: State): Routes {
  const path = '/repos/:owner/:repo';
  return guarded(state, {
    [`GET ${path}`]: [READ, () => ({ json: repositoryOf(state) })],
    [`GET ${path}/assignees`]: [
      READ,
      () => ({ json: state.users.filter(({ writes }) => writes).map(({ id }) => userOf(state, id)) }),
    ],
    [`GET ${path}/teams`]: [
      READ,
      () =>
        state.organisation
          ? { json: [...state.teams.keys()].map((name) => teamOf(state, name)) }
          : refused(405, 'repo is not owned by an organization'),
    ],
    'GET /orgs/:org/teams/search': [
      { scope: 'read:organization' },
      ({ params, query }) => {
        if (params['org'] !== state.owner) return NOT_FOUND;
        const wanted = (query.get('q') ?? '').toLowerCase();
        const found = [...state.teams.keys()].filter((name) => name.toLowerCase().includes(wanted));
        return { json: { ok: true, data: found.map((name) => teamOf(state, name)) } };
      },
    ],
    'GET /teams/:id/members/:login': [
      { scope: 'read:organization' },
      ({ params }) => {
        const [, members = []] = [...state.teams][Number(params['id']) - 1] ?? [];
        const user = state.users.find(({ login }) => login === params['login'] && members.includes(login));
        return user ? { json: userOf(state, user.id) } : NOT_FOUND;
      },
    ],
    'GET /users/:login': [
      { scope: 'read:user' },
      ({ params }) => {
        const { login = '' } = params;
        const user = state.users.find((each) => each.login.toLowerCase() === login.toLowerCase());
        if (user) return { json: userOf(state, user.id) };
        const isOwner = login.toLowerCase() === state.owner.toLowerCase() && !state.organisationHidden;
        if (isOwner) return { json: { id: 9, login: state.owner, full_name: '', email: '', avatar_url: '' } };
        return refused(404, `user redirect does not exist [name: ${login.toLowerCase()}]`);
      },
    ],
    'GET /user': [{ scope: 'read:user' }, () => ({ json: userOf(state, 1) })],
    [`GET ${path}/branches/:branch`]: [
      READ,
      ({ params }) => {
        const sha = state.branches.get(params['branch'] ?? '');
        return sha === undefined ? NOT_FOUND : { json: branchOf(state, params['branch'] ?? '', sha) };
      },
    ],
    [`POST ${path}/branches`]: [WRITE, (asked) => createBranch(state, asked)],
    [`GET ${path}/git/commits/:sha`]: [
      READ,
      ({ params }) => {
        const sha = params['sha'] ?? '';
        return state.commits.has(sha)
          ? { json: { sha, url: '', html_url: state.webUrl(`/commit/${sha}`), author: authorOf(state, sha) } }
          : NOT_FOUND;
      },
    ],
    [`GET ${path}/contents/:file*`]: [READ, (asked) => readFile(state, asked)],
    [`POST ${path}/contents`]: [WRITE, (asked) => changeFiles(state, asked)],
  });
}

/** `null` for an address that belongs to nobody. */
function authorOf(state: State, sha: string) {
  const author = state.users.find(({ login }) => login === state.authors.get(sha));
  return author ? userOf(state, author.id) : null;
}

function teamOf(state: State, name: string) {
  const id = [...state.teams.keys()].indexOf(name) + 1;
  return {
    id,
    name,
    description: '',
    permission: 'read',
    includes_all_repositories: false,
    can_create_org_repo: false,
  };
}

function repositoryOf(state: State) {
  return {
    id: 1,
    owner: { id: 9, login: state.owner, full_name: '' },
    name: state.name,
    full_name: state.path,
    html_url: state.webUrl(''),
    url: `${state.origin}/api/v1/repos/${state.path}`,
    default_branch: state.defaultBranch,
    created_at: timeOf(state, state.createdAt),
    updated_at: timeOf(state, state.time()),
    archived: state.archived,
    empty: false,
    private: !state.isPublic,
    has_issues: state.issuesEnabled,
    has_pull_requests: true,
    has_actions: true,
    ...(state.issuesEnabled
      ? {
          internal_tracker: {
            enable_time_tracker: true,
            allow_only_contributors_to_track_time: true,
            enable_issue_dependencies: state.dependencies,
          },
        }
      : {}),
    permissions: { admin: state.access === 'owner', push: state.access !== 'read', pull: true },
    ...state.repositoryFields,
  };
}

function branchOf(state: State, name: string, sha: string) {
  return {
    name,
    commit: { id: sha, message: 'Change', timestamp: timeOf(state, state.time()), url: state.webUrl(`/commit/${sha}`) },
    protected: false,
    required_approvals: 0,
    enable_status_check: false,
    status_check_contexts: [],
    user_can_push: true,
    user_can_merge: true,
    effective_branch_protection_name: '',
  };
}

function createBranch(state: State, asked: Asked): Answer {
  const { new_branch_name: name, old_ref_name: from } = bodyOf(asked);
  const sha = state.branches.get(String(from)) ?? String(from);
  // that is how it is
  if (!state.commits.has(sha)) return refused(500, '');
  if (state.branches.has(String(name))) return refused(409, 'The branch already exists.');
  state.branches.set(String(name), sha);
  return { status: 201, json: branchOf(state, String(name), sha) };
}

function readFile(state: State, { params, query }: Asked): Answer {
  const ref = query.get('ref') ?? state.defaultBranch;
  const path = params['file'] ?? '';
  const content = state.commits.get(state.branches.get(ref) ?? ref)?.get(path);
  return content === undefined ? NOT_FOUND : { json: contentOf(path, content) };
}

function contentOf(path: string, content: string) {
  return {
    name: path.split('/').at(-1),
    path,
    sha: blobSha(content),
    type: 'file',
    size: Buffer.byteLength(content),
    encoding: 'base64',
    content: Buffer.from(content).toString('base64'),
  };
}

function blobSha(content: string): string {
  return sha1(`blob ${Buffer.byteLength(content)}\0${content}`);
}

interface FileChange {
  readonly operation: string;
  readonly path: string;
  readonly content: string;
  readonly sha?: string;
}

/** All files in one commit, or none. */
function changeFiles(state: State, asked: Asked): Answer {
  const { branch, files } = bodyOf(asked) as { branch?: string; files: readonly FileChange[] };
  const name = branch ?? state.defaultBranch;
  const head = state.branches.get(name);
  if (head === undefined) return refused(404, `branch does not exist [name: ${name}]`);
  const tree = state.commits.get(head);
  for (const { operation, path, sha } of files) {
    const known = tree?.get(path);
    if (operation === 'create' && known !== undefined)
      return refused(422, `repository file already exists [path: ${path}]`);
    if (operation === 'update' && known === undefined)
      return refused(404, `repository file does not exist [path: ${path}]`);
    if (operation === 'update' && sha !== blobSha(known ?? '')) return refused(422, 'sha does not match');
  }
  const changed = files.map(({ path, content }) => [path, Buffer.from(content, 'base64').toString('utf8')] as const);
  const commit = state.addCommit(Object.fromEntries(changed), head);
  state.branches.set(name, commit);
  const shown = changed.map(([path, content]) => contentOf(path, content));
  return {
    status: 201,
    json: { files: shown, commit: { sha: commit, message: String(bodyOf(asked)['message']) }, verification: null },
  };
}
