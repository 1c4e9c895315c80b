import type { Platform, Settings } from '../../core/ports/index.ts';
import { issueUrlReader } from './address.ts';

/** Gitea and Forgejo, which serve one API. https://docs.gitea.com/development/api-usage and https://forgejo.org/docs/latest/user/api-usage/ */
export default {
  name: 'gitea',
  title: 'Gitea',
  needs: [
    {
      key: 'token',
      // a job of Forgejo has its own token in FORGEJO_TOKEN: that must not win over the one that is handed to the action
      env: ['PACE_GITEA_TOKEN', 'GITEA_TOKEN', 'GITEA_API_TOKEN'],
      envInJob: ['GITHUB_TOKEN'],
      why: 'a token for the API; a job has one of its own for its own repository',
      scope:
        'write:issue, write:repository, read:user and read:organization (a tracker alone: read:repository in place of write:repository)',
      for: 'both',
      required: true,
      secret: true,
    },
    {
      key: 'url',
      env: ['GITEA_URL', 'GITEA_SERVER_URL', 'FORGEJO_URL', 'FORGEJO_SERVER_URL'],
      envInJob: ['GITHUB_SERVER_URL'],
      why: 'the web address of the server, with the path that it may be under',
      for: 'both',
      required: true,
      example: 'https://gitea.example.org',
      server: true,
    },
    {
      key: 'repository',
      env: ['PACE_GITEA_REPOSITORY', 'GITEA_REPOSITORY', 'FORGEJO_REPOSITORY'],
      envInJob: ['GITHUB_REPOSITORY'],
      why: 'the repository, as `owner/name`; the git remote tells it where nothing else does',
      for: 'both',
      required: true,
      example: 'acme/demo',
    },
    {
      key: 'issues_repository',
      env: ['PACE_GITEA_ISSUES_REPOSITORY'],
      why: 'where issues live, when that is another repository; a job’s own token cannot reach it',
      for: 'tracker',
      required: false,
      example: 'acme/planning',
    },
    {
      key: 'states',
      env: ['PACE_GITEA_STATES'],
      why: 'which labels stand for the states that Gitea does not have',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_progress=Doing; canceled=wontfix',
    },
  ],
  // both runners set the first one, Forgejo's sets the second one too
  detectCi: (env) => env['GITEA_ACTIONS'] === 'true' || env['FORGEJO_ACTIONS'] === 'true',
  subjectOfJob: async ({ env }) => (await import('./job.ts')).subjectOfJob(env),
  detectRemote: isKnownHost,
  // https://docs.gitea.com/usage/actions/faq and https://forgejo.org/docs/latest/user/actions/basic-concepts/#automatic-token
  pushRemedy:
    'With `state.persist: branch`, and only then, git pushes: please give the checkout action `persist-credentials: true`. The job’s own token may push to its repository, unless the branch is protected or the run belongs to a pull request from a fork.',
  createHost: async (world, settings) => (await import('./host.ts')).createHost(world, settings),
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  readsWithoutToken: true,
  readIssueUrl: issueUrlReader(isKnownHost),
  projectSettings: (project): Settings => ({ repository: project, issues_repository: project }),
} satisfies Platform;

function isKnownHost(hostname: string): boolean {
  return ['gitea.com', 'codeberg.org'].includes(hostname) || /^(gitea|forgejo)\./.test(hostname);
}
