import type { IssueReference, Platform } from '../../core/ports/index.ts';

/** Bitbucket Cloud. https://developer.atlassian.com/cloud/bitbucket/rest/ */
export default {
  name: 'bitbucket',
  title: 'Bitbucket',
  needs: [
    {
      key: 'token',
      env: [
        'PACE_BITBUCKET_TOKEN',
        'BITBUCKET_TOKEN',
        'BITBUCKET_API_TOKEN',
        'BITBUCKET_ACCESS_TOKEN',
        'BITBUCKET_APP_PASSWORD',
      ],
      why: 'an API token (with `email`), or an access token of a repository, project or workspace',
      scope:
        'read:repository:bitbucket, write:repository:bitbucket, read:pullrequest:bitbucket, write:pullrequest:bitbucket, read:pipeline:bitbucket and, for variables, admin:pipeline:bitbucket (an access token: repository:write, pullrequest:write, pipeline and pipeline:variable)',
      for: 'ci',
      required: true,
      secret: true,
    },
    {
      key: 'email',
      env: ['PACE_BITBUCKET_EMAIL', 'BITBUCKET_EMAIL', 'BITBUCKET_USERNAME', 'BITBUCKET_USER'],
      why: 'the e-mail address of the Atlassian account that an API token belongs to; an access token has none',
      for: 'ci',
      required: false,
      example: 'ada@example.org',
    },
    {
      key: 'repository',
      env: ['PACE_BITBUCKET_REPOSITORY', 'BITBUCKET_REPO_FULL_NAME'],
      why: 'the repository, as `workspace/name`; the git remote tells it where nothing else does',
      for: 'ci',
      required: false,
      example: 'acme/demo',
    },
    {
      key: 'workspace',
      env: ['BITBUCKET_WORKSPACE'],
      why: 'with `repo_slug`, in place of `repository`',
      for: 'ci',
      required: false,
      example: 'acme',
    },
    {
      key: 'repo_slug',
      env: ['BITBUCKET_REPO_SLUG'],
      why: 'with `workspace`, in place of `repository`',
      for: 'ci',
      required: false,
      example: 'demo',
    },
    {
      key: 'api_url',
      env: ['PACE_BITBUCKET_API_URL', 'BITBUCKET_API_URL'],
      why: 'the address of the API',
      for: 'ci',
      required: false,
      default: 'https://api.bitbucket.org/2.0',
      server: true,
    },
  ],
  detectCi: (env) => Boolean(env['BITBUCKET_BUILD_NUMBER'] && env['BITBUCKET_REPO_FULL_NAME']),
  subjectOfJob: async (world) => (await import('./job.ts')).subjectOfJob(world),
  detectRemote: (hostname) => ['bitbucket.org', 'altssh.bitbucket.org'].includes(hostname),
  // https://support.atlassian.com/bitbucket-cloud/docs/push-back-to-your-repository/
  pushRemedy:
    'A step of Pipelines may push to its own repository over the remote that it has cloned from, unless a branch restriction forbids it: please leave `pace/*` unrestricted.',
  // https://community.atlassian.com/forums/Bitbucket-articles/Announcing-sunset-of-Bitbucket-Issues-and-Wikis/ba-p/3193882
  instead: {
    tracker:
      'Atlassian removed the issue tracker of Bitbucket in August 2026, with its API. Please set `platform.tracker: jira` (JIRA_URL, JIRA_EMAIL, JIRA_TOKEN, JIRA_PROJECT_KEY), or choose another tracker.',
  },
  readIssueUrl,
  createHost: async (world, settings) => (await import('./host.ts')).createHost(world, settings),
} satisfies Platform;

/** These addresses lead nowhere any more; who follows one is told so. */
function readIssueUrl({ hostname, pathname }: URL): IssueReference | undefined {
  const [, repository, key] = /^\/([\w.-]+\/[\w.-]+)\/issues\/(\d+)(?:\/|$)/.exec(pathname) ?? [];
  return hostname === 'bitbucket.org' && repository && key ? { key, settings: { repository } } : undefined;
}
