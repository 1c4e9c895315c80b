import { startJira } from '../support/jira.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { trackerSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  let last = 0;
  // no two issues have the same age
  const now = () => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
  const server = await startJira({ now, projectKey: 'PACE' });
  return {
    origin: server.origin,
    sha: '',
    env: {
      JIRA_URL: server.origin,
      JIRA_EMAIL: server.email,
      JIRA_TOKEN: server.token,
      JIRA_PROJECT_KEY: server.projectKey,
    },
    trouble: server.trouble,
    seen: async () =>
      server.issues.map(({ key, summary, status, labels, comments }) => ({
        key,
        summary,
        status: status.name,
        labels,
        comments: comments.map(({ body }) => body),
      })),
    close: server.close,
  };
}

faultSuite({ platform: 'jira', startStage, steps: trackerSteps, permission: /Please give .* the permission “/ });
