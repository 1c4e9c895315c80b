/** The program itself, as a process: its stand-in in two versions, and the real one where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Settings } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { connect } from '../../../platforms/beads/api.ts';
import { createTracker } from '../../../platforms/beads/issues.ts';
import { loadPlatform, openTracker } from '../../../platforms/index.ts';
import { type BdState, type BdVersion, newBd } from '../../support/bd.ts';
import { installStandIn, seenVariables } from '../../support/programs.ts';
import { testWorld } from '../../support/world.ts';

const NEEDS = {
  statusContext: 'pace/gate',
  waitsForCi: false,
  opensReviews: false,
  usesVariables: false,
  purposes: [],
};

/** A day in the life of an issue, with texts that look like options. */
async function wholeLife(cwd: string, settings: Settings, env: Record<string, string>): Promise<void> {
  const world = testWorld({ cwd, env });
  const tracker = await openTracker(world, {
    platform: await loadPlatform('beads'),
    section: { actor: 'ann', ...settings },
  });
  const metadata = { pace: { kind: 'escalation', quote: `"'\n` } };
  const draft = {
    title: '--all of it',
    body: '-',
    labels: ['--force', 'a,b', 'c"d'],
    metadata,
    priority: 0,
    type: 'bug',
  } as const;
  const created = await tracker.createIssue(draft);
  expect(created).toMatchObject({ ...draft, labels: [...draft.labels].sort(), state: 'open', assignees: [] });
  const { key } = created;
  expect(await tracker.getIssue(key)).toEqual(created);
  const child = await tracker.createIssue({
    title: 'A part',
    body: '',
    parent: key,
    assignees: ['ben'],
    dueDate: '2028-02-29',
  });
  expect(child).toMatchObject({
    parent: key,
    labels: [],
    dueDate: '2028-02-29',
    assignees: [{ id: 'ben', name: 'ben' }],
  });
  const comment = await tracker.addComment(key, '--help');
  expect([comment.body, comment.author?.id]).toEqual(['--help', 'ann']);
  expect(await collect(tracker.listComments(key))).toEqual([comment]);
  await tracker.createLink(key, { type: 'is blocked by', target: child.key }).catch(() => undefined);
  const changed = await tracker.updateIssue(child.key, {
    body: 'Text.\n',
    metadata: { a: 1 },
    addLabels: ['x'],
    state: 'canceled',
  });
  expect(changed).toMatchObject({ body: 'Text.\n', metadata: { a: 1 }, labels: ['x'], state: 'canceled' });
  expect((await tracker.transitionIssue(key, 'done')).state).toBe('done');
  expect((await collect(tracker.listIssues({ state: 'closed' }))).map((issue) => issue.key).sort()).toEqual(
    [key, child.key].sort(),
  );
  expect((await tracker.transitionIssue(key, 'in_progress')).state).toBe('in_progress');
  expect((await collect(tracker.listIssues({ labels: ['a,b'], state: 'open' }))).map((issue) => issue.key)).toEqual([
    key,
  ]);
}

/** Of two agents one gets the issue, now and when its time is up; and none of what is assigned by hand. */
async function claimedOnce(cwd: string, env: Record<string, string>): Promise<void> {
  const world = testWorld({ cwd, env });
  const [one, other] = ['one', 'other'].map((actor) => createTracker(world, { actor, directory: '.' }));
  const issue = await one?.createIssue({ title: 'Wanted', body: '' });
  const key = issue?.key ?? '';
  expect(key).toMatch(/^_proj-/);
  for (const round of [1, 2]) {
    const tries = [one, other].map((tracker, index) =>
      tracker?.claims?.claim(key, { agent: `agent-${index}-${round}`, forMs: 60_000 }),
    );
    const settled = await Promise.allSettled(tries);
    const [winner, ...more] = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(more).toEqual([]);
    if (winner) expect(await other?.claims?.current(key)).toEqual(winner);
    world.advance(120_000);
  }
  await one?.updateIssue(key, { assignees: ['somebody'] });
  await expect(other?.claims?.claim(key, { agent: 'late', forMs: 60_000 })).rejects.toThrow('is assigned to somebody');
}

test.each<BdVersion>(['0.49.1', '1.0.5'])('the stand-in for %s, as a process', async (version) => {
  const bd = await installStandIn('bd', 'bd/program.ts', newBd(version));
  try {
    await wholeLife(tmpdir(), {}, { PATH: bd.path });
    const { issues } = await bd.state<BdState>();
    expect(issues.map(({ created_by }) => created_by)).toEqual(['ann', 'ann']);
    const isBeside = issues[0]?.metadata !== undefined;
    expect([isBeside, issues[0]?.description.includes('<!--')]).toEqual(
      version === '1.0.5' ? [true, false] : [false, true],
    );
    const tracker = createTracker(testWorld({ cwd: tmpdir() }), { command: bd.file, actor: 'ann' });
    const found = (await tracker.diagnose?.(NEEDS)) ?? [];
    expect(found.map(({ check, state, detail }) => `${state} ${check}: ${detail}`)).toEqual([
      `ok program: bd version ${version} (stand-in)`,
      'ok issues: bd has issues for this folder, or room for them.',
      'ok actor: writes as ann',
      isBeside
        ? 'ok metadata: kept beside the issue'
        : 'ok metadata: kept in the description, as a comment at its end: bd has no place for them',
      'unknown issues: write: Cannot be checked without writing.',
    ]);
  } finally {
    await bd.dispose();
  }
});

test('the real one, where it is installed', async ({ skip }) => {
  if (spawnSync('bd', ['--version']).status !== 0)
    skip('bd itself is tried where it is installed, its stand-in everywhere');
  const folder = await mkdtemp(join(tmpdir(), 'pace-real-bd-'));
  try {
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    execFileSync('bd', ['init', '--prefix', '_proj', '--quiet'], { cwd: folder, stdio: 'ignore' });
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
    await wholeLife(folder, { directory: '.' }, env);
    await claimedOnce(folder, env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

test('it sees the variables that are its own, and no others', async () => {
  const seen = await seenVariables((command, env) => connect(env, { command, actor: 'ann' }).text(['x']));
  expect(seen).toEqual(['BD_ACTOR', 'BD_DB', 'BEADS_ACTOR', 'BEADS_AUTO_START_DAEMON', 'BEADS_X', 'DOLT_HOST']);
});

test('it knows the flags that its help lists, not those whose names only begin alike', async () => {
  const stdout =
    'Flags:\n  --due-before string, older versions: “--due”\n  -t, --type string\n      --parent=ID   of the epic, see --title\n  --no-metadata';
  const { knows } = connect(testWorld({ cwd: tmpdir() }), {}, async () => ({ code: 0, stdout, stderr: '' }));
  const found = await Promise.all(
    ['due', 'type', 'parent', 'title', 'metadata', 'par', 'due-before'].map((flag) => knows('update', flag)),
  );
  expect(found).toEqual([false, true, true, true, false, false, true]);
});

test('a program that is missing is told by doctor, and how to get it', async () => {
  const tracker = createTracker(testWorld({ cwd: tmpdir(), env: { PATH: '/nowhere' } }), {});
  expect(await tracker.diagnose?.(NEEDS)).toEqual([
    {
      area: 'tracker',
      check: 'program',
      state: 'broken',
      detail: 'beads needs the program `bd`, and it was not found.',
      remedy: expect.stringContaining('npm install -g @beads/bd'),
    },
  ]);
});
