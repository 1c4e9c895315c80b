import { expect, test } from 'vitest';
import type { Diagnosis } from '../../core/ports/index.ts';
import { runBundle } from '../support/bundle.ts';
import { loadedParts } from '../support/loaded-parts.ts';
import { startProxy } from '../support/proxy.ts';
import { newBench } from './github-bench.ts';

const CONFIG = 'sprint: { start_date: 2026-03-02 }\n';
const CANARY = 'canary-3d1f77a0c2';
/** What only the doctor of a platform uses. */
const DOCTORS = 'core/drivers/diagnosis-looks';

test('as an action: a table in the log, an annotation, exit 1, and nothing written', async () => {
  const bench = await newBench({ 'pace.config.yaml': CONFIG });
  bench.github.trouble(({ path }) => path.includes('/check-runs'), {
    status: 403,
    json: { message: 'Resource not accessible by integration' },
  });
  const run = await bench.step({ command: 'doctor' }, { JIRA_TOKEN: CANARY, PACE_DAY: '1' });
  expect(run.code, run.stdout).toBe(1);
  expect(run.stdout).toMatch(/\n {2}broken {4}checks: read +The token may not list checks .*\n {12}→ Please add/);
  expect(run.stdout).toMatch(/\n::error title=PACE doctor::\d+ ok, \d+ degraded, \d+ broken, \d+ unknown\n/);
  expect(bench.writes()).toEqual([]);
  expect(run.outputs).toEqual({});
  const said = `${run.stdout}${run.stderr}`.replace(/^::add-mask::.*$/gm, '');
  expect(said).not.toContain(bench.github.token);
  expect(said).not.toContain(CANARY);
  expect(Object.keys(await bench.workspace.files())).toEqual(['pace.config.yaml']);
});

test('in a shell: JSON with the documented fields, through the proxy of the machine', async () => {
  const bench = await newBench({ 'pace.config.yaml': CONFIG });
  const proxy = await startProxy();
  const env = {
    PACE_GITHUB_TOKEN: bench.github.token,
    GITHUB_REPOSITORY: bench.github.repository,
    GITHUB_API_URL: bench.github.origin,
    PACE_DAY: '1',
    HTTP_PROXY: `http://user:${CANARY}@${proxy.host}`,
  };
  const config = `${CONFIG}platform: { ci: github, tracker: github }\n`;
  await bench.workspace.write({ 'pace.config.yaml': config });
  const run = await runBundle({ cwd: bench.workspace.path, args: ['doctor', '--json'], env });
  await proxy.close();
  expect(run.code, run.stderr).toBe(1);
  const diagnoses = JSON.parse(run.stdout) as Diagnosis[];
  const fields = new Set(diagnoses.flatMap((diagnosis) => Object.keys(diagnosis)));
  expect([...fields].sort()).toEqual(['area', 'check', 'detail', 'remedy', 'state']);
  expect(diagnoses.find(({ check }) => check === 'repository')).toEqual({
    area: 'code host',
    check: 'repository',
    state: 'ok',
    detail: 'octo-org/octo-repo, default branch main',
    remedy: '',
  });
  expect(proxy.asked.filter((line) => line.startsWith(`GET ${bench.github.origin}/repos/`)).length).toBeGreaterThan(5);
  expect(`${run.stdout}${run.stderr}`).not.toContain(CANARY);
});

test('a gate run loads nothing of it', async () => {
  const bench = await newBench({ 'pace.config.yaml': CONFIG });
  const hook = new URL('../support/loaded-files.ts', import.meta.url).href;
  const loaded = async (command: string) => {
    const run = await bench.step({ command, day: '1' }, {}, { nodeArgs: ['--import', hook] });
    return loadedParts(run.stderr);
  };
  expect((await loaded('doctor'))(DOCTORS)).toBe(true);
  expect((await loaded('gate'))(DOCTORS)).toBe(false);
});
