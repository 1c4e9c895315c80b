import type { Answer, Asked, Routes } from '../loopback.ts';
import { bodyOf, guarded, page, ROLES, refused, type State, userOf } from './state.ts';

/** https://docs.gitlab.com/api/projects/, /api/commits/, /api/branches/, /api/repository_files/, /api/users/ */
export function repositoryRoutes(state: State): Routes {
  return guarded(state, {
    'GET /projects/:id': [
      {},
      () => ({
        json: {
          id: state.projectId,
          name: state.project.split('/').at(-1),
          path_with_namespace: state.project,
          default_branch: state.defaultBranch,
          web_url: state.webUrl(''),
          namespace: { id: 9, kind: 'group', path: 'acme', full_path: state.project.replace(/\/[^/]*$/, '') },
          ...(state.premium ? { issues_template: null } : {}),
          ...state.projectFields,
        },
      }),
    ],
    'GET /personal_access_tokens/self': [{}, () => ({ json: tokenOf(state) })],
    'GET /projects/:id/members/all/:user': [
      {},
      ({ params }) => {
        const user = userOf(state, Number(params['user']));
        const level = ROLES.indexOf(state.role) * 10;
        return user && Number(params['user']) === 1
          ? { json: { ...user, access_level: level, expires_at: null } }
          : refused(404, '404 Not found');
      },
    ],
    'GET /projects/:id/members/all': [
      {},
      (asked) => {
        const wanted = asked.query.get('query') ?? '';
        const found = state.users.filter(({ username, name }) => `${username} ${name}`.includes(wanted));
        return page(asked, found, ({ id }) => ({ ...userOf(state, id), access_level: id === 1 ? 40 : 30 }));
      },
    ],
    'GET /groups/:group/members/all/:user': [
      {},
      ({ params }) => {
        const members = state.groups.get(params['group'] ?? '');
        if (!members) return refused(404, '404 Group Not Found');
        const user = members.includes(Number(params['user'])) ? userOf(state, Number(params['user'])) : undefined;
        return user ? { json: { ...user, access_level: 30, expires_at: null } } : refused(404, '404 Not found');
      },
    ],
    'GET /user': [{}, () => ({ json: userOf(state, 1) })],
    'GET /users': [
      {},
      (asked) => {
        const wanted = asked.query.get('username');
        const found = state.users.filter((user) => user.username === wanted?.toLowerCase());
        return page(asked, found, (user) => userOf(state, user.id));
      },
    ],
    'GET /projects/:id/repository/commits/:sha': [
      { job: true },
      ({ params }) => {
        const sha = params['sha'] ?? '';
        return state.commits.has(sha) ? { json: commitOf(state, sha, 'Commit') } : refused(404, '404 Commit Not Found');
      },
    ],
    'GET /projects/:id/repository/branches/:branch': [
      { job: true },
      ({ params }) => {
        const name = params['branch'] ?? '';
        const sha = state.branches.get(name);
        return sha
          ? {
              json: {
                ...{ name, merged: false, protected: false, default: name === state.defaultBranch, can_push: true },
                commit: commitOf(state, sha, 'Commit'),
              },
            }
          : refused(404, '404 Branch Not Found');
      },
    ],
    'GET /projects/:id/repository/files/:file': [{ role: 'Reporter' }, (asked) => readFile(state, asked)],
    'GET /projects/:id/repository/files/:file/raw': [
      { job: true },
      ({ params, query }) => {
        const ref = query.get('ref') ?? '';
        const text = state.commits.get(state.branches.get(ref) ?? ref)?.get(params['file'] ?? '');
        return text === undefined ? refused(404, '404 File Not Found') : { text };
      },
    ],
    'POST /projects/:id/repository/commits': [{ role: 'Developer', write: true }, (asked) => commit(state, asked)],
  });
}

function tokenOf({ scope, tokenExpires }: State) {
  return {
    id: 7,
    name: 'PACE',
    revoked: false,
    active: true,
    scopes: [scope],
    user_id: 1,
    created_at: '2026-01-01T00:00:00.000Z',
    last_used_at: '2026-03-01T00:00:00.000Z',
    expires_at: tokenExpires,
  };
}

function readFile(state: State, { params, query }: Asked): Answer {
  const ref = query.get('ref') ?? '';
  const sha = state.branches.get(ref) ?? ref;
  const path = params['file'] ?? '';
  const content = state.commits.get(sha)?.get(path);
  if (content === undefined) return refused(404, '404 File Not Found');
  return {
    json: {
      file_name: path.split('/').at(-1),
      file_path: path,
      size: Buffer.byteLength(content),
      encoding: 'base64',
      ref,
      blob_id: sha,
      commit_id: sha,
      last_commit_id: sha,
      content: Buffer.from(content).toString('base64'),
    },
  };
}

function commit(state: State, asked: Asked): Answer {
  const body = bodyOf(asked);
  const branch = String(body['branch']);
  const startSha = body['start_sha'] as string | undefined;
  const head = state.branches.get(branch);
  if (startSha !== undefined && head !== undefined) {
    const words = `A branch called '${branch}' already exists. Switch to that branch in order to make changes`;
    return refused(400, words);
  }
  if (startSha !== undefined && !state.commits.has(startSha)) {
    return refused(400, `Invalid start_sha '${startSha}'`);
  }
  const from = startSha ?? head;
  if (from === undefined) return refused(400, 'You can only create or edit files when you are on a branch');
  const tree = state.commits.get(from) ?? new Map<string, string>();
  const files: Record<string, string> = {};
  for (const action of body['actions'] as { action: string; file_path: string; content: string }[]) {
    const there = tree.has(action.file_path) || action.file_path in files;
    if (action.action === 'create' && there) return refused(400, 'A file with this name already exists');
    if (action.action === 'update' && !there) return refused(400, "A file with this name doesn't exist");
    files[action.file_path] = action.content;
  }
  const sha = state.addCommit(files, from);
  state.branches.set(branch, sha);
  return { status: 201, json: commitOf(state, sha, String(body['commit_message'])) };
}

function commitOf(state: State, sha: string, message: string) {
  return {
    id: sha,
    short_id: sha.slice(0, 8),
    title: message,
    message,
    parent_ids: [],
    author_name: 'PACE',
    author_email: 'pace@example.org',
    created_at: '2026-03-02T09:00:00.000Z',
    web_url: state.webUrl(`/-/commit/${sha}`),
  };
}
