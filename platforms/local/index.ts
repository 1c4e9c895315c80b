import type { Platform } from '../ports.ts';

/** The embedded platform: no account, no server. Code is the git checkout itself, issues live in one SQLite file. */
export default {
  name: 'local',
  title: 'Local',
  fallback: true,
  needs: [
    {
      key: 'database',
      env: ['PACE_DATABASE'],
      why: 'the file that holds the issues, relative to the workspace',
      for: 'tracker',
      required: false,
      default: '.pace/pace.db',
      example: '.pace/pace.db',
    },
  ],
  createHost: async (world) => (await import('./host.ts')).createHost(world),
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
} satisfies Platform;
