import { shellEnv } from '../platforms/clickup/bench.ts';
import { startClickUp } from '../support/clickup.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { trackerSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  const server = await startClickUp({ firstId: '1' });
  const { state } = server;
  return {
    origin: server.origin,
    sha: '',
    env: shellEnv(server),
    trouble: server.trouble,
    seen: async () => ({
      tasks: state.tasks.map(({ id, name, status, tags, comments }) => ({
        ...{ id, name, status, tags: tags.toSorted() },
        comments: comments.map(({ text }) => text),
      })),
      tags: state.tags.map(({ name }) => name).sort(),
    }),
    close: server.close,
  };
}

faultSuite({
  platform: 'clickup',
  startStage,
  steps: trackerSteps,
  permission: /Please give the token’s user the permission “(View only|Comment|Edit|Full edit)” on the List/,
});
