/**
 * A stateful Gitea, or Forgejo, on 127.0.0.1 with one repository: issues, labels by number, milestones, dependencies, branches
 * and files, pull requests, commit statuses, runs of Actions, variables. It answers as they do: pages that are cut without a
 * word, refusals by scope and access, labels that exclude each other, 500 where one would expect 404.
 */
import { actionRoutes } from './gitea/actions.ts';
import { issueRoutes } from './gitea/issues.ts';
import { labelRoutes } from './gitea/labels.ts';
import { pullRoutes } from './gitea/pulls.ts';
import { repositoryRoutes } from './gitea/repository.ts';
import { type GiteaOptions, type JobRow, newState, type RunRow, type State } from './gitea/state.ts';
import { type Loopback, loopback } from './loopback.ts';

export type { GiteaOptions } from './gitea/state.ts';

export interface GiteaServer {
  readonly origin: string;
  readonly exchanges: Loopback['exchanges'];
  readonly trouble: Loopback['trouble'];
  readonly state: State;
  /** A run of Actions, with the commit statuses that the server makes of its jobs where the event has some. */
  addRun(run: RunToAdd): RunRow;
  /** The job of the run at this place goes on to another state, and its status with it. */
  setJob(run: RunRow, place: number, status: string): void;
  /** Plain statuses, in place of all that the commit had. */
  setStatuses(sha: string, statuses: readonly { readonly context: string; readonly state: string }[]): void;
  close(): Promise<void>;
}

export interface RunToAdd {
  readonly sha: string;
  readonly workflow?: string;
  readonly name?: string;
  /** `schedule` and `workflow_dispatch` get no commit statuses. */
  readonly event?: string;
  readonly jobs: readonly Pick<JobRow, 'name' | 'status'>[];
  readonly runner?: string;
  readonly needsApproval?: boolean;
}

export async function startGitea(options: GiteaOptions = {}): Promise<GiteaServer> {
  const state = newState(options);
  const routes = [repositoryRoutes, labelRoutes, issueRoutes, pullRoutes, actionRoutes];
  const server = await loopback(Object.assign({}, ...routes.map((each) => each(state))), {
    prefix: '/api/v1',
    noRoute: { text: '404 page not found\n' },
  });
  state.origin = server.origin;
  const post = (sha: string, context: string, word: string, description: string, targetUrl: string) => {
    const id = state.statuses.filter((each) => each.sha === sha).length + 1;
    state.statuses.push({ id, sha, context, state: word, description, targetUrl, at: state.time() });
  };
  /** Events without a commit of their own get none. A workflow that has no name is called like its file by newer servers only. */
  const postJob = (run: RunRow, job: JobRow) => {
    if (!['push', 'pull_request', 'pull_request_target'].includes(run.event)) return;
    const isForgejo = state.flavour === 'forgejo';
    const link = isForgejo ? `${run.number}/jobs/${run.jobs.indexOf(job)}` : `${run.id}/jobs/${job.id}`;
    const [word, description] = (isForgejo ? FORGEJO_STATUS : GITEA_STATUS)[job.status] ?? ['error', ''];
    const called = run.name || (state.newWords ? run.workflow : '');
    const context = `${called} / ${job.name} (${run.event})`.trim();
    post(run.sha, context, word, description, `/${state.path}/actions/runs/${link}`);
  };
  return {
    origin: server.origin,
    exchanges: server.exchanges,
    trouble: server.trouble,
    state,
    addRun: ({
      sha,
      workflow = 'ci.yml',
      name = 'CI',
      event = 'push',
      jobs,
      runner = 'runner-1',
      needsApproval = false,
    }) => {
      const run: RunRow = {
        ...{ id: state.nextId(), number: state.runs.length + 1, sha, workflow, event, name, needsApproval },
        at: state.time(),
        jobs: jobs.map((job) => ({ ...job, id: state.nextId(), runner: job.status === 'running' ? runner : '' })),
      };
      state.runs.push(run);
      for (const job of run.jobs) postJob(run, job);
      return run;
    },
    setJob: (run, place, status) => {
      const job = run.jobs[place];
      if (!job) throw new Error(`the run has no job ${place}`);
      job.status = status;
      postJob(run, job);
    },
    setStatuses: (sha, statuses) => {
      state.statuses = state.statuses.filter((row) => row.sha !== sha);
      for (const { context, state: word } of statuses) post(sha, context, word, '', '');
    },
    close: () => server.close(),
  };
}

type StatusWords = Readonly<Record<string, readonly [state: string, description: string]>>;

const GITEA_STATUS: StatusWords = {
  success: ['success', 'Successful in 3s'],
  failure: ['failure', 'Failing after 3s'],
  cancelling: ['pending', 'Canceling'],
  needs: ['pending', 'Waiting for needed jobs'],
  cancelled: ['failure', 'Canceled after 3s'],
  skipped: ['skipped', 'Skipped'],
  running: ['pending', 'In progress'],
  waiting: ['pending', 'Waiting to run'],
  blocked: ['pending', 'Blocked by required conditions'],
};

const FORGEJO_STATUS: StatusWords = {
  ...GITEA_STATUS,
  cancelled: ['failure', 'Has been cancelled'],
  skipped: ['success', 'Has been skipped'],
  running: ['pending', 'Has started running'],
};
