/** One project on a GitLab of our own, its checkout, and the gate as the last job but two of its pipeline. */
import { afterAll } from 'vitest';
import { expectDescribed } from '../platforms/gitlab/bench.ts';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { type GitLabOptions, type GitLabServer, type JobToSet, startGitLab } from '../support/gitlab.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

/** Before the gate and after it: what a pipeline looks like while the gate runs. */
export const PIPELINE: readonly JobToSet[] = [
  { name: 'test', stage: 'test', status: 'success' },
  { name: 'pace-gate', stage: 'gate', status: 'running' },
  { name: 'deploy', stage: 'deploy', status: 'created' },
  { name: 'rollback', stage: 'deploy', status: 'created', allowFailure: true },
];

export interface JobRun extends BundleRun {
  /** What the dotenv report hands on to later jobs. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface Bench {
  readonly server: GitLabServer;
  readonly workspace: Workspace;
  /** The commit that is checked out. */
  sha(): string;
  /** Makes these the jobs of the commit's pipeline; one of them is `pace-gate`. */
  pipeline(jobs: readonly JobToSet[]): void;
  /** The gate as that job, with a token that may do everything unless `env` says otherwise. */
  job(day: number, env?: Record<string, string>): Promise<JobRun>;
  push(files?: Record<string, string>): Promise<string>;
  /** `METHOD /path` of every request of the last job, without the project's part. */
  requests(): string[];
}

const benches: Bench[] = [];

afterAll(async () => {
  for (const { server, workspace } of benches) await Promise.all([server.close(), workspace.dispose()]);
  expectDescribed(benches.flatMap(({ server }) => server.exchanges));
});

/** The server's clock is an hour late: what has ended has ended long ago. */
export async function newBench(files: Record<string, string>, options: GitLabOptions = {}): Promise<Bench> {
  const workspace = await newWorkspace(files);
  const server = await startGitLab({ now: () => Date.now() - 3_600_000, ...options });
  let sha = '';
  let pipelineId = 0;
  let seen = 0;

  function pipeline(jobs: readonly JobToSet[]): void {
    pipelineId = server.setJobs(sha, jobs);
  }
  async function here(): Promise<string> {
    sha = await workspace.git('rev-parse', 'HEAD');
    server.state.commits.set(sha, new Map());
    server.state.branches.set('main', sha);
    pipeline(PIPELINE);
    return sha;
  }
  await here();

  const bench: Bench = {
    server,
    workspace,
    pipeline,
    sha: () => sha,
    push: async (changed = {}) => {
      await workspace.write(changed);
      await workspace.commit();
      return here();
    },
    job: async (day, env = {}) => {
      seen = server.exchanges.length;
      const own = server.statuses.find(({ name, pipelineId: of }) => name === 'pace-gate' && of === pipelineId);
      await workspace.remove('pace.env');
      const run = await runBundle({
        cwd: workspace.path,
        args: ['gate', '--day', String(day), '--dotenv', 'pace.env'],
        env: {
          ...jobEnvironment(server, sha),
          CI_PIPELINE_ID: String(pipelineId),
          CI_JOB_ID: String(own?.id),
          CI_JOB_URL: `${server.origin}/${server.project}/-/jobs/${own?.id}`,
          CI_PROJECT_DIR: workspace.path,
          ...env,
        },
      });
      const written = await workspace.read('pace.env').catch(() => '');
      const variables = Object.fromEntries(
        [...written.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
      );
      return { ...run, variables };
    },
    requests: () =>
      server.exchanges
        .slice(seen)
        .map(({ asked: { method, path } }) => `${method} ${path.replace(/^\/api\/v4\/projects\/[^/]+/, '')}`),
  };
  benches.push(bench);
  return bench;
}

/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
function jobEnvironment(server: GitLabServer, sha: string): Record<string, string> {
  return {
    CI: 'true',
    GITLAB_CI: 'true',
    CI_SERVER_URL: server.origin,
    CI_API_V4_URL: `${server.origin}/api/v4`,
    CI_PROJECT_PATH: server.project,
    CI_PROJECT_ID: '4217',
    CI_PROJECT_URL: `${server.origin}/${server.project}`,
    CI_DEFAULT_BRANCH: 'main',
    CI_COMMIT_SHA: sha,
    CI_COMMIT_BRANCH: 'main',
    CI_COMMIT_REF_NAME: 'main',
    CI_PIPELINE_SOURCE: 'push',
    CI_JOB_NAME: 'pace-gate',
    CI_JOB_STAGE: 'gate',
    CI_JOB_TOKEN: server.jobToken,
    PACE_GITLAB_TOKEN: server.token,
  };
}
