import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTracker } from '../../../platforms/local/issues.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { testWorld } from '../../support/world.ts';

issueTrackerContract('local', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-local-'));
  const world = testWorld({ cwd });
  return {
    tracker: createTracker(world, {}),
    capabilities: { inProgress: true, manyIssues: true },
    tick: () => world.advance(1000),
    dispose: async () => rmSync(cwd, { recursive: true }),
  };
});
