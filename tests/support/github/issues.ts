/** What the emulator does not know of issues: sub-issues, dependencies, issue types, duplicates, and what GitHub refuses. */
import { invalid, LIMITS, NOT_FOUND, page } from '../github-answers.ts';
import { userShape } from '../github-shapes.ts';
import type { Answer, Asked, Handler, Routes } from '../loopback.ts';

export interface IssueOptions {
  /** Sub-issues and dependencies: `quiet` servers have the addresses and do not tell of them in issues; `none` is an old server. */
  readonly relations?: 'told' | 'quiet' | 'none';
  /** Of the organisation; none when absent. */
  readonly issueTypes?: readonly string[];
  /** Whether `GET /user` is refused, as it is for the token of a workflow. */
  readonly userless?: boolean;
}

export interface IssueServer {
  readonly login: string;
  readonly people: readonly string[];
  /** The emulator. */
  forward(asked: Pick<Asked, 'method' | 'path' | 'query' | 'body' | 'headers'>): Promise<Answer>;
  /** Checks credentials and repository first. */
  about(handler: Handler): Handler;
}

interface Wire {
  id: number;
  number: number;
  url: string;
  repository_url: string;
  state: string;
  state_reason: string | null;
}

/** Ids of all GitHub are no numbers of a repository. */
const FIRST_ID = 2_900_000_000;

export function issueRoutes(server: IssueServer, options: IssueOptions): Routes {
  const { relations = 'told', issueTypes } = options;
  const types = new Map<string, string>();
  const duplicates = new Set<string>();
  /** By child. */
  const parents = new Map<number, string>();
  /** Ids of those that block, by the issue that is blocked. */
  const blockers = new Map<string, number[]>();
  const paths = new Map<number, string>();

  function dressed(wire: Wire): object {
    const { repository_url: repository, number } = wire;
    const path = `${new URL(repository).pathname}/issues/${number}`;
    const id = FIRST_ID + wire.id;
    paths.set(id, path);
    const type = types.get(path);
    const parent = parents.get(id);
    const told = {
      sub_issues_summary: { total: 0, completed: 0, percent_completed: 0 },
      issue_dependencies_summary: { blocked_by: 0, blocking: 0, total_blocked_by: 0, total_blocking: 0 },
      ...(parent ? { parent_issue_url: new URL(parent, repository).href } : {}),
    };
    return {
      ...wire,
      id,
      ...(issueTypes ? { type: type ? typeShape(type, issueTypes) : null } : {}),
      ...(duplicates.has(path) && wire.state === 'closed' ? { state_reason: 'duplicate' } : {}),
      ...(relations === 'told' ? told : {}),
    };
  }

  async function answered(asked: Parameters<IssueServer['forward']>[0]): Promise<Answer> {
    const answer = await server.forward(asked);
    const { json } = answer;
    const headers = { ...LIMITS, ...answer.headers };
    if ((answer.status ?? 200) >= 300) return { ...answer, headers };
    return { ...answer, headers, json: Array.isArray(json) ? json.map(dressed) : dressed(json as Wire) };
  }

  async function write(asked: Asked): Promise<Answer> {
    const body = { ...(asked.body as Record<string, unknown>) };
    const problem = problemIn(body, server.people, issueTypes ?? []);
    if (problem) return invalid(problem);
    const { type, state_reason: reason } = body;
    delete body['type'];
    if (asked.method === 'PATCH' && (reason !== undefined || body['state'] !== undefined)) {
      const before = (await server.forward({ ...asked, method: 'GET', body: undefined })).json as Wire;
      // https://docs.github.com/en/rest/issues/issues#update-an-issue
      if (before.state === body['state'] || body['state'] === undefined) delete body['state_reason'];
      else if (reason === 'duplicate') duplicates.add(asked.path);
      else duplicates.delete(asked.path);
      if (body['state_reason'] === 'duplicate') body['state_reason'] = 'not_planned';
    }
    const answer = await server.forward({ ...asked, body });
    const wire = answer.json as Wire;
    if (typeof type === 'string' && wire.url) types.set(new URL(wire.url).pathname, type);
    return (answer.status ?? 200) >= 300 ? answer : { ...answer, json: dressed(wire) };
  }

  async function read({ headers }: Asked, path: string): Promise<Answer> {
    return answered({ method: 'GET', path, query: new URLSearchParams(), body: undefined, headers });
  }

  async function several(asked: Asked, found: readonly string[]): Promise<Answer> {
    const { items, headers } = page(asked, found);
    const answers = await Promise.all(items.map((path) => read(asked, path)));
    return { json: answers.map(({ json }) => json), headers: { ...headers, 'x-emulated': '1' } };
  }

  /** An issue that exists, by the address that was asked. */
  const known =
    (handler: (asked: Asked, path: string, answer: Answer) => Promise<Answer> | Answer): Handler =>
    async (asked) => {
      const path = `/repos/${asked.params['owner']}/${asked.params['repo']}/issues/${asked.params['number']}`;
      const answer = await read(asked, path);
      return answer.status === 200 ? handler(asked, path, answer) : NOT_FOUND;
    };
  const idIn = ({ body }: Asked, name: string): number => Number((body as Record<string, unknown>)[name]);
  const created = (answer: Answer): Answer => ({ ...answer, status: 201 });

  const ofRelations: Routes = {
    'GET /repos/:owner/:repo/issues/:number/sub_issues': known((asked, path) =>
      several(
        asked,
        [...parents].flatMap(([child, parent]) => (parent === path ? (paths.get(child) ?? []) : [])),
      ),
    ),
    'POST /repos/:owner/:repo/issues/:number/sub_issues': known((asked, path, answer) => {
      const child = idIn(asked, 'sub_issue_id');
      if (!paths.has(child)) return NOT_FOUND;
      const replaces = (asked.body as { replace_parent?: boolean }).replace_parent;
      if (parents.has(child) && !replaces) return invalid({ message: 'Sub issue may only have one parent' });
      parents.set(child, path);
      return created(answer);
    }),
    'DELETE /repos/:owner/:repo/issues/:number/sub_issue': known((asked, path, answer) => {
      const child = idIn(asked, 'sub_issue_id');
      if (parents.get(child) !== path) return NOT_FOUND;
      parents.delete(child);
      return answer;
    }),
    'GET /repos/:owner/:repo/issues/:number/parent': known((asked, _, { json }) => {
      const parent = parents.get((json as Wire).id);
      return parent ? read(asked, parent) : NOT_FOUND;
    }),
    'GET /repos/:owner/:repo/issues/:number/dependencies/blocked_by': known((asked, path) =>
      several(
        asked,
        (blockers.get(path) ?? []).map((id) => paths.get(id) ?? ''),
      ),
    ),
    'GET /repos/:owner/:repo/issues/:number/dependencies/blocking': known((asked, _, { json }) =>
      several(
        asked,
        [...blockers].flatMap(([path, ids]) => (ids.includes((json as Wire).id) ? [path] : [])),
      ),
    ),
    'POST /repos/:owner/:repo/issues/:number/dependencies/blocked_by': known((asked, path, answer) => {
      const blocker = idIn(asked, 'issue_id');
      const others = blockers.get(path) ?? [];
      if (!paths.has(blocker)) return NOT_FOUND;
      if (others.includes(blocker)) return invalid({ message: 'Target issue has already been taken' });
      blockers.set(path, [...others, blocker]);
      return created(answer);
    }),
    'DELETE /repos/:owner/:repo/issues/:number/dependencies/blocked_by/:id': known((asked, path, answer) => {
      const blocker = Number(asked.params['id']);
      const others = blockers.get(path) ?? [];
      if (!others.includes(blocker)) return NOT_FOUND;
      blockers.set(
        path,
        others.filter((id) => id !== blocker),
      );
      return answer;
    }),
  };
  /** The emulator takes `comments` for the number of an issue. */
  async function allComments(asked: Asked): Promise<Answer> {
    const base = asked.path.replace(/\/comments$/, '');
    const all = async (path: string) => {
      const found: Record<string, unknown>[] = [];
      for (let page = 1; ; page += 1) {
        const query = new URLSearchParams({ state: 'all', per_page: '100', page: String(page) });
        const { json } = await server.forward({ ...asked, path, query });
        found.push(...(json as Record<string, unknown>[]));
        if ((json as unknown[]).length < 100) return found;
      }
    };
    const commented = (await all(base)).filter(({ comments }) => Number(comments) > 0);
    const lists = await Promise.all(commented.map(({ number }) => all(`${base}/${number}/comments`)));
    const since = asked.query.get('since') ?? '';
    const recent = lists.flat().filter((comment) => String(comment['updated_at']) >= since);
    const { items, headers } = page(
      asked,
      recent.sort((one, other) => Number(one['id']) - Number(other['id'])),
    );
    return { json: items, headers: { ...headers, 'x-emulated': '1' } };
  }
  const routes: Routes = {
    'GET /repos/:owner/:repo/issues/comments': allComments,
    'GET /repos/:owner/:repo/issues': answered,
    'GET /repos/:owner/:repo/issues/:number': answered,
    'POST /repos/:owner/:repo/issues': write,
    'PATCH /repos/:owner/:repo/issues/:number': write,
    // whoever cannot be assigned is left out in silence
    ...Object.fromEntries(
      ['POST', 'DELETE'].map((method) => [
        `${method} /repos/:owner/:repo/issues/:number/assignees`,
        async (asked: Asked) => {
          const { assignees = [] } = asked.body as { assignees?: readonly string[] };
          const known = assignees.filter((name) => server.people.includes(name));
          const answer = await answered({ ...asked, body: { assignees: known } });
          return method === 'POST' && answer.status === 200 ? { ...answer, status: 201 } : answer;
        },
      ]),
    ),
    'GET /repos/:owner/:repo/assignees': (asked) => {
      const { items, headers } = page(asked, server.people);
      return { json: items.map((login) => userShape(asked.origin, login)), headers };
    },
    ...(relations === 'none' ? {} : ofRelations),
  };
  return {
    ...Object.fromEntries(Object.entries(routes).map(([route, handler]) => [route, server.about(handler)])),
    'GET /orgs/:org/issue-types': () =>
      issueTypes ? { json: issueTypes.map((name) => typeShape(name, issueTypes)), headers: LIMITS } : NOT_FOUND,
    ...(options.userless
      ? { 'GET /user': () => ({ status: 403, json: { message: 'Resource not accessible by integration' } }) }
      : {}),
    'POST /graphql': () => ({ json: { data: { viewer: { login: server.login } } }, headers: LIMITS }),
  };
}

function typeShape(name: string, all: readonly string[]): object {
  const id = all.indexOf(name) + 1;
  return { id, node_id: `IT_${id}`, name, description: null, is_enabled: true };
}

function problemIn(
  { assignees = [], type }: { assignees?: readonly string[]; type?: unknown },
  people: readonly string[],
  types: readonly string[],
): object | undefined {
  const stranger = assignees.find((name) => !people.includes(name));
  if (stranger !== undefined) return { value: stranger, resource: 'Issue', field: 'assignees', code: 'invalid' };
  if (typeof type === 'string' && !types.includes(type))
    return { value: type, resource: 'Issue', field: 'type', code: 'invalid' };
  return undefined;
}
