import { shellEnv } from '../platforms/gitlab/bench.ts';
import { startGitLab } from '../support/gitlab.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { changeNoteStep, ciSteps, trackerSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  const server = await startGitLab();
  server.setJobs(server.sha, [
    { name: 'test', status: 'failed' },
    { name: 'lint', status: 'success' },
  ]);
  return {
    origin: server.origin,
    sha: server.sha,
    env: shellEnv(server),
    trouble: server.trouble,
    seen: async () => ({
      issues: server.issues.map(({ title, state, labels, notes }) => ({ title, state, labels, notes: texts(notes) })),
      requests: server.mergeRequests.map(({ title, state, notes }) => ({ title, state, notes: texts(notes) })),
      // of each name only the newest counts
      statuses: Object.fromEntries(server.statuses.map(({ name, status }) => [name, status])),
      variables: server.variables.map(({ key, value }) => `${key}=${value}`),
      quickActions: server.quickActions,
    }),
    close: server.close,
  };
}

function texts(notes: readonly { readonly body: string; readonly system: boolean }[]): string[] {
  return notes.filter(({ system }) => !system).map(({ body }) => body);
}

const inJob = { GITLAB_CI: 'true', CI_PROJECT_PATH: 'acme/pace-demo', CI_MERGE_REQUEST_IID: '1' };

faultSuite({
  platform: 'gitlab',
  startStage,
  steps: [...trackerSteps, ...ciSteps, { ...changeNoteStep, env: inJob }],
  permission: /scope `(read_)?api`/,
});
