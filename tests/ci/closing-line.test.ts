import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SCRIPT = join(import.meta.dirname, '..', '..', '.ci', 'closing-line.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pace-closing-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function left(name: string, text = ''): void {
  writeFileSync(join(folder, name), text);
}

function results(step: string, passed: number, failed = 0, skipped = 0): void {
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0 };
  left(`${step}.json`, JSON.stringify(counts));
}

/** The lines and the exit code. */
function close(): (string | number | null)[] {
  const { stdout, status } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
  return [...stdout.trimEnd().split('\n'), status];
}

test('the tests of all steps are added up', () => {
  results('run-2', 100, 0, 3);
  results('run-3', 20);
  expect(close()).toEqual(['120 passed, 0 failed, 3 skipped', 0]);
});

test('a step that fails is one failure, or as many as its tests', () => {
  results('run-2', 100, 2);
  left('run-2.failed');
  results('run-3', 5);
  left('run-3.failed');
  left('run-4.failed');
  expect(close()).toEqual(['105 passed, 4 failed, 0 skipped', 1]);
});

test('results that cannot be read are a failure, and so are none', () => {
  results('run-2', 7);
  left('run-3.json', '{"numPassed');
  expect(close()).toEqual(['The results of run-3 cannot be read.', '7 passed, 1 failed, 0 skipped', 1]);
  rmSync(join(folder, 'run-2.json'));
  rmSync(join(folder, 'run-3.json'));
  expect(close()).toEqual(['No test has passed.', '0 passed, 1 failed, 0 skipped', 1]);
});
