import { NOT_BUILT_YET } from '../../contract/issue-tracker/not-built-yet.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { startGitLab } from '../../support/gitlab.ts';
import { oddAnswers } from '../../support/odd-answers.ts';
import { expectDescribed, shellEnv, trackerIn } from './bench.ts';

issueTrackerContract('GitLab', async () => {
  const server = await startGitLab();
  const { tracker } = await trackerIn(shellEnv(server));
  return {
    tracker,
    facts: { manyIssues: true },
    gaps: NOT_BUILT_YET,
    another: async () => (await trackerIn(shellEnv(server))).tracker,
    ...oddAnswers(server),
    dispose: async () => {
      expectDescribed(server.exchanges);
      await server.close();
    },
  };
});
