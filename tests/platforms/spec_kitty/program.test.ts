/** The program itself, in an environment of its own: it takes what PACE writes, goes on from there, and is read again. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { OWL } from '../../core/spec-kitty/samples.ts';
import { lacking, testUnless } from '../../support/required.ts';
import { type KittyBench, kittyBench } from './bench.ts';

const VERSION = '3.2.7';
const MISSION = OWL.slice('kitty-specs/'.length);
const FOLDER = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), `pace-tests/spec-kitty-cli-${VERSION}`);
const PROGRAM = join(FOLDER, 'bin/spec-kitty');
const run = promisify(execFile);

// to start the program takes seconds, and on a busy machine many
vi.setConfig({ testTimeout: 300_000 });

/** Made once, and whole: the last file says so. */
function install(): boolean {
  const ready = join(FOLDER, 'ready');
  if (existsSync(ready)) return true;
  try {
    mkdirSync(FOLDER, { recursive: true });
    execFileSync('python3', ['-m', 'venv', '--clear', FOLDER], { stdio: 'ignore' });
    const pip = ['install', '--quiet', '--disable-pip-version-check', `spec-kitty-cli==${VERSION}`];
    execFileSync(join(FOLDER, 'bin/pip'), pip, { stdio: 'ignore', timeout: 600_000 });
    writeFileSync(ready, '');
    return true;
  } catch {
    return false;
  }
}

const test = testUnless(lacking(install(), `python3 with pip, or spec-kitty-cli ${VERSION}, is not to be had`));

let bench: KittyBench;
let tracker: TrackerDriver;

async function kitty(...args: string[]): Promise<{ readonly code: number; readonly words: string }> {
  const names = ['AUTHOR_NAME', 'AUTHOR_EMAIL', 'COMMITTER_NAME', 'COMMITTER_EMAIL'];
  const known = Object.fromEntries(names.map((name) => [`GIT_${name}`, 'dev@example.org']));
  const env = { ...known, PATH: process.env['PATH'], HOME: bench.cwd, NO_COLOR: '1', COLUMNS: '200' };
  try {
    const { stdout, stderr } = await run(PROGRAM, args, { cwd: bench.cwd, env });
    return { code: 0, words: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, words: stdout + stderr };
  }
}

async function listed(): Promise<Record<string, unknown>[]> {
  const { words } = await kitty('agent', 'tasks', 'list-tasks', '--mission', MISSION, '--json');
  const { tasks } = JSON.parse(words.slice(words.indexOf('{')));
  return tasks.map(({ work_package_id, title, lane }: Record<string, unknown>) => ({ work_package_id, title, lane }));
}

const inGit = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=dev', '-c', 'user.email=dev@example.org', ...args], {
    cwd: bench.cwd,
    stdio: 'ignore',
  });

function commit(): void {
  inGit('add', '--all');
  inGit('commit', '--quiet', '--allow-empty', '--message', 'x');
}

beforeAll(() => {
  bench = kittyBench();
  tracker = bench.open();
  inGit('init', '--quiet', '--initial-branch=feature/lantern');
  mkdirSync(join(bench.cwd, '.kittify'));
  commit();
});
afterAll(() => bench.dispose());

describe('spec-kitty-cli', { timeout: 600_000 }, () => {
  const valid = async () =>
    expect((await kitty('agent', 'status', 'validate', '--mission', MISSION)).words).toContain('PASS');

  test('takes what PACE has written, and lists it as PACE does', async () => {
    await tracker.transitionIssue('WP01', { state: 'in_progress' });
    await tracker.addComment('WP01', 'Grüße, “quoted”\nand a second line');
    await tracker.updateIssue('WP02', {
      ...{ title: 'List: calls', body: '## New\n\nText.', addLabels: ['a: b'], priority: 1, addAssignees: ['ann'] },
    });
    await tracker.createIssue({ title: 'A third: “one”', body: 'Text.\n\n## Activity Log', metadata: { a: 1 } });
    await tracker.createLink?.('WP03', { type: 'depends on', target: 'WP02' });
    await valid();
    const issues = await collect(tracker.listIssues());
    const own = issues.map(({ key, title, stateName }) => ({ work_package_id: key, title, lane: stateName }));
    expect(await listed()).toEqual(
      own.toSorted((one, other) => (one.work_package_id < other.work_package_id ? -1 : 1)),
    );
  });

  test('makes the same status.json', async () => {
    const before = bench.text('status.json');
    await kitty('agent', 'status', 'materialize', '--mission', MISSION);
    expect(bench.text('status.json')).toBe(before);
  });

  test('finds nothing wrong with the files, but for what only an agent can say', async () => {
    commit();
    const { words } = await kitty('agent', 'mission', 'finalize-tasks', '--mission', MISSION, '--validate-only');
    expect(words).toMatch(/Missing requirement refs:\s+- WP03/);
    expect(words).not.toMatch(/WP0[12]\b/);
  });

  test('goes on after the lines of PACE, and PACE after its lines', async () => {
    const emit = (...args: string[]) => kitty('agent', 'status', 'emit', 'WP01', ...args, '--mission', MISSION);
    expect(await emit('--to', 'blocked', '--actor', 'ann')).toMatchObject({ code: 0 });
    expect(await tracker.getIssue('WP01')).toMatchObject({ state: 'blocked' });
    await tracker.transitionIssue('WP01', { state: 'in_progress' });
    await valid();
    expect(await emit('--to', 'approved', '--actor', 'ann')).toMatchObject({ code: 1 });
    const evidence = JSON.stringify({ review: { reviewer: 'ann', verdict: 'approved', reference: 'PR#7' } });
    expect(await emit('--to', 'approved', '--actor', 'ann', '--evidence-json', evidence)).toMatchObject({ code: 0 });
    expect(await tracker.getIssue('WP01')).toMatchObject({ state: 'in_review', stateName: 'approved' });
  });

  test('moves a work package that PACE has made', async () => {
    commit();
    const { code, words } = await kitty(
      'agent',
      'tasks',
      'move-task',
      'WP02',
      '--to',
      'in_progress',
      '--agent',
      'ann',
      '--mission',
      MISSION,
    );
    expect({ code, words }).toMatchObject({ code: 0 });
    expect(await tracker.getIssue('WP02')).toMatchObject({
      state: 'in_progress',
      sections: expect.arrayContaining([{ name: 'Agent', text: 'ann' }]),
    });
    await tracker.addComment('WP02', 'After the program');
    await valid();
  });

  test('takes what was forced, and what was noted instead', async () => {
    await expect(tracker.transitionIssue('WP03', { state: 'done' })).rejects.toThrow(
      /approval of a reviewer|subtasks|review/,
    );
    await valid();
    await bench.open({ evidence: 'force' }).transitionIssue('WP03', { state: 'done' });
    await valid();
    expect((await listed()).at(-1)).toMatchObject({ work_package_id: 'WP03', lane: 'done' });
  });

  test('finds a log corrupt that PACE refuses, too', async () => {
    const path = join(bench.cwd, OWL, 'status.events.jsonl');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, `${before}{"kind": "pace"}\n`);
    const { code } = await kitty('agent', 'status', 'validate', '--mission', MISSION);
    expect(code).not.toBe(0);
    await expect(tracker.getIssue('WP01')).rejects.toThrow(
      /status\.events\.jsonl:\d+:1: Spec Kitty does not know its kind/,
    );
    writeFileSync(path, before);
  });
});
