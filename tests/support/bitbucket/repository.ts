import type { Answer, Asked, Routes } from '../loopback.ts';
import { bodyOf, entered, guarded, link, page, refused, type State } from './state.ts';

const READ = ['read:repository:bitbucket'];

/** https://developer.atlassian.com/cloud/bitbucket/rest/api-group-source/, /api-group-commit-statuses/, /api-group-users/ */
export function repositoryRoutes(state: State): Routes {
  return {
    'GET /2.0/users/:user': (asked) => entered(state, [], (each) => user(state, each), asked),
    ...guarded(state, {
      'GET ': [READ, () => ({ json: repositoryOf(state) })],
      'GET /refs/branches/:name': [
        READ,
        ({ params }) => {
          const name = params['name'] ?? '';
          const hash = state.branches.get(name);
          if (hash === undefined) return refused(404, `Branch "${name}" does not exist.`);
          return { json: { type: 'branch', name, target: { type: 'commit', hash } } };
        },
      ],
      'GET /src/:commit/:path*': [
        READ,
        ({ params }) => {
          const text = state.commits.get(params['commit'] ?? '')?.get(params['path'] ?? '');
          return text === undefined ? refused(404, `No such file or directory: ${params['path']}`) : { text };
        },
      ],
      'POST /src': [[...READ, 'write:repository:bitbucket'], (asked) => commit(state, asked)],
      'GET /commit/:sha': [
        READ,
        ({ params }) => {
          const sha = params['sha'] ?? '';
          const hash = [...state.commits.keys()].find((each) => each.startsWith(sha));
          return hash === undefined
            ? refused(404, `Commit not found ${sha}`)
            : { json: { type: 'commit', hash, message: 'Change', date: '2026-03-02T09:00:00+00:00', parents: [] } };
        },
      ],
      'GET /commit/:sha/statuses': [
        READ,
        (asked) => {
          const sha = asked.params['sha'] ?? '';
          if (!state.commits.has(sha)) return refused(404, `Commit not found ${sha}`);
          const rows = state.statuses.filter((row) => row.sha === sha);
          return page(state, asked, rows, (row) => statusOf(state, row));
        },
      ],
      'POST /commit/:sha/statuses/build': [READ, (asked) => postStatus(state, asked)],
    }),
  };
}

function user({ users }: State, { params }: Asked): Answer {
  const wanted = params['user'] ?? '';
  const found = [...users].find(([uuid, { accountId }]) => [uuid, accountId].includes(wanted));
  if (!found) return refused(404, wanted);
  const [uuid, { accountId, active }] = found;
  return {
    json: { type: 'user', uuid, account_id: accountId, account_status: active ? 'active' : 'inactive', nickname: 'x' },
  };
}

export function repositoryOf({ repository }: State) {
  return {
    type: 'repository',
    uuid: '{99999999-0000-4000-8000-000000000009}',
    full_name: repository,
    name: repository.split('/')[1] ?? '',
    is_private: true,
    scm: 'git',
    mainbranch: { type: 'branch', name: 'main' },
    links: { html: link(`https://bitbucket.org/${repository}`) },
  };
}

/** Fields and files of a form; the name of a file begins with a slash. */
async function commit(state: State, asked: Asked): Promise<Answer> {
  const type = asked.headers['content-type'] ?? '';
  const form = await new Response(String(asked.body), { headers: { 'content-type': type } }).formData();
  const files: Record<string, string> = {};
  for (const [name, value] of form) {
    if (name.startsWith('/')) files[name.slice(1)] = typeof value === 'string' ? value : await value.text();
  }
  const [branch, parents] = [String(form.get('branch')), String(form.get('parents'))];
  const head = state.branches.get(branch);
  if (!state.commits.has(parents)) return refused(400, `parents: Commit not found: ${parents}`);
  if (head !== undefined && head !== parents) return refused(409, `${parents} is not the head of ${branch}`);
  state.branches.set(branch, state.addCommit(files, parents));
  return { status: 201, text: '', headers: { location: `https://api.bitbucket.org${asked.path}` } };
}

/** https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/#api-repositories-workspace-repo-slug-commit-commit-statuses-build-post */
function postStatus(state: State, asked: Asked): Answer {
  const sha = asked.params['sha'] ?? '';
  const body = bodyOf(asked);
  if (!state.commits.has(sha)) return refused(404, `Commit not found ${sha}`);
  const [key, url, description] = [String(body['key']), body['url'], String(body['description'] ?? '')];
  const tooLong = (field: string, value: string, most: number) =>
    value.length > most ? `${field}: Ensure this value has at most ${most} characters (it has ${value.length}).` : '';
  const problem =
    tooLong('key', key, 40) || tooLong('description', description, 255) || (url ? '' : 'url: This field is required.');
  if (problem) return refused(400, problem);
  const known = state.statuses.find((row) => row.sha === sha && row.key === key);
  const at = state.time();
  const row = known ?? {
    sha,
    key,
    state: '',
    name: '',
    description: '',
    url: '',
    refname: null,
    createdOn: at,
    updatedOn: at,
  };
  Object.assign(row, {
    state: String(body['state']),
    name: String(body['name'] ?? ''),
    description,
    url,
    updatedOn: at,
  });
  if (!known) state.statuses.push(row);
  return { status: 201, json: statusOf(state, row) };
}

function statusOf({ repository }: State, row: State['statuses'][number]) {
  return {
    type: 'build',
    key: row.key,
    state: row.state,
    name: row.name,
    description: row.description,
    url: row.url,
    refname: row.refname,
    created_on: row.createdOn,
    updated_on: row.updatedOn,
    links: { commit: link(`https://api.bitbucket.org/2.0/repositories/${repository}/commit/${row.sha}`) },
  };
}
