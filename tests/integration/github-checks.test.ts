import { afterAll, expect, test, vi } from 'vitest';
import type { CheckToShow } from '../support/github.ts';
import { type Bench, expectDescribedExchanges, newBench, OWN_JOB, QUICK_CI } from './github-bench.ts';

const OWN: CheckToShow = { name: 'gate', id: OWN_JOB, status: 'in_progress', suite: 88 };
const PASSED: CheckToShow = { name: 'test', conclusion: 'success', suite: 1 };

afterAll(expectDescribedExchanges);

function looks({ github }: Bench): number {
  return github.exchanges.filter(({ asked }) => asked.path.endsWith('/check-runs')).length;
}

test('a failing check of the commit holds, and is named with its link', async () => {
  const bench = await newBench({ 'pace.config.yaml': QUICK_CI });
  const { github, workspace } = bench;
  github.setChecks(github.sha, [
    OWN,
    PASSED,
    { name: 'lint', conclusion: 'failure', suite: 1, url: 'https://ci.example.org/7' },
  ]);
  github.setStatuses(github.sha, [
    { context: 'deploy/preview', state: 'error', target_url: 'https://deploy.example.org' },
  ]);
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['hold-reason']]).toEqual([1, 'ci: lint (and 1 more)']);
  const { findings, ci } = await workspace.decision(1);
  expect(findings).toEqual([
    { source: 'ci', check: 'lint', result: 'FAIL', evidence: 'Ended as failure.', url: 'https://ci.example.org/7' },
    {
      source: 'ci',
      check: 'deploy/preview',
      result: 'FAIL',
      evidence: 'Ended as error.',
      url: 'https://deploy.example.org',
    },
  ]);
  expect(ci.checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'test success',
    'lint failure',
    'deploy/preview failure',
  ]);
});

test('its own job is never waited for: told by the runner, or found among the jobs of the run', async () => {
  const bench = await newBench({ 'pace.config.yaml': QUICK_CI });
  const told = await bench.step({ day: '1' });
  expect(bench.requests().filter((request) => request.endsWith('/jobs'))).toEqual([]);
  const found = await bench.step({ day: '1', 'check-run-id': '' });
  expect(bench.requests().filter((request) => request.endsWith('/jobs'))).toEqual([
    'GET /actions/runs/88/attempts/1/jobs',
  ]);
  expect([told.outputs['decision'], found.outputs['decision']]).toEqual(['SHIP', 'SHIP']);
});

test('its own red status of an earlier run does not count', async () => {
  const bench = await newBench({ 'pace.config.yaml': QUICK_CI });
  bench.github.setStatuses(bench.github.sha, [{ context: 'pace/gate', state: 'failure', description: 'Day 1 HOLD' }]);
  expect((await bench.step({ day: '1' })).outputs['decision']).toBe('SHIP');
});

test('another job of the same run is waited for, and said once', async () => {
  const bench = await newBench({ 'pace.config.yaml': QUICK_CI });
  const { github } = bench;
  const sibling = { name: 'slow', id: 4712, suite: 88 };
  github.setChecks(github.sha, [OWN, PASSED, { ...sibling, status: 'in_progress' }]);
  const running = bench.step({ day: '1' });
  await vi.waitFor(() => expect(looks(bench)).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
  github.setChecks(github.sha, [OWN, PASSED, { ...sibling, conclusion: 'failure' }]);
  const run = await running;
  expect([run.code, run.outputs['hold-reason']]).toEqual([1, 'ci: slow']);
  const waiting = run.stdout.split('\n').filter((line) => line.includes('waiting for'));
  expect(waiting).toEqual([`CI of ${github.sha.slice(0, 7)}: waiting for slow (2 seen)`]);
});

test('a job that is run again is judged by its latest attempt', async () => {
  const bench = await newBench({ 'pace.config.yaml': QUICK_CI });
  const at = (hour: string) => ({ startedAt: `2026-03-02T${hour}:00:00Z`, completedAt: `2026-03-02T${hour}:10:00Z` });
  bench.github.setChecks(bench.github.sha, [
    OWN,
    { name: 'test', id: 11, conclusion: 'success', suite: 1, ...at('09') },
    { name: 'test', id: 10, conclusion: 'failure', suite: 1, ...at('08') },
  ]);
  const again = { attempt: 2, startedAt: '2026-03-02T09:00:00Z' };
  bench.github.setRuns(bench.github.sha, [{ id: 77, name: 'CI', suite: 1, conclusion: 'success', ...again }]);
  expect((await bench.step({ day: '1' })).outputs['decision']).toBe('SHIP');
});

test('on a pull request the head is judged, not the merge commit', async () => {
  const bench = await newBench({ 'pace.config.yaml': QUICK_CI });
  const { github, workspace } = bench;
  const event = `${workspace.path}/.git/event.json`;
  await workspace.write({
    '.git/event.json': JSON.stringify({
      pull_request: {
        number: 12,
        head: { sha: github.sha, repo: { full_name: github.repository } },
        base: { repo: { full_name: github.repository } },
      },
    }),
  });
  const run = await bench.step(
    { day: '1' },
    { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event, GITHUB_SHA: 'a'.repeat(40) },
  );
  expect(run.outputs['decision']).toBe('SHIP');
  expect(await workspace.change('12')).toMatchObject({ subject: { kind: 'change', id: '12' }, sha: github.sha });
});

/** No other evidence is configured here. */
const NOTHING = ['evidence', 'UNKNOWN'];

const quick = (effects: string, more = '') =>
  `ci: { grace_seconds: 0, settle_seconds: 0, poll_interval_seconds: 1, timeout_minutes: 0.01${more}, on: { ${effects} } }`;

test.each([
  { effects: 'no_runs: hold', checks: [OWN], decision: 'HOLD', finding: ['no CI found', 'FAIL'], more: [NOTHING] },
  {
    effects: 'no_runs: advisory',
    checks: [OWN],
    decision: 'UNKNOWN',
    finding: NOTHING,
    more: [['no CI found', 'ADVISORY']],
  },
  { effects: 'no_runs: ship', checks: [OWN], decision: 'SHIP', finding: ['no CI found', 'PASS'] },
  {
    effects: 'cancelled: hold',
    checks: [{ ...PASSED, conclusion: 'cancelled' }],
    decision: 'HOLD',
    finding: ['CI cancelled', 'FAIL'],
  },
  {
    effects: 'cancelled: ship',
    checks: [{ ...PASSED, conclusion: 'cancelled' }],
    decision: 'SHIP',
    finding: ['CI cancelled', 'PASS'],
  },
  { effects: 'timeout: hold', checks: [{ name: 'test' }], decision: 'HOLD', finding: ['CI not ended in time', 'FAIL'] },
  {
    effects: 'timeout: advisory',
    checks: [{ name: 'test' }],
    decision: 'SHIP',
    finding: ['CI not ended in time', 'ADVISORY'],
  },
])('$effects', async ({ effects, checks, decision, finding, more = [] }) => {
  const bench = await newBench({ 'pace.config.yaml': quick(effects) });
  bench.github.setRuns(bench.github.sha, []);
  bench.github.setChecks(bench.github.sha, checks);
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['decision']]).toEqual([decision === 'HOLD' ? 1 : 0, decision]);
  const { findings } = await bench.workspace.decision(1);
  expect(findings.map(({ check, result }) => [check, result])).toEqual([finding, ...more]);
});

test('an expected check that never comes is a time-out that names it', async () => {
  const bench = await newBench({ 'pace.config.yaml': quick('timeout: hold', ', expected: [integration]') });
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['hold-reason']]).toEqual([1, 'ci: CI not ended in time']);
  expect(run.stdout).toContain('integration (not there yet)');
  expect((await bench.workspace.decision(1)).findings[0]?.evidence).toContain('integration');
});
