/** Creating, editing and reading issues and their entity properties. */
import type { Answer, Handler } from '../loopback.ts';
import { isMap, noIssue, refusal, stamp } from './answers.ts';
import { type Fields, problems, typeIn, write } from './fields.ts';
import { wireLinks } from './links.ts';
import { wirePerson } from './people.ts';
import type { JiraChange, JiraIssue, Site } from './site.ts';
import { customFields, EPIC_LINK, levelOf, POINTS, SPRINT, wireType } from './types.ts';
import { wireVersion } from './versions.ts';
import { statusOf, TODO } from './workflow.ts';

export type IssueRoutes = Readonly<
  Record<
    'create' | 'createMany' | 'readMany' | 'edit' | 'remove' | 'read' | 'changelog' | 'setProperty' | 'readProperty',
    Handler
  >
>;

interface Draft {
  fields?: Fields;
  update?: Record<string, readonly Record<string, unknown>[]>;
  properties?: { key: string; value: unknown }[];
}

export function issueRoutes(site: Site): IssueRoutes {
  const { now, projectKey, dropsProperties } = site.options;

  /** The new issue, or what is wrong with it. */
  function created({ fields = {}, properties = [] }: Draft): JiraIssue | Record<string, string> {
    const missing = ['project', 'issuetype', 'summary'].filter((name) => !(name in fields));
    const type = typeIn(site, fields);
    const errors = {
      ...Object.fromEntries(missing.map((name) => [name, `${name} is required`])),
      ...problems(site, fields, type),
      ...(levelOf(type) === -1 && !fields['parent'] ? { parent: 'You must specify a parent for a subtask.' } : {}),
    };
    if (Object.keys(errors).length > 0) return errors;
    const issue: JiraIssue = {
      id: site.nextId(), key: `${projectKey}-${site.nextNumber()}`, formerKeys: [], changes: [], type: '', summary: '', description: null, labels: [],
      priority: site.options.priorities[2] ?? site.options.priorities[0] ?? '', assignee: undefined,
      versions: [], parent: undefined, duedate: undefined, points: undefined, sprints: [],
      status: TODO, resolution: undefined, others: {}, properties: {}, comments: [], created: now(), updated: now(),
    }; // biome-ignore format: a record
    write(site, issue, fields);
    if (!dropsProperties) for (const { key, value } of properties) issue.properties[key] = value;
    site.issues.push(issue);
    return issue;
  }

  const wireCreated = ({ id, key }: JiraIssue, origin: string) => ({
    id,
    key,
    self: `${origin}/rest/api/3/issue/${id}`,
  });

  const create: Handler = ({ body, origin }) => {
    const result = created(isMap(body) ? body : {});
    return isIssue(result) ? { status: 201, json: wireCreated(result, origin) } : refusal(400, [], result);
  };

  const createMany: Handler = ({ body, origin }) => {
    const updates = isMap(body) && Array.isArray(body['issueUpdates']) ? (body['issueUpdates'] as Draft[]) : [];
    if (updates.length > 50) return refusal(400, ['At most 50 issues can be created.']);
    const results = updates.map(created);
    const errors = [...results.entries()].flatMap(([failedElementNumber, result]) =>
      isIssue(result)
        ? []
        : [{ status: 400, elementErrors: { errorMessages: [], errors: result }, failedElementNumber }],
    );
    const issues = results.filter(isIssue).map((issue) => wireCreated(issue, origin));
    return { status: issues.length > 0 ? 201 : 400, json: { issues, errors } };
  };

  const readMany: Handler = ({ body, origin }) => {
    const asked = isMap(body) ? (body as { issueIdsOrKeys?: string[]; fields?: string[]; properties?: string[] }) : {};
    const { issueIdsOrKeys = [], fields = ['*all'], properties = [] } = asked;
    const found = issueIdsOrKeys.flatMap((key) => site.issueNamed(key) ?? []);
    return {
      json: {
        issues: found.map((issue) =>
          wireIssue(site, issue, { fields, properties, expand: ['names', 'schema'] }, origin),
        ),
        issueErrors: [],
      },
    };
  };

  const edit: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    if (site.lacks('Edit')) return refusal(403, ['You do not have permission to edit issues in this project.']);
    const { fields = {}, update = {}, properties = [] } = (isMap(asked.body) ? asked.body : {}) as Draft;
    const type = typeIn(site, fields, issue.type);
    const errors = {
      ...problems(site, fields, type),
      ...updateProblems(site, update),
      ...Object.fromEntries(
        Object.keys(update)
          .filter((name) => name in fields)
          .map((name) => [name, `Field '${name}' cannot appear in both 'fields' and 'update'`]),
      ),
    };
    if (Object.keys(errors).length > 0) return refusal(400, [], errors);
    if (fields['summary'] !== undefined)
      site.note(issue, { field: 'summary', from: issue.summary, to: String(fields['summary']) });
    write(site, issue, fields);
    for (const { add, remove } of update['labels'] ?? [])
      issue.labels = [
        ...new Set([...issue.labels.filter((label) => label !== remove), ...(add ? [String(add)] : [])]),
      ].sort();
    if (update['parent']) issue.parent = undefined;
    if (!dropsProperties) for (const { key, value } of properties) issue.properties[key] = value;
    issue.updated = now();
    return { status: 204 };
  };

  const remove: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    if (site.lacks('Delete')) return refusal(403, ['You do not have permission to delete issues in this project.']);
    const below = site.issues.filter(({ parent, type }) => parent === issue.key && levelOf(type) === -1);
    if (below.length > 0 && asked.query.get('deleteSubtasks') !== 'true') {
      const words = `The issue '${issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`;
      return refusal(400, [words]);
    }
    site.remove(issue);
    return { status: 204 };
  };

  const setProperty: Handler = (asked) => {
    const issue = site.find(asked);
    const name = asked.params['name'] ?? '';
    if (!issue) return noIssue();
    if (site.lacks('Edit')) return refusal(403, ['You do not have permission to edit this issue.']);
    if (asked.body === undefined || JSON.stringify(asked.body).length > 32_768)
      return refusal(400, ['The property value is invalid.']);
    const status = name in issue.properties ? 200 : 201;
    issue.properties[name] = asked.body;
    return { status, text: '' };
  };

  const read: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    const list = (name: string, otherwise: string[]) => asked.query.get(name)?.split(',') ?? otherwise;
    return {
      json: wireIssue(
        site,
        issue,
        { fields: list('fields', ['*all']), properties: list('properties', []), expand: list('expand', []) },
        asked.origin,
      ),
    };
  };

  const readProperty: Handler = (asked): Answer => {
    const issue = site.find(asked);
    const key = asked.params['name'] ?? '';
    if (!issue) return noIssue();
    return key in issue.properties
      ? { json: { key, value: issue.properties[key] } }
      : refusal(404, [`The property ${key} does not exist.`]);
  };

  /** The oldest first. */
  const changelog: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    const startAt = Number(asked.query.get('startAt') ?? 0);
    const maxResults = Math.min(Number(asked.query.get('maxResults') ?? 100), 100, site.options.pageSize);
    const total = issue.changes.length;
    const values = issue.changes.slice(startAt, startAt + maxResults).map((one) => wireChange(site, one, asked.origin));
    return { json: { startAt, maxResults, total, isLast: startAt + maxResults >= total, values } };
  };

  return { create, createMany, readMany, edit, remove, read, changelog, setProperty, readProperty };
}

function isIssue(result: JiraIssue | Record<string, string>): result is JiraIssue {
  return 'comments' in result;
}

function updateProblems(site: Site, update: NonNullable<Draft['update']>): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [name, operations] of Object.entries(update)) {
    const isKnown =
      (name === 'labels' && operations.every(({ add, remove }) => typeof (add ?? remove) === 'string')) ||
      (name === 'parent' && site.isCloud && operations.every(({ set }) => isMap(set) && set['none'] === true));
    if (!isKnown || site.options.refuseFields.includes(name)) errors[name] = `Field '${name}' cannot be set.`;
    const bad = operations.find(({ add }) => typeof add === 'string' && (add === '' || /\s/.test(add)));
    if (bad) errors[name] = `The label '${String(bad['add'])}' contains spaces which is invalid.`;
  }
  return errors;
}

export interface AskedFor {
  readonly fields: readonly string[];
  readonly properties: readonly string[];
  readonly expand: readonly string[];
}

/** An issue with the fields and properties that were asked for. */
export function wireIssue(site: Site, issue: JiraIssue, asked: AskedFor, origin: string): Record<string, unknown> {
  const all = fieldsOf(site, issue, origin);
  const isAll = asked.fields.includes('*all') || asked.fields.includes('*navigable');
  const names = isAll ? Object.keys(all) : asked.fields;
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
    ...expansions(site, asked.expand),
    ...(asked.expand.includes('changelog') ? { changelog: changelogOf(site, issue, origin) } : {}),
  };
}

/** Cloud tells the newest changes, and those first; Data Center tells all, the oldest first. */
function changelogOf(site: Site, issue: JiraIssue, origin: string): Record<string, unknown> {
  const all = issue.changes.map((change) => wireChange(site, change, origin));
  const histories = site.isCloud ? all.toReversed().slice(0, site.mostChanges) : all;
  return { startAt: 0, maxResults: histories.length, total: all.length, histories };
}

function wireChange(site: Site, { id, by, at, field, from, to }: JiraChange, origin: string): Record<string, unknown> {
  return {
    id,
    author: wirePerson(site, origin, by),
    created: stamp(at),
    items: [{ field, fieldtype: 'jira', from: null, fromString: from, to: null, toString: to }],
  };
}

export function expansions(site: Site, expand: readonly string[]): Record<string, unknown> {
  const custom = customFields(site);
  return {
    ...(expand.includes('names') ? { names: Object.fromEntries(custom.map(({ id, name }) => [id, name])) } : {}),
    ...(expand.includes('schema') ? { schema: Object.fromEntries(custom.map(({ id, schema }) => [id, schema])) } : {}),
  };
}

function fieldsOf(site: Site, issue: JiraIssue, origin: string): Record<string, unknown> {
  const hasParent = issue.parent !== undefined && (site.isCloud || levelOf(issue.type) === -1);
  return {
    summary: issue.summary,
    description: issue.description,
    labels: issue.labels,
    issuetype: wireType(site, issue.type),
    priority: { id: String(site.options.priorities.indexOf(issue.priority) + 1), name: issue.priority },
    status: statusOf(issue.status),
    resolution: issue.resolution === undefined ? null : { id: '10000', name: issue.resolution },
    assignee: issue.assignee === undefined ? null : wirePerson(site, origin, issue.assignee),
    creator: wirePerson(site, origin, site.me.id),
    reporter: wirePerson(site, origin, site.me.id),
    fixVersions: issue.versions.flatMap((id) => {
      const version = site.versions.find((one) => one.id === id);
      return version ? [wireVersion(version, origin)] : [];
    }),
    duedate: issue.duedate ?? null,
    security: issue.security === undefined ? null : { id: '10021', name: issue.security },
    issuelinks: wireLinks(site, issue),
    ...(hasParent ? { parent: { id: site.issueNamed(issue.parent)?.id, key: issue.parent } } : {}),
    [POINTS]: issue.points ?? null,
    [SPRINT]: issue.sprints.length === 0 ? null : issue.sprints.map((sprint, id) => wireSprint(site, sprint, id)),
    ...(site.isCloud ? {} : { [EPIC_LINK]: hasParent ? null : (issue.parent ?? null) }),
    customfield_10099: null,
    created: stamp(issue.created),
    updated: stamp(issue.updated),
  };
}

/** Data Center sends what Java makes of it. */
function wireSprint({ isCloud }: Site, { name, state }: { name: string; state: string }, id: number): unknown {
  if (isCloud) return { id, name, state, boardId: 1 };
  return `com.atlassian.greenhopper.service.sprint.Sprint@51c8[id=${id},rapidViewId=1,state=${state.toUpperCase()},name=${name},startDate=<null>,goal=]`;
}
