import type { IssueReference, Platform, Settings } from '../../core/ports/index.ts';
import { readKey } from './address.ts';

/** A tracker only: ClickUp hosts no code. https://developer.clickup.com/docs */
export default {
  name: 'clickup',
  title: 'ClickUp',
  needs: [
    {
      key: 'token',
      env: ['PACE_CLICKUP_TOKEN', 'CLICKUP_API_TOKEN'],
      why: 'personal token, or access token of an OAuth app, that opens and edits tasks',
      scope:
        'a personal token (`pk_…`), or an OAuth access token, of a user with the permission “Full edit” on the List and the right to manage tags',
      for: 'tracker',
      required: true,
      secret: true,
    },
    {
      key: 'list',
      env: ['CLICKUP_LIST'],
      why: 'id of the List in which tasks are opened: the last number of its address',
      for: 'tracker',
      required: true,
      example: '901234567890',
    },
    {
      key: 'workspace',
      env: ['CLICKUP_WORKSPACE'],
      why: 'id of the Workspace, where the token sees several; found by looking when absent',
      for: 'tracker',
      required: false,
      example: '9012345678',
    },
    {
      key: 'states',
      env: ['PACE_CLICKUP_STATES'],
      why: 'which statuses of the List stand for which state, where their type and the usual names do not tell',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_progress=Doing; in_review=QA; done=Done, Shipped',
    },
    {
      key: 'api_url',
      env: ['CLICKUP_API_URL'],
      why: 'address of the API, when a proxy stands before it',
      for: 'tracker',
      required: false,
      default: 'https://api.clickup.com/api',
      server: true,
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  readIssueUrl,
  projectSettings: (list) => ({ list }),
} satisfies Platform;

/** `/t/86c1abc2d`, or with the Workspace: `/t/9012345678/SHOP-12`. The List is not told. */
function readIssueUrl({ hostname, pathname, protocol }: URL): IssueReference | undefined {
  const [, workspace, text = ''] = /^\/t\/(?:(\d+)\/)?([\w-]+)\/?$/.exec(pathname) ?? [];
  const key = hostname === 'app.clickup.com' && protocol === 'https:' ? readKey(text) : undefined;
  if (key === undefined || (key.isCustom && workspace === undefined)) return undefined;
  const settings: Settings = workspace === undefined ? {} : { workspace };
  return { key: key.id, settings };
}
