/** Where GitHub's toolkit is loaded, and how little of it. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type BundleRun, bundle, runBundle } from '../support/bundle.ts';
import { junitXml } from '../support/workspace.ts';
import { type Bench, expectDescribedExchanges, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

afterAll(expectDescribedExchanges);

/** Words of the toolkit: in what writes outputs, and in what asks for an id token. */
const [TOOLKIT, HTTP_CLIENT] = ['ghadelimiter_', 'actions/oidc-client'];
const hook = new URL('../support/loaded-files.ts', import.meta.url).href;
const nodeArgs = ['--import', hook];
const args = ['gate', '--day', '1'];

function newDay(): Promise<Bench> {
  const config = `platform: { ci: github, tracker: github }\n${QUICK_CI}\n${JUNIT}\n`;
  return newBench({ 'pace.config.yaml': config, 'report.xml': junitXml() });
}

async function usesToolkit({ stderr }: BundleRun): Promise<boolean> {
  const files = stderr.match(/^loaded file:.*\.[jt]s$/gm) ?? [];
  expect(files.length).toBeGreaterThan(1);
  const texts = await Promise.all(files.map((line) => readFile(new URL(line.slice('loaded '.length)), 'utf8')));
  return texts.some((text) => text.includes(TOOLKIT));
}

test('the action speaks through it', async () => {
  const bench = await newDay();
  const run = await bench.step({ day: '1' }, {}, { nodeArgs });
  expect([run.code, run.outputs['decision']], run.stdout).toEqual([0, 'SHIP']);
  expect(run.summary).toMatch(/^# PACE Day 1 — ✅ SHIP\n/);
  expect(await usesToolkit(run)).toBe(true);
});

test('a step that runs the command itself writes the page of its job through it', async () => {
  const bench = await newDay();
  const run = await bench.step({}, { GITHUB_TOKEN: bench.github.token }, { nodeArgs, args });
  expect([run.code, run.outputs], run.stdout).toEqual([0, {}]);
  expect(run.summary).toMatch(/^# PACE Day 1 — ✅ SHIP\n/);
  expect(await usesToolkit(run)).toBe(true);
});

test('a shell loads nothing of it', async () => {
  const { github, workspace } = await newDay();
  github.setChecks(github.sha, [{ name: 'test', conclusion: 'success' }]);
  github.setRuns(github.sha, []);
  const env = { GH_TOKEN: github.token, GITHUB_REPOSITORY: github.repository, GITHUB_API_URL: github.origin };
  const run = await runBundle({ cwd: workspace.path, env, args, nodeArgs });
  expect(run.code, run.stdout).toBe(0);
  expect(await usesToolkit(run)).toBe(false);
});

test('its HTTP client, which PACE has no use for, is left out', async ({ skip }) => {
  const program = await bundle();
  if (program.endsWith('.ts')) return skip('PACE_TEST_ENTRY=src: there is no bundle');
  const folder = dirname(program);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts.filter((text) => text.includes(TOOLKIT)).length).toBe(1);
  expect(texts.filter((text) => text.includes(HTTP_CLIENT)).length).toBe(0);
  expect(await readFile(join(folder, 'licenses.txt'), 'utf8')).toMatch(/^@actions\/core\nMIT$/m);
});
