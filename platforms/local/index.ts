import { workspacePath } from '../../core/files/workspace-path.ts';
import type { Platform } from '../../core/ports/index.ts';

const DATABASE = '.pace/pace.db';

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
      default: DATABASE,
      example: '.pace/pace.db',
    },
  ],
  projectSettings: (database) => ({ database }),
  createHost: async (world) => (await import('./host.ts')).createHost(world),
  createTracker: async (world, settings) => {
    await workspacePath(world.cwd, settings['database'] ?? DATABASE);
    return (await import('./issues.ts')).createTracker(world, settings);
  },
} satisfies Platform;
