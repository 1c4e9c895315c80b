import { identifierOf, startLinear } from '../support/linear.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { trackerSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  let last = 0;
  // no two issues have the same age
  const now = () => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
  const server = await startLinear({ now });
  return {
    origin: server.origin,
    sha: '',
    env: { PACE_LINEAR_TOKEN: server.token, LINEAR_TEAM: server.teamKey, LINEAR_API_URL: server.apiUrl },
    trouble: server.trouble,
    seen: async () =>
      server.space.issues.map((issue) => ({
        key: identifierOf(issue),
        title: issue.title,
        state: issue.state.name,
        labels: issue.labels.map(({ name }) => name),
        attachments: issue.attachments.length,
        comments: issue.comments.map(({ body }) => body),
      })),
    close: server.close,
  };
}

faultSuite({
  platform: 'linear',
  startStage,
  steps: trackerSteps,
  permission: /Please give the API key the permission “/,
});
