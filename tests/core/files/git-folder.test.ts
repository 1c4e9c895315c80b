import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readGitFolder } from '../../../core/files/git-folder.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'pace-git-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('outside of a checkout there is nothing to tell', () => {
  expect(readGitFolder(root)).toBeUndefined();
});

test('a checkout tells where it begins, its branch and the default branch of its remote, from any folder in it', () => {
  put('.git/HEAD', 'ref: refs/heads/feature/hats\n');
  put('.git/refs/remotes/origin/HEAD', 'ref: refs/remotes/origin/develop\n');
  put('pace/deep/file', '');
  const found = { root, branch: 'feature/hats', defaultBranch: 'develop' };
  expect(readGitFolder(root)).toEqual(found);
  expect(readGitFolder(join(root, 'pace', 'deep'))).toEqual(found);
});

test('a folder that is not there yet belongs to the checkout around it', () => {
  put('.git/HEAD', 'ref: refs/heads/main\n');
  expect(readGitFolder(join(root, 'not', 'there'))).toEqual({ root, branch: 'main' });
});

test('the innermost checkout counts', () => {
  put('.git/HEAD', 'ref: refs/heads/outer\n');
  put('sub/.git/HEAD', 'ref: refs/heads/inner\n');
  expect(readGitFolder(join(root, 'sub'))).toEqual({ root: join(root, 'sub'), branch: 'inner' });
});

test.each([
  ['a commit alone', `${'a'.repeat(40)}\n`],
  ['something that is no branch', 'ref: refs/remotes/origin/main\n'],
  ['nothing that git would write', 'refs/heads/main\n'],
  ['what git says where it keeps references in tables', 'ref: refs/heads/.invalid\n'],
])('HEAD is %s: there is no branch', (_, head) => {
  put('.git/HEAD', head);
  expect(readGitFolder(root)).toEqual({ root });
});

test('a fetch that tells of another remote tells nothing of the default branch', () => {
  put('.git/HEAD', 'ref: refs/heads/main\n');
  put('.git/refs/remotes/origin/HEAD', 'ref: refs/remotes/upstream/main\n');
  expect(readGitFolder(root)).toEqual({ root, branch: 'main' });
});

test('a folder without HEAD is a checkout of which nothing is known', () => {
  mkdirSync(join(root, '.git'));
  expect(readGitFolder(root)).toEqual({ root });
});

test.each(['absolute', 'relative'])('another worktree has its own branch and the remote of the first: %s', (kind) => {
  put('first/.git/HEAD', 'ref: refs/heads/main\n');
  put('first/.git/refs/remotes/origin/HEAD', 'ref: refs/remotes/origin/trunk\n');
  put('first/.git/worktrees/second/HEAD', 'ref: refs/heads/release/1\n');
  put('first/.git/worktrees/second/commondir', '../..\n');
  const target = kind === 'absolute' ? join(root, 'first/.git/worktrees/second') : '../first/.git/worktrees/second';
  put('second/.git', `gitdir: ${target}\n`);
  expect(readGitFolder(join(root, 'second'))).toEqual({
    root: join(root, 'second'),
    branch: 'release/1',
    defaultBranch: 'trunk',
  });
});

test('a file called .git that names no folder is none of git', () => {
  put('.git/HEAD', 'ref: refs/heads/main\n');
  put('sub/.git', 'notes\n');
  expect(readGitFolder(join(root, 'sub'))).toEqual({ root, branch: 'main' });
});

test('pipes in place of its files make nobody wait', ({ skip }) => {
  if (process.platform === 'win32') skip('Windows has no pipes in folders');
  mkdirSync(join(root, '.git'));
  for (const name of ['HEAD', 'commondir']) execFileSync('mkfifo', [join(root, '.git', name)]);
  expect(readGitFolder(root)).toEqual({ root });
});
