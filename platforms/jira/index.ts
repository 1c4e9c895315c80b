import type { Platform, Setting } from '../../core/ports/index.ts';
import { readIssueUrl, settingsOfKey } from './address.ts';

const SCOPES =
  'read:jira-work, write:jira-work, read:jira-user, and manage:jira-project to change versions (a classic API token without scopes has them)';

function wording(key: string, why: string, value: string): Setting {
  return { key, env: [`JIRA_${key.toUpperCase()}`], why, for: 'tracker', required: false, default: value };
}

/** Jira Cloud and Jira Data Center: a tracker only, since Jira hosts no code. https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/ */
export default {
  name: 'jira',
  title: 'Jira',
  needs: [
    {
      key: 'url',
      env: ['JIRA_URL'],
      why: 'address of the Jira site, with its path if it has one',
      for: 'tracker',
      required: true,
      example: 'https://your-team.atlassian.net',
      server: true,
    },
    {
      key: 'email',
      env: ['JIRA_EMAIL'],
      why: 'account that the API token belongs to; in Data Center absent for a personal access token, else the user’s name',
      for: 'tracker',
      required: false,
      example: 'pace@example.org',
    },
    {
      key: 'token',
      env: ['JIRA_TOKEN', 'JIRA_API_TOKEN'],
      why: 'API token of the account JIRA_EMAIL, or a personal access token of Data Center',
      scope: SCOPES,
      for: 'tracker',
      required: true,
      secret: true,
    },
    {
      key: 'project_key',
      env: ['JIRA_PROJECT_KEY', 'JIRA_PROJECT'],
      why: 'project in which issues are opened',
      for: 'tracker',
      required: true,
      example: 'PACE',
    },
    {
      key: 'deployment',
      env: ['JIRA_DEPLOYMENT'],
      why: '`cloud` or `data-center`; found by looking when absent',
      for: 'tracker',
      required: false,
      example: 'data-center',
    },
    {
      key: 'states',
      env: ['PACE_JIRA_STATES'],
      why: 'which statuses stand for a state, where their category and name do not say it',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_progress=Doing; done=Done, Shipped',
    },
    {
      key: 'story_points_field',
      env: ['JIRA_STORY_POINTS_FIELD'],
      why: 'id or name of the field for story points, where it is not called so',
      for: 'tracker',
      required: false,
      example: 'customfield_10016',
    },
    wording('hold_issue_type', 'issue type of an escalation', 'Bug'),
    wording('hold_priority', 'priority of an escalation', 'High'),
    wording('advisory_issue_type', 'issue type of advisories', 'Task'),
    wording('advisory_priority', 'priority of advisories', 'Medium'),
    wording('story_issue_type', 'issue type of a story', 'Story'),
  ],
  readIssueUrl,
  projectSettings: (project) => ({ project_key: project }),
  settingsOfKey,
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
} satisfies Platform;
