import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { reasonTable } from './skipped.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CONFIG = `
  import { skippedReporter } from ${JSON.stringify(join(import.meta.dirname, 'skipped.ts'))};
  export default { test: { globals: true, include: ['*.test.js'], reporters: [skippedReporter()] } };`;
const WITH_REASON = "test('one', ({ skip }) => skip('it is Sunday'));\n";
const SILENT = "describe('some', () => { test.skip('two', () => {}); test.todo('three'); });\n";

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of its own over one file of tests. */
async function runOf(tests: string, env: Record<string, string>, ...args: string[]): Promise<Run> {
  const cwd = await mkdtemp(join(tmpdir(), 'pace-skipped-'));
  try {
    await writeFile(join(cwd, 'vitest.config.mjs'), CONFIG);
    await writeFile(join(cwd, 'some.test.js'), `test('passes', () => {});\n${tests}`);
    const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
    const options = { cwd, env: { PATH: process.env['PATH'], PACE_TEST_REQUIRE: '', ...env } };
    return await promisify(execFile)(process.execPath, [vitest, 'run', '--root', cwd, ...args], options).then(
      (done) => ({ ...done, code: 0 }),
      (failed: Run) => failed,
    );
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

test('the reasons are told at the end, the most frequent first', () => {
  const skipped = ['b', 'a', 'b', undefined].map((reason) => ({ name: 'a test', reason }));
  expect(reasonTable(skipped)).toBe('\nSkipped, and why:\n    2  b\n    1  a\n');
  expect(reasonTable([])).toBe('');
});

test('a test that is skipped with a reason is no failure, whatever is required', async () => {
  const { code, stdout, stderr } = await runOf(WITH_REASON, { PACE_TEST_REQUIRE: 'all' });
  expect([code, stdout]).toEqual([0, expect.stringContaining('1  it is Sunday')]);
  expect(stderr).not.toContain('without a reason');
}, 60_000);

test('one that is skipped without a word is named, and fails the run where all is required', async () => {
  const named = 'some.test.js > some > two\n       some.test.js > some > three\n';
  const lenient = await runOf(WITH_REASON + SILENT, {});
  expect([lenient.code, lenient.stderr]).toEqual([0, expect.stringContaining(named)]);
  const strict = await runOf(WITH_REASON + SILENT, { PACE_TEST_REQUIRE: 'all' });
  expect([strict.code, strict.stderr]).toEqual([1, expect.stringContaining(named)]);
}, 60_000);

test('those that a pattern of names leaves out need no reason', async () => {
  const { code, stderr } = await runOf(SILENT, { PACE_TEST_REQUIRE: 'all' }, '-t', 'passes');
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('without a reason')]);
}, 60_000);
