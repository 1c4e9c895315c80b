import { resolve } from 'node:path';
import { workspacePath } from '../../core/files/workspace-path.ts';
import type { Platform } from '../../core/ports/index.ts';
import { DATABASE } from './address.ts';

/** The embedded platform: no account, no server. Code is the git checkout itself, issues live in one SQLite file. */
export default {
  name: 'local',
  title: 'Local',
  fallback: true,
  needs: [
    {
      key: 'database',
      env: ['PACE_DATABASE'],
      why: 'the file that holds the issues, relative to the workspace; when absent, `.pace/pace.db` at the root of the repository’s main worktree',
      for: 'tracker',
      required: false,
      example: 'planning/issues.db',
    },
  ],
  projectSettings: (database) => ({ database }),
  trackerPlace: async (world, settings) => (await import('./database-place.ts')).databasePlace(world, settings).path,
  carriedSettings: (workspace) => ({ database: resolve(workspace, DATABASE) }),
  createHost: async (world) => (await import('./host.ts')).createHost(world),
  createTracker: async (world, settings) => {
    const { databasePlace } = await import('./database-place.ts');
    const { base, path } = databasePlace(world, settings);
    await workspacePath(base, path);
    return (await import('./issues.ts')).createTracker(world, settings);
  },
} satisfies Platform;
