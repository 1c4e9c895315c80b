import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';
import { JUNIT } from './github-bench.ts';

const opened: Workspace[] = [];
afterAll(() => Promise.all(opened.map((workspace) => workspace.dispose())));

const CONFIG = `platform: { ci: local, tracker: local }\n${JUNIT}\n`;

async function checkout(files: Record<string, string> = {}): Promise<Workspace> {
  const workspace = await newWorkspace({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds'), ...files });
  opened.push(workspace);
  return workspace;
}

function pace({ path }: Workspace, ...args: string[]): Promise<BundleRun> {
  return runBundle({ cwd: path, args });
}

function report({ stdout }: BundleRun): Report {
  return JSON.parse(stdout) as Report;
}

test('no account, no server: HOLD, the issue is listed and shown, a fix ships and closes it', async () => {
  const workspace = await checkout();
  const held = await pace(workspace, 'gate', '--day', '1');
  expect(held.code, held.stderr).toBe(1);
  expect(held.stdout).toMatch(/^🔴 PACE day 1: HOLD \(commit [0-9a-f]{12}, attempt 1\)\n {3}unit: app adds\n/);

  const listed = await pace(workspace, 'issue', 'list');
  expect([listed.code, listed.stdout]).toEqual([
    0,
    '1  Open  [PACE HOLD] Day 1 — unit: app adds  [pace-day-1, pace-hold]\n',
  ]);
  const shown = await pace(workspace, 'issue', 'show', '1', '--json');
  expect([shown.code, JSON.parse(shown.stdout)]).toMatchObject([
    0,
    {
      key: '1',
      state: 'open',
      title: '[PACE HOLD] Day 1 — unit: app adds',
      labels: ['pace-day-1', 'pace-hold'],
      comments: [],
    },
  ]);

  await pace(workspace, 'gate', '--day', '1');
  const paused = await pace(workspace, 'gate', '--day', '2', '--json');
  expect([paused.code, report(paused).decision, report(paused).escalation.key]).toEqual([0, 'PAUSED', '1']);

  await workspace.write({ 'report.xml': junitXml() });
  const shipped = await pace(workspace, 'gate', '--day', '1', '--json');
  expect([shipped.code, report(shipped).decision, report(shipped).faults]).toEqual([0, 'SHIP', []]);
  expect((await pace(workspace, 'issue', 'list')).stdout).toBe('');
  const closed = JSON.parse((await pace(workspace, 'issue', 'list', '--state', 'all', '--json')).stdout);
  expect(closed).toMatchObject([{ key: '1', state: 'done' }]);
  const last = JSON.parse((await pace(workspace, 'issue', 'show', '#1', '--json')).stdout);
  expect(last.comments.map(({ body }: { body: string }) => body)).toEqual([
    expect.stringMatching(/^Day 1 ships at commit/),
  ]);
});

test('`--json` prints one object and nothing else, the same as decision.yaml', async () => {
  const workspace = await checkout();
  const run = await pace(workspace, 'gate', '--day', '1', '--json');
  expect(report(run)).toEqual(await workspace.decision(1));
  expect(Object.keys(report(run))).toEqual(expect.arrayContaining([
    'schemaVersion', 'day', 'attempt', 'sha', 'decision', 'holdReason', 'findings', 'ci', 'escalation', 'review', 'advisories', 'faults', 'pending',
  ])); // biome-ignore format: a list
});

test('a newcomer: `pace init`, `pace validate`, `pace gate`', async () => {
  const workspace = await checkout();
  await workspace.remove('pace.config.yaml');
  const init = await pace(workspace, 'init');
  expect([init.code, init.stderr]).toEqual([0, '']);
  const twice = await pace(workspace, 'init');
  expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('pass --force to replace it')]);
  const valid = await pace(workspace, 'validate');
  expect([valid.code, valid.stdout]).toEqual([0, expect.stringContaining('pace.config.yaml is valid.')]);
  const gate = await pace(workspace, 'gate', '--day', '1');
  expect([gate.code, gate.stderr]).toEqual([expect.any(Number), expect.not.stringContaining('Error')]);
});

test('another folder is judged with --directory, and what is below the root of the checkout too', async () => {
  const workspace = await checkout({ 'app/pace.config.yaml': CONFIG, 'app/report.xml': junitXml() });
  const run = await pace(workspace, 'gate', '--day', '1', '--directory', 'app', '--json');
  expect([run.code, report(run).decision]).toEqual([0, 'SHIP']);
  expect(Object.keys(await workspace.files()).filter((name) => name.startsWith('.pace'))).toEqual([]);
});

test('a human-gate day writes the review document; what a person decides there counts', async () => {
  const workspace = await checkout({
    'report.xml': junitXml(),
    'plan.yaml': 'days:\n  - { day: 1, human_gate: true }\n  - { day: 2 }\n',
  });
  const run = await pace(workspace, 'gate', '--day', '1', '--json');
  expect([run.code, report(run).decision, report(run).review.url]).toEqual([
    0,
    'SHIP',
    expect.stringContaining('review-pr.md'),
  ]);
  expect(await workspace.read('.pace/day-1/review-pr.md')).toContain('PACE Review Gate');
});

test.each([
  ['detached', async (workspace: Workspace) => void (await workspace.git('checkout', '--quiet', '--detach'))],
  [
    'without a commit',
    async (workspace: Workspace) => {
      await workspace.remove('.git');
      await workspace.git('init', '--quiet');
    },
  ],
  ['no repository', (workspace: Workspace) => workspace.remove('.git')],
])('a checkout that is %s is judged all the same', async (_, change) => {
  const workspace = await checkout();
  await change(workspace);
  const run = await pace(workspace, 'gate', '--day', '1', '--json');
  expect([run.code, report(run).decision, report(run).escalation.key]).toEqual([1, 'HOLD', '1']);
  const none = report(run).notes.filter((note) => note.includes('There is no commit here'));
  expect(none.length).toBe(report(run).sha === '' ? 1 : 0);
});

test('without the program git the folder is judged, and the missing commit is said', async () => {
  const workspace = await checkout();
  const run = await runBundle({
    cwd: workspace.path,
    args: ['gate', '--day', '1', '--json'],
    env: { PATH: '/nowhere' },
  });
  expect([run.code, report(run).decision, report(run).sha]).toEqual([1, 'HOLD', '']);
  expect(report(run).notes).toContain('There is no commit here: findings are not tied to one.');
  const named = await runBundle({
    cwd: workspace.path,
    args: ['gate', '--day', '1', '--sha', 'main'],
    env: { PATH: '/nowhere' },
  });
  expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('"main" is not a commit')]);
});

test('a shallow clone knows its own commit; an older one is refused with the remedy', async () => {
  const origin = await checkout();
  const old = await origin.git('rev-parse', 'HEAD');
  const newer = await origin.commit();
  const workspace = await checkout();
  await workspace.remove('.git', 'pace.config.yaml', 'report.xml');
  await workspace.git('clone', '--quiet', '--depth=1', `file://${origin.path}`, 'clone');
  const run = await pace(workspace, 'gate', '--day', '1', '-C', 'clone', '--json');
  expect([run.code, report(run).sha]).toEqual([1, newer]);
  const refused = await pace(workspace, 'gate', '--day', '1', '-C', 'clone', '--sha', old);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining('fetch more history if the clone is shallow'),
  ]);
});

test('interrupted, it ends with 130 and leaves no half-written file', async () => {
  const workspace = await checkout({
    'pace.config.yaml': `${CONFIG.replace(JUNIT, '')}evidence: [{ name: slow, type: command, run: 'kill -INT $PPID; sleep 30' }]\n`,
  });
  const run = await pace(workspace, 'gate', '--day', '1');
  expect(run.code).toBe(130);
  expect(Object.keys(await workspace.files()).filter((name) => name.startsWith('.pace'))).toEqual([]);
});

test('four runs of a day at the same time open one issue', async () => {
  const workspace = await checkout();
  const runs = await Promise.all(Array.from({ length: 4 }, () => pace(workspace, 'gate', '--day', '1', '--json')));
  expect(runs.map((run) => [run.code, report(run).escalation.key])).toEqual(Array(4).fill([1, '1']));
  const open = JSON.parse((await pace(workspace, 'issue', 'list', '--json')).stdout);
  expect(open.map(({ key }: { key: string }) => key)).toEqual(['1']);
  expect(await workspace.decision(1)).toMatchObject({ decision: 'HOLD', escalation: { key: '1' } });
});

test('an agent that writes to the same tracker does not disturb it', async () => {
  const workspace = await checkout();
  await pace(workspace, 'gate', '--day', '1');
  const before = await workspace.files();
  await pace(workspace, 'issue', 'list', '--state', 'all');
  await pace(workspace, 'issue', 'show', '1');
  const missing = await pace(workspace, 'issue', 'show', '99');
  expect([missing.code, missing.stdout, missing.stderr]).toEqual([9, '', expect.stringMatching(/^Error: .*99/)]);
  const { '.pace/pace.db': _, '.pace/pace.db-wal': __, '.pace/pace.db-shm': ___, ...after } = await workspace.files();
  expect(before).toMatchObject(after);
});

test('a summary that could not be written is kept, and handed on by a later run', async () => {
  const workspace = await checkout({ 'report.xml': junitXml(), 'pace-summary.md/in-the-way': '' });
  const first = report(await pace(workspace, 'gate', '--day', '1', '--json'));
  expect([first.decision, first.pending]).toMatchObject(['SHIP', [{ operation: 'writeJobSummary', day: 1 }]]);
  await rm(join(workspace.path, 'pace-summary.md'), { recursive: true });
  const second = report(await pace(workspace, 'gate', '--day', '2', '--json'));
  expect([second.decision, second.pending, second.faults]).toEqual(['SHIP', [], []]);
  expect(await readFile(join(workspace.path, '.pace', 'journal.jsonl'), 'utf8')).toContain('PACE Day 1 — ✅ SHIP');
});
