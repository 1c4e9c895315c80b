import { shellEnv, stepEnv } from '../platforms/bitbucket/bench.ts';
import { startBitbucket } from '../support/bitbucket.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { changeNoteStep, ciSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  const server = await startBitbucket({ now: () => Date.parse('2026-03-01T08:00:00Z') });
  const steps = [
    { name: 'test', state: 'COMPLETED FAILED' },
    { name: 'lint', state: 'COMPLETED SUCCESSFUL' },
  ];
  server.addPipeline(server.sha, steps, { state: 'COMPLETED FAILED' });
  server.addStatus(server.sha, { key: 'sonar', state: 'SUCCESSFUL' });
  return {
    origin: server.origin,
    sha: server.sha,
    env: shellEnv(server),
    trouble: server.trouble,
    seen: async () => ({
      requests: server.requests.map(({ title, state, comments }) => ({
        title,
        state,
        comments: comments.map(({ raw }) => raw),
      })),
      statuses: server.statuses.map(({ key, state, description }) => ({ key, state, description })),
      variables: server.variables.map(({ key, value }) => `${key}=${value}`),
      files: [...server.branches].map(([name, sha]) => [name, [...(server.commits.get(sha)?.keys() ?? [])]]),
    }),
    close: () => server.close(),
  };
}

const inStep = {
  BITBUCKET_PR_ID: '1',
  ...stepEnv({ repository: 'acme/demo', sha: 'a'.repeat(40) }, { uuid: '{1}', number: 9 }),
};

faultSuite({
  platform: 'bitbucket',
  startStage,
  steps: [...ciSteps, { ...changeNoteStep, env: inStep }],
  permission: /scopes? `(read|write|admin):\w+:bitbucket`/,
});
