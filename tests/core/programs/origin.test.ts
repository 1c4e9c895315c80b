/** Where a checkout comes from. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { originOr } from '../../../core/programs/git.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pace-origin-'));
  folders.push(path);
  return path;
}
const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, stdio: 'ignore' });
const origin = (cwd: string, env: Record<string, string> = {}) =>
  originOr({ cwd, env: { PATH: process.env['PATH'], HOME: cwd, ...env } });

test('there is none without a repository, and none without a remote, and git is not asked', async () => {
  const plain = folder();
  expect(await origin(plain, { PATH: '/nowhere' })).toBeUndefined();
  git(plain, 'init', '--quiet');
  expect(await origin(plain, { PATH: '/nowhere' })).toBeUndefined();
});

test('it is found from a folder below, from a work tree, through an included file and GIT_DIR', async () => {
  const main = folder();
  git(main, 'init', '--quiet');
  git(main, 'remote', 'add', 'origin', 'https://example.org/a/b.git');
  mkdirSync(join(main, 'below', 'it'), { recursive: true });
  expect(await origin(join(main, 'below', 'it'))).toBe('https://example.org/a/b.git');
  expect(await origin(folder(), { GIT_DIR: join(main, '.git') })).toBe('https://example.org/a/b.git');
  git(main, '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '-m', 'x');
  const tree = join(folder(), 'tree');
  git(main, 'worktree', 'add', '--quiet', tree);
  expect(await origin(tree)).toBe('https://example.org/a/b.git');
  const including = folder();
  git(including, 'init', '--quiet');
  git(including, 'config', 'include.path', join(main, '.git', 'config'));
  expect(await origin(including)).toBe('https://example.org/a/b.git');
});
