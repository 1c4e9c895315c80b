/** The gate as a step of Bitbucket Pipelines, with its issues in Jira: each run a process of its own. */
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { expectDescribed, shellEnv, stepEnv } from '../platforms/bitbucket/bench.ts';
import { type BitbucketServer, type StepToSet, startBitbucket } from '../support/bitbucket.ts';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { type Jira, startJira } from '../support/jira.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';
import { JUNIT, QUICK_CI } from './github-bench.ts';

/** Before the gate and after it. */
const STEPS: readonly StepToSet[] = [
  { name: 'test', state: 'COMPLETED SUCCESSFUL' },
  { name: 'gate', state: 'IN_PROGRESS RUNNING' },
  { name: 'deploy', state: 'PENDING', manual: true },
];
const PLAN = 'days:\n  - { day: 1, target: Build }\n  - { day: 2, human_gate: true }\n  - { day: 3 }\n';

interface Bench {
  readonly server: BitbucketServer;
  readonly jira: Jira;
  readonly workspace: Workspace;
  gate(day: number, env?: Record<string, string>): Promise<BundleRun & { report: Report }>;
  push(files: Record<string, string>, steps?: readonly StepToSet[]): Promise<void>;
}

const benches: Bench[] = [];

afterAll(async () => {
  for (const { server, jira, workspace } of benches) {
    await Promise.all([server.close(), jira.close(), workspace.dispose()]);
    expectDescribed(server.exchanges);
  }
});

/** Both platforms are found: Bitbucket by the variables of its step, Jira because all its settings are there. */
async function newBench(files: Record<string, string>): Promise<Bench> {
  // what has ended has ended long ago
  const server = await startBitbucket({ now: () => Date.now() - 3_600_000 });
  const jira = await startJira();
  const workspace = await newWorkspace({ 'pace.config.yaml': `${QUICK_CI}\n${JUNIT}\n`, ...files });
  let env: Record<string, string> = {};

  async function here(steps: readonly StepToSet[]): Promise<void> {
    const sha = await workspace.git('rev-parse', 'HEAD');
    server.commits.set(sha, new Map());
    server.branches.set('main', sha);
    const pipeline = server.addPipeline(sha, steps, { state: 'IN_PROGRESS RUNNING' });
    const own = pipeline.steps[steps.findIndex(({ name }) => name === 'gate')];
    env = stepEnv({ repository: server.repository, sha }, { uuid: own?.uuid ?? '', number: pipeline.number });
  }
  await here(STEPS);

  const bench: Bench = {
    server,
    jira,
    workspace,
    push: async (changed, steps = STEPS) => {
      await workspace.write(changed);
      await workspace.commit();
      await here(steps);
    },
    gate: async (day, more = {}) => {
      const run = await runBundle({
        cwd: workspace.path,
        args: ['gate', '--day', String(day), '--json'],
        env: {
          ...shellEnv(server),
          ...env,
          BITBUCKET_CLONE_DIR: workspace.path,
          ...{ JIRA_URL: jira.origin, JIRA_EMAIL: jira.email, JIRA_TOKEN: jira.token },
          JIRA_PROJECT_KEY: jira.projectKey,
          ...more,
        },
      });
      return { ...run, report: JSON.parse(run.stdout) as Report };
    },
  };
  benches.push(bench);
  return bench;
}

const statusOf = ({ server }: Bench) =>
  server.statuses
    .filter(({ key }) => key === 'pace/gate')
    .map(({ state, description, url }) => [state, description, url]);

test('a HOLD opens one bug, another run none, and a SHIP closes it', async () => {
  const bench = await newBench({ 'report.xml': junitXml('adds') });
  const { server, jira, workspace } = bench;
  const held = await bench.gate(1);
  expect([held.code, held.report.faults, held.stderr.includes(server.token)]).toEqual([1, [], false]);
  expect(jira.issues).toMatchObject([
    { type: 'Bug', summary: '[PACE HOLD] Day 1 — unit: app adds', status: { category: 'new' } },
  ]);
  const issue = `${jira.origin}/browse/PACE-1`;
  const withJob = expect.stringMatching(new RegExp(`^${issue}#pace-job-[0-9a-f]{24}$`));
  expect(statusOf(bench)).toEqual([['FAILED', 'Day 1 HOLD: unit: app adds', withJob]]);
  expect(held.report.ci).toMatchObject({
    conclusion: 'success',
    checks: [
      { name: 'test', state: 'success' },
      { name: 'deploy', state: 'blocked' },
    ],
  });
  expect(await workspace.read('pace-summary.md')).toMatch(/^# PACE Day 1 — 🔴 HOLD\n/);

  const again = await bench.gate(1);
  expect([again.code, jira.issues.length]).toEqual([1, 1]);
  expect((await bench.gate(2)).report.decision).toBe('PAUSED');

  await bench.push({ 'report.xml': junitXml() });
  const shipped = await bench.gate(1);
  expect([shipped.code, shipped.report.decision, shipped.report.faults]).toEqual([0, 'SHIP', []]);
  expect(jira.issues).toMatchObject([{ status: { category: 'done' } }]);
  expect(statusOf(bench).at(-1)?.slice(0, 2)).toEqual(['SUCCESSFUL', 'Day 1 SHIP']);
});

test('a step that has failed holds; one that waits for a click does not', async () => {
  const bench = await newBench({ 'report.xml': junitXml() });
  expect((await bench.gate(1)).report.decision).toBe('SHIP');
  const failed = STEPS.map((step) => (step.name === 'test' ? { ...step, state: 'COMPLETED FAILED' } : step));
  await bench.push({ 'a.txt': 'a' }, failed);
  const { report } = await bench.gate(2);
  expect([report.decision, report.holdReason]).toEqual(['HOLD', 'ci: test']);
});

test('a human-gate day opens one pull request; declined it pauses, merged it goes on', async () => {
  const bench = await newBench({ 'report.xml': junitXml(), 'plan.yaml': PLAN });
  const { server } = bench;
  await bench.gate(2);
  await bench.gate(2);
  expect(server.requests).toMatchObject([
    { title: '[PACE Review Gate] Days 1–2', branch: 'pace/review-day-2', base: 'main', state: 'OPEN' },
  ]);
  const files = server.commits.get(server.branches.get('pace/review-day-2') ?? '');
  expect(files?.get('.pace/day-2/review-pr.md')).toContain('# PACE Review Gate — Days 1–2');
  const [request] = server.requests;
  Object.assign(request ?? {}, { state: 'DECLINED' });
  expect((await bench.gate(3)).report.decision).toBe('PAUSED');
  Object.assign(request ?? {}, { state: 'MERGED' });
  const run = await bench.gate(3, { BITBUCKET_PR_ID: '1' });
  expect(run.report.decision).toBe('SHIP');
  expect(request?.comments.map(({ raw }) => raw)).toEqual([
    expect.stringMatching(/^\[\/\/\]: # \(pace:change-note gate\)\n\n# PACE Change 1/),
  ]);
});

test('a variable pauses; an app password is told, and nothing ships by it', async () => {
  const config = `${QUICK_CI}\n${JUNIT}\npause: { by: variable }\n`;
  const bench = await newBench({ 'pace.config.yaml': config, 'report.xml': junitXml('adds') });
  await bench.gate(1);
  expect(bench.server.variables).toMatchObject([{ key: 'PACE_PAUSED', value: 'true', secured: false }]);
  const old = {
    PACE_BITBUCKET_TOKEN: '',
    PACE_BITBUCKET_EMAIL: '',
    BITBUCKET_USER: 'ada',
    BITBUCKET_APP_PASSWORD: 'ATBBold',
  };
  await bench.workspace.write({ 'report.xml': junitXml() });
  const { report, stderr } = await bench.gate(1, old);
  expect(report.decision).toBe('UNKNOWN');
  expect(stderr).toMatch(/app passwords ended in 2026/);
  expect(stderr).not.toContain('ATBBold');
});
