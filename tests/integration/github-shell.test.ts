import { afterAll, expect, test, vi } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { runBundle } from '../support/bundle.ts';
import { junitXml } from '../support/workspace.ts';
import { type Bench, expectDescribedExchanges, JUNIT, newBench, OWN_JOB, QUICK_CI } from './github-bench.ts';

afterAll(expectDescribedExchanges);

const CONFIG = `platform: { ci: github, tracker: github }\n${QUICK_CI}\n${JUNIT}\n`;

function shell({ github, workspace }: Bench, args: string[], options: { killedBy?: AbortSignal } = {}) {
  const env = { GH_TOKEN: github.token, GITHUB_REPOSITORY: github.repository, GITHUB_API_URL: github.origin };
  return runBundle({ cwd: workspace.path, args, env, ...options });
}

test('a person judges a commit on GitHub from a shell, reads the issue, and sees it closed', async () => {
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') });
  bench.github.setRuns(bench.github.sha, []);
  bench.github.setChecks(bench.github.sha, [{ name: 'test', conclusion: 'success' }]);
  const held = await shell(bench, ['gate', '--day', '1', '--json']);
  expect([held.code, (JSON.parse(held.stdout) as Report).escalation.key]).toEqual([1, '1']);
  const listed = await shell(bench, ['issue', 'list', '--label', 'pace-hold']);
  expect([listed.code, listed.stdout]).toEqual([
    0,
    '1  open  [PACE HOLD] Day 1 — unit: app adds  [pace-hold, pace-day-1]\n',
  ]);
  const shown = await shell(bench, ['issue', 'show', '1']);
  expect(shown.stdout).toContain('### To Resume');
  expect(shown.stdout).not.toContain('pace:metadata');
  await bench.workspace.write({ 'report.xml': junitXml() });
  const shipped = await shell(bench, ['gate', '--day', '1', '--json']);
  expect([shipped.code, (await bench.issues()).map(({ state }) => state)]).toEqual([0, ['closed']]);
});

test('killed while it waits for CI, it leaves its lock at most, which hinders no later run', async () => {
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml() });
  const { github } = bench;
  github.setChecks(github.sha, [{ name: 'slow', id: OWN_JOB, status: 'in_progress' }]);
  const before = await bench.workspace.files();
  const kill = new AbortController();
  const running = shell(bench, ['gate', '--day', '1'], { killedBy: kill.signal });
  await vi.waitFor(() => expect(github.exchanges.some(({ asked }) => asked.path.endsWith('/check-runs'))).toBe(true), {
    timeout: 20_000,
  });
  kill.abort();
  const { code } = await running;
  const { '.pace/pipeline.lock': _, ...after } = await bench.workspace.files();
  expect([code, after]).toEqual([null, before]);
  const writes = github.exchanges.map(({ asked }) => asked).filter(({ method }) => method !== 'GET');
  expect(writes.map(({ method, path }) => `${method} ${path.split('/').at(-2)}`)).toEqual(['POST statuses']);
  expect(github.statuses(github.sha)).toMatchObject([{ context: 'pace/gate', state: 'pending' }]);
  github.setChecks(github.sha, [{ name: 'slow', id: OWN_JOB, conclusion: 'success' }]);
  github.setRuns(github.sha, []);
  expect((await shell(bench, ['gate', '--day', '1'])).code).toBe(0);
});
