import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SCHEMA_URL } from '../../../core/version.ts';
import { initialConfig } from '../../../src/config/initial.ts';
import { testWorld } from '../../support/world.ts';
import { problemsIn } from './check.ts';

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'pace-init-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

async function put(path: string, content = ''): Promise<void> {
  await mkdir(join(cwd, path, '..'), { recursive: true });
  await writeFile(join(cwd, path), content);
}

test('looks at remote, reports and plan', async () => {
  execFileSync('git', ['init', '-q'], { cwd });
  execFileSync('git', ['remote', 'add', 'origin', 'https://user:hunter2x@github.com/acme/rocket.git'], { cwd });
  await put('pace/plan.yaml', 'start_date: 2026-01-05\ndays: [{day: 1}]');
  const { text, because } = await initialConfig(testWorld({ cwd }), [
    { type: 'coverage', name: 'line coverage', path: 'coverage/lcov.info', found: '1 file: lcov' },
    { type: 'junit', name: 'unit tests', path: ['a.xml', 'b/*.xml'], found: '3 files: JUnit XML' },
  ]);
  expect(text).toBe(`# yaml-language-server: $schema=${SCHEMA_URL}
# Every other key, with its default: pace.config.example.yaml
product:
  name: rocket
platform:
  ci: github
  tracker: github
gate:
  mode: enforce # observe: judge and report only, never block
evidence:
  # 1 file: lcov
  - type: coverage
    name: line coverage
    path: coverage/lcov.info
  # 3 files: JUnit XML
  - type: junit
    name: unit tests
    path:
      - a.xml
      - b/*.xml
`);
  expect(because).toMatch(
    /^CI: .* \(found by the git remote at github\.com\)\. .* Evidence found: coverage\/lcov\.info, a\.xml, b\/\*\.xml\.$/,
  );
  expect(text + because).not.toContain('hunter2x');
  expect(await problemsIn(text)).toEqual([]);
});

test('an empty folder gives a file that works without any account, from today', async () => {
  const { text, because } = await initialConfig(testWorld({ cwd, start: Date.parse('2026-03-02T09:00:00Z') }), []);
  expect(text).toContain('  ci: auto\n  tracker: auto\nsprint:\n  start_date: 2026-03-02 # day 1\n');
  expect(because).toContain('No reports were found yet.');
  expect(await problemsIn(text)).toEqual([]);
});
