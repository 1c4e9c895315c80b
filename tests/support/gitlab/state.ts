import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Asked, Handler, Routes } from '../loopback.ts';

export const ROLES = ['none', 'Guest', 'Reporter', 'Developer', 'Maintainer', 'Owner'] as const;
export type Role = (typeof ROLES)[number];

export interface GitLabOptions {
  readonly path?: string;
  /** The path of the second project. */
  readonly elsewhere?: string;
  /** Of the token. */
  readonly role?: Role;
  readonly scope?: 'api' | 'read_api';
  /** The project allows job tokens to read jobs (fine-grained permissions). */
  readonly jobTokenReadsJobs?: boolean;
  readonly now?: () => number;
  /** Further fields of the project, e.g. `issues_access_level`. */
  readonly projectFields?: Readonly<Record<string, unknown>>;
  /** When the token expires, `YYYY-MM-DD`. */
  readonly tokenExpires?: string;
  /** Weights, several assignees, links that block, epics and iterations. */
  readonly premium?: boolean;
}

export interface StatusRow {
  id: number;
  sha: string;
  name: string;
  status: string;
  stage: string;
  kind: 'job' | 'bridge' | 'external';
  ref: string;
  pipelineId: number;
  allowFailure: boolean;
  downstream: number | undefined;
  retried: boolean;
  targetUrl: string | null;
  description: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

export interface PipelineRow {
  id: number;
  sha: string;
  ref: string;
  source: string;
  projectId?: number;
  /** Follows from the jobs when absent. */
  status?: string;
  createdAt: string;
}

export interface JobToSet {
  readonly name: string;
  /** GitLab's own word. */
  readonly status: string;
  readonly stage?: string;
  readonly allowFailure?: boolean;
  /** An earlier attempt. */
  readonly retried?: boolean;
  readonly kind?: StatusRow['kind'];
  readonly targetUrl?: string;
  /** The number of the pipeline that a trigger job has made. */
  readonly downstream?: number;
}

export interface PipelineToSet {
  /** It takes the place of no other one. */
  readonly isFurther?: boolean;
  /** Of another project. */
  readonly projectId?: number;
  readonly ref?: string;
  readonly source?: string;
  readonly status?: string;
}

export interface MergeRequestRow {
  iid: number;
  title: string;
  description: string;
  state: 'opened' | 'closed' | 'merged' | 'locked';
  sourceBranch: string;
  targetBranch: string;
  sourceProjectId: number;
  labels: string[];
  reviewerIds: number[];
  removeSourceBranch: boolean;
  createdAt: string;
  updatedAt: string;
  notes: NoteRow[];
  /** Who approves it now. */
  approvals?: { readonly userId: number; readonly at: string }[];
  /** The heads that it has had. */
  versions?: { readonly sha: string; readonly at: string }[];
}

export interface IssueRow {
  iid: number;
  isConfidential?: boolean;
  title: string;
  description: string;
  state: 'opened' | 'closed';
  type: string;
  labels: string[];
  assigneeIds: number[];
  authorId: number;
  milestoneId: number | null;
  dueDate: string | null;
  weight: number | null;
  epicId: number | null;
  iteration: string | null;
  /** Who closed it, while it is closed. */
  closedById: number | null;
  /** The issue of another project that it has become. */
  movedToId: number | null;
  locked: boolean;
  createdAt: string;
  updatedAt: string;
  notes: NoteRow[];
}

export interface LabelRow {
  id: number;
  name: string;
  color: string;
  description: string | null;
  /** `false`: that of the group. */
  isOurs: boolean;
}

export interface MilestoneRow {
  id: number;
  title: string;
  description: string | null;
  state: 'active' | 'closed';
  dueDate: string | null;
  isOurs: boolean;
}

export interface EpicRow {
  readonly id: number;
  readonly iid: number;
  readonly group: string;
  readonly title: string;
}

export interface LinkRow {
  readonly id: number;
  readonly source: number;
  /** `acme/pace-demo#2` */
  readonly target: string;
  readonly type: string;
}

export interface NoteRow {
  id: number;
  body: string;
  system: boolean;
  authorId: number;
  createdAt: string;
  isInternal?: boolean;
}

export interface VariableRow {
  key: string;
  value: string;
  protected: boolean;
  masked: boolean;
  raw: boolean;
  environmentScope: string;
}

export interface UserRow {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly state?: string;
}

export type State = ReturnType<typeof newState>;

const users: readonly UserRow[] = [
  { id: 1, username: 'pace-bot', name: 'PACE' },
  { id: 2, username: 'ada', name: 'Ada Lovelace' },
  { id: 3, username: 'grace', name: 'Grace Hopper' },
  { id: 4, username: 'gone', name: 'Left Long Ago', state: 'blocked' },
];

export function newState(options: GitLabOptions) {
  const { path = 'acme/pace-demo', role = 'Maintainer', scope = 'api', now = Date.now } = options;
  let lastId = 1000;
  let lastTime = 0;
  const state = {
    origin: '',
    project: path,
    projectId: 4217,
    /** Ids of issues are those of all GitLab. */
    firstIssueId: 70_000,
    archived: false,
    defaultBranch: 'main',
    token: `glpat-${randomBytes(10).toString('hex')}`,
    jobToken: `glcbt-64_${randomBytes(10).toString('hex')}`,
    role: role as Role,
    scope,
    jobTokenReadsJobs: options.jobTokenReadsJobs ?? false,
    projectFields: options.projectFields ?? {},
    tokenExpires: options.tokenExpires ?? null,
    sha: '',
    users: [...users],
    premium: options.premium ?? false,
    /** Servers of today tell when an approval was given. */
    tellsWhenApproved: true,
    labels: [] as LabelRow[],
    milestones: [] as MilestoneRow[],
    epics: [] as EpicRow[],
    links: [] as LinkRow[],
    /** The members of a group by their numbers, those of the groups above it included. */
    groups: new Map<string, readonly number[]>(),
    /** Commit → the files of its tree. */
    commits: new Map<string, Map<string, string>>(),
    branches: new Map<string, string>(),
    pipelines: [] as PipelineRow[],
    statuses: [] as StatusRow[],
    mergeRequests: [] as MergeRequestRow[],
    issues: [] as IssueRow[],
    /** Their numbers are not given again. */
    deleted: 0,
    variables: [] as VariableRow[],
    /** Every quick action that a text has made GitLab execute, e.g. `/close`. */
    quickActions: [] as string[],
    nextId: () => ++lastId,
    /** The time, never the same twice. */
    time: () => {
      lastTime = Math.max(lastTime + 1, now());
      return new Date(lastTime).toISOString();
    },
    addCommit: (files: Readonly<Record<string, string>>, parent?: string) => {
      const tree = new Map([...(state.commits.get(parent ?? '') ?? []), ...Object.entries(files)]);
      const sha = createHash('sha1')
        .update(`${++lastId} ${JSON.stringify(files)}`)
        .digest('hex');
      state.commits.set(sha, tree);
      return sha;
    },
    webUrl: (rest: string) => `${state.origin}/${path}${rest}`,
  };
  state.sha = state.addCommit({ 'README.md': '# Demo\n' });
  state.branches.set(state.defaultBranch, state.sha);
  return state;
}

export interface Rule {
  readonly role?: Role;
  /** Needs the scope `api`. */
  readonly write?: boolean;
  /** Job tokens may call it. */
  readonly job?: boolean | ((state: State) => boolean);
}

/** Routes behind GitLab's door: token, project, scope, role. */
export function guarded(state: State, table: Readonly<Record<string, readonly [Rule, Handler]>>): Routes {
  const routes = Object.entries(table).map(([route, [rule, handler]]) => {
    return [route, (asked: Asked) => refusalFor(state, rule, asked) ?? handler(asked)] as const;
  });
  return Object.fromEntries(routes);
}

function refusalFor(state: State, rule: Rule, asked: Asked): Answer | undefined {
  const { headers, params } = asked;
  const bearer = headers['authorization']?.replace(/^Bearer /, '');
  const given = headers['private-token'] ?? bearer;
  const known = params['id'] === undefined || [String(state.projectId), state.project].includes(params['id']);
  if (headers['job-token'] !== undefined) {
    if (headers['job-token'] !== state.jobToken) return refused(401, '401 Unauthorized');
    const allowed = typeof rule.job === 'function' ? rule.job(state) : rule.job;
    return allowed && known ? undefined : refused(404, '404 Not Found');
  }
  if (given !== undefined && given !== state.token) return refused(401, '401 Unauthorized');
  if (given === undefined || !known || state.role === 'none') return refused(404, '404 Project Not Found');
  if (rule.write && state.scope !== 'api') return INSUFFICIENT_SCOPE;
  if (rule.write && state.archived) return refused(403, '403 Forbidden');
  if (ROLES.indexOf(state.role) < ROLES.indexOf(rule.role ?? 'Guest')) return refused(403, '403 Forbidden');
  return undefined;
}

const INSUFFICIENT_SCOPE: Answer = {
  status: 403,
  json: {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: 'api',
  },
};

export function refused(status: number, message: unknown): Answer {
  return { status, json: { message } };
}

/** One page of a list, with GitLab's paging headers. https://docs.gitlab.com/api/rest/#pagination */
export function page<Item>(asked: Asked, items: readonly Item[], show: (item: Item) => unknown): Answer {
  const perPage = Math.min(Number(asked.query.get('per_page') ?? 20), 100);
  const number = Number(asked.query.get('page') ?? 1);
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(asked.query);
    query.set('page', String(to));
    query.set('per_page', String(perPage));
    return `<${asked.origin}${asked.path}?${query}>; rel="${rel}"`;
  };
  const links = [link(1, 'first'), link(pages, 'last')];
  if (number < pages) links.unshift(link(number + 1, 'next'));
  if (number > 1) links.unshift(link(number - 1, 'prev'));
  return {
    json: items.slice((number - 1) * perPage, number * perPage).map(show),
    headers: {
      link: links.join(', '),
      'x-next-page': number < pages ? String(number + 1) : '',
      'x-page': String(number),
      'x-per-page': String(perPage),
      'x-prev-page': number > 1 ? String(number - 1) : '',
      'x-total': String(items.length),
      'x-total-pages': String(pages),
    },
  };
}

export type Body = Readonly<Record<string, unknown>>;

export function bodyOf(asked: Asked): Body {
  return typeof asked.body === 'object' && asked.body !== null ? (asked.body as Body) : {};
}

/** GitLab takes `a,b` for a list. */
export function listOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
  return [...new Set(items.map((item) => item.trim()).filter(Boolean))];
}

export function userOf(state: State, id: number) {
  const user = state.users.find((each) => each.id === id);
  return (
    user && {
      state: 'active',
      ...user,
      locked: false,
      avatar_url: null,
      web_url: `${state.origin}/${user.username}`,
    }
  );
}
