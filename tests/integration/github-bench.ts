/** One repository on a GitHub of our own, its checkout, and the gate as a step of a workflow in it. */
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { type BundleRun, type RunOptions, runBundle } from '../support/bundle.ts';
import { type GitHub, type GitHubOptions, startGitHub } from '../support/github.ts';
import { loadSpec } from '../support/openapi.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

/** Nothing is waited for that has to be waited for in real life only. */
export const QUICK_CI = 'ci: { grace_seconds: 0, settle_seconds: 0, poll_interval_seconds: 1 }';
export const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]';

/** The id of the check run of the job that the gate runs in. */
export const OWN_JOB = 4711;
const RUN_ID = 88;

export interface IssueSeen {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly html_url: string;
  readonly labels: readonly { readonly name: string }[];
  readonly pull_request?: object;
}

type StepOptions = Partial<Pick<RunOptions, 'args' | 'cwd' | 'nodeArgs' | 'killedBy' | 'timeoutMs'>>;

export interface Bench {
  readonly github: GitHub;
  readonly workspace: Workspace;
  /** A step of a workflow run; `inputs` are those of `action.yml`. Forgets the exchanges of earlier runs. */
  step(inputs?: Record<string, string>, env?: Record<string, string>, options?: StepOptions): Promise<BundleRun>;
  /** Commits what there is, here and on GitHub, with checks that have passed. */
  push(files?: Record<string, string>): Promise<string>;
  /** `METHOD /path` of every request of the last step, without the repository's part. */
  requests(): string[];
  writes(): string[];
  /** What a run writes that has judged, whatever came of it: that it judges, and its verdict. */
  statusWrites(): string[];
  issues(): Promise<IssueSeen[]>;
  comments(issue: number): Promise<string[]>;
  close(issue: number): Promise<void>;
}

const opened: GitHub[] = [];
const [strict, lenient] = [loadSpec('github'), loadSpec('github', { nullable: true, lenientAnswers: true })];

/** Every exchange of every run in this file is one that GitHub's description knows. */
export function expectDescribedExchanges(): void {
  const problems = opened.flatMap((github) => [
    ...strict.violations(github.ownExchanges()),
    ...lenient.violations(github.emulatedExchanges()),
  ]);
  expect([...new Set(problems)].slice(0, 20)).toEqual([]);
}

const benches: { dispose(): Promise<void> }[] = [];
afterAll(() => Promise.all(benches.map((bench) => bench.dispose())).then(() => undefined));

export async function newBench(files: Record<string, string>, options: GitHubOptions = {}): Promise<Bench> {
  const workspace = await newWorkspace(files);
  let sha = await workspace.git('rev-parse', 'HEAD');
  const github = await startGitHub({ login: 'github-actions[bot]', people: ['ann'], ...options, sha });
  const at = `/repos/${github.repository}`;
  let seen = 0;
  opened.push(github);
  benches.push({ dispose: () => Promise.all([github.close(), workspace.dispose()]).then(() => undefined) });
  passed(sha);

  function passed(commit: string): void {
    github.setChecks(commit, [
      { name: 'test', conclusion: 'success', suite: 1 },
      { name: 'gate', id: OWN_JOB, status: 'in_progress', suite: RUN_ID },
    ]);
    github.setRuns(commit, [
      { id: 77, name: 'CI', suite: 1, workflowId: 1, conclusion: 'success' },
      { id: RUN_ID, name: 'Gate', workflowId: 2, path: '.github/workflows/gate.yml', status: 'in_progress' },
    ]);
    github.setJobs(RUN_ID, [{ id: OWN_JOB, name: 'gate', runner: 'GitHub Actions 7' }]);
  }
  const last = () => github.exchanges.slice(seen).map(({ asked }) => `${asked.method} ${asked.path.replace(at, '')}`);

  return {
    github,
    workspace,
    step: async (inputs = {}, env = {}, options = {}) => {
      seen = github.exchanges.length;
      const given = { token: github.token, 'check-run-id': String(OWN_JOB), ...inputs };
      const { cwd = workspace.path } = options;
      return runBundle({
        ...options,
        cwd,
        env: {
          ...actionsEnvironment(github, sha),
          GITHUB_WORKSPACE: cwd,
          RUNNER_TEMP: join(cwd, '.git'),
          ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
          ...env,
        },
      });
    },
    push: async (changed = {}) => {
      await workspace.write(changed);
      sha = await workspace.commit();
      await github.addCommit({ sha });
      passed(sha);
      return sha;
    },
    requests: last,
    statusWrites: () => Array.from({ length: 2 }, () => `POST /statuses/${sha}`),
    writes: () => last().filter((request) => !request.startsWith('GET ')),
    issues: async () => {
      const all = (await github.api('GET', `${at}/issues?state=all&per_page=100`)) as IssueSeen[];
      return all.filter((issue) => issue.pull_request === undefined);
    },
    comments: async (issue) => {
      const all = (await github.api('GET', `${at}/issues/${issue}/comments`)) as { body: string }[];
      return all.map(({ body }) => body);
    },
    close: async (issue) =>
      void (await github.api('PATCH', `${at}/issues/${issue}`, { state: 'closed', state_reason: 'completed' })),
  };
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function actionsEnvironment(github: GitHub, sha: string): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'ann',
    GITHUB_API_URL: github.origin,
    GITHUB_SERVER_URL: github.origin,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REPOSITORY_ID: '1',
    GITHUB_REPOSITORY_OWNER: github.repository.split('/')[0] ?? '',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_SHA: sha,
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_RUN_ID: String(RUN_ID),
    GITHUB_RUN_NUMBER: '12',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'gate',
    GITHUB_WORKFLOW: 'Gate',
    GITHUB_WORKFLOW_REF: `${github.repository}/.github/workflows/gate.yml@refs/heads/main`,
    GITHUB_WORKFLOW_SHA: sha,
    RUNNER_NAME: 'GitHub Actions 7',
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
  };
}
