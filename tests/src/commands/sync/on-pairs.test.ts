/** What sync remembers, from one runner to the next: with the real git, on a state branch and without one. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openKept } from '../../../../core/kept/open-kept.ts';
import type { World } from '../../../../core/world.ts';
import { onPairs, syncConfig } from '../../../../src/commands/sync/on-pairs.ts';
import type { Intent } from '../../../../src/sync/pair.ts';
import { openSyncStore } from '../../../../src/sync/store.ts';
import { type TestWorld, testWorld } from '../../../support/world.ts';
import { ENDS, pair, stateOf } from '../../sync/states.support.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-on-pairs-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

let root = '';
let count = 0;
const env = () => ({ PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1' });
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd, env: env(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }); // biome-ignore format: one thought

beforeEach(() => {
  root = mkdtempSync(join(TEMPORARY, 'one-'));
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', 'remote.git');
});

/** A runner that has nothing but the checkout. */
function runner(persist: 'branch' | 'none'): TestWorld {
  count += 1;
  const cwd = join(root, `runner-${count}`);
  git(root, 'init', '--quiet', '--initial-branch=main', cwd);
  git(cwd, 'remote', 'add', 'origin', join(root, 'remote.git'));
  put(cwd, 'pace.config.yaml', `state: { persist: ${persist}, lock_wait_seconds: 0 }\n`);
  return testWorld({ cwd, env: env() });
}

function put(cwd: string, path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

async function on<T>(outer: World, work: (world: World) => Promise<T>, onlyReads = false): Promise<T> {
  const loaded = await syncConfig(outer, undefined);
  return onPairs(outer, { loaded, onlyReads, signal: undefined }, work);
}

const kept = (outer: World) => on(outer, async (world) => (await load(world, true)).state, true);
const load = (world: World, onlyReads = false) => openSyncStore(world, { onlyReads }).load(ENDS);
const intent: Intent = { id: 'i1', pair: '3', side: 'b', kind: 'create', at: 1, about: {} };

async function save(world: World, ids: readonly string[]): Promise<void> {
  const store = await load(world);
  store.save(stateOf([...store.state.pairs.values(), ...ids.map((id) => pair(id))]));
  await store.close();
}

test('on a state branch the next runner knows what the last one did, and a quiet run leaves the branch as it is', async () => {
  await on(runner('branch'), (world) => save(world, ['1', '2']));
  const tip = git(root, '--git-dir=remote.git', 'rev-parse', 'pace/state');
  const next = runner('branch');
  expect(await on(next, async (world) => (await load(world)).state)).toEqual(stateOf([pair('1'), pair('2')]));
  expect(await kept(runner('branch'))).toEqual(stateOf([pair('1'), pair('2')]));
  expect(git(root, '--git-dir=remote.git', 'rev-parse', 'pace/state')).toBe(tip);
});

test('of two runners that end together both are remembered', async () => {
  await on(runner('branch'), (world) => save(world, ['1']));
  const [one, other] = [runner('branch'), runner('branch')];
  await on(one, async (world) => {
    await on(other, (second) => save(second, ['3']));
    await save(world, ['2']);
  });
  expect([...(await kept(runner('branch'))).pairs.keys()]).toEqual(['1', '2', '3']);
});

test('a run that failed half-way has kept its journal there', async () => {
  const failed = on(runner('branch'), async (world) => {
    const store = await load(world);
    store.begin(intent);
    await store.close();
    throw new Error('the tracker has gone');
  });
  await expect(failed).rejects.toThrow('the tracker has gone');
  expect(await on(runner('branch'), async (world) => (await load(world)).open)).toEqual([intent]);
});

test('a look has the branch, and changes nothing there', async () => {
  await on(runner('branch'), (world) => save(world, ['1']));
  const tip = git(root, '--git-dir=remote.git', 'rev-parse', 'pace/state');
  const looking = runner('branch');
  put(looking.cwd, '.pace/pause.yaml', 'reason: x\nby: y\n');
  expect((await kept(looking)).pairs.size).toBe(1);
  expect(git(root, '--git-dir=remote.git', 'rev-parse', 'pace/state')).toBe(tip);
});

test('where the branch cannot be had, nothing begins', async () => {
  const world = runner('branch');
  git(world.cwd, 'remote', 'set-url', 'origin', join(root, 'nowhere.git'));
  let isBegun = false;
  const work = on(world, async () => {
    isBegun = true;
  });
  await expect(work).rejects.toMatchObject({
    operation: 'restoreState',
    message: expect.stringContaining('could not be fetched'),
  });
  expect(isBegun).toBe(false);
});

test('where it could not be kept, that is an error after the work', async () => {
  const world = runner('branch');
  const work = on(world, async (inner) => {
    await save(inner, ['1']);
    rmSync(join(root, 'remote.git'), { recursive: true });
  });
  await expect(work).rejects.toMatchObject({ operation: 'saveState' });
  expect(existsSync(join(world.cwd, '.pace/sync/github-octo-repo--jira-PROJ.jsonl'))).toBe(true);
});

test('without a branch all of it stays in the checkout', async () => {
  const world = runner('none');
  await on(world, (inner) => save(inner, ['1']));
  expect((await kept(world)).pairs.size).toBe(1);
  expect((await kept(runner('none'))).pairs.size).toBe(0);
});

test('what git tracks below .pace refuses all of it, before the work', async () => {
  const world = runner('none');
  put(world.cwd, '.pace/pause.yaml', 'reason: x\nby: y\n');
  git(world.cwd, 'add', '--force', '.pace');
  let isBegun = false;
  const work = on(world, async () => {
    isBegun = true;
  });
  await expect(work).rejects.toMatchObject({
    kind: 'configuration',
    remedy: expect.stringContaining('git rm -r --cached'),
  });
  expect(isBegun).toBe(false);
});

test('beside another run in the checkout nothing is synced, but a look is free; a gate run would undo what sync writes', async () => {
  const world = runner('none');
  await on(world, (inner) => save(inner, ['1']));
  const gate = openKept(world);
  gate.hold();
  const file = join(world.cwd, '.pace/sync/github-octo-repo--jira-PROJ.jsonl');
  const before = readFileSync(file, 'utf8');
  const free = await load(world);
  free.save(stateOf([pair('1'), pair('2')]));
  await free.close();
  gate.undo();
  expect(readFileSync(file, 'utf8')).toBe(before);

  put(world.cwd, '.pace/pipeline.lock', 'pid=12\nstarted=2026-03-02T08:59:00Z\nhost=elsewhere\n');
  await expect(on(world, (inner) => save(inner, ['2']))).rejects.toMatchObject({
    kind: 'conflict',
    message: expect.stringMatching(
      /^Another run of PACE is under way in this checkout \(pid 12 on elsewhere.*Nothing was synced\.$/,
    ),
  });
  expect((await kept(world)).pairs.size).toBe(1);
});
