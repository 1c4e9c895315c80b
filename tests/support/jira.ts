/**
 * A stateful Jira Cloud on 127.0.0.1: issues, comments, entity properties, a workflow with a resolution screen, search with
 * pages and a late index, and ADF that is checked as strictly as Jira checks it.
 */
import { adfProblems } from './adf.ts';
import { readJql } from './jira-jql.ts';
import { type Answer, type Asked, type Handler, type Loopback, loopback } from './loopback.ts';

export interface JiraStatus {
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done' | 'undefined';
}

export interface JiraTransition {
  readonly id: string;
  readonly name: string;
  readonly to: JiraStatus;
  /** Names of the statuses from which it is offered; every other one when absent. */
  readonly from?: readonly string[];
  /** Fields on its screen, by key. */
  readonly screen?: Readonly<Record<string, JiraField>>;
  /** What a function of the workflow sets. */
  readonly resolution?: string;
}

export interface JiraField {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly allowed?: readonly { readonly id: string; readonly name?: string; readonly value?: string }[];
}

export interface JiraComment {
  readonly id: string;
  readonly body: unknown;
  readonly created: number;
}

export interface JiraIssue {
  readonly id: string;
  readonly key: string;
  type: string;
  summary: string;
  description: unknown;
  labels: string[];
  priority: string;
  assignee: string | undefined;
  status: JiraStatus;
  resolution: string | undefined;
  /** Other fields that a transition has set. */
  readonly others: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
  readonly comments: JiraComment[];
  readonly created: number;
  updated: number;
}

export interface JiraOptions {
  readonly now?: () => number;
  readonly projectKey?: string;
  /** Fields that are on no screen: setting one is refused. */
  readonly refuseFields?: readonly string[];
  readonly issueTypes?: readonly string[];
  readonly transitions?: readonly JiraTransition[];
  /** Project permissions that the account lacks. */
  readonly lacks?: readonly ('Browse' | 'Create' | 'Edit' | 'Transition' | 'Comment')[];
  /** Searches see what has been written since `reindex()` only for issues named in `reconcileIssues`. */
  readonly staleIndex?: boolean;
  /** A create ignores `properties`. */
  readonly dropsProperties?: boolean;
  readonly pageSize?: number;
  /** Time zone of the account, in minutes east of UTC. */
  readonly offset?: number;
}

export interface Jira extends Pick<Loopback, 'origin' | 'exchanges' | 'trouble' | 'close'> {
  readonly email: string;
  readonly token: string;
  readonly projectKey: string;
  /** The issues as they are now, oldest first. */
  readonly issues: readonly JiraIssue[];
  /** The late index catches up. */
  reindex(): void;
  /** As if a person had dragged the issue there. */
  move(key: string, status: JiraStatus, resolution?: string): void;
}

const TODO: JiraStatus = { name: 'To Do', category: 'new' };
const RESOLUTIONS = ['Done', "Won't Do", 'Duplicate', 'Cannot Reproduce'].map((name, index) => ({
  id: `1000${index}`,
  name,
}));
const PRIORITIES = ['Highest', 'High', 'Medium', 'Low', 'Lowest'];

export const resolutionField: JiraField = {
  name: 'Resolution',
  required: true,
  type: 'resolution',
  allowed: RESOLUTIONS,
};

export const defaultTransitions: readonly JiraTransition[] = [
  { id: '11', name: 'Stop', to: TODO },
  { id: '21', name: 'Start', to: { name: 'In Progress', category: 'indeterminate' } },
  { id: '31', name: 'Ask for review', to: { name: 'In Review', category: 'indeterminate' } },
  { id: '51', name: 'Drop', to: { name: "Won't Do", category: 'done' }, resolution: "Won't Do" },
  { id: '41', name: 'Finish', to: { name: 'Done', category: 'done' }, screen: { resolution: resolutionField } },
];

const MAX_TEXT = 32_767;

export async function startJira(options: JiraOptions = {}): Promise<Jira> {
  const { now = Date.now, projectKey = 'PACE', refuseFields = [], lacks = [], offset = -720 } = options;
  const { issueTypes = ['Bug', 'Task', 'Story', 'Epic'], transitions = defaultTransitions, pageSize = 50 } = options;
  const [email, token] = ['pace@example.org', 'jira-test-token'];
  const authorization = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
  const issues: JiraIssue[] = [];
  let index = new Map<string, JiraIssue>();
  let lastId = 10_000;
  const nextId = () => {
    lastId += 1;
    return String(lastId);
  };

  const found = (asked: Asked) => {
    const wanted = asked.params['key']?.toUpperCase();
    return lacks.includes('Browse') ? undefined : issues.find((issue) => issue.key === wanted || issue.id === wanted);
  };
  const user = (origin: string, accountId = '5b10a2844c20165700ede21g') => ({
    self: `${origin}/rest/api/3/user?accountId=${accountId}`,
    accountId,
    accountType: 'atlassian',
    active: true,
    avatarUrls: {},
    displayName: 'Mia Krystof',
    emailAddress: email,
    timeZone: 'Etc/GMT+12',
  });
  const fieldsOf = (issue: JiraIssue, origin: string): Record<string, unknown> => ({
    summary: issue.summary,
    description: issue.description,
    labels: issue.labels,
    issuetype: { id: String(10_000 + issueTypes.indexOf(issue.type)), name: issue.type, subtask: false },
    priority: { id: String(PRIORITIES.indexOf(issue.priority) + 1), name: issue.priority },
    status: statusOf(issue.status),
    resolution: issue.resolution === undefined ? null : { id: '10000', name: issue.resolution },
    assignee: issue.assignee === undefined ? null : user(origin, issue.assignee),
    creator: user(origin),
    reporter: user(origin),
    created: stamp(issue.created),
    updated: stamp(issue.updated),
  });

  function wireIssue(
    issue: JiraIssue,
    asked: { fields: string[]; properties: string[] },
    origin: string,
  ): Record<string, unknown> {
    const all = fieldsOf(issue, origin);
    const names = asked.fields.includes('*all') ? Object.keys(all) : asked.fields;
    const fields = Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
    const properties = Object.fromEntries(
      Object.entries(issue.properties).filter(([name]) => asked.properties.includes(name)),
    );
    return {
      expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
      id: issue.id,
      self: `${origin}/rest/api/3/issue/${issue.id}`,
      key: issue.key,
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
      ...(asked.properties.length > 0 ? { properties } : {}),
    };
  }

  /** Field → sentence, for everything that is wrong with these fields. */
  function problems(fields: Record<string, unknown>): Record<string, string> {
    const errors: Record<string, string> = {};
    const known = ['project', 'issuetype', 'summary', 'description', 'labels', 'priority', 'assignee'];
    for (const [name, value] of Object.entries(fields)) {
      const problem =
        refuseFields.includes(name) || !known.includes(name)
          ? `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`
          : problemOf(name, value);
      if (problem) errors[name] = problem;
    }
    return errors;
  }

  function problemOf(name: string, value: unknown): string | undefined {
    const named = isMap(value) ? value : {};
    if (name === 'project' && named['key'] !== projectKey) return 'valid project is required';
    if (name === 'project' && lacks.includes('Create'))
      return 'You do not have permission to create issues in this project.';
    if (name === 'issuetype' && !issueTypes.includes(String(named['name']))) return 'Specify a valid issue type';
    if (name === 'priority' && !PRIORITIES.includes(String(named['name']))) return 'The priority selected is invalid.';
    if (name === 'assignee' && !/^[0-9a-z:-]{10,128}$/.test(String(named['accountId']))) return 'User does not exist.';
    if (name === 'summary') return summaryProblem(value);
    if (name === 'labels') return labelsProblem(value);
    return name === 'description' && value !== null ? textProblem(value) : undefined;
  }

  function write(issue: JiraIssue, fields: Record<string, unknown>): void {
    const { summary, description, labels, priority, assignee, issuetype } = fields as Record<string, never>;
    if (summary !== undefined) issue.summary = String(summary).trim();
    if (description !== undefined) issue.description = description;
    if (labels !== undefined) issue.labels = [...new Set<string>(labels)].sort();
    if (isMap(priority)) issue.priority = String(priority['name']);
    if (isMap(assignee)) issue.assignee = String(assignee['accountId']);
    if (isMap(issuetype)) issue.type = String(issuetype['name']);
  }

  const create: Handler = ({ body, origin }) => {
    const { fields = {}, properties = [] } = isMap(body)
      ? (body as { fields?: Record<string, unknown>; properties?: { key: string; value: unknown }[] })
      : {};
    const missing = ['project', 'issuetype', 'summary'].filter((name) => !(name in fields));
    const errors = { ...Object.fromEntries(missing.map((name) => [name, `${name} is required`])), ...problems(fields) };
    if (Object.keys(errors).length > 0) return refusal(400, [], errors);
    const id = nextId();
    const issue: JiraIssue = {
      id, key: `${projectKey}-${issues.length + 1}`, type: '', summary: '', description: null, labels: [], priority: 'Medium', assignee: undefined,
      status: TODO, resolution: undefined, others: {}, properties: {}, comments: [], created: now(), updated: now(),
    }; // biome-ignore format: a record
    write(issue, fields);
    if (!options.dropsProperties) for (const { key, value } of properties) issue.properties[key] = value;
    issues.push(issue);
    return { status: 201, json: { id, key: issue.key, self: `${origin}/rest/api/3/issue/${id}` } };
  };

  const edit: Handler = (asked) => {
    const issue = found(asked);
    if (!issue) return noIssue();
    if (lacks.includes('Edit')) return refusal(403, ['You do not have permission to edit issues in this project.']);
    const fields = isMap(asked.body) && isMap(asked.body['fields']) ? asked.body['fields'] : {};
    const errors = problems(fields);
    if (Object.keys(errors).length > 0) return refusal(400, [], errors);
    write(issue, fields);
    issue.updated = now();
    return { status: 204 };
  };

  const setProperty: Handler = (asked) => {
    const issue = found(asked);
    const name = asked.params['name'] ?? '';
    if (!issue) return noIssue();
    if (lacks.includes('Edit')) return refusal(403, ['You do not have permission to edit this issue.']);
    if (asked.body === undefined || JSON.stringify(asked.body).length > 32_768)
      return refusal(400, ['The property value is invalid.']);
    const status = name in issue.properties ? 200 : 201;
    issue.properties[name] = asked.body;
    return { status, text: '' };
  };

  const offered = (issue: JiraIssue) =>
    lacks.includes('Transition')
      ? []
      : transitions.filter(({ from, to }) => (from ? from.includes(issue.status.name) : to.name !== issue.status.name));

  const listTransitions: Handler = (asked) => {
    const issue = found(asked);
    if (!issue) return noIssue();
    const withFields = asked.query.get('expand') === 'transitions.fields';
    const list = offered(issue).map(({ id, name, to, screen = {} }) => ({
      id, name, to: statusOf(to), hasScreen: Object.keys(screen).length > 0, isGlobal: true, isInitial: false, isAvailable: true, isConditional: false, looped: false,
      ...(withFields ? { fields: Object.fromEntries(Object.entries(screen).map(([key, field]) => [key, fieldMetadata(key, field)])) } : {}),
    })); // biome-ignore format: a record
    return { json: { expand: 'transitions', transitions: list } };
  };

  const transition: Handler = (asked) => {
    const issue = found(asked);
    if (!issue) return noIssue();
    const { transition: wanted, fields = {} } = (asked.body ?? {}) as {
      transition?: { id?: string };
      fields?: Record<string, unknown>;
    };
    const chosen = offered(issue).find(({ id }) => id === wanted?.id);
    if (!chosen) return refusal(400, [`It seems that you have tried to perform an illegal workflow operation.`]);
    const screen = chosen.screen ?? {};
    const errors: Record<string, string> = {};
    for (const [key, field] of Object.entries(screen)) {
      const problem = screenProblem(field, fields[key]);
      if (problem) errors[key] = problem;
    }
    for (const key of Object.keys(fields)) {
      if (!(key in screen))
        errors[key] = `Field '${key}' cannot be set. It is not on the appropriate screen, or unknown.`;
    }
    if (Object.keys(errors).length > 0) return refusal(400, [], errors);
    const { resolution, ...others } = fields;
    Object.assign(issue.others, others);
    issue.status = chosen.to;
    const set = RESOLUTIONS.find(
      ({ id, name }) => isMap(resolution) && (resolution['id'] === id || resolution['name'] === name),
    );
    issue.resolution = chosen.to.category === 'done' ? (set?.name ?? chosen.resolution ?? issue.resolution) : undefined;
    issue.updated = now();
    return { status: 204 };
  };

  const wireComment = (issue: JiraIssue, { id, body, created }: JiraComment, origin: string) => ({
    self: `${origin}/rest/api/3/issue/${issue.id}/comment/${id}`,
    id,
    author: user(origin),
    updateAuthor: user(origin),
    body,
    created: stamp(created),
    updated: stamp(created),
    jsdPublic: true,
  });

  const comments: Handler = (asked) => {
    const issue = found(asked);
    if (!issue) return noIssue();
    const startAt = Number(asked.query.get('startAt') ?? 0);
    const maxResults = Math.min(Number(asked.query.get('maxResults') ?? 100), 100, pageSize);
    const page = issue.comments.slice(startAt, startAt + maxResults);
    return {
      json: {
        startAt,
        maxResults,
        total: issue.comments.length,
        comments: page.map((comment) => wireComment(issue, comment, asked.origin)),
      },
    };
  };

  const addComment: Handler = (asked) => {
    const issue = found(asked);
    if (!issue) return noIssue();
    if (lacks.includes('Comment')) return refusal(403, ['You do not have the permission to comment on this issue.']);
    const body = isMap(asked.body) ? asked.body['body'] : undefined;
    const problem = textProblem(body);
    if (problem) return refusal(400, [], { comment: problem });
    const comment = { id: nextId(), body, created: now() };
    issue.comments.push(comment);
    issue.updated = now();
    return { status: 201, json: wireComment(issue, comment, asked.origin) };
  };

  const search: Handler = ({ method, query, body, origin }) => {
    const all =
      method === 'POST' && isMap(body)
        ? body
        : Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
    const strings = (name: string) => [all[name] ?? []].flat().flatMap((value) => String(value).split(','));
    const text = (name: string) => (all[name] === undefined ? undefined : String([all[name]].flat()[0]));
    const condition = readJql(text('jql') ?? '', lacks.includes('Browse') ? '' : projectKey, offset);
    if (typeof condition === 'string') return refusal(400, [condition]);
    const reconciled = strings('reconcileIssues');
    if (reconciled.length > 50) return refusal(400, ['At most 50 issues can be reconciled.']);
    const visible = issues.flatMap((issue) =>
      options.staleIndex && !reconciled.includes(issue.id) ? (index.get(issue.id) ?? []) : issue,
    );
    const matching = visible
      .filter(({ labels, status, created }) =>
        condition({ project: projectKey, labels, category: status.category, created }),
      )
      .sort((a, b) => b.created - a.created || Number(b.id) - Number(a.id));
    const start = Number(Buffer.from(text('nextPageToken') ?? '', 'base64').toString() || 0);
    const size = Math.min(Number(text('maxResults') ?? 50), pageSize);
    const page = matching.slice(start, start + size);
    const isLast = start + size >= matching.length;
    const asked = { fields: strings('fields'), properties: strings('properties') };
    return {
      json: {
        issues: page.map((issue) => wireIssue(issue, asked, origin)),
        ...(isLast ? {} : { nextPageToken: Buffer.from(String(start + size)).toString('base64') }),
        isLast,
      },
    };
  };

  const read: Handler = (asked) => {
    const issue = found(asked);
    if (!issue) return noIssue();
    const list = (name: string, otherwise: string[]) => asked.query.get(name)?.split(',') ?? otherwise;
    return {
      json: wireIssue(issue, { fields: list('fields', ['*all']), properties: list('properties', []) }, asked.origin),
    };
  };

  const readProperty: Handler = (asked) => {
    const issue = found(asked);
    const key = asked.params['name'] ?? '';
    if (!issue) return noIssue();
    return key in issue.properties
      ? { json: { key, value: issue.properties[key] } }
      : refusal(404, [`The property ${key} does not exist.`]);
  };

  const types: Handler = ({ params }) => {
    if (params['project'] !== projectKey) return refusal(404, ['No project could be found.']);
    const list = issueTypes.map((name, position) => ({
      id: String(10_000 + position),
      name,
      description: '',
      subtask: false,
    }));
    return { json: { startAt: 0, maxResults: 50, total: list.length, issueTypes: list } };
  };

  const info: Handler = ({ origin }) => ({
    json: {
      baseUrl: origin,
      version: '1001.0.0-SNAPSHOT',
      versionNumbers: [1001, 0, 0],
      deploymentType: 'Cloud',
      buildNumber: 100_275,
      serverTitle: 'Jira',
    },
  });

  const removed: Handler = () =>
    refusal(410, ['The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.']);

  /** Wrong credentials are told by a header; some addresses answer as if nobody had logged in. */
  const guarded =
    (handler: Handler, anonymous?: Answer): Handler =>
    (asked) => {
      if (asked.headers['authorization'] === authorization) return handler(asked);
      const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
      const refused = { status: 401, text: 'Client must be authenticated to access this resource.' };
      return { ...(anonymous ?? refused), headers };
    };

  const api = '/rest/api/3';
  const server = await loopback({
    [`POST ${api}/issue`]: guarded(create),
    [`GET ${api}/issue/:key`]: guarded(read, noIssue()),
    [`PUT ${api}/issue/:key`]: guarded(edit),
    [`GET ${api}/issue/:key/properties/:name`]: guarded(readProperty),
    [`PUT ${api}/issue/:key/properties/:name`]: guarded(setProperty),
    [`GET ${api}/issue/:key/transitions`]: guarded(listTransitions, noIssue()),
    [`POST ${api}/issue/:key/transitions`]: guarded(transition),
    [`GET ${api}/issue/:key/comment`]: guarded(comments, noIssue()),
    [`POST ${api}/issue/:key/comment`]: guarded(addComment),
    [`GET ${api}/issue/createmeta/:project/issuetypes`]: guarded(types),
    [`GET ${api}/search/jql`]: guarded(search, { json: { issues: [], isLast: true } }),
    [`POST ${api}/search/jql`]: guarded(search, { json: { issues: [], isLast: true } }),
    [`GET ${api}/search`]: guarded(removed),
    [`POST ${api}/search`]: guarded(removed),
    [`GET ${api}/serverInfo`]: info,
    'GET /rest/api/2/serverInfo': info,
  });

  return {
    origin: server.origin,
    exchanges: server.exchanges,
    trouble: server.trouble,
    close: server.close,
    email,
    token,
    projectKey,
    issues,
    reindex: () => {
      index = new Map(issues.map((issue) => [issue.id, structuredClone(issue)]));
    },
    move: (key, status, resolution) => {
      const issue = issues.find((one) => one.key === key);
      if (issue) Object.assign(issue, { status, resolution, updated: now() });
    },
  };
}

function refusal(status: number, errorMessages: string[], errors: Record<string, string> = {}): Answer {
  return { status, json: { errorMessages, errors } };
}

function noIssue(): Answer {
  return refusal(404, ['Issue does not exist or you do not have permission to see it.']);
}

/** `2026-03-02T09:00:00.000+0000`. */
function stamp(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000');
}

function statusOf({ name, category }: JiraStatus): Record<string, unknown> {
  const id = { undefined: 1, new: 2, done: 3, indeterminate: 4 }[category];
  return {
    id: `${id}${name.length}`,
    name,
    statusCategory: { id, key: category, colorName: 'blue-gray', name: category },
  };
}

function fieldMetadata(key: string, { name, required, type, allowed }: JiraField): Record<string, unknown> {
  return {
    key,
    name,
    required,
    hasDefaultValue: false,
    operations: ['set'],
    schema: { type, system: key },
    ...(allowed ? { allowedValues: allowed } : {}),
  };
}

function screenProblem({ name, required, type, allowed }: JiraField, value: unknown): string | undefined {
  if (value === undefined) return required ? `${name} is required.` : undefined;
  const chosen = type === 'array' ? (Array.isArray(value) ? value[0] : undefined) : value;
  const known = allowed?.some((one) => isMap(chosen) && (one.id === chosen['id'] || one.name === chosen['name']));
  return allowed && !known ? `The value of ${name} is invalid.` : undefined;
}

function summaryProblem(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return 'You must specify a summary of the issue.';
  if (/[\n\r]/.test(value)) return 'The summary is invalid because it contains newline characters.';
  return value.length > 255 ? 'Summary must be less than 255 characters.' : undefined;
}

function labelsProblem(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'Labels must be a list.';
  const bad = value.find(
    (label) => typeof label !== 'string' || label === '' || /\s/.test(label) || label.length > 255,
  );
  return bad === undefined ? undefined : `The label '${String(bad)}' contains spaces which is invalid.`;
}

/** Jira's own words for text that is no document; the emulation adds what is wrong with a broken one. */
function textProblem(value: unknown): string | undefined {
  if (!isMap(value)) return 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
  const found = adfProblems(value);
  if (found.length > 0) return `INVALID_INPUT ${found.join(' · ')}`;
  return JSON.stringify(value).length > MAX_TEXT
    ? `The entered text is too long. It exceeds the allowed limit of ${MAX_TEXT} characters.`
    : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
