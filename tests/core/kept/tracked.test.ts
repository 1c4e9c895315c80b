import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { plainly, trackedPaths } from '../../../core/kept/tracked.ts';

const TEMPORARY = realpathSync(mkdtempSync(join(tmpdir(), 'pace-tracked-')));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

let root = '';
const env = () => ({ PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1' });
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], { cwd, env: env(), encoding: 'utf8' });

beforeEach(() => {
  root = mkdtempSync(join(TEMPORARY, 'one-'));
});

function add(...names: string[]): void {
  git(root, 'init', '--quiet');
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), '');
  }
  git(root, 'add', '--force', '.');
}

const all = (folder = root, more: Record<string, string> = {}) =>
  trackedPaths({ env: { ...env(), ...more } }, folder, () => true);

test('outside of a checkout nothing is tracked, nor before anything was added', () => {
  expect(all()).toEqual([]);
  git(root, 'init', '--quiet');
  expect(all()).toEqual([]);
  expect(all(join(root, 'nowhere'))).toEqual([]);
});

test('paths are below the folder, wherever the checkout begins, and also where a link leads to it', () => {
  add('a', 'apps/shop/.pace/x', 'apps/shop/ä', 'apps/shopping/y');
  expect(all()).toEqual(['a', 'apps/shop/.pace/x', 'apps/shop/ä', 'apps/shopping/y']);
  symlinkSync(join(root, 'apps/shop'), join(TEMPORARY, `link-${root.slice(-6)}`));
  for (const folder of [join(root, 'apps/shop'), join(TEMPORARY, `link-${root.slice(-6)}`)]) {
    expect(all(folder)).toEqual(['.pace/x', 'ä']);
  }
});

test('a folder that a disk without upper and lower case takes for the same one counts', () => {
  add('apps/shop/a', 'APPS/Shop/.pace/x');
  expect(all(join(root, 'apps/shop'))?.sort()).toEqual(['.pace/x', 'a']);
});

test('only what is wanted is told, and seen as such a disk would take it', () => {
  add('.PACE/Journal.jsonl', 'b');
  const seen: string[] = [];
  const wanted = trackedPaths({ env: env() }, root, (path) => seen.push(path) > 0 && path.startsWith('.pace/'));
  expect([wanted, seen]).toEqual([['.PACE/Journal.jsonl'], ['.pace/journal.jsonl', 'b']]);
});

test('a work tree beside the first one, and a module, have an index of their own', () => {
  add('a');
  git(root, 'commit', '--quiet', '-m', 'x');
  git(root, 'worktree', 'add', '--quiet', 'beside', '-b', 'other');
  writeFileSync(join(root, 'beside/b'), '');
  git(join(root, 'beside'), 'add', 'b');
  expect([all(), all(join(root, 'beside'))]).toEqual([['a'], ['a', 'b']]);
});

describe('git is asked', () => {
  test('where variables send it elsewhere', () => {
    add('a');
    renameSync(join(root, '.git'), join(root, 'elsewhere.git'));
    expect(all(root, { GIT_DIR: join(root, 'elsewhere.git'), GIT_WORK_TREE: root })).toEqual(['a']);
  });

  test('where the index is one that it alone can read', () => {
    add('a', 'ä/b');
    git(root, 'update-index', '--split-index');
    expect(all()).toEqual(['a', 'ä/b']);
  });

  test('and starts nothing that the repository’s own settings name', () => {
    add('a');
    git(root, 'update-index', '--split-index');
    git(root, 'config', 'core.fsmonitor', 'touch started;false');
    expect([all(), trackedPaths({ env: env() }, root, () => true)]).toEqual([['a'], ['a']]);
    expect(() => execFileSync('ls', [join(root, 'started')], { stdio: 'pipe' })).toThrow();
  });

  test('and where it cannot tell either, nobody knows', () => {
    add('a');
    writeFileSync(join(root, '.git/index'), 'damaged');
    expect([all(), all(root, { PATH: '/nowhere' })]).toEqual([undefined, undefined]);
  });
});

test('without git the index alone tells', () => {
  add('a');
  expect(all(root, { PATH: '/nowhere' })).toEqual(['a']);
});

test.each([
  ['.PACE/Day-1/X', '.pace/day-1/x'],
  ['.pace./x. ', '.pace/x'],
  ['.pa\u200bce/\ufeffx', '.pace/x'],
  ['PACE~1/x', '.pace/x'],
  ['pace~12', '.pace'],
  ['a/pace~1', 'a/pace~1'],
  ['pace~x/y', 'pace~x/y'],
  ['.pace\\x', '.pace/x'],
  ['e\u0301', '\u00e9'],
  ['.pace/journal.jsonl', '.pace/journal.jsonl'],
])('%j may be %j', (path, plain) => {
  expect(plainly(path)).toBe(plain);
});
