import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { indexPaths } from '../../../core/kept/git-index.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-index-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const NAMES = [
  'a',
  'a.txt',
  'ab/c',
  'ab/cd',
  'b/12345678',
  'b/ä',
  `long/${'x'.repeat(5000).replace(/(.{200})/g, '$1/')}y`,
];

function git(cwd: string, ...args: string[]): string {
  const env = { PATH: process.env['PATH'], HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], {
    cwd,
    env,
    encoding: 'latin1',
  });
}

function repository(names: readonly string[] = NAMES, ...init: string[]): string {
  const cwd = mkdtempSync(join(TEMPORARY, 'one-'));
  git(cwd, 'init', '--quiet', ...init);
  const oid = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd, input: 'x', encoding: 'utf8' }).trim();
  const input = names.map((name) => `100644 ${oid}\t${name}\0`).join('');
  execFileSync('git', ['update-index', '-z', '--index-info'], { cwd, input });
  return cwd;
}

const indexOf = (cwd: string) => readFileSync(join(cwd, '.git/index'));
const tracked = (cwd: string) => git(cwd, 'ls-files', '-z').split('\0').filter(Boolean);

test.each([
  ['2', []],
  ['3', []],
  ['4', []],
  ['2', ['--object-format=sha256']],
  ['4', ['--object-format=sha256']],
])('an index of version %s is read as git reads it: %j', (version, init) => {
  const cwd = repository(NAMES, ...init);
  git(cwd, 'update-index', '--index-version', version);
  expect(indexPaths(indexOf(cwd))).toEqual({ paths: tracked(cwd), folded: [] });
  // what is only meant to be added makes version 3 of it
  mkdirSync(join(cwd, 'new'));
  writeFileSync(join(cwd, 'new/file'), '');
  git(cwd, 'add', '--intent-to-add', 'new/file');
  git(cwd, 'update-index', '--skip-worktree', 'a.txt');
  git(cwd, 'update-index', '--assume-unchanged', 'ab/c');
  expect(indexPaths(indexOf(cwd))?.paths).toEqual(tracked(cwd));
  expect(tracked(cwd)).toContain('new/file');
});

test('links and modules of git’s stand there too, and an empty index is one', () => {
  const cwd = repository([]);
  git(cwd, 'read-tree', '--empty');
  expect(indexPaths(indexOf(cwd))).toEqual({ paths: [], folded: [] });
  git(cwd, 'update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},module`);
  git(cwd, 'update-index', '--add', '--cacheinfo', `120000,${'a'.repeat(40)},link`);
  expect(indexPaths(indexOf(cwd))?.paths).toEqual(['link', 'module/']);
});

test('all sides of a conflict are the same path', () => {
  const cwd = repository(['a']);
  const oid = git(cwd, 'rev-parse', ':a').trim();
  const input = [1, 2, 3].map((stage) => `100644 ${oid} ${stage}\tb\0`).join('');
  execFileSync('git', ['update-index', '-z', '--index-info'], { cwd, input });
  expect(indexPaths(indexOf(cwd))?.paths).toEqual(['a', 'b', 'b', 'b']);
});

test('folders that a sparse checkout keeps as one are named', () => {
  const cwd = mkdtempSync(join(TEMPORARY, 'one-'));
  git(cwd, 'init', '--quiet');
  for (const name of ['src/a', 'docs/a', 'docs/b']) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), '');
  }
  git(cwd, 'add', '.');
  git(cwd, 'commit', '--quiet', '-m', 'x');
  git(cwd, 'sparse-checkout', 'set', '--cone', '--sparse-index', 'src');
  expect(indexPaths(indexOf(cwd))).toEqual({ paths: ['docs/', 'src/a'], folded: ['docs/'] });
});

describe('what only git can read is left to it', () => {
  test('an index split in two', () => {
    const cwd = repository();
    git(cwd, 'update-index', '--split-index');
    expect(indexPaths(indexOf(cwd))).toBeUndefined();
  });

  test('a version that is not known', () => {
    const bytes = indexOf(repository());
    for (const [version, isKnown] of [
      [1, false],
      [2, true],
      [5, false],
    ] as const) {
      const other = Buffer.from(bytes);
      other.writeUInt32BE(version, 4);
      expect(indexPaths(other) !== undefined).toBe(isKnown);
    }
  });

  test('another file, and one of which something is missing', () => {
    const bytes = indexOf(repository(['a', 'b/c']));
    for (const other of ['', 'DIRC', 'text', 'DIRC\0\0\0\x02\0\0\0\x09'])
      expect(indexPaths(Buffer.from(other))).toBeUndefined();
    for (let length = 12; length < bytes.length; length += 1)
      expect(indexPaths(bytes.subarray(0, length))).toBeUndefined();
    const more = Buffer.from(bytes);
    more.writeUInt32BE(3, 8);
    expect(indexPaths(more)).toBeUndefined();
  });

  test('a kind of file that git does not have', () => {
    const bytes = Buffer.from(indexOf(repository(['a'])));
    bytes.writeUInt32BE(0o020644, 12 + 24);
    expect(indexPaths(bytes)).toBeUndefined();
  });
});
