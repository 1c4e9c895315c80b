import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';
import { JUNIT } from './github-bench.ts';

const opened: Workspace[] = [];
afterAll(() => Promise.all(opened.map((workspace) => workspace.dispose())));

const CONFIG = `platform: { ci: local, tracker: local }\nstate: { persist: branch }\n${JUNIT}\n`;

/** A repository on a server, and what is needed to change it. */
async function repository(config = CONFIG) {
  const workspace = await newWorkspace({
    'pace.config.yaml': config,
    'report.xml': junitXml('adds'),
    '.gitignore': '.pace/\npace-summary.md\nPROGRESS.md\n',
  });
  opened.push(workspace);
  await workspace.git('init', '--quiet', '--bare', '--initial-branch=main', 'server.git');
  await workspace.git('push', '--quiet', './server.git', 'main');
  const server = join(workspace.path, 'server.git');

  async function push(files: Record<string, string>): Promise<void> {
    await workspace.write(files);
    await workspace.git('add', ...Object.keys(files));
    await workspace.git('commit', '--quiet', '--message', 'A change');
    await workspace.git('push', '--quiet', './server.git', 'main');
  }
  let count = 0;
  /** A runner that knows nothing: a fresh clone as CI makes it. */
  async function runner(...args: string[]): Promise<BundleRun> {
    count += 1;
    const folder = `runner-${count}`;
    await workspace.git('clone', '--quiet', '--depth=1', `file://${server}`, folder);
    await workspace.git('-C', folder, 'checkout', '--quiet', '--detach');
    return runBundle({ cwd: join(workspace.path, folder), args: ['gate', '--json', ...args] });
  }
  const kept = async () =>
    (await workspace.git('-C', 'server.git', 'ls-tree', '-r', '--name-only', 'pace/state')).split('\n');
  return { workspace, server, push, runner, kept };
}

function report({ stdout, stderr }: BundleRun): Report {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

/** A calendar on which today is the fifth day, in a zone where it is about noon: no day ends while the test runs. */
function fifthDay(): string {
  const hoursAhead = 12 - new Date().getUTCHours();
  const begun = new Date(Date.now() + hoursAhead * 3_600_000 - 4 * 86_400_000).toISOString().slice(0, 10);
  // in these names of zones the sign is turned round
  const zone = `Etc/GMT${hoursAhead > 0 ? '-' : '+'}${Math.abs(hoursAhead)}`;
  return `sprint: { start_date: ${begun}, timezone: ${zone} }`;
}

test('runners that forget everything: held on one, shipped on the next, missed days are said on a third', async () => {
  const { push, runner, kept } = await repository(`${CONFIG}${fifthDay()}\n`);
  const held = await runner('--day', '1');
  expect([held.code, report(held).attempt, report(held).faults]).toEqual([1, 1, []]);
  const paused = await runner('--day', '2');
  expect([paused.code, report(paused).decision, report(paused).escalation.key]).toEqual([0, 'PAUSED', '1']);

  await push({ 'report.xml': junitXml() });
  const shipped = await runner('--day', '1');
  expect([shipped.code, report(shipped).attempt, report(shipped).faults]).toEqual([0, 2, []]);

  const today = await runner();
  expect([report(today).day, report(today).decision]).toEqual([5, 'SHIP']);
  expect(report(today).notes).toEqual(['Days 2–4 were not judged: no run is known between day 1 and today.']);
  expect(await kept()).toEqual([
    '.pace/advisory_backlog.yaml',
    '.pace/day-1/attempts.yaml',
    '.pace/day-1/decision.yaml',
    '.pace/day-1/escalated',
    '.pace/day-1/escalation-issue.md',
    '.pace/day-5/attempts.yaml',
    '.pace/day-5/decision.yaml',
    '.pace/journal.jsonl',
    '.pace/pace.db',
    'pace-state.json',
  ]);
});

test('two runners that finish together are both remembered', async () => {
  const { push, runner } = await repository();
  await push({ 'report.xml': junitXml() });
  const both = await Promise.all([runner('--day', '1'), runner('--day', '2')]);
  expect(both.map((run) => [run.code, report(run).faults])).toEqual([
    [0, []],
    [0, []],
  ]);
  const again = await Promise.all([runner('--day', '1'), runner('--day', '2')]);
  expect(again.map((run) => report(run).attempt)).toEqual([2, 2]);
});

test('a push that is refused is a fault with its remedy, and changes no decision', async () => {
  const { server, runner } = await repository();
  const hook = join(server, 'hooks/pre-receive');
  await writeFile(hook, '#!/bin/sh\necho You are not allowed to push code to this project.\nexit 1\n');
  await chmod(hook, 0o755);
  const held = await runner('--day', '1');
  expect([held.code, report(held).decision]).toEqual([1, 'HOLD']);
  expect(report(held).faults).toEqual([
    {
      operation: 'saveState',
      message: expect.stringContaining('You are not allowed to push code'),
      remedy: 'Please give the job credentials with which git may push to this repository.',
    },
  ]);
});

test('without the remote the run goes on with what is there, and says so', async () => {
  const { workspace, runner } = await repository(CONFIG.replace('branch }', 'branch, remote: elsewhere }'));
  const held = await runner('--day', '1');
  expect([held.code, report(held).decision, report(held).faults.map(({ operation }) => operation)]).toEqual([
    1,
    'HOLD',
    ['restoreState', 'saveState'],
  ]);
  expect((await workspace.git('-C', 'server.git', 'branch', '--list')).trim()).toBe('* main');
});

test('a dry run neither reads nor writes the branch', async () => {
  const { workspace, runner } = await repository();
  await runner('--day', '1');
  const before = await workspace.git('-C', 'server.git', 'rev-parse', 'pace/state');
  const dry = await runner('--day', '1', '--dry-run');
  expect([dry.code, report(dry).attempt]).toEqual([1, 1]);
  expect(await workspace.git('-C', 'server.git', 'rev-parse', 'pace/state')).toBe(before);
});
