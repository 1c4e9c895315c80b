import { afterAll, expect, test } from 'vitest';
import { buildEnv } from '../platforms/jenkins/bench.ts';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { type JenkinsServer, startJenkins } from '../support/jenkins.ts';
import { junitXml } from '../support/workspace.ts';
import { expectDescribedExchanges, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

const PLAN =
  'days:\n  - { day: 1, target: Build }\n  - { day: 2, human_gate: true, notes: Please try it. }\n  - { day: 3 }\n';
const CONFIG = `platform: { ci: jenkins, tracker: github }\n${QUICK_CI}\n${JUNIT}\n`;
const GATE = 'acme/shop/gate';

const opened: JenkinsServer[] = [];
afterAll(async () => {
  for (const server of opened) await server.close();
  expectDescribedExchanges();
});

/** A Jenkins that builds what lies elsewhere, a GitHub with the issues, and the gate as a job beside the others. */
async function newDay(files: Record<string, string> = {}) {
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml(), ...files });
  const { github, workspace } = bench;
  await workspace.git('remote', 'add', 'origin', `https://git.example.org/${github.repository}.git`);
  const jenkins = await startJenkins({ prefix: '/ci' });
  opened.push(jenkins);
  return {
    ...bench,
    jenkins,
    /** One more build of the gate's job, which ends with the gate. */
    gate: async (day: number, more: Record<string, string> = {}): Promise<BundleRun> => {
      const sha = await workspace.git('rev-parse', 'HEAD');
      const build = jenkins.addBuild({ job: GATE, sha });
      const env = {
        ...buildEnv(jenkins, GATE, build.number),
        GIT_COMMIT: sha,
        PACE_GITHUB_TOKEN: github.token,
        GITHUB_REPOSITORY: github.repository,
        GITHUB_API_URL: github.origin,
        ...more,
      };
      const run = await runBundle({ cwd: workspace.path, args: ['gate', '--day', String(day)], env });
      Object.assign(build, { building: false, result: run.code === 0 ? 'SUCCESS' : 'FAILURE' });
      return run;
    },
    built: async (job: string, result: string | null) =>
      jenkins.addBuild({ job: `acme/shop/${job}`, sha: await workspace.git('rev-parse', 'HEAD'), result }),
    described: () => jenkins.build(GATE, jenkins.count(GATE))?.description,
  };
}

test('a HOLD on Jenkins opens one issue on GitHub; run again it is the same, and a SHIP closes it', async () => {
  const day = await newDay({ 'report.xml': junitXml('adds') });
  await day.built('main', 'SUCCESS');
  const held = await day.gate(1);
  expect(held.code, held.stderr + held.stdout).toBe(1);
  const issues = async () => (await day.issues()).map(({ title, state }) => ({ title, state }));
  const issue = { title: '[PACE HOLD] Day 1 — unit: app adds', state: 'open' };
  expect(await issues()).toEqual([issue]);
  expect(day.described()).toBe('PACE day 1: 🔴 HOLD (unit: app adds)');
  expect(await day.workspace.read('jenkins-summary.md')).toMatch(/^# PACE Day 1 — 🔴 HOLD\n/);
  const { ci, faults } = await day.workspace.decision(1);
  expect([ci.conclusion, ci.checks.map(({ name, state }) => `${name} ${state}`), faults]).toEqual([
    'success',
    ['acme/shop/main success'],
    [],
  ]);

  await day.workspace.remove('.pace');
  expect((await day.gate(1)).code).toBe(1);
  expect(await issues()).toEqual([issue]);

  await day.workspace.write({ 'report.xml': junitXml() });
  await day.workspace.commit();
  await day.built('main', 'SUCCESS');
  const shipped = await day.gate(1);
  expect(shipped.code, shipped.stderr).toBe(0);
  expect(await issues()).toEqual([{ ...issue, state: 'closed' }]);
  expect(day.described()).toBe('PACE day 1: ✅ SHIP');
});

test('a failed build of the commit holds; an aborted one that was run again does not', async () => {
  const day = await newDay();
  await day.built('main', 'ABORTED');
  await day.built('main', 'SUCCESS');
  await day.built('lint', 'UNSTABLE');
  expect((await day.gate(1)).code).toBe(1);
  expect((await day.workspace.decision(1)).holdReason).toBe('ci: acme/shop/lint');
  await day.built('lint', 'SUCCESS');
  expect((await day.gate(1)).code).toBe(0);
});

test('a human-gate day asks by a file; closed it pauses, merged it goes on', async () => {
  const day = await newDay({ 'plan.yaml': PLAN });
  await day.built('main', 'SUCCESS');
  const asked = await day.gate(2);
  expect(asked.code, asked.stderr).toBe(0);
  const path = '.pace/day-2/review-pr.md';
  const document = await day.workspace.read(path);
  expect(document).toMatch(/^# \[PACE Review Gate\] Days 1–2\n\nStatus: open\n/);
  await day.workspace.write({ [path]: document.replace('Status: open', 'Status: closed') });
  expect((await day.gate(3)).stdout).toContain('PAUSED');
  await day.workspace.write({ [path]: document.replace('Status: open', 'Status: merged') });
  expect((await day.gate(3)).stdout).toContain('SHIP');
});

test('a dry run writes nothing, here or there, and a run costs Jenkins two requests', async () => {
  const day = await newDay();
  await day.built('main', 'SUCCESS');
  await day.gate(1);
  expect(day.jenkins.exchanges.map(({ asked }) => asked.method)).toEqual(['GET', 'POST']);
  const held = await newDay({
    'report.xml': junitXml('adds'),
    'pace.config.yaml': `${CONFIG}gate: { mode: enforce }\n`,
  });
  await held.built('main', 'SUCCESS');
  const run = await runBundle({
    cwd: held.workspace.path,
    args: ['gate', '--day', '1', '--dry-run'],
    env: {
      ...buildEnv(held.jenkins, GATE, held.jenkins.addBuild({ job: GATE }).number),
      PACE_GITHUB_TOKEN: held.github.token,
      GITHUB_REPOSITORY: held.github.repository,
      GITHUB_API_URL: held.github.origin,
    },
  });
  expect(run.code, run.stderr).toBe(1);
  const written = [...held.jenkins.exchanges, ...held.github.exchanges].filter(({ asked }) => asked.method !== 'GET');
  expect(written).toEqual([]);
});
