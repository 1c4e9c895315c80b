/**
 * A GitHub on 127.0.0.1: the stateful `emulate` package behind a server of ours, which adds what it lacks: check runs with
 * pages, commit statuses, workflow runs and their jobs, Actions variables, ETags and rate-limit headers.
 */
import { createEmulator } from 'emulate';
import { type IssueOptions, issueRoutes } from './github/issues.ts';
import { createMoves } from './github/moves.ts';
import {
  BAD_CREDENTIALS,
  invalid,
  LIMITS,
  NO_COMMIT,
  NOT_FOUND,
  page,
  paged,
  rejectedByRealGitHub,
  statusProblem,
} from './github-answers.ts';
import {
  type CheckToShow,
  checkRunShape,
  combinedStatusShape,
  commitShape,
  type DeploymentToShow,
  deploymentShape,
  type JobToShow,
  jobShape,
  type ReviewToShow,
  type RunToShow,
  reviewShape,
  runShape,
  type StatusToShow,
  statusShape,
  suiteShape,
  userShape,
} from './github-shapes.ts';
import { type Answer, type Asked, type Loopback, loopback, type RecordedExchange, type Routes } from './loopback.ts';

export type {
  CheckToShow,
  DeploymentToShow,
  JobToShow,
  ReviewToShow,
  RunToShow,
  StatusToShow,
} from './github-shapes.ts';

export interface GitHubOptions extends IssueOptions {
  /** `octo-org/octo-repo` when absent. */
  readonly repository?: string;
  /** Further repositories of the same owner. */
  readonly others?: readonly string[];
  /** The name that the repository had before. */
  readonly formerly?: string;
  /** Whose token it is. A workflow's own token belongs to `github-actions[bot]`. */
  readonly login?: string;
  /** Known people besides. */
  readonly people?: readonly string[];
  /** One whose prefix tells another kind; an installation token when absent. */
  readonly token?: string;
  /** The sha under which the first commit of `main` is known, e.g. that of a real checkout. */
  readonly sha?: string;
}

export interface GitHub {
  /** Also the API's base URL. */
  readonly origin: string;
  readonly token: string;
  readonly repository: string;
  /** The first commit, on `main`. */
  readonly sha: string;
  readonly missingSha: string;
  readonly exchanges: RecordedExchange[];
  /** Those that our own server has answered: strictly valid. The others carry `x-emulated`. */
  ownExchanges(): RecordedExchange[];
  emulatedExchanges(): RecordedExchange[];
  readonly variables: Map<string, string>;
  readonly trouble: Loopback['trouble'];
  /** Puts a commit on a branch (made where it is missing); `sha` gives it a name of its own. Returns its sha. */
  addCommit(options?: {
    sha?: string;
    branch?: string;
    files?: Record<string, string>;
    message?: string;
  }): Promise<string>;
  /** Replaces all check runs of the commit. Ids count up from 1000 where none is given. */
  setChecks(sha: string, checks: readonly CheckToShow[]): void;
  /** Replaces all commit statuses, also those that came by POST. */
  setStatuses(sha: string, statuses: readonly StatusToShow[]): void;
  /** The newest status of each context. */
  statuses(sha: string): (StatusToShow & { id: number })[];
  /** Makes these the reviews of the pull request, in their order. */
  setReviews(pull: number, reviews: readonly ReviewToShow[]): void;
  /** Whose account the author of the commit has: see `commitShape`. */
  setAuthor(sha: string, login: string): void;
  setRuns(sha: string, runs: readonly RunToShow[]): void;
  /** What the run waits for before it deploys. */
  setPendingDeployments(run: number, deployments: readonly DeploymentToShow[]): void;
  setJobs(run: number, jobs: readonly JobToShow[], attempt?: number): void;
  /** As if a person had transferred the issue to another repository of the same owner. Returns its number there. */
  transfer(number: number, repository: string): Promise<number>;
  /** A request in the name of the token, past the record; throws unless it is answered 2xx. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

type Forwarded = Pick<Asked, 'method' | 'path' | 'query' | 'body' | 'headers'>;
type StoredCheck = CheckToShow & { id: number };
type StoredStatus = StatusToShow & { id: number; at: string };

/** Suites above this number are cut from the list of check runs. */
const SUITES_LISTED = 1000;

const REQUESTS_OF_A_TOKEN = 4500;

/** The token itself, and what the emulator knows its owner by later on. */
function innerTokens(token: string): string[] {
  return [token, ...Array.from({ length: 9 }, (_, index) => `${token}${index + 1}`)];
}

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const { repository = 'octo-org/octo-repo', login = 'octocat', others = [], people = [] } = options;
  const [owner = '', name = ''] = repository.split('/');
  const { token = 'ghs_loopbackTokenOfNoWorth0123456789' } = options;
  const logins = [...new Set([login, ...people])];
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(innerTokens(token).map((each) => [each, { login, scopes: ['repo', 'workflow'] }])),
      github: {
        users: logins.map((person) => ({ login: person, name: person, email: `${person}@example.org` })),
        orgs: [{ login: owner, members: logins.map((member) => ({ login: member, role: 'admin' })) }],
        repos: [name, ...others].map((repo) => ({ owner, name: repo, default_branch: 'main' })),
      },
    },
  });
  const inner = `http://127.0.0.1:${new URL(emulator.url).port}`;
  const renamed = new Map<string, string>();
  const checks = new Map<string, StoredCheck[]>();
  const statuses = new Map<string, StoredStatus[]>();
  const runs = new Map<string, RunToShow[]>();
  const jobs = new Map<string, JobToShow[]>();
  const pendingDeployments = new Map<string, readonly DeploymentToShow[]>();
  const reviews = new Map<number, (ReviewToShow & { id: number })[]>();
  const authors = new Map<string, string>();
  const variables = new Map<string, string>();
  let nextId = 1000;
  let statusTime = Date.parse('2026-03-02T08:10:00Z');

  // the emulator looks at an issue before it has read the whole request: GitHub itself loses nothing so
  let lastWrite: Promise<unknown> = Promise.resolve();
  function forward(asked: Forwarded): Promise<Answer> {
    if (asked.method === 'GET') return forwarded(asked);
    const write = lastWrite.then(() => forwarded(asked));
    lastWrite = write.catch(() => undefined);
    return write;
  }
  let forwards = 0;
  /** The emulator lets a token ask 5,000 times: whoever has the right one goes on with the next. */
  function innerAuthorization({ authorization = '' }: Asked['headers']): string {
    if (!authorization.endsWith(token)) return authorization;
    const next = innerTokens(token)[Math.floor(forwards / REQUESTS_OF_A_TOKEN)] ?? token;
    forwards += 1;
    return authorization.replace(token, next);
  }
  async function forwarded(asked: Forwarded): Promise<Answer> {
    const query = asked.query.size > 0 ? `?${asked.query}` : '';
    const body = asked.body === undefined ? undefined : toInner(JSON.stringify(asked.body));
    const response = await fetch(`${inner}${toInner(asked.path)}${query}`, {
      method: asked.method,
      headers: { authorization: innerAuthorization(asked.headers), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    });
    const text = toOuter(await response.text());
    const link = response.headers.get('link');
    const headers = { 'x-emulated': '1', ...(link ? { link: toOuter(link) } : {}) };
    return { status: response.status, headers, ...(text === '' ? {} : { json: JSON.parse(text) as unknown }) };
  }
  function toInner(text: string): string {
    return [...renamed].reduce((changed, [outer, real]) => changed.replaceAll(outer, real), text);
  }
  function toOuter(text: string): string {
    const located = text.replaceAll(emulator.url, server.origin).replaceAll(inner, server.origin);
    return [...renamed].reduce((changed, [outer, real]) => changed.replaceAll(real, outer), located);
  }
  async function api(method: string, path: string, body?: unknown): Promise<unknown> {
    const [pathname = '', search = ''] = path.split('?');
    const headers = { authorization: `Bearer ${token}` };
    const answer = await forward({ method, path: pathname, query: new URLSearchParams(search), body, headers });
    if ((answer.status ?? 200) >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
    return answer.json;
  }

  const known = new Set<string>();
  async function isKnown({ params, headers }: Asked): Promise<boolean> {
    const sha = params['sha'] ?? '';
    if (known.has(sha)) return true;
    const path = `/repos/${params['owner']}/${params['repo']}/git/commits/${sha}`;
    const found = await forward({ method: 'GET', path, query: new URLSearchParams(), body: undefined, headers });
    if (found.status === 200) known.add(sha);
    return found.status === 200;
  }

  /** The rest of the checks of the caller: credentials, repository, commit. */
  function about(
    handler: (asked: Asked, place: { origin: string; repository: string; sha: string }) => Answer | Promise<Answer>,
    unknownSha?: Answer,
  ): (asked: Asked) => Promise<Answer> {
    return async (asked) => {
      if (!asked.headers['authorization']?.endsWith(token)) return BAD_CREDENTIALS;
      const full = `${asked.params['owner']}/${asked.params['repo']}`;
      if (full !== repository && !others.includes(asked.params['repo'] ?? '')) return NOT_FOUND;
      if (unknownSha && !(await isKnown(asked))) return unknownSha;
      return handler(asked, { origin: asked.origin, repository: full, sha: asked.params['sha'] ?? '' });
    };
  }

  const routes: Routes = {
    'GET /repos/:owner/:repo/commits/:sha/check-runs': about((asked, place) => {
      const all = checks.get(place.sha) ?? [];
      const suites = [...new Set(all.map((check) => check.suite ?? 1))].sort((a, b) => b - a).slice(0, SUITES_LISTED);
      const listed = all.filter((check) => suites.includes(check.suite ?? 1));
      return paged(asked, listed, 'check_runs', (check) => checkRunShape(place, check));
    }, NO_COMMIT),
    'GET /repos/:owner/:repo/commits/:sha/check-suites': about((asked, place) => {
      const counts = new Map<number, number>();
      for (const { suite = 1 } of checks.get(place.sha) ?? []) counts.set(suite, (counts.get(suite) ?? 0) + 1);
      const suites = [...counts].map(([id, count]) => ({ id, count }));
      return paged(asked, suites, 'check_suites', (suite) => suiteShape(place, suite));
    }, NO_COMMIT),
    'GET /repos/:owner/:repo/check-suites/:id/check-runs': about((asked, place) => {
      for (const [sha, all] of checks) {
        const inSuite = all.filter((check) => String(check.suite ?? 1) === asked.params['id']);
        if (inSuite.length > 0)
          return paged(asked, inSuite, 'check_runs', (check) => checkRunShape({ ...place, sha }, check));
      }
      return NOT_FOUND;
    }),
    'GET /repos/:owner/:repo/commits/:sha': about(
      (_, place) => ({ json: commitShape(place, authors.get(place.sha) ?? null), headers: LIMITS }),
      NO_COMMIT,
    ),
    // the emulator keeps the head that a pull request was opened with
    'GET /repos/:owner/:repo/pulls/:number': async (asked) => {
      const answer = await passOn(asked);
      const pull = answer.json as { head?: { ref: string; sha: string } };
      if (answer.status !== 200 || !pull.head) return answer;
      const path = `/repos/${asked.params['owner']}/${asked.params['repo']}/git/matching-refs/heads/${pull.head.ref}`;
      const found = (await forward({ ...asked, path })).json as { ref: string; object: { sha: string } }[];
      const branch = found.find(({ ref }) => ref === `refs/heads/${pull.head?.ref}`);
      return { ...answer, json: { ...pull, head: { ...pull.head, sha: branch?.object.sha ?? pull.head.sha } } };
    },
    'GET /repos/:owner/:repo/pulls/:number/reviews': about(async (asked, place) => {
      const number = Number(asked.params['number']);
      const pull = await forward({ ...asked, path: `/repos/${place.repository}/pulls/${number}` });
      if (pull.status !== 200) return NOT_FOUND;
      const found = reviews.get(number) ?? [];
      const { items, headers } = page(asked, found);
      return { json: items.map((review) => reviewShape(place, number, review)), headers };
    }),
    'GET /repos/:owner/:repo/commits/:sha/status': about((asked, place) => {
      const newest = newestByContext(statuses.get(place.sha) ?? []);
      const { items, headers } = page(asked, newest);
      const shapes = items.map((status) => statusShape(place, status));
      return { json: combinedStatusShape(place, shapes, newest.length), headers };
    }, NOT_FOUND),
    'GET /repos/:owner/:repo/commits/:sha/statuses': about((asked, place) => {
      const { items, headers } = page(asked, (statuses.get(place.sha) ?? []).toReversed());
      const creator = userShape(place.origin, login);
      return { json: items.map((status) => ({ ...statusShape(place, status), creator })), headers };
    }, NO_COMMIT),
    'POST /repos/:owner/:repo/statuses/:sha': about((asked, place) => {
      const problem = statusProblem(asked.body);
      if (problem) return invalid(problem);
      const given = asked.body as StatusToShow;
      statusTime += 1000;
      const status = { ...given, id: nextId++, at: new Date(statusTime).toISOString().replace('.000', '') };
      statuses.set(place.sha, [...(statuses.get(place.sha) ?? []), status]);
      const creator = userShape(place.origin, login);
      return { status: 201, json: { ...statusShape(place, status), creator }, headers: LIMITS };
    }, NO_COMMIT),
    'GET /repos/:owner/:repo/actions/runs': about((asked, place) => {
      const sha = asked.query.get('head_sha') ?? '';
      return paged(asked, runs.get(sha) ?? [], 'workflow_runs', (run) =>
        runShape({ ...place, sha }, endedAs(run, sha)),
      );
    }),
    'GET /repos/:owner/:repo/actions/runs/:run/pending_deployments': about((asked, place) => {
      const found = pendingDeployments.get(asked.params['run'] ?? '') ?? [];
      return { json: found.map((deployment) => deploymentShape(place, deployment)), headers: LIMITS };
    }),
    'GET /repos/:owner/:repo/actions/runs/:run/attempts/:attempt/jobs': about((asked, place) => {
      const found = jobs.get(`${asked.params['run']}/${asked.params['attempt']}`);
      if (!found) return NOT_FOUND;
      const run = Number(asked.params['run']);
      return paged(asked, found, 'jobs', (job) => jobShape({ ...place, sha: first }, run, job));
    }),
    'GET /repos/:owner/:repo/actions/variables': about((asked) => {
      const at = '2026-03-02T08:00:00Z';
      return paged(asked, [...variables], 'variables', ([key, value]) => ({
        name: key,
        value,
        created_at: at,
        updated_at: at,
      }));
    }),
    'GET /repos/:owner/:repo/rules/branches/:branch': about(() => ({ json: [], headers: LIMITS })),
    'GET /repos/:owner/:repo/actions/variables/:name': about(({ params }) => {
      const value = variables.get(params['name'] ?? '');
      if (value === undefined) return NOT_FOUND;
      const at = '2026-03-02T08:00:00Z';
      return { json: { name: params['name'], value, created_at: at, updated_at: at }, headers: LIMITS };
    }),
    'PATCH /repos/:owner/:repo/actions/variables/:name': about(({ params, body }) => {
      if (!variables.has(params['name'] ?? '')) return NOT_FOUND;
      variables.set(params['name'] ?? '', (body as { value: string }).value);
      return { status: 204, headers: LIMITS };
    }),
    'POST /repos/:owner/:repo/actions/variables': about(({ body }) => {
      const variable = body as { name: string; value: string };
      if (variables.has(variable.name))
        return { status: 409, json: { message: 'Already exists - Variable already exists' } };
      variables.set(variable.name, variable.value);
      return { status: 201, json: {}, headers: LIMITS };
    }),
    ...issueRoutes(
      {
        login,
        people: logins,
        forward,
        about: (handler) =>
          about((asked) => {
            const problem = rejectedByRealGitHub(asked);
            return problem ? invalid(problem) : handler(asked);
          }),
      },
      options,
    ),
    ...Object.fromEntries(['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].map((method) => [`${method} /:rest*`, passOn])),
  };

  async function passOn(asked: Asked): Promise<Answer> {
    if (!asked.headers['authorization']?.endsWith(token)) return BAD_CREDENTIALS;
    const problem = rejectedByRealGitHub(asked);
    if (problem) return invalid(problem);
    const answer = await forward(asked);
    return { ...answer, headers: { ...LIMITS, ...answer.headers } };
  }

  /** A run in which a job has failed has failed, unless that was allowed. */
  function endedAs(run: RunToShow, sha: string): RunToShow {
    const jobs = (checks.get(sha) ?? []).filter(({ suite = 1 }) => suite === (run.suite ?? run.id));
    const hasFailed = jobs.some(({ conclusion, allowed }) => conclusion === 'failure' && !allowed);
    return run.conclusion === 'success' && hasFailed ? { ...run, conclusion: 'failure' } : run;
  }

  const moves = createMoves([repository, ...others.map((other) => `${owner}/${other}`)], options.formerly);
  const server = await loopback(moves.around(routes), { etags: true });
  const main = (await api('GET', `/repos/${repository}/git/matching-refs/heads/main`)) as { object: { sha: string } }[];
  const realFirst = main[0]?.object.sha ?? '';
  const first = options.sha ?? realFirst;
  if (first !== realFirst) renamed.set(first, realFirst);

  return {
    origin: server.origin,
    token,
    repository,
    sha: first,
    missingSha: 'dead'.repeat(10),
    exchanges: server.exchanges,
    ownExchanges: () => server.exchanges.filter(({ answer }) => answer.headers?.['x-emulated'] === undefined),
    emulatedExchanges: () => server.exchanges.filter(({ answer }) => answer.headers?.['x-emulated'] !== undefined),
    variables,
    trouble: server.trouble,
    addCommit: async ({ sha, branch = 'main', files = {}, message = 'A change' } = {}) => {
      const at = `/repos/${repository}/git`;
      const reference = (await api('GET', `${at}/matching-refs/heads/${branch}`)) as { object: { sha: string } }[];
      const parent = reference[0]?.object.sha ?? first;
      const before = (await api('GET', `${at}/commits/${parent}`)) as { tree: { sha: string } };
      const entries = Object.entries({ [`${nextId++}.txt`]: 'x', ...files });
      const tree = (await api('POST', `${at}/trees`, {
        base_tree: before.tree.sha,
        tree: entries.map(([path, content]) => ({ path, content, mode: '100644', type: 'blob' })),
      })) as { sha: string };
      const commit = (await api('POST', `${at}/commits`, { message, tree: tree.sha, parents: [parent] })) as {
        sha: string;
      };
      if (reference[0]) await api('PATCH', `${at}/refs/heads/${branch}`, { sha: commit.sha });
      else await api('POST', `${at}/refs`, { ref: `refs/heads/${branch}`, sha: commit.sha });
      if (sha !== undefined) renamed.set(sha, commit.sha);
      return sha ?? commit.sha;
    },
    setChecks: (sha, wanted) =>
      void checks.set(
        sha,
        wanted.map((check) => ({ ...check, id: check.id ?? nextId++ })),
      ),
    setStatuses: (sha, wanted) =>
      void statuses.set(
        sha,
        wanted.map((status) => ({ ...status, id: nextId++, at: '2026-03-02T08:05:00Z' })),
      ),
    statuses: (sha) => newestByContext(statuses.get(sha) ?? []),
    setReviews: (pull, wanted) =>
      void reviews.set(
        pull,
        wanted.map((review) => ({ ...review, id: nextId++ })),
      ),
    setAuthor: (sha, author) => void authors.set(sha, author),
    setRuns: (sha, wanted) => void runs.set(sha, [...wanted]),
    setPendingDeployments: (run, wanted) => void pendingDeployments.set(String(run), wanted),
    setJobs: (run, wanted, attempt = 1) => void jobs.set(`${run}/${attempt}`, [...wanted]),
    transfer: async (number, to) => {
      const [from, there] = [`/repos/${repository}/issues/${number}`, `/repos/${owner}/${to}/issues`];
      const { title, body, state, labels } = (await api('GET', from)) as Record<string, unknown>;
      const names = (labels as { name: string }[]).map(({ name: label }) => label);
      const made = (await api('POST', there, { title, body, labels: names })) as { number: number };
      if (state === 'closed') await api('PATCH', `${there}/${made.number}`, { state });
      for (const comment of (await api('GET', `${from}/comments?per_page=100`)) as { body: string }[])
        await api('POST', `${there}/${made.number}/comments`, { body: comment.body });
      moves.moved(from, `${there}/${made.number}`);
      return made.number;
    },
    api,
    close: async () => {
      await server.close();
      await emulator.close();
    },
  };
}

function newestByContext(all: readonly StoredStatus[]): StoredStatus[] {
  return [...new Map(all.map((status) => [status.context, status])).values()];
}
