import { describe, expect, test } from 'vitest';
import type { GiteaOptions } from '../support/gitea.ts';
import { junitXml } from '../support/workspace.ts';
import { type Bench, newBench, WORKFLOW } from './gitea-bench.ts';
import { JUNIT, QUICK_CI } from './github-bench.ts';

const CONFIG = `${QUICK_CI}\n${JUNIT}\n`;
const PLAN =
  'days:\n  - { day: 1, target: Build }\n  - { day: 2, human_gate: true, notes: Please try it. }\n  - { day: 3 }\n';

interface Day extends GiteaOptions {
  readonly failed?: string[];
  readonly config?: string;
  readonly files?: Record<string, string>;
}

function newDay({ failed = [], config = '', files = {}, ...options }: Day = {}): Promise<Bench> {
  const texts = { 'pace.config.yaml': `${CONFIG}${config}\n`, 'report.xml': junitXml(...failed), ...files };
  return newBench(texts, options);
}

function issues({ server: { state } }: Bench) {
  return state.issues.map(({ title, state: word, labelIds, comments }) => ({
    title,
    state: word,
    labels: labelIds.map((id) => state.labels.find((label) => label.id === id)?.name).sort(),
    comments: comments.map(({ body }) => body.split('\n')[0]),
  }));
}

const gateStatus = ({ server, sha }: Bench) =>
  server.state.statuses.findLast((row) => row.context === 'pace/gate' && row.sha === sha());

describe.each(['gitea', 'forgejo'] as const)('%s alone', (flavour) => {
  test('a HOLD, again, fixed, shipped: one issue, a status of its own, never a wait for itself', async () => {
    const bench = await newDay({ flavour, failed: ['adds'] });
    const { server, workspace } = bench;
    const url = `${server.origin}/acme/pace-demo/issues/1`;
    const held = await bench.job(1);
    expect(held.code, held.stderr + held.stdout).toBe(1);
    const issue = {
      ...{ title: '[PACE HOLD] Day 1 — unit: app adds', state: 'open', labels: ['pace-day-1', 'pace-hold'] },
      comments: [],
    };
    expect(issues(bench)).toEqual([issue]);
    expect(held.outputs).toMatchObject({ decision: 'HOLD', 'escalation-url': url });
    expect(gateStatus(bench)).toMatchObject({
      state: 'failure',
      description: 'Day 1 HOLD: unit: app adds',
      targetUrl: expect.stringMatching(new RegExp(`^${url}#pace-job-[0-9a-f]{24}$`)),
    });
    expect((await workspace.decision(1)).ci).toMatchObject({
      conclusion: 'success',
      checks: expect.arrayContaining([
        expect.objectContaining({ name: 'CI / test (push)', state: 'success' }),
        expect.objectContaining({ name: 'CI / deploy (push)', state: 'blocked' }),
      ]),
    });
    const summary = flavour === 'gitea' ? held.summary : await workspace.read('pace-summary.md');
    expect(summary).toMatch(/^# PACE Day 1 — 🔴 HOLD\n/);

    await workspace.remove('.pace');
    expect((await bench.job(1)).code).toBe(1);
    expect(issues(bench)).toEqual([issue]);
    expect((await bench.job(2)).outputs['decision']).toBe('PAUSED');

    await bench.push({ 'report.xml': junitXml() });
    const shipped = await bench.job(1);
    expect([shipped.code, shipped.outputs['decision']]).toEqual([0, 'SHIP']);
    expect(issues(bench)).toMatchObject([
      { state: 'closed', comments: [expect.stringMatching(/^Day 1 ships at commit/)] },
    ]);
    expect(gateStatus(bench)).toMatchObject({ state: 'success', description: 'Day 1 SHIP' });
    expect((await bench.job(2)).outputs['decision']).toBe('SHIP');
  });
});

test('a job that has failed holds, and so does one of a schedule that no status tells', async () => {
  const bench = await newDay();
  bench.workflow([...WORKFLOW, { name: 'lint', status: 'failure' }]);
  const run = await bench.job(1);
  expect(run.outputs).toMatchObject({ decision: 'HOLD', 'hold-reason': 'ci: CI / lint (push)' });
  bench.workflow([{ name: 'scan', status: 'failure' }, ...WORKFLOW], 'schedule');
  expect((await bench.job(1)).outputs).toMatchObject({
    decision: 'HOLD',
    'hold-reason': 'ci: gate.yml / scan (schedule)',
  });
});

test('a human-gate day opens one pull request; closed unmerged it pauses, merged it goes on', async () => {
  const bench = await newDay({ files: { 'plan.yaml': PLAN } });
  const { state, origin } = bench.server;
  const run = await bench.job(2);
  expect(run.outputs['review-url']).toBe(`${origin}/acme/pace-demo/pulls/1`);
  expect(issues(bench)).toMatchObject([{ title: '[PACE Review Gate] Days 1–2', labels: ['pace-review'] }]);
  const head = state.commits.get(state.branches.get('pace/review-day-2') ?? '');
  expect(head?.get('.pace/day-2/review-pr.md')).toContain('# PACE Review Gate — Days 1–2');
  await bench.job(2);
  expect(state.issues.length).toBe(1);

  const [pull] = state.issues;
  Object.assign(pull ?? {}, { state: 'closed' });
  expect((await bench.job(3)).outputs['decision']).toBe('PAUSED');
  Object.assign(pull?.pull ?? {}, { merged: true });
  expect((await bench.job(3)).outputs['decision']).toBe('SHIP');
});

test('variables that the job’s own token cannot write leave a fault that says which token can', async () => {
  const bench = await newDay({ failed: ['adds'], config: 'pause: { by: both }' });
  bench.server.state.access = 'write';
  const run = await bench.job(1);
  expect([run.code, run.outputs['decision']]).toEqual([1, 'HOLD']);
  const { faults } = await bench.workspace.decision(1);
  expect(faults.map(({ remedy }) => remedy).join('\n')).toContain('PACE_GITEA_TOKEN');
});

test('a run costs few requests', async () => {
  const bench = await newDay();
  await bench.job(1);
  expect(bench.requests().length).toBeLessThanOrEqual(12);
});

test('a commit that was never pushed is UNKNOWN, though a Forgejo lists nothing for it as for any other', async () => {
  const config = `ci: { grace_seconds: 0, settle_seconds: 0, on: { no_runs: ship } }\n${JUNIT}\n`;
  const files = { 'pace.config.yaml': config, 'report.xml': junitXml() };
  const bench = await newBench(files, { flavour: 'forgejo' });
  const { state } = bench.server;
  Object.assign(state, { runs: [], statuses: [] });
  expect((await bench.job(1)).outputs['decision']).toBe('SHIP');
  state.commits.delete(bench.sha());
  const run = await bench.job(1);
  expect(run.outputs['decision'], run.stderr).toBe('UNKNOWN');
});
