/** Where the embedded tracker stands, and that everyday git leaves it there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GateNeeds } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { openTracker } from '../../../platforms/index.ts';
import { databasePlace } from '../../../platforms/local/database-place.ts';
import local from '../../../platforms/local/index.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { openBackend } from '../../../src/tracker/backends/open.ts';
import { testWorld } from '../../support/world.ts';
import { newFolder, removeFolders } from './folders.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(newFolder());
});
afterEach(removeFolders);

const WHO = ['-c', 'user.name=a', '-c', 'user.email=a@b.test'];
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', [...WHO, ...args], { cwd, stdio: 'pipe' }).toString();

function repository(path = 'repo'): string {
  const folder = join(root, path);
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'x');
  return folder;
}

const placed = (cwd: string, database?: string) => databasePlace({ cwd }, database ? { database } : {}).path;
const env = { PATH: process.env['PATH'] };
const tracker = (cwd: string, settings = {}) =>
  openTracker(testWorld({ cwd, env }), { platform: local, section: settings });
const titles = async (cwd: string) =>
  (await collect((await tracker(cwd)).listIssues(), 9)).map(({ title }) => title).sort();

describe('the place', () => {
  test('is the root of the repository, also below it, and the folder itself outside of one', () => {
    const repo = repository();
    mkdirSync(join(repo, 'services', 'api'), { recursive: true });
    expect(placed(repo)).toBe(join(repo, '.pace/pace.db'));
    expect(placed(join(repo, 'services', 'api'))).toBe(join(repo, '.pace/pace.db'));
    expect(placed(root)).toBe(join(root, '.pace/pace.db'));
  });

  test('is that of the main worktree in all worktrees, also where a folder of theirs is worked in', () => {
    const repo = repository();
    git(repo, 'worktree', 'add', '--quiet', '../tree');
    mkdirSync(join(root, 'tree', 'a'));
    expect(placed(join(root, 'tree'))).toBe(join(repo, '.pace/pace.db'));
    expect(placed(join(root, 'tree', 'a'))).toBe(join(repo, '.pace/pace.db'));
    expect(placed(join(root, 'tree', 'a'), 'issues.db')).toBe(join(repo, 'a', 'issues.db'));
    expect(placed(repo, 'issues.db')).toBe(join(repo, 'issues.db'));
  });

  test('of a bare repository is beside its worktrees where a checkout stands there, else within it', () => {
    const repo = repository();
    git(root, 'clone', '--quiet', '--bare', repo, 'project/.bare');
    git(join(root, 'project', '.bare'), 'worktree', 'add', '--quiet', '../tree', 'HEAD');
    const tree = join(root, 'project', 'tree');
    expect(placed(tree)).toBe(join(root, 'project', '.bare', '.pace/pace.db'));
    writeFileSync(join(root, 'project', '.git'), 'gitdir: ./.bare\n');
    expect(placed(tree)).toBe(join(root, 'project', '.pace/pace.db'));
    expect(placed(join(root, 'project'))).toBe(join(root, 'project', '.pace/pace.db'));
  });

  test('of a submodule is its own root, also for worktrees of it', () => {
    const inner = repository('inner');
    const outer = repository('outer');
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
    git(join(outer, 'sub'), 'worktree', 'add', '--quiet', '../../subtree');
    expect(placed(join(outer, 'sub'))).toBe(join(outer, 'sub', '.pace/pace.db'));
    expect(placed(join(root, 'subtree'))).toBe(join(outer, 'sub', '.pace/pace.db'));
  });

  test('a path that leads out of the workspace is refused, and an absolute one below it is taken', async () => {
    const repo = repository();
    await expect(tracker(repo, { database: '../elsewhere.db' })).rejects.toThrow('is not a path in the workspace');
    await expect(tracker(repo, { database: join(root, 'elsewhere.db') })).rejects.toThrow('is not a path in the workspace'); // biome-ignore format: one thought
    const inside = await tracker(repo, { database: join(repo, 'a', 'issues.db') });
    await inside.createIssue({ title: 'one', body: '' });
    expect(existsSync(join(repo, 'a', 'issues.db'))).toBe(true);
    expect(existsSync(join(repo, 'a', '.gitignore'))).toBe(false);
  });
});

describe('everyday git', () => {
  test('neither stashes nor cleans the tracker away, and has nothing to say of it', async () => {
    const repo = repository();
    await (await tracker(repo)).createIssue({ title: 'one', body: '' });
    writeFileSync(join(repo, '.pace', 'plan.yaml'), 'days: []\n');
    expect(git(repo, 'status', '--porcelain', '-uall')).toBe('?? .pace/plan.yaml\n');
    git(repo, 'stash', '-u', '--quiet');
    expect(await titles(repo)).toEqual(['one']);
    git(repo, 'stash', 'pop', '--quiet');
    git(repo, 'clean', '-fdq');
    expect(await titles(repo)).toEqual(['one']);
    expect(existsSync(join(repo, '.pace', 'plan.yaml'))).toBe(false);
  });

  test('an ignore file of somebody else’s stays as it is', async () => {
    const repo = repository();
    mkdirSync(join(repo, '.pace'));
    writeFileSync(join(repo, '.pace', '.gitignore'), '*\n');
    await (await tracker(repo)).createIssue({ title: 'one', body: '' });
    expect(readFileSync(join(repo, '.pace', '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('a database that git tracks is refused in every worktree, with what to do', async () => {
    const repo = repository();
    await (await tracker(repo)).createIssue({ title: 'one', body: '' });
    git(repo, 'add', '-f', '.pace/pace.db');
    git(repo, 'worktree', 'add', '--quiet', '--detach', '../tree');
    for (const cwd of [repo, join(root, 'tree')]) {
      await expect(titles(cwd)).rejects.toMatchObject({
        kind: 'configuration',
        message: 'git tracks .pace/pace.db, so that any commit could have written its issues: it is not opened.',
        remedy: 'Please `git rm --cached` it, and add .pace/pace.db to .gitignore.',
      });
    }
  });
});

test('issues of two worktrees that are written at once are all kept', async () => {
  const repo = repository();
  git(repo, 'worktree', 'add', '--quiet', '../tree');
  const trackers = [await tracker(repo), await tracker(join(root, 'tree'))];
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  await Promise.all(
    numbers.flatMap((n) => trackers.map((each, t) => each.createIssue({ title: `${t}-${n}`, body: '' }))),
  );
  expect(await collect((await tracker(repo)).listIssues(), 99)).toHaveLength(40);
});

test('a database that an earlier version made in a folder below is said, with how to take it over', async () => {
  const repo = repository();
  const below = join(repo, 'svc');
  mkdirSync(below);
  await (await tracker(below, { database: join(below, '.pace/pace.db') })).createIssue({ title: 'old', body: '' });
  const world = testWorld({ cwd: below, env });
  await openTracker(world, { platform: local });
  expect(world.lines).toEqual([
    `warn: ${below}/.pace/pace.db holds issues of its own, which are not shown: the tracker of the whole repository is ${repo}/.pace/pace.db. To take them over: PACE_DATABASE=${below}/.pace/pace.db pace issue export | pace issue import -`,
  ]);
});

test('where the state is carried on a branch, gate and verbs have the tracker that lies in their workspace', async () => {
  const repo = repository();
  const nested = join(repo, 'svc');
  mkdirSync(nested);
  const world = testWorld({ cwd: nested, env });
  const file = (persist: string) =>
    writeFileSync(join(nested, 'pace.config.yaml'), `platform: { type: local }\nstate: { persist: ${persist} }\n`);
  file('branch');
  const { side } = await loadConfig(world);
  expect(side(local).asked).toEqual({ database: join(nested, '.pace/pace.db') });
  expect((await openBackend(world, {})).tracker.place).toBe('.pace/pace.db');
  file('none');
  expect((await loadConfig(world)).side(local).asked).toBeUndefined();
  expect((await openBackend(world, {})).tracker.place).toBe('../.pace/pace.db');
});

test('doctor tells its place and size', async () => {
  const repo = repository();
  const opened = await tracker(repo);
  const needs: GateNeeds = {
    statusContext: 'pace',
    waitsForCi: false,
    opensReviews: false,
    usesVariables: false,
    purposes: [],
  };
  const details = async () => (await opened.diagnose?.(needs))?.map(({ detail }) => detail);
  const path = join(repo, '.pace/pace.db');
  expect(await details()).toEqual([`${path} is created with the first issue`, `${path} can be written.`]);
  await opened.createIssue({ title: 'one', body: '' });
  expect((await details())?.[0]).toMatch(/^\/.*\/repo\/\.pace\/pace\.db \(\d+ kB\), issues: 1$/);
  expect(dirname(path)).toBe(join(repo, '.pace'));
});
