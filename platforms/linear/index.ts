import type { Platform } from '../../core/ports/index.ts';

const ADDRESS = /^\/[^/]+\/issue\/([A-Za-z0-9]+)-([1-9]\d*)(?:\/|$)/;

/** A tracker only: Linear hosts no code. https://linear.app/developers/graphql */
export default {
  name: 'linear',
  title: 'Linear',
  needs: [
    {
      key: 'token',
      env: ['PACE_LINEAR_TOKEN', 'LINEAR_API_KEY'],
      why: 'personal API key, or access token of an OAuth application, that opens and edits issues',
      scope:
        'an API key with the permissions Read and Write, or an OAuth token with the scopes `read` and `write`, with access to the team',
      for: 'tracker',
      required: true,
      secret: true,
    },
    {
      key: 'team',
      env: ['LINEAR_TEAM'],
      why: 'key of the team in which issues are opened',
      for: 'tracker',
      required: true,
      example: 'ENG',
    },
    {
      key: 'project',
      env: ['LINEAR_PROJECT'],
      why: 'project into which new issues go, by name, id or the last part of its address; its milestones are the milestones',
      for: 'tracker',
      required: false,
      example: 'Website relaunch',
    },
    {
      key: 'states',
      env: ['PACE_LINEAR_STATES'],
      why: 'which workflow states of the team stand for which state, where the type and the usual names do not tell',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_progress=Doing; in_review=QA; done=Done, Shipped',
    },
    {
      key: 'api_url',
      env: ['LINEAR_API_URL'],
      why: 'address of the GraphQL API, when a proxy stands before it',
      for: 'tracker',
      required: false,
      default: 'https://api.linear.app/graphql',
      server: true,
    },
  ],
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  readIssueUrl: ({ hostname, pathname }) => {
    const [, team, number] = (hostname === 'linear.app' && ADDRESS.exec(pathname)) || [];
    if (team === undefined) return undefined;
    return { key: `${team.toUpperCase()}-${number}`, settings: { team: team.toUpperCase() } };
  },
  projectSettings: (team) => ({ team }),
  settingsOfKey(key) {
    const team = /^([A-Za-z0-9]{1,10})-[1-9]\d{0,9}$/.exec(key)?.[1];
    return team === undefined ? undefined : { team: team.toUpperCase() };
  },
} satisfies Platform;
