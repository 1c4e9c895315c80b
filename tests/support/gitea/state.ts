import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Asked, Handler, Routes } from '../loopback.ts';

export type Flavour = 'gitea' | 'forgejo';
export const ACCESS = ['none', 'read', 'write', 'owner'] as const;
export type Access = (typeof ACCESS)[number];

export interface GiteaOptions {
  readonly flavour?: Flavour;
  readonly path?: string;
  /** MAX_RESPONSE_ITEMS. */
  readonly maxItems?: number;
  /** The owner is an organisation. */
  readonly organisation?: boolean;
  /** The offset of the server's time zone, as it stands in times: `+02:00`. */
  readonly zone?: string;
  /** What the repository was called before: `acme/old-name`. */
  readonly formerly?: string;
  /** Before the server had an API for runs. */
  readonly withoutRuns?: boolean;
  /** The words of Gitea 1.27, which tells jobs that need others from those that something else holds up. */
  readonly newWords?: boolean;
  /** Further fields of the repository. */
  readonly repositoryFields?: Readonly<Record<string, unknown>>;
}

export interface UserRow {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly writes: boolean;
}

export interface LabelRow {
  id: number;
  name: string;
  color: string;
  description: string;
  exclusive: boolean;
  shared: boolean;
}

export interface MilestoneRow {
  id: number;
  title: string;
  description: string;
  state: 'open' | 'closed';
  due: number | null;
}

export interface CommentRow {
  id: number;
  body: string;
  userId: number;
  createdAt: number;
}

export interface EventRow {
  readonly id: number;
  readonly type: string;
  readonly userId: number;
  readonly createdAt: number;
}

export interface IssueRow {
  number: number;
  title: string;
  body: string;
  version: number;
  state: 'open' | 'closed';
  labelIds: number[];
  assigneeIds: number[];
  milestoneId: number;
  due: number | null;
  userId: number;
  createdAt: number;
  updatedAt: number;
  comments: CommentRow[];
  /** What the server has noted down: `close`, `reopen`. */
  events: EventRow[];
  locked: boolean;
  /** Numbers of the issues that it depends on. */
  dependsOn: number[];
  pull?: PullRow;
}

export interface PullRow {
  readonly head: string;
  readonly base: string;
  merged: boolean;
  reviewers: string[];
  /** In their order. */
  reviews?: ReviewRow[];
}

export interface ReviewRow {
  /** `undefined` for an account that is gone. */
  readonly login: string | undefined;
  readonly state: string;
  readonly sha: string;
  readonly dismissed?: boolean;
}

export interface StatusRow {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: string;
  readonly description: string;
  readonly targetUrl: string;
  readonly at: number;
}

export interface JobRow {
  id: number;
  name: string;
  /** success, failure, cancelled, skipped, waiting, running, blocked; `needs` for blocked by other jobs, `cancelling`. */
  status: string;
  runner: string;
}

export interface RunRow {
  id: number;
  number: number;
  sha: string;
  workflow: string;
  event: string;
  /** The name of the workflow, as it stands in statuses. */
  name: string;
  /** A person has to approve it before anything of it begins. */
  needsApproval: boolean;
  jobs: JobRow[];
  at: number;
}

export type State = ReturnType<typeof newState>;

const users: readonly UserRow[] = [
  { id: 1, login: 'pace-bot', name: '', writes: true },
  { id: 2, login: 'ada', name: 'Ada Lovelace', writes: true },
  { id: 3, login: 'grace', name: 'Grace Hopper', writes: true },
  { id: 4, login: 'mallory', name: 'Mallory', writes: false },
];

export function newState(options: GiteaOptions) {
  const { path = 'acme/pace-demo', flavour = 'gitea', maxItems = 50, zone = 'Z', organisation = true } = options;
  const [owner = '', name = ''] = path.split('/');
  let lastId = 1000;
  const state = {
    origin: '',
    flavour: flavour as Flavour,
    path,
    owner,
    name,
    maxItems,
    zone,
    formerly: options.formerly,
    /** The teams of the owner, by name, with the logins of their members. */
    teams: new Map<string, readonly string[]>(),
    organisation,
    withoutRuns: options.withoutRuns ?? false,
    newWords: options.newWords ?? false,
    repositoryFields: options.repositoryFields ?? {},
    defaultBranch: 'main',
    token: randomBytes(20).toString('hex'),
    /** `all`, or those that the token has. */
    scopes: ['all'] as string[],
    access: 'owner' as Access,
    dependencies: true,
    issuesEnabled: true,
    archived: false,
    /** How far the server's clock is ahead, in milliseconds. */
    ahead: 0,
    sha: '',
    users: [...users],
    labels: [] as LabelRow[],
    milestones: [] as MilestoneRow[],
    issues: [] as IssueRow[],
    statuses: [] as StatusRow[],
    runs: [] as RunRow[],
    variables: new Map<string, string>(),
    branches: new Map<string, string>(),
    /** Commit → the files of its tree. */
    commits: new Map<string, Map<string, string>>(),
    /** Commit → the login of its author, where its address belongs to one. */
    authors: new Map<string, string>(),
    nextId: () => ++lastId,
    /** Whole seconds, as the server keeps them. */
    time: () => Math.floor((Date.now() + state.ahead) / 1000),
    addCommit: (files: Readonly<Record<string, string>>, parent?: string) => {
      const tree = new Map([...(state.commits.get(parent ?? '') ?? []), ...Object.entries(files)]);
      const sha = sha1(`${++lastId} ${JSON.stringify(files)}`);
      state.commits.set(sha, tree);
      return sha;
    },
    webUrl: (rest: string) => `${state.origin}/${path}${rest}`,
  };
  state.sha = state.addCommit({ 'README.md': '# Demo\n' });
  state.branches.set(state.defaultBranch, state.sha);
  return state;
}

export function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** A moment in the server's zone. */
export function timeOf(state: State, seconds: number): string {
  if (state.zone === 'Z') return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
  const [, sign = '+', hours = '0'] = /^([+-])(\d\d):00$/.exec(state.zone) ?? [];
  const shift = Number(`${sign}${hours}`) * 3600;
  return `${new Date((seconds + shift) * 1000).toISOString().slice(0, 19)}${state.zone}`;
}

export interface Rule {
  /** `write:issue` … */
  readonly scope: string;
  readonly access?: Access;
  /** Whether it is about issues, which can be turned off. */
  readonly issues?: boolean;
}

/** Routes behind the door: token, repository, scope, access. */
export function guarded(state: State, table: Readonly<Record<string, readonly [Rule, Handler]>>): Routes {
  const routes = Object.entries(table).map(([route, [rule, handler]]) => {
    return [route, (asked: Asked) => refusalFor(state, rule, asked) ?? handler(asked)] as const;
  });
  return Object.fromEntries(routes);
}

function refusalFor(state: State, { scope, access = 'read', issues }: Rule, asked: Asked): Answer | undefined {
  const { headers, params, method } = asked;
  const given = headers['authorization'];
  if (given === undefined || given === 'token ') return refused(401, 'token is required');
  if (given !== `token ${state.token}`) return refused(401, 'user does not exist [uid: 0, name: ]');
  const { owner, repo } = params;
  if (state.formerly !== undefined && `${owner}/${repo}` === state.formerly) return redirected(state, asked);
  if (repo !== undefined && `${owner}/${repo}`.toLowerCase() !== state.path.toLowerCase()) return NOT_FOUND;
  if (!hasScope(state.scopes, scope)) {
    const words = `token does not have at least one of required scope(s), required=[${scope}], token scope=${state.scopes.join(',')}`;
    return refused(403, words);
  }
  if (repo === undefined) return undefined;
  if (state.access === 'none' || (issues && !state.issuesEnabled)) return NOT_FOUND;
  if (ACCESS.indexOf(state.access) < ACCESS.indexOf(access)) {
    return refused(
      403,
      access === 'owner'
        ? 'user should be an owner or a collaborator with admin write of a repository'
        : 'user should have a permission to write to a repo',
    );
  }
  return state.archived && method !== 'GET' ? refused(423, `repo is archived`) : undefined;
}

/** To the repository's name of now, with the method that it has. */
function redirected({ formerly, path }: State, asked: Asked): Answer {
  const to = asked.path.replace(`/repos/${formerly}`, `/repos/${path}`);
  return { status: 307, headers: { location: asked.query.size > 0 ? `${to}?${asked.query}` : to } };
}

function hasScope(scopes: readonly string[], wanted: string): boolean {
  return scopes.includes('all') || scopes.includes(wanted) || scopes.includes(wanted.replace(/^read:/, 'write:'));
}

export const NOT_FOUND = refused(404, "The target couldn't be found.");

export function refused(status: number, message: string): Answer {
  return { status, json: { message, url: 'https://gitea.example.org/api/swagger' } };
}

/** One page: the limit is cut without a word, Forgejo's links have the one that was asked for. */
export function page<Item>(
  state: State,
  asked: Asked,
  items: readonly Item[],
  show: (shown: Item[]) => unknown,
): Answer {
  const wanted = Number(asked.query.get('limit') ?? 30);
  const limit = Math.min(wanted, state.maxItems);
  const number = Math.max(1, Number(asked.query.get('page') ?? 1));
  const pages = Math.max(1, Math.ceil(items.length / limit));
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(asked.query);
    query.set('page', String(to));
    query.set('limit', String(state.flavour === 'forgejo' ? wanted : limit));
    return `<${asked.origin}${asked.path}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(number < pages ? [link(number + 1, 'next'), link(pages, 'last')] : []),
    ...(number > 1 ? [link(1, 'first'), link(number - 1, 'prev')] : []),
  ];
  return {
    json: show(items.slice((number - 1) * limit, number * limit)),
    headers: {
      'x-total-count': String(items.length),
      ...(links.length > 0 ? { link: links.join(',') } : {}),
    },
  };
}

export type Body = Readonly<Record<string, unknown>>;

export function bodyOf(asked: Asked): Body {
  return typeof asked.body === 'object' && asked.body !== null ? (asked.body as Body) : {};
}

export function userOf(state: State, id: number) {
  const user = state.users.find((each) => each.id === id);
  return user && { id: user.id, login: user.login, full_name: user.name, email: '', avatar_url: '', active: true };
}
