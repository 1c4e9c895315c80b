import { type JiraOptions, startJira } from '../support/jira.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { trackerSteps } from './steps.ts';

async function startStage(options: JiraOptions): Promise<Stage> {
  let last = 0;
  // no two issues have the same age
  const now = () => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
  const server = await startJira({ now, projectKey: 'PACE', ...options });
  return {
    origin: server.origin,
    sha: '',
    env: {
      JIRA_URL: server.origin,
      JIRA_EMAIL: options.deployment ? '' : server.email,
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

const permission = /Please give .* the permission “/;

faultSuite({ platform: 'jira', startStage: () => startStage({}), steps: trackerSteps, permission });

// what differs in Data Center are the probe, the search and its metadata
const searching = ['openEscalationIssue, after a SHIP', 'resolveEscalation'];
faultSuite({
  platform: 'jira',
  startStage: () => startStage({ deployment: 'Data Center' }),
  steps: trackerSteps.filter(({ name }) => searching.includes(name)),
  permission,
});
