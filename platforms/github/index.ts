/** GitHub: github.com, GitHub Enterprise Cloud with data residency, and GitHub Enterprise Server. https://docs.github.com/en/rest */
import type { IssueReference, Platform, Settings } from '../../core/ports/index.ts';

export default {
  name: 'github',
  title: 'GitHub',
  needs: [
    {
      key: 'token',
      env: ['PACE_GITHUB_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'],
      why: 'a token for the API; in a workflow the expression `github.token` gives one',
      scope:
        'checks: read, actions: read, statuses: write, issues: write, pull-requests: write (for human-gate days, and the note at a pull request) and contents: read (write for human-gate days); for issues alone issues: write',
      for: 'both',
      required: true,
      secret: true,
    },
    {
      key: 'repository',
      env: ['GITHUB_REPOSITORY'],
      why: 'the repository, as `owner/name`; the git remote tells it where nothing else does',
      for: 'both',
      required: true,
      example: 'octo-org/octo-repo',
    },
    {
      key: 'issues_repository',
      env: ['PACE_GITHUB_ISSUES_REPOSITORY'],
      why: 'where issues live, when that is another repository; a workflow’s own token cannot reach it',
      for: 'tracker',
      required: false,
      example: 'octo-org/planning',
    },
    {
      key: 'server_url',
      env: ['GITHUB_SERVER_URL'],
      why: 'the web address of the server',
      for: 'both',
      required: false,
      default: 'https://github.com',
      example: 'https://github.example.org',
      server: true,
    },
    {
      key: 'api_url',
      env: ['GITHUB_API_URL'],
      why: 'the address of the API; follows from `server_url` when absent',
      for: 'both',
      required: false,
      example: 'https://github.example.org/api/v3',
      server: true,
      follows: 'server_url',
    },
    {
      key: 'states',
      env: ['PACE_GITHUB_STATES'],
      why: 'labels that stand for work under way: `in_progress`, `in_review`, `blocked`; `status:…` when absent',
      for: 'tracker',
      required: false,
      map: true,
      example: 'in_progress=Doing; blocked=Waiting, On hold',
    },
  ],
  // runners of other forges set GitHub's variables too, and one of their own
  detectCi: (env) => env['GITHUB_ACTIONS'] === 'true' && !env['GITEA_ACTIONS'] && !env['FORGEJO_ACTIONS'],
  subjectOfJob: async ({ env }) => (await import('./event.ts')).subjectOfJob(env),
  detectRemote: (hostname) => isCloud(hostname) || hostname === 'ssh.github.com',
  // https://docs.github.com/en/actions/tutorials/authenticate-with-github_token
  pushRemedy:
    'With `state.persist: branch`, and only then, git pushes: please give the job `permissions: contents: write`, and actions/checkout `persist-credentials: true`. A ruleset must not protect the branch.',
  createHost: async (world, settings) => (await import('./host.ts')).createHost(world, settings),
  createTracker: async (world, settings) => (await import('./issues.ts')).createTracker(world, settings),
  readsWithoutToken: true,
  readIssueUrl,
  projectSettings: (project) => ({ repository: project, issues_repository: project }),
} satisfies Platform;

function isCloud(hostname: string): boolean {
  return hostname === 'github.com' || hostname.endsWith('.ghe.com');
}

/**
 * `https://github.com/octo-org/octo-repo/issues/12`. Pull requests have numbers of the same kind. Where a server is configured
 * only its own addresses count: the token is for nobody else.
 */
function readIssueUrl(url: URL, configured: Settings = {}): IssueReference | undefined {
  const [, repository, key] = /^\/([\w-]+\/[\w.-]+)\/(?:issues|pull)\/([1-9]\d*)(?:\/|$)/.exec(url.pathname) ?? [];
  if (repository === undefined || key === undefined) return undefined;
  const place = { repository, issues_repository: repository };
  const servers = [configured['server_url'], configured['api_url']].filter((address) => address !== undefined);
  // nothing of the address goes into the settings: it leads to the server that is configured
  if (servers.length > 0)
    return servers.some((address) => URL.parse(address)?.origin === url.origin) ? { key, settings: place } : undefined;
  return isCloud(url.hostname) ? { key, settings: { ...place, server_url: url.origin } } : undefined;
}
