/** Whole answers of GitHub's API, as its description wants them, from the few fields that a test cares about. */

export interface CheckToShow {
  readonly name: string;
  readonly id?: number;
  /** `completed` when there is a conclusion, else `in_progress`. */
  readonly status?: string;
  readonly conclusion?: string | null;
  /** `github-actions` when absent. */
  readonly app?: string;
  /** Groups the jobs of one workflow run; 1 when absent. */
  readonly suite?: number;
  /** `null` for one that has not begun. */
  readonly startedAt?: string | null;
  readonly completedAt?: string;
  readonly url?: string;
  /** Its failure does not count (`continue-on-error`): its run passes all the same. */
  readonly allowed?: boolean;
}

export interface StatusToShow {
  readonly context: string;
  readonly state: string;
  readonly description?: string | null;
  readonly target_url?: string | null;
}

export interface RunToShow {
  readonly id: number;
  readonly name: string;
  /** Groups its jobs; the id when absent. */
  readonly suite?: number;
  readonly workflowId?: number;
  readonly path?: string;
  readonly status?: string;
  readonly conclusion?: string | null;
  readonly event?: string;
  readonly createdAt?: string;
  /** 1 when absent. */
  readonly attempt?: number;
  /** When the latest attempt began; when the run was made, where it is absent. */
  readonly startedAt?: string;
}

export interface JobToShow {
  readonly id: number;
  readonly name: string;
  readonly status?: string;
  readonly conclusion?: string | null;
  readonly runner?: string | null;
  readonly startedAt?: string;
}

/** An environment that a run waits to deploy to. */
export interface DeploymentToShow {
  readonly environment: string;
  readonly people?: readonly string[];
  readonly teams?: readonly string[];
  /** In minutes. */
  readonly timer?: number;
}

export interface ReviewToShow {
  /** `null` for an account that is gone. */
  readonly login: string | null;
  readonly state: string;
  readonly sha: string | null;
}

export interface Place {
  readonly origin: string;
  readonly repository: string;
  readonly sha: string;
}

const WHEN = '2026-03-02T08:00:00Z';

export function checkRunShape({ origin, repository, sha }: Place, check: CheckToShow & { id: number }): object {
  const slug = check.app ?? 'github-actions';
  const status = check.status ?? (check.conclusion === undefined ? 'in_progress' : 'completed');
  const url = `${origin}/repos/${repository}/check-runs/${check.id}`;
  return {
    id: check.id,
    node_id: `CR_${check.id}`,
    head_sha: sha,
    name: check.name,
    external_id: '',
    url,
    html_url: check.url ?? `${origin}/${repository}/runs/${check.id}`,
    details_url: check.url ?? `${origin}/${repository}/runs/${check.id}`,
    status,
    conclusion: status === 'completed' ? (check.conclusion ?? null) : null,
    started_at: check.startedAt === undefined ? WHEN : check.startedAt,
    completed_at: status === 'completed' ? (check.completedAt ?? '2026-03-02T08:05:00Z') : null,
    output: { title: null, summary: null, text: null, annotations_count: 0, annotations_url: `${url}/annotations` },
    check_suite: { id: check.suite ?? 1 },
    app: appShape(origin, slug),
    pull_requests: [],
  };
}

function appShape(origin: string, slug: string): object {
  return {
    id: 15368,
    slug,
    node_id: 'A_1',
    owner: userShape(origin, 'github'),
    name: slug,
    description: '',
    external_url: 'https://example.org',
    html_url: `${origin}/apps/${slug}`,
    created_at: WHEN,
    updated_at: WHEN,
    permissions: { checks: 'write' },
    events: [],
  };
}

export function userShape(origin: string, login: string): object {
  const url = `${origin}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: 41898282,
    node_id: 'U_1',
    avatar_url: `${origin}/avatars/1`,
    gravatar_id: '',
    url,
    html_url: `${origin}/${encodeURIComponent(login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: 'Bot',
    site_admin: false,
  };
}

export function combinedStatusShape(place: Place, statuses: readonly object[], total: number): object {
  const { origin, repository, sha } = place;
  return {
    state: combinedState(statuses as { state: string }[]),
    statuses,
    sha,
    total_count: total,
    repository: repositoryShape(origin, repository),
    commit_url: `${origin}/repos/${repository}/commits/${sha}`,
    url: `${origin}/repos/${repository}/commits/${sha}/status`,
  };
}

/** https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference */
function combinedState(statuses: readonly { state: string }[]): string {
  if (statuses.some(({ state }) => state === 'failure' || state === 'error')) return 'failure';
  return statuses.length === 0 || statuses.some(({ state }) => state === 'pending') ? 'pending' : 'success';
}

export function statusShape(
  { origin, repository, sha }: Place,
  status: StatusToShow & { id: number; at: string },
): object {
  return {
    url: `${origin}/repos/${repository}/statuses/${sha}`,
    avatar_url: `${origin}/avatars/1`,
    id: status.id,
    node_id: `SC_${status.id}`,
    state: status.state,
    description: status.description ?? null,
    target_url: status.target_url ?? null,
    context: status.context,
    created_at: status.at,
    updated_at: status.at,
  };
}

export function runShape({ origin, repository, sha }: Place, run: RunToShow): object {
  const url = `${origin}/repos/${repository}/actions/runs/${run.id}`;
  const suite = run.suite ?? run.id;
  const workflow = run.workflowId ?? 1;
  const status = run.status ?? (run.conclusion === undefined ? 'in_progress' : 'completed');
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    check_suite_id: suite,
    check_suite_node_id: `CS_${suite}`,
    head_branch: 'main',
    head_sha: sha,
    path: run.path ?? `.github/workflows/${run.name.toLowerCase().replace(/\W+/g, '-')}.yml`,
    run_number: run.id,
    run_attempt: run.attempt ?? 1,
    event: run.event ?? 'push',
    display_title: 'A change',
    status,
    conclusion: status === 'completed' ? (run.conclusion ?? null) : null,
    workflow_id: workflow,
    url,
    html_url: `${origin}/${repository}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt ?? WHEN,
    updated_at: run.createdAt ?? WHEN,
    run_started_at: run.startedAt ?? run.createdAt ?? WHEN,
    actor: userShape(origin, 'octocat'),
    triggering_actor: userShape(origin, 'octocat'),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${origin}/repos/${repository}/check-suites/${suite}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${origin}/repos/${repository}/actions/workflows/${workflow}`,
    head_commit: {
      id: sha,
      tree_id: sha,
      message: 'A change',
      timestamp: WHEN,
      author: { name: 'Octo Cat', email: 'octocat@example.org' },
      committer: { name: 'Octo Cat', email: 'octocat@example.org' },
    },
    repository: repositoryShape(origin, repository),
    head_repository: repositoryShape(origin, repository),
  };
}

export function deploymentShape({ origin, repository }: Place, deployment: DeploymentToShow): object {
  const { environment, people = [], teams = [], timer = 0 } = deployment;
  return {
    environment: {
      id: 9,
      node_id: 'E_9',
      name: environment,
      url: `${origin}/repos/${repository}/environments/${environment}`,
      html_url: `${origin}/${repository}/deployments/activity_log?environments_filter=${environment}`,
    },
    wait_timer: timer,
    wait_timer_started_at: timer > 0 ? WHEN : null,
    current_user_can_approve: false,
    reviewers: [
      ...people.map((login) => ({ type: 'User', reviewer: { ...userShape(origin, login), type: 'User' } })),
      ...teams.map((slug) => ({ type: 'Team', reviewer: teamShape(origin, slug) })),
    ],
  };
}

function teamShape(origin: string, slug: string): object {
  const url = `${origin}/teams/${slug}`;
  return {
    ...{ id: 3, node_id: 'T_3', url, members_url: `${url}/members{/member}`, repositories_url: `${url}/repos` },
    ...{ name: slug, slug, description: null, privacy: 'closed', permission: 'push', parent: null },
    ...{ html_url: `${origin}/orgs/octo-org/teams/${slug}`, notification_setting: 'notifications_enabled' },
  };
}

export function jobShape({ origin, repository, sha }: Place, run: number, job: JobToShow): object {
  const status = job.status ?? (job.conclusion === undefined ? 'in_progress' : 'completed');
  return {
    id: job.id,
    run_id: run,
    workflow_name: 'CI',
    head_branch: 'main',
    run_url: `${origin}/repos/${repository}/actions/runs/${run}`,
    run_attempt: 1,
    node_id: `CR_${job.id}`,
    head_sha: sha,
    url: `${origin}/repos/${repository}/actions/jobs/${job.id}`,
    html_url: `${origin}/${repository}/actions/runs/${run}/job/${job.id}`,
    status,
    conclusion: job.conclusion ?? null,
    created_at: job.startedAt ?? WHEN,
    started_at: job.startedAt ?? WHEN,
    completed_at: status === 'completed' ? '2026-03-02T08:05:00Z' : null,
    name: job.name,
    steps: [],
    check_run_url: `${origin}/repos/${repository}/check-runs/${job.id}`,
    labels: ['ubuntu-latest'],
    runner_id: job.runner === null ? null : 1,
    runner_name: job.runner ?? null,
    runner_group_id: job.runner === null ? null : 2,
    runner_group_name: job.runner === null ? null : 'GitHub Actions',
  };
}

export function suiteShape({ origin, repository, sha }: Place, suite: { id: number; count: number }): object {
  const run = runShape({ origin, repository, sha }, { id: suite.id, name: 'x' }) as { head_commit: object };
  return {
    id: suite.id,
    node_id: `CS_${suite.id}`,
    head_branch: 'main',
    head_sha: sha,
    status: 'completed',
    conclusion: 'success',
    url: `${origin}/repos/${repository}/check-suites/${suite.id}`,
    before: sha,
    after: sha,
    pull_requests: [],
    app: appShape(origin, 'github-actions'),
    repository: repositoryShape(origin, repository),
    created_at: WHEN,
    updated_at: WHEN,
    head_commit: run.head_commit,
    latest_check_runs_count: suite.count,
    check_runs_url: `${origin}/repos/${repository}/check-suites/${suite.id}/check-runs`,
  };
}

const REPOSITORY_LINKS = (
  'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads ' +
  'events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges ' +
  'milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees'
).split(' ');

function repositoryShape(origin: string, repository: string): object {
  const [owner = '', name = ''] = repository.split('/');
  const url = `${origin}/repos/${repository}`;
  return {
    id: 1296269,
    node_id: 'R_1',
    name,
    full_name: repository,
    private: false,
    owner: userShape(origin, owner),
    html_url: `${origin}/${repository}`,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(REPOSITORY_LINKS.map((link) => [`${link}_url`, `${url}/${link}`])),
  };
}

export function reviewShape(
  { origin, repository }: Pick<Place, 'origin' | 'repository'>,
  pull: number,
  { login, state, sha, id }: ReviewToShow & { id: number },
): object {
  const page = `${origin}/${repository}/pull/${pull}`;
  const address = `${origin}/repos/${repository}/pulls/${pull}`;
  return {
    id,
    node_id: `PRR_${id}`,
    user: login === null ? null : { ...userShape(origin, login), type: 'User' },
    body: '',
    state,
    html_url: `${page}#pullrequestreview-${id}`,
    pull_request_url: address,
    author_association: 'MEMBER',
    _links: { html: { href: `${page}#pullrequestreview-${id}` }, pull_request: { href: address } },
    ...(state === 'PENDING' ? {} : { submitted_at: WHEN }),
    commit_id: sha,
  };
}

/** `login` is `null` where the address of its author belongs to nobody, and `''` where that is told as an empty object. */
export function commitShape({ origin, repository, sha }: Place, login: string | null): object {
  const url = `${origin}/repos/${repository}/commits/${sha}`;
  const signature = { name: 'Octo Cat', email: 'octocat@example.org', date: WHEN };
  const user = login === '' ? {} : login && { ...userShape(origin, login), type: 'User' };
  return {
    url,
    sha,
    node_id: `C_${sha}`,
    html_url: `${origin}/${repository}/commit/${sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${origin}/repos/${repository}/git/commits/${sha}`,
      author: signature,
      committer: signature,
      message: 'A change',
      comment_count: 0,
      tree: { sha, url: `${origin}/repos/${repository}/git/trees/${sha}` },
    },
    author: user,
    committer: user,
    parents: [],
  };
}
