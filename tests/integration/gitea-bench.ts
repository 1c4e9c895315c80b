/** One repository on a Gitea or Forgejo of our own, its checkout, and the gate as a job of its workflow. */
import { afterAll } from 'vitest';
import { expectDescribed } from '../platforms/gitea/bench.ts';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { type GiteaOptions, type GiteaServer, type RunToAdd, startGitea } from '../support/gitea.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

/** Before the gate and after it: what a workflow looks like while the gate runs. */
export const WORKFLOW: RunToAdd['jobs'] = [
  { name: 'test', status: 'success' },
  { name: 'gate', status: 'running' },
  { name: 'deploy', status: 'blocked' },
];

export interface Bench {
  readonly server: GiteaServer;
  readonly workspace: Workspace;
  /** The commit that is checked out. */
  sha(): string;
  /** Makes these the jobs of the commit's workflow; one of them is `gate`. */
  workflow(jobs: RunToAdd['jobs'], event?: string): void;
  /** The gate as that job, with the job's own token. */
  job(day: number, env?: Record<string, string>): Promise<BundleRun>;
  push(files?: Record<string, string>): Promise<string>;
  /** `METHOD /path` of every request of the last job, without the repository's part. */
  requests(): string[];
}

const benches: Bench[] = [];

afterAll(async () => {
  for (const { server, workspace } of benches) {
    await Promise.all([server.close(), workspace.dispose()]);
    expectDescribed(server);
  }
});

export async function newBench(files: Record<string, string>, options: GiteaOptions = {}): Promise<Bench> {
  const workspace = await newWorkspace(files);
  const server = await startGitea({ release: 'newer', ...options });
  const { state } = server;
  let sha = '';
  let run = { id: 0, number: 0 };
  let seen = 0;

  /** What has ended has ended an hour ago. */
  function workflow(jobs: RunToAdd['jobs'], event = 'push'): void {
    server.setStatuses(sha, []);
    state.runs = state.runs.filter((each) => each.sha !== sha);
    run = server.addRun({ sha, workflow: 'gate.yml', jobs, event });
    for (const row of [...state.statuses, ...state.runs]) Object.assign(row, { at: row.at - 3600 });
  }
  async function here(): Promise<string> {
    sha = await workspace.git('rev-parse', 'HEAD');
    state.commits.set(sha, new Map());
    state.branches.set('main', sha);
    workflow(WORKFLOW);
    return sha;
  }
  await here();

  const bench: Bench = {
    server,
    workspace,
    workflow,
    sha: () => sha,
    push: async (changed = {}) => {
      await workspace.write(changed);
      await workspace.commit();
      return here();
    },
    job: async (day, env = {}) => {
      seen = server.exchanges.length;
      return runBundle({
        cwd: workspace.path,
        env: {
          ...jobEnvironment(server, sha),
          GITHUB_RUN_ID: String(run.id),
          GITHUB_RUN_NUMBER: String(run.number),
          GITHUB_WORKSPACE: workspace.path,
          INPUT_TOKEN: state.token,
          INPUT_DAY: String(day),
          ...env,
        },
      });
    },
    requests: () =>
      server.exchanges
        .slice(seen)
        .map(({ asked: { method, path } }) => `${method} ${path.replace(`/api/v1/repos/${state.path}`, '')}`),
  };
  benches.push(bench);
  return bench;
}

/** What the runners set, as GitHub's would, and their own mark. */
function jobEnvironment({ state, origin }: GiteaServer, sha: string): Record<string, string> {
  return {
    CI: 'true',
    GITEA_ACTIONS: 'true',
    ...(state.flavour === 'forgejo' ? { FORGEJO_ACTIONS: 'true' } : {}),
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: origin,
    GITHUB_API_URL: `${origin}/api/v1`,
    GITHUB_REPOSITORY: state.path,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: sha,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'gate',
    GITHUB_WORKFLOW: 'CI',
    RUNNER_NAME: 'runner-1',
  };
}
