import type { Platform } from '../../core/ports/index.ts';
import { projectSettings, readIssueUrl } from './address.ts';

/** https://docs.gitlab.com/api/rest/ and https://docs.gitlab.com/ci/variables/predefined_variables/ */
export default {
  name: 'gitlab',
  title: 'GitLab',
  needs: [
    {
      key: 'token',
      env: ['PACE_GITLAB_TOKEN', 'GITLAB_TOKEN'],
      why: 'opens issues and merge requests, sets commit statuses and variables, reads the checks of a commit',
      scope:
        'a project, group or personal access token with scope `api` and role Developer (Maintainer for CI/CD variables)',
      for: 'both',
      required: false,
      secret: true,
    },
    {
      key: 'job_token',
      env: ['CI_JOB_TOKEN'],
      why: 'stands in for the token where GitLab lets a job read; it cannot open issues or merge requests',
      scope: 'given by GitLab to every job',
      for: 'ci',
      required: false,
      secret: true,
      ofJob: true,
    },
    {
      key: 'project',
      env: ['GITLAB_PROJECT', 'CI_PROJECT_PATH', 'CI_PROJECT_ID'],
      why: 'the project whose commits are judged, by path or number; the git remote tells it where nothing else does',
      for: 'both',
      required: true,
      example: 'group/project',
    },
    {
      key: 'issues_project',
      env: ['GITLAB_ISSUES_PROJECT'],
      why: 'the project in which issues are opened, when it is another one',
      for: 'tracker',
      required: false,
      example: 'group/tracker',
    },
    {
      key: 'url',
      env: ['GITLAB_URL', 'CI_SERVER_URL', 'CI_API_V4_URL'],
      why: 'the GitLab instance',
      for: 'both',
      required: false,
      default: 'https://gitlab.com',
      example: 'https://gitlab.example.org',
      server: true,
    },
    {
      key: 'states',
      env: ['PACE_GITLAB_STATES'],
      why: 'the labels that stand for states, beside GitLab’s own opened and closed',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_progress=Doing; in_review=Review; blocked=Waiting; canceled=Dropped',
    },
  ],
  detectCi: (env) => env['GITLAB_CI'] === 'true',
  subjectOfJob: async ({ env }) => (await import('./job.ts')).subjectOfJob(env),
  detectRemote: (hostname) => ['gitlab.com', 'altssh.gitlab.com'].includes(hostname) || hostname.startsWith('gitlab.'),
  // https://docs.gitlab.com/ci/jobs/ci_job_token/#allow-git-push-requests-to-your-project-repository
  pushRemedy:
    'Please turn on "Allow Git push requests to the repository" (Settings > CI/CD > Job token permissions), or give git a project access token with the scope `write_repository`. The branch must not be protected.',
  readsWithoutToken: true,
  readIssueUrl,
  projectSettings,
  createHost: async (world, settings) => (await import('./host.ts')).createHost(world, settings),
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
} satisfies Platform;
