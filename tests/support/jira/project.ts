/** What a site tells of an account and a project: who asks, what they may, which types, fields and statuses there are. */
import type { Handler } from '../loopback.ts';
import { refusal, user } from './answers.ts';
import { PRIORITIES } from './fields.ts';
import type { Permission, Site } from './site.ts';
import { statusOf, TODO } from './workflow.ts';

const KEYS: Readonly<Record<string, Permission>> = {
  BROWSE_PROJECTS: 'Browse',
  CREATE_ISSUES: 'Create',
  EDIT_ISSUES: 'Edit',
  TRANSITION_ISSUES: 'Transition',
  ADD_COMMENTS: 'Comment',
};

const FIELDS = ['summary', 'description', 'labels', 'priority', 'assignee'];

export function projectRoutes(
  site: Site,
): Record<'myself' | 'permissions' | 'project' | 'fields' | 'statuses', Handler> {
  const { projectKey, issueTypes, refuseFields, transitions } = site.options;
  const noProject = refusal(404, [`No project could be found with key '${projectKey}'.`]);
  const visible = (key: string | undefined) => key === projectKey && !site.lacks('Browse');

  const permissions: Handler = ({ query }) => {
    const asked = (query.get('permissions') ?? '').split(',').filter(Boolean);
    const unknown = asked.filter((key) => !(key in KEYS));
    if (unknown.length > 0) return refusal(400, [`Unrecognized permissions: ${unknown.join(', ')}`]);
    if (query.get('projectKey') !== projectKey) return noProject;
    const entries = asked.map((key, index) => {
      const lacked = KEYS[key];
      const havePermission = lacked !== undefined && !site.lacks(lacked);
      return [key, { id: String(index + 10), key, name: key, type: 'PROJECT', description: '', havePermission }];
    });
    return { json: { permissions: Object.fromEntries(entries) } };
  };

  const project: Handler = ({ params, origin }) => {
    if (!visible(params['key'])) return noProject;
    const self = `${origin}/rest/api/3/project/10000`;
    return { json: { id: '10000', key: projectKey, name: 'The project', self, simplified: false, style: 'classic' } };
  };

  const fields: Handler = ({ params }) => {
    if (params['project'] !== projectKey) return refusal(404, ['No project could be found.']);
    const shown = FIELDS.filter((name) => !refuseFields.includes(name)).map((name) => ({
      fieldId: name,
      key: name,
      name,
      required: name === 'summary',
      hasDefaultValue: false,
      operations: ['set'],
      schema: { type: name, system: name },
      ...(name === 'priority'
        ? { allowedValues: PRIORITIES.map((priority, id) => ({ id: String(id), name: priority })) }
        : {}),
    }));
    return { json: { startAt: 0, maxResults: 200, total: shown.length, fields: shown } };
  };

  const statuses: Handler = ({ params, origin }) => {
    if (!visible(params['key'])) return noProject;
    const all = [TODO, ...transitions.map(({ to }) => to)];
    const known = [...new Map(all.map((status) => [status.name, status])).values()].map(statusOf);
    const types = issueTypes.map((name, index) => ({
      id: String(10_000 + index),
      name,
      self: `${origin}/rest/api/3/issueType/${10_000 + index}`,
      subtask: false,
      statuses: known,
    }));
    return { json: types };
  };

  return { myself: ({ origin }) => ({ json: user(origin) }), permissions, project, fields, statuses };
}
