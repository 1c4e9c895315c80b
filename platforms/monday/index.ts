import type { Platform } from '../../core/ports/index.ts';

const ADDRESS = /^\/boards\/([1-9]\d*)\/(?:views\/\d+\/)?pulses\/([1-9]\d*)(?:\/|$)/;

/** A tracker only: a board of monday.com. https://developer.monday.com/api-reference/docs/basics */
export default {
  name: 'monday',
  title: 'monday',
  needs: [
    {
      key: 'token',
      env: ['PACE_MONDAY_TOKEN', 'MONDAY_API_TOKEN'],
      why: 'personal API token, or access token of an app, that opens and edits items of the board',
      scope:
        'a user who may edit the board; for the token of an app the scopes boards:read, boards:write, updates:read, updates:write, users:read, tags:read and me:read',
      for: 'tracker',
      required: true,
      secret: true,
    },
    {
      key: 'board',
      env: ['PACE_MONDAY_BOARD', 'MONDAY_BOARD_ID'],
      why: 'id of the board whose items are the issues: the number in its address',
      for: 'tracker',
      required: true,
      example: '1234567890',
    },
    {
      key: 'group',
      env: ['PACE_MONDAY_GROUP'],
      why: 'group into which new items go, by title or id; else the top one',
      for: 'tracker',
      required: false,
      example: 'Release gate',
    },
    {
      key: 'columns',
      env: ['PACE_MONDAY_COLUMNS'],
      why: 'which column, by title or id, holds which field, where type and usual titles do not tell',
      for: 'tracker',
      required: false,
      map: true,
      example: 'status=Stage; labels=Topics; description=Notes',
    },
    {
      key: 'states',
      env: ['PACE_MONDAY_STATES'],
      why: 'which labels of the status column stand for which state, where the usual names do not tell',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_progress=Doing; done=Done, Shipped',
    },
    {
      key: 'api_url',
      env: ['MONDAY_API_URL'],
      why: 'address of the GraphQL API, when a proxy stands before it',
      for: 'tracker',
      required: false,
      default: 'https://api.monday.com/v2',
      server: true,
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  readIssueUrl: ({ hostname, pathname }) => {
    const [, board, key] = (/(?:^|\.)monday\.com$/.test(hostname) && ADDRESS.exec(pathname)) || [];
    return board === undefined || key === undefined ? undefined : { key, settings: { board } };
  },
  projectSettings: (board) => ({ board }),
} satisfies Platform;
