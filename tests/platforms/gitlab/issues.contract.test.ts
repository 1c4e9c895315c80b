import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { startGitLab } from '../../support/gitlab.ts';
import { expectDescribed, shellEnv, trackerIn } from './bench.ts';

issueTrackerContract('GitLab', async () => {
  const server = await startGitLab();
  const { tracker } = await trackerIn(shellEnv(server));
  return {
    tracker,
    capabilities: { canceled: false, manyIssues: true },
    dispose: async () => {
      expectDescribed(server.exchanges);
      await server.close();
    },
  };
});
