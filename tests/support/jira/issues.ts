/** Creating, editing and reading issues and their entity properties. */
import type { Handler } from '../loopback.ts';
import { isMap, noIssue, refusal, stamp, user } from './answers.ts';
import { PRIORITIES, problems, write } from './fields.ts';
import type { JiraIssue, Site } from './site.ts';
import { statusOf, TODO } from './workflow.ts';

export type IssueRoutes = Readonly<
  Record<'create' | 'edit' | 'read' | 'setProperty' | 'readProperty' | 'types', Handler>
>;

export function issueRoutes(site: Site): IssueRoutes {
  const { now, projectKey, issueTypes } = site.options;

  const create: Handler = ({ body, origin }) => {
    const { fields = {}, properties = [] } = isMap(body)
      ? (body as { fields?: Record<string, unknown>; properties?: { key: string; value: unknown }[] })
      : {};
    const missing = ['project', 'issuetype', 'summary'].filter((name) => !(name in fields));
    const errors = {
      ...Object.fromEntries(missing.map((name) => [name, `${name} is required`])),
      ...problems(site, fields),
    };
    if (Object.keys(errors).length > 0) return refusal(400, [], errors);
    const id = site.nextId();
    const issue: JiraIssue = {
      id, key: `${projectKey}-${site.issues.length + 1}`, type: '', summary: '', description: null, labels: [], priority: 'Medium', assignee: undefined,
      status: TODO, resolution: undefined, others: {}, properties: {}, comments: [], created: now(), updated: now(),
    }; // biome-ignore format: a record
    write(issue, fields);
    if (!site.options.dropsProperties) for (const { key, value } of properties) issue.properties[key] = value;
    site.issues.push(issue);
    return { status: 201, json: { id, key: issue.key, self: `${origin}/rest/api/3/issue/${id}` } };
  };

  const edit: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    if (site.lacks('Edit')) return refusal(403, ['You do not have permission to edit issues in this project.']);
    const fields = isMap(asked.body) && isMap(asked.body['fields']) ? asked.body['fields'] : {};
    const errors = problems(site, fields);
    if (Object.keys(errors).length > 0) return refusal(400, [], errors);
    write(issue, fields);
    issue.updated = now();
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
        { fields: list('fields', ['*all']), properties: list('properties', []) },
        asked.origin,
      ),
    };
  };

  const readProperty: Handler = (asked) => {
    const issue = site.find(asked);
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

  return { create, edit, read, setProperty, readProperty, types };
}

/** An issue with the fields and properties that were asked for. */
export function wireIssue(
  site: Site,
  issue: JiraIssue,
  asked: { fields: string[]; properties: string[] },
  origin: string,
): Record<string, unknown> {
  const all = fieldsOf(site, issue, origin);
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

function fieldsOf(site: Site, issue: JiraIssue, origin: string): Record<string, unknown> {
  return {
    summary: issue.summary,
    description: issue.description,
    labels: issue.labels,
    issuetype: { id: String(10_000 + site.options.issueTypes.indexOf(issue.type)), name: issue.type, subtask: false },
    priority: { id: String(PRIORITIES.indexOf(issue.priority) + 1), name: issue.priority },
    status: statusOf(issue.status),
    resolution: issue.resolution === undefined ? null : { id: '10000', name: issue.resolution },
    assignee: issue.assignee === undefined ? null : user(origin, issue.assignee),
    creator: user(origin),
    reporter: user(origin),
    created: stamp(issue.created),
    updated: stamp(issue.updated),
  };
}
