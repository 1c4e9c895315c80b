import { shellEnv } from '../platforms/gitea/bench.ts';
import { startGitea } from '../support/gitea.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { trackerSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  const server = await startGitea();
  const { state } = server;
  const labels = (ids: readonly number[]) => ids.map((id) => state.labels.find((label) => label.id === id)?.name);
  return {
    origin: server.origin,
    sha: state.sha,
    env: shellEnv(server),
    trouble: server.trouble,
    seen: async () => ({
      issues: state.issues.map(({ title, state: word, labelIds, comments }) => ({
        ...{ title, state: word, labels: labels(labelIds) },
        comments: comments.map(({ body }) => body),
      })),
      labels: state.labels.map(({ name }) => name),
    }),
    close: server.close,
  };
}

faultSuite({
  platform: 'gitea',
  startStage,
  steps: [...trackerSteps],
  permission: /scope `(read|write):/,
});
