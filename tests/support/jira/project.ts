/** What a site tells of an account and a project: what it may, which statuses, priorities, labels there are. */
import type { Handler } from '../loopback.ts';
import { refusal } from './answers.ts';
import type { Permission, Site } from './site.ts';
import { wireType } from './types.ts';
import { RESOLUTIONS, statusOf, TODO } from './workflow.ts';

const KEYS: Readonly<Record<string, Permission>> = {
  BROWSE_PROJECTS: 'Browse',
  CREATE_ISSUES: 'Create',
  EDIT_ISSUES: 'Edit',
  TRANSITION_ISSUES: 'Transition',
  ADD_COMMENTS: 'Comment',
};

type Routes = Record<'permissions' | 'project' | 'statuses' | 'priorities' | 'resolutions' | 'labels', Handler>;

export function projectRoutes(site: Site): Routes {
  const { projectKey, issueTypes, transitions } = site.options;
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

  const statuses: Handler = ({ params, origin }) => {
    if (!visible(params['key'])) return noProject;
    const all = [TODO, ...transitions.map(({ to }) => to)];
    const known = [...new Map(all.map((status) => [status.name, status])).values()].map(statusOf);
    const types = issueTypes.map((name) => {
      const { id, subtask } = wireType(site, name);
      return { id, name, self: `${origin}/rest/api/3/issueType/${String(id)}`, subtask, statuses: known };
    });
    return { json: types };
  };

  const labels: Handler = ({ query }) => {
    const all = [...new Set(site.issues.flatMap((issue) => issue.labels))].sort();
    const startAt = Number(query.get('startAt') ?? 0);
    const maxResults = Math.min(Number(query.get('maxResults') ?? 1000), site.options.pageSize);
    const values = all.slice(startAt, startAt + maxResults);
    return { json: { startAt, maxResults, total: all.length, isLast: startAt + values.length >= all.length, values } };
  };

  const priorities: Handler = ({ origin }) => ({
    json: site.options.priorities.map((name, place) => ({
      self: `${origin}/rest/api/3/priority/${place}`,
      id: String(place),
      name,
      description: '',
      statusColor: '#000000',
    })),
  });

  return {
    permissions,
    project,
    statuses,
    priorities,
    labels,
    resolutions: ({ origin }) => ({
      json: RESOLUTIONS.map((one) => ({ self: `${origin}/rest/api/3/resolution/${one.id}`, description: '', ...one })),
    }),
  };
}
