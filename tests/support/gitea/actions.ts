import type { Answer, Asked, Routes } from '../loopback.ts';
import {
  bodyOf,
  guarded,
  type JobRow,
  NOT_FOUND,
  page,
  pageWithoutLinks,
  type RunRow,
  refused,
  type State,
  timeOf,
  userOf,
} from './state.ts';

const READ = { scope: 'read:repository' } as const;
const WRITE = { scope: 'write:repository', access: 'write' } as const;
const OWNER = { scope: 'write:repository', access: 'owner' } as const;
const OWNER_READS = { scope: 'read:repository', access: 'owner' } as const;

/** Commit statuses, runs of Actions, and variables. */
export function actionRoutes(state: State): Routes {
  const path = '/repos/:owner/:repo';
  const variable = `${path}/actions/variables/:name`;
  const common = guarded(state, {
    [`GET ${path}/commits/:ref/status`]: [READ, (asked) => combinedStatus(state, asked)],
    [`GET ${path}/commits/:ref/statuses`]: [READ, (asked) => allStatuses(state, asked)],
    [`POST ${path}/statuses/:sha`]: [WRITE, (asked) => setStatus(state, asked)],
    [`GET ${path}/actions/variables`]: [
      OWNER_READS,
      (asked) =>
        page(state, asked, [...state.variables], (shown) => shown.map(([name, value]) => variableOf(name, value))),
    ],
    [`GET ${variable}`]: [
      OWNER_READS,
      ({ params }) => {
        const value = state.variables.get(params['name'] ?? '');
        return value === undefined
          ? NOT_FOUND
          : { json: { name: params['name'], data: value, owner_id: 0, repo_id: 1 } };
      },
    ],
    [`POST ${variable}`]: [
      OWNER,
      (asked) => {
        const name = asked.params['name'] ?? '';
        if (state.variables.has(name)) return refused(409, 'variable already exists');
        state.variables.set(name, String(bodyOf(asked)['value']));
        return { status: state.release === '1.22' ? 204 : 201 };
      },
    ],
    [`PUT ${variable}`]: [
      OWNER,
      (asked) => {
        const name = asked.params['name'] ?? '';
        if (!state.variables.has(name)) return NOT_FOUND;
        state.variables.set(name, String(bodyOf(asked)['value']));
        return { status: 204 };
      },
    ],
  });
  if (state.release === '1.22') return common;
  const runs = guarded(state, {
    [`GET ${path}/actions/runs`]: [
      READ,
      (asked) => {
        const sha = asked.query.get('head_sha');
        const found = state.runs.filter((run) => sha === null || run.sha === sha).toReversed();
        return page(state, asked, found, (shown) => ({
          total_count: found.length,
          workflow_runs: shown.map((run) =>
            state.flavour === 'gitea' ? giteaRun(state, run) : forgejoRun(state, run),
          ),
        }));
      },
    ],
    [`GET ${path}/actions/runs/:run/jobs`]: [
      READ,
      (asked) => {
        const run = state.runs.find(({ id }) => String(id) === asked.params['run']);
        if (!run) return NOT_FOUND;
        if (state.flavour === 'forgejo') return { json: run.jobs.map((job) => forgejoJob(run, job)) };
        return page(state, asked, run.jobs, (jobs) => ({
          total_count: run.jobs.length,
          jobs: jobs.map((job) => giteaJob(state, run, job)),
        }));
      },
    ],
  });
  return { ...common, ...runs };
}

function variableOf(name: string, value: string) {
  return { name, data: value, owner_id: 0, repo_id: 1 };
}

/** What is said of a commit without statuses, and by most versions of one that the server does not have. It tells no total. */
const NO_STATUS = {
  ...{ sha: '', state: '', total_count: 0, statuses: null },
  ...{ repository: null, commit_url: '', url: '' },
};

/** The latest of each context. */
function combinedStatus(state: State, asked: Asked): Answer {
  const sha = asked.params['ref'] ?? '';
  const isStrict = state.flavour === 'gitea' && state.release === 'newer';
  if (!state.commits.has(sha)) return isStrict ? NOT_FOUND : { json: NO_STATUS };
  const latest = new Map(state.statuses.filter((row) => row.sha === sha).map((row) => [row.context, row]));
  if (latest.size === 0) return { json: NO_STATUS };
  return pageWithoutLinks(state, asked, [...latest.values()].toReversed(), (rows) => ({
    sha,
    state: rows.length > 0 ? 'success' : 'pending',
    total_count: rows.length,
    statuses: rows.map((row) => statusOf(state, row)),
    commit_url: '',
    url: '',
  }));
}

function allStatuses(state: State, asked: Asked): Answer {
  const sha = asked.params['ref'] ?? '';
  const rows = state.statuses.filter((row) => row.sha === sha).toReversed();
  return pageWithoutLinks(state, asked, rows, (shown) => shown.map((row) => statusOf(state, row)));
}

function statusOf(state: State, row: State['statuses'][number]) {
  const at = timeOf(state, row.at);
  return {
    id: row.id,
    status: row.state,
    context: row.context,
    description: row.description,
    target_url: row.targetUrl,
    url: `${state.origin}/api/v1/repos/${state.path}/statuses/${row.sha}`,
    creator: userOf(state, 1),
    created_at: at,
    updated_at: at,
  };
}

function setStatus(state: State, asked: Asked): Answer {
  const given = asked.params['sha'] ?? '';
  // the beginning of a commit's name will do
  const sha = given.length < 4 ? undefined : [...state.commits.keys()].find((each) => each.startsWith(given));
  // that is how it is
  if (sha === undefined) return refused(500, '');
  const { context, state: word, description = '', target_url: url = '' } = bodyOf(asked);
  const row = {
    id: state.statuses.filter((each) => each.sha === sha).length + 1,
    sha,
    context: String(context),
    state: String(word),
    description: String(description),
    targetUrl: String(url),
    at: state.time(),
  };
  state.statuses.push(row);
  return { status: 201, json: statusOf(state, row) };
}

const GITEA_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  waiting: ['queued', ''],
  blocked: ['waiting', ''],
  running: ['in_progress', ''],
};

const NEWER_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  ...GITEA_WORDS,
  blocked: ['pending', ''],
  needs: ['requested', ''],
  cancelling: ['in_progress', ''],
};

function giteaWords({ newWords }: State, status: string) {
  const [word, conclusion] = (newWords ? NEWER_WORDS : GITEA_WORDS)[status] ?? ['completed', status];
  return { status: word, conclusion };
}

function giteaRunWords(state: State, run: RunRow) {
  const status = statusOfRun(run);
  return run.needsApproval && status === 'blocked' ? { status: 'waiting', conclusion: '' } : giteaWords(state, status);
}

export function statusOfRun({ jobs }: RunRow): string {
  const order = ['cancelling', 'running', 'waiting', 'blocked', 'needs', 'failure', 'cancelled', 'success'];
  return order.find((word) => jobs.some(({ status }) => status === word)) ?? jobs[0]?.status ?? 'waiting';
}

function giteaRun(state: State, run: RunRow) {
  const at = timeOf(state, run.at);
  return {
    id: run.id,
    url: '',
    html_url: state.webUrl(`/actions/runs/${run.id}`),
    display_title: 'Change',
    path: `${run.workflow}@refs/heads/main`,
    event: run.event,
    run_attempt: 1,
    run_number: run.number,
    head_sha: run.sha,
    head_branch: 'main',
    ...giteaRunWords(state, run),
    started_at: at,
    completed_at: at,
  };
}

function giteaJob(state: State, run: RunRow, job: JobRow) {
  const at = timeOf(state, run.at);
  return {
    id: job.id,
    url: '',
    html_url: state.webUrl(`/actions/runs/${run.id}/jobs/${job.id}`),
    run_id: run.id,
    name: job.name,
    labels: ['ubuntu-latest'],
    run_attempt: 1,
    head_sha: run.sha,
    head_branch: 'main',
    ...giteaWords(state, job.status),
    runner_id: 1,
    runner_name: job.runner,
    steps: [],
    created_at: at,
    started_at: at,
    completed_at: at,
  };
}

function forgejoRun(state: State, run: RunRow) {
  const at = timeOf(state, run.at);
  return {
    id: run.id,
    index_in_repo: run.number,
    title: 'Change',
    workflow_id: run.workflow,
    event: run.event,
    trigger_event: run.event,
    commit_sha: run.sha,
    html_url: state.webUrl(`/actions/runs/${run.number}`),
    status: statusOfRun(run),
    need_approval: run.needsApproval,
    created: at,
    started: at,
    stopped: at,
    updated: at,
    duration: 0,
  };
}

function forgejoJob(run: RunRow, job: JobRow) {
  return {
    id: job.id,
    attempt: 1,
    name: job.name,
    needs: null,
    owner_id: 9,
    repo_id: 1,
    run_id: run.id,
    runs_on: ['docker'],
    status: job.status,
    task_id: job.id,
    handle: '',
  };
}
