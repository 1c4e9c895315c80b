import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Asked, Handler, Routes } from '../loopback.ts';

export type Flavour = 'gitea' | 'forgejo';
export const ACCESS = ['none', 'read', 'write', 'owner'] as const;
export type Access = (typeof ACCESS)[number];

/**
 * `1.22`: what was measured at a Forgejo of November 2024, whose API calls itself gitea-1.22. `newer`: Gitea since 1.26 counts the
 * changes of a text; both have an API for runs of Actions.
 */
export type Release = '1.22' | 'newer';

export interface GiteaOptions {
  readonly flavour?: Flavour;
  readonly release?: Release;
  readonly path?: string;
  /** MAX_RESPONSE_ITEMS. */
  readonly maxItems?: number;
  /** The owner is an organisation. */
  readonly organisation?: boolean;
  /** The offset of the server's time zone, as it stands in times (`+02:00`), or its name: `Europe/Berlin`. */
  readonly zone?: string;
  /** What the repository was called before: `acme/old-name`. */
  readonly formerly?: string;
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
  const { release = '1.22' } = options;
  const [owner = '', name = ''] = path.split('/');
  let lastId = 1000;
  const state = {
    origin: '',
    flavour: flavour as Flavour,
    release: release as Release,
    path,
    owner,
    name,
    maxItems,
    zone,
    formerly: options.formerly,
    /** The teams of the owner, by name, with the logins of their members. */
    teams: new Map<string, readonly string[]>(),
    organisation,
    newWords: options.newWords ?? false,
    repositoryFields: options.repositoryFields ?? {},
    defaultBranch: 'main',
    token: randomBytes(20).toString('hex'),
    /** `all`, or those that the token has. */
    scopes: ['all'] as string[],
    access: 'owner' as Access,
    /** Everybody may read it then. */
    isPublic: false,
    /** What a refusal for want of a right looks like: some say nothing, and what stands before the server has pages of its own. */
    forbidden: 'json' as 'json' | 'empty' | 'page',
    /** How many of the next changes of a text meet another one that is under way. */
    collisions: 0,
    /** The owner is an organisation that the token's user may not see. */
    organisationHidden: false,
    dependencies: true,
    issuesEnabled: true,
    archived: false,
    /** When the repository was made, in seconds: in the depth of a winter. */
    createdAt: Date.parse('2024-01-15T12:00:00Z') / 1000,
    /** How far the server's clock is ahead, in milliseconds. */
    ahead: 0,
    sha: '',
    users: [...users],
    labels: [] as LabelRow[],
    milestones: [] as MilestoneRow[],
    issues: [] as IssueRow[],
    /** Their numbers are not given again. */
    deleted: 0,
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
  const offset = state.zone.includes('/') ? offsetIn(state.zone, seconds) : state.zone;
  const shift = offset === 'Z' ? 0 : shiftOf(offset);
  return `${new Date((seconds + shift) * 1000).toISOString().slice(0, 19)}${offset}`;
}

function offsetIn(timeZone: string, seconds: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(seconds * 1000);
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || 'Z';
}

/** In seconds. */
function shiftOf(offset: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** The last second of the day that is named, in the zone in which it is named. */
export function endOfDay(time: string): number {
  const [, day = '', offset = 'Z'] = /^(\d{4}-\d\d-\d\d)T.*?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  return Date.parse(`${day}T23:59:59${offset}`) / 1000;
}

export interface Rule {
  /** `write:issue` … */
  readonly scope: string;
  readonly access?: Access;
  /** Whether it is about issues, which can be turned off. */
  readonly issues?: boolean;
  /** The archive does not keep it from being written. */
  readonly inArchive?: boolean;
}

/** Routes behind the door: token, repository, scope, access. */
export function guarded(state: State, table: Readonly<Record<string, readonly [Rule, Handler]>>): Routes {
  const routes = Object.entries(table).map(([route, [rule, handler]]) => {
    return [route, (asked: Asked) => refusalFor(state, rule, asked) ?? handler(asked)] as const;
  });
  return Object.fromEntries(routes);
}

function refusalFor(state: State, rule: Rule, asked: Asked): Answer | undefined {
  const { scope, access = 'read', issues, inArchive } = rule;
  const { headers, params, method } = asked;
  const given = headers['authorization'];
  const { owner, repo } = params;
  const isAnonymous = given === undefined || given === 'token ';
  // what is private is not there for a stranger
  if (isAnonymous && repo !== undefined && !state.isPublic) return NOT_FOUND;
  if (isAnonymous) return refused(401, 'token is required');
  if (given !== `token ${state.token}`) return refused(401, 'user does not exist [uid: 0, name: ]');
  if (state.formerly !== undefined && `${owner}/${repo}` === state.formerly) return redirected(state, asked);
  if (repo !== undefined && `${owner}/${repo}`.toLowerCase() !== state.path.toLowerCase()) return NOT_FOUND;
  if (!hasScope(state.scopes, scope)) {
    const words = `token does not have at least one of required scope(s), required=[${scope}], token scope=${state.scopes.join(',')}`;
    return refused(403, words);
  }
  if (repo === undefined) return undefined;
  // who owns it opens issues all the same
  const isOff = issues && !state.issuesEnabled && !(state.access === 'owner' && method === 'POST');
  if (state.access === 'none' || isOff) return NOT_FOUND;
  if (ACCESS.indexOf(state.access) < ACCESS.indexOf(access)) {
    return forbidden(
      state,
      access === 'owner'
        ? 'user should be an owner or a collaborator with admin write of a repository'
        : 'user should have a permission to write to a repo',
    );
  }
  return state.archived && method !== 'GET' && !inArchive ? refused(423, `repo is archived`) : undefined;
}

export function forbidden({ forbidden: form }: State, words: string): Answer {
  if (form === 'empty') return { status: 403 };
  const text = '<!DOCTYPE html><html><title>403 Forbidden</title></html>';
  if (form === 'page') return { status: 403, text, headers: { 'content-type': 'text/html' } };
  return refused(403, words);
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
    // past the end there are none
    ...(number > 1 && number <= pages ? [link(1, 'first'), link(number - 1, 'prev')] : []),
  ];
  return {
    json: show(items.slice((number - 1) * limit, number * limit)),
    headers: {
      'x-total-count': String(items.length),
      ...(links.length > 0 ? { link: links.join(',') } : {}),
    },
  };
}

/** One page of a list that tells how much there is, and not where the next page is. */
export function pageWithoutLinks<Item>(
  state: State,
  asked: Asked,
  items: readonly Item[],
  show: (shown: Item[]) => unknown,
): Answer {
  const { headers = {}, ...answer } = page(state, asked, items, show);
  const { link: _, ...told } = headers;
  return { ...answer, headers: told };
}

export type Body = Readonly<Record<string, unknown>>;

export function bodyOf(asked: Asked): Body {
  return typeof asked.body === 'object' && asked.body !== null ? (asked.body as Body) : {};
}

export function userOf(state: State, id: number) {
  const user = state.users.find((each) => each.id === id);
  return user && { id: user.id, login: user.login, full_name: user.name, email: '', avatar_url: '', active: true };
}
