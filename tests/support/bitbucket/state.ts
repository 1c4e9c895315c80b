import { createHash } from 'node:crypto';
import type { Answer, Asked, Handler, Routes } from '../loopback.ts';

export interface BitbucketOptions {
  readonly repository?: string;
  /** What the token is; both kinds are accepted, each in its own way. */
  readonly credential?: 'api-token' | 'access-token';
  /** All that PACE needs when absent. */
  readonly scopes?: readonly string[];
  /** Entries of a page, whatever is asked for. */
  readonly pageSize?: number;
  /** Pipelines has never been turned on. */
  readonly withoutPipelines?: boolean;
  readonly now?: () => number;
}

export interface StatusRow {
  readonly sha: string;
  readonly key: string;
  state: string;
  name: string;
  description: string;
  url: string;
  readonly refname: string | null;
  readonly createdOn: string;
  updatedOn: string;
}

export interface StepRow {
  readonly uuid: string;
  readonly name?: string;
  readonly state: object;
  readonly runNumber: number;
  readonly manual: boolean;
  readonly startedOn?: string;
  readonly completedOn?: string;
}

export interface PipelineRow {
  readonly uuid: string;
  readonly number: number;
  readonly sha: string;
  readonly target: object;
  state: object;
  steps: StepRow[];
  readonly createdOn: string;
}

export interface CommentRow {
  readonly id: number;
  raw: string;
  deleted: boolean;
  /** Another person's cannot be edited. */
  readonly own: boolean;
}

export interface RequestRow {
  readonly id: number;
  title: string;
  description: string;
  state: string;
  readonly branch: string;
  readonly base: string;
  /** The fork it comes from, where it does. */
  readonly source?: string;
  reviewers: string[];
  readonly closeSourceBranch: boolean;
  readonly createdOn: string;
  readonly comments: CommentRow[];
  /** Its commits before the head, newest first. */
  readonly earlier: string[];
}

export interface VariableRow {
  readonly uuid: string;
  readonly key: string;
  value: string;
  secured: boolean;
}

export interface State {
  origin: string;
  readonly repository: string;
  readonly email: string;
  readonly token: string;
  readonly credential: 'api-token' | 'access-token';
  readonly scopes: readonly string[];
  readonly pageSize: number;
  readonly withoutPipelines: boolean;
  readonly commits: Map<string, Map<string, string>>;
  readonly branches: Map<string, string>;
  readonly statuses: StatusRow[];
  readonly pipelines: PipelineRow[];
  readonly requests: RequestRow[];
  readonly variables: VariableRow[];
  /** By UUID; `false` for an account that has been closed. */
  readonly users: Map<string, { readonly accountId: string; readonly active: boolean }>;
  nextId(): number;
  time(): string;
  uuid(): string;
  addCommit(files: Readonly<Record<string, string>>, from?: string): string;
}

export const ME = '{11111111-0000-4000-8000-000000000001}';
export const ADA = '{22222222-0000-4000-8000-000000000002}';
export const GONE = '{33333333-0000-4000-8000-000000000003}';

const API_SCOPES = [
  'read:repository:bitbucket',
  'write:repository:bitbucket',
  'read:pullrequest:bitbucket',
  'write:pullrequest:bitbucket',
  'read:pipeline:bitbucket',
  'admin:pipeline:bitbucket',
];
const ACCESS_SCOPES = ['repository:write', 'pullrequest:write', 'pipeline:variable'];

export function newState(options: BitbucketOptions): State {
  const {
    repository = 'acme/demo',
    credential = 'api-token',
    now = () => Date.parse('2026-03-02T08:00:00Z'),
  } = options;
  let ids = 0;
  let ticks = 0;
  const nextId = () => ++ids;
  const commits = new Map<string, Map<string, string>>();
  const branches = new Map<string, string>();
  const addCommit: State['addCommit'] = (files, from) => {
    const sha = createHash('sha1').update(`commit ${nextId()}`).digest('hex');
    commits.set(sha, new Map([...(commits.get(from ?? '') ?? []), ...Object.entries(files)]));
    return sha;
  };
  branches.set('main', addCommit({ 'README.md': '# Demo\n' }));
  return {
    origin: '',
    repository,
    credential,
    email: 'ada@example.org',
    token: credential === 'api-token' ? 'ATATT3xFfGF0secret' : 'ATCTT3xFfGN0secret',
    scopes: options.scopes ?? (credential === 'api-token' ? API_SCOPES : ACCESS_SCOPES),
    pageSize: options.pageSize ?? 100,
    withoutPipelines: options.withoutPipelines ?? false,
    commits,
    branches,
    statuses: [],
    pipelines: [],
    requests: [],
    variables: [],
    users: new Map([
      [ME, { accountId: '5b10a2844c20165700ede21a', active: true }],
      [ADA, { accountId: '557058:22222222-0000-4000-8000-000000000002', active: true }],
      [GONE, { accountId: '5b10a2844c20165700ede21c', active: false }],
    ]),
    nextId,
    time: () => new Date(now() + ++ticks).toISOString().replace('Z', '000+00:00'),
    uuid: () => `{${nextId().toString(16).padStart(8, '0')}-0000-4000-8000-000000000000}`,
    addCommit,
  };
}

/** https://developer.atlassian.com/cloud/bitbucket/rest/intro/#standardized-error-responses */
export function refused(status: number, message: string, more: object = {}): Answer {
  return { status, json: { type: 'error', error: { message, ...more } } };
}

/** What a route needs of an API token; an access token needs the same in its own words. */
export type Guarded = Readonly<Record<string, readonly [readonly string[], Handler]>>;

/** The routes below `/2.0/repositories/:workspace/:slug`, each for those who may. */
export function guarded(state: State, routes: Guarded): Routes {
  return Object.fromEntries(
    Object.entries(routes).map(([route, [needs, handler]]) => {
      const [method, path] = route.split(' ');
      return [
        `${method} /2.0/repositories/:workspace/:slug${path}`,
        (asked: Asked) => entered(state, needs, handler, asked),
      ];
    }),
  );
}

export async function entered(state: State, needs: readonly string[], handler: Handler, asked: Asked): Promise<Answer> {
  if (asked.headers['authorization'] !== authorizationOf(state))
    return refused(401, 'Token is invalid, expired, or not supported for this endpoint.');
  const { workspace, slug } = asked.params;
  if (slug !== undefined && `${workspace}/${slug}`.toLowerCase() !== state.repository.toLowerCase())
    return refused(404, 'Repository not found');
  const required = needs.map((need) => (state.credential === 'api-token' ? need : plain(need)));
  const lacking = required.filter((scope) => !state.scopes.some((has) => has === scope || includes(has, scope)));
  const headers = { 'x-oauth-scopes': state.scopes.join(', '), 'x-accepted-oauth-scopes': required.join(', ') };
  const words = 'Your credentials lack one or more required privilege scopes.';
  const answer =
    lacking.length > 0
      ? refused(403, words, { detail: { required: lacking, granted: state.scopes } })
      : await handler(asked);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function authorizationOf({ credential, email, token }: State): string {
  if (credential === 'access-token') return `Bearer ${token}`;
  return `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
}

/** `write:repository:bitbucket` → `repository:write` */
function plain(scope: string): string {
  const [verb = '', what = ''] = scope.split(':');
  if (verb === 'read') return what;
  return verb === 'admin' && what === 'pipeline' ? 'pipeline:variable' : `${what}:${verb}`;
}

function includes(has: string, wanted: string): boolean {
  return !wanted.includes(':') && has.startsWith(`${wanted}:`);
}

/** A page with a link to the next one; lists of Pipelines have none. */
export function page<Row>(
  state: State,
  asked: Asked,
  rows: readonly Row[],
  show: (row: Row) => object,
  links = true,
): Answer {
  const wanted = Number(asked.query.get('pagelen') ?? 10);
  const most = asked.path.endsWith('/pullrequests') ? 50 : 100;
  if (wanted > most) return refused(400, 'Invalid pagelen');
  const pagelen = Math.min(wanted, state.pageSize);
  const number = Number(asked.query.get('page') ?? 1);
  const values = rows.slice((number - 1) * pagelen, number * pagelen).map(show);
  const next = new URL(`https://api.bitbucket.org${asked.path}?${asked.query}`);
  next.searchParams.set('page', String(number + 1));
  const hasMore = number * pagelen < rows.length;
  return {
    json: { values, page: number, pagelen, size: rows.length, ...(links && hasMore ? { next: next.href } : {}) },
  };
}

export function bodyOf(asked: Asked): Record<string, unknown> {
  return typeof asked.body === 'object' && asked.body !== null ? (asked.body as Record<string, unknown>) : {};
}

export function link(href: string) {
  return { href };
}
