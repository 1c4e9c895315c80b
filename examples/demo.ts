/**
 * The example sprint on the embedded platform, in a copy under the system's temporary folder: day 1 holds because of a failing
 * test, its issue is listed, the test is fixed, day 1 ships and the issue is closed. Every line is the real program's.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pace = join(import.meta.dirname, '..', 'dist', 'index.js');
const sprint = mkdtempSync(join(tmpdir(), 'pace-demo-'));
const say = (text: string) => process.stdout.write(`${text}\n`);
const identity = ['-c', 'user.name=PACE demo', '-c', 'user.email=demo@example.invalid'];
const git = (...args: string[]) => execFileSync('git', [...identity, ...args], { cwd: sprint, stdio: 'ignore' });

/** Shows the command, runs it, and insists on its exit code. */
function step(explanation: string, args: string[], expectedCode: number): void {
  say(`\n\u2500\u2500 ${explanation}\n$ pace ${args.join(' ')}`);
  // only what a program needs: a CI's own variables would make the demo speak to that CI
  const { PATH, HOME, TERM, SystemRoot } = process.env;
  const env = Object.fromEntries(
    Object.entries({ PATH, HOME, TERM, SystemRoot }).filter(([, value]) => value !== undefined),
  );
  const { status } = spawnSync(process.execPath, [pace, ...args], { cwd: sprint, stdio: 'inherit', env });
  say(`(exit code ${status})`);
  if (status !== expectedCode) throw new Error(`expected exit code ${expectedCode}`);
}

try {
  cpSync(join(import.meta.dirname, 'sprint'), sprint, { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'Put hats into the cart');

  step('Day 1: a test fails, so the day holds and opens one issue.', ['gate', '--day', '1'], 1);
  step('The issue, in the embedded tracker.', ['issue', 'list'], 0);
  step('Meanwhile day 2 waits for it.', ['gate', '--day', '2'], 0);

  writeFileSync(join(sprint, 'reports', 'unit.xml'), readFileSync(join(sprint, 'reports', 'unit.fixed.txt')));
  git('commit', '--quiet', '--all', '-m', 'Round sums to cents');

  step('The test is fixed: day 1 ships and closes its issue.', ['gate', '--day', '1'], 0);
  step('Nothing is open any more.', ['issue', 'list', '--state', 'all'], 0);
} finally {
  rmSync(sprint, { recursive: true, force: true });
}
