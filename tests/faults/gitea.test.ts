import { shellEnv } from '../platforms/gitea/bench.ts';
import { startGitea } from '../support/gitea.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { changeNoteStep, ciSteps, trackerSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  const server = await startGitea();
  const { state } = server;
  server.addRun({
    sha: state.sha,
    jobs: [
      { name: 'test', status: 'failure' },
      { name: 'lint', status: 'success' },
    ],
  });
  // what has ended has ended long ago
  for (const row of state.statuses) Object.assign(row, { at: row.at - 3600 });
  const labels = (ids: readonly number[]) => ids.map((id) => state.labels.find((label) => label.id === id)?.name);
  return {
    origin: server.origin,
    sha: state.sha,
    env: shellEnv(server),
    trouble: server.trouble,
    seen: async () => ({
      // reviewers are asked once, so that nobody is asked again who has been taken away
      issues: state.issues.map(({ title, state: word, labelIds, comments }) => ({
        ...{ title, state: word, labels: labels(labelIds) },
        comments: comments.map(({ body }) => body),
      })),
      labels: state.labels.map(({ name }) => name),
      // of each context only the newest counts
      statuses: Object.fromEntries(state.statuses.map(({ context, state: word }) => [context, word])),
      variables: [...state.variables].map(([name, value]) => `${name}=${value}`),
    }),
    close: server.close,
  };
}

const inJob = { GITEA_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/pace-demo', GITHUB_REF: 'refs/pull/1/head' };

faultSuite({
  platform: 'gitea',
  startStage,
  steps: [...trackerSteps, ...ciSteps, { ...changeNoteStep, env: inJob }],
  permission: /scope `(read|write):/,
});
