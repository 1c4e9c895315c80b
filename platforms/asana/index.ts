import type { Platform, Settings } from '../../core/ports/index.ts';
import { readIssueUrl } from './address.ts';

/** A tracker only: Asana hosts no code. https://developers.asana.com/reference/rest-api-reference */
export default {
  name: 'asana',
  title: 'Asana',
  needs: [
    {
      key: 'token',
      env: ['PACE_ASANA_TOKEN', 'ASANA_ACCESS_TOKEN', 'ASANA_TOKEN'],
      why: 'personal access token, or that of a service account, that opens and edits tasks',
      scope:
        'a personal access token of somebody who may edit the project (it has no scopes), or an OAuth token with the scopes `tasks:read`, `tasks:write`, `projects:read`, `project_sections:read`, `tags:read`, `tags:write`, `stories:read`, `stories:write`, `users:read` and `workspaces.typeahead:read`',
      for: 'tracker',
      required: true,
      secret: true,
    },
    {
      key: 'project',
      env: ['PACE_ASANA_PROJECT', 'ASANA_PROJECT', 'ASANA_PROJECT_ID'],
      why: 'gid of the project that holds the issues: the number in its address',
      for: 'tracker',
      required: true,
      example: '1201234567890123',
    },
    {
      key: 'workspace',
      env: ['PACE_ASANA_WORKSPACE', 'ASANA_WORKSPACE'],
      why: 'gid of the workspace; without it PACE asks which one the project is in',
      for: 'tracker',
      required: false,
      example: '1209876543210987',
    },
    {
      key: 'states',
      env: ['PACE_ASANA_STATES'],
      why: 'which sections of the project stand for which state, where they do not have the usual names',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_progress=Doing; in_review=QA; canceled=Dropped',
    },
    {
      key: 'api_url',
      env: ['ASANA_API_URL'],
      why: 'address of the API, when a proxy stands before it',
      for: 'tracker',
      required: false,
      default: 'https://app.asana.com/api/1.0',
      server: true,
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  readIssueUrl,
  projectSettings: (project): Settings => ({ project }),
} satisfies Platform;
