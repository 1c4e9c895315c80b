/** Which folder is the workspace of somebody who stands below it. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { atWorkspace, findWorkspace } from '../../../src/config/locate.ts';
import { testWorld } from '../../support/world.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'pace-place-')));
});
afterEach(() => rm(root, { recursive: true }));

/** `a/` is a folder, anything else a file. */
async function made(...paths: string[]): Promise<void> {
  for (const path of paths) {
    const absolute = join(root, path);
    await mkdir(path.endsWith('/') ? absolute : dirname(absolute), { recursive: true });
    if (!path.endsWith('/')) await writeFile(absolute, '');
  }
}
const found = async (path: string) => (await findWorkspace(join(root, path))).slice(root.length + 1);

test('it is the nearest folder up that has a configuration or `.pace`', async () => {
  await made(
    'repo/.git/',
    'repo/pace.config.yaml',
    'repo/a/pace.config.yaml',
    'repo/a/b/c/',
    'repo/d/.pace/',
    'repo/d/e/',
  );
  expect(await found('repo/a/b/c')).toBe('repo/a');
  expect(await found('repo/a')).toBe('repo/a');
  expect(await found('repo/d/e')).toBe('repo/d');
  expect(await found('repo')).toBe('repo');
});

test('it is never above the root of the repository, and that root where nothing else is found', async () => {
  await made('pace.config.yaml', '.pace/', 'repo/.git/', 'repo/a/b/');
  expect(await found('repo/a/b')).toBe('repo');
});

test('a worktree and a submodule are repositories of their own', async () => {
  await made('repo/.git/', 'repo/pace.config.yaml', 'repo/sub/a/');
  await writeFile(join(root, 'repo/sub/.git'), 'gitdir: ../.git/modules/sub\n');
  expect(await found('repo/sub/a')).toBe('repo/sub');
});

test('outside of a repository it is the folder itself', async () => {
  await made('pace.config.yaml', '.pace/', 'a/b/');
  expect(await found('a/b')).toBe('a/b');
});

test('a configuration in the folder `pace` is that of the folder above', async () => {
  await made('repo/.git/', 'repo/svc/pace/pace.config.yaml', 'repo/svc/src/', 'repo/.pace/');
  expect(await found('repo/svc/pace')).toBe('repo/svc');
  expect(await found('repo/svc/src')).toBe('repo/svc');
});

test('a file called `.pace` is no sign, and the inside of `.pace` is no workspace', async () => {
  await made('repo/.git/', 'repo/a/.pace', 'repo/b/.pace/day-1/');
  expect(await found('repo/a')).toBe('repo');
  expect(await found('repo/b/.pace/day-1')).toBe('repo/b');
});

test('who names a configuration has named the folder too; else it is remembered where the person stands', async () => {
  await made('repo/.git/', 'repo/a/');
  const world = testWorld({ cwd: join(root, 'repo/a') });
  expect(await atWorkspace(world, 'other.yaml')).toBe(world);
  expect(await atWorkspace(world, undefined)).toMatchObject({ cwd: join(root, 'repo'), here: join(root, 'repo/a') });
  expect(await atWorkspace(world, '')).toMatchObject({ cwd: join(root, 'repo') });
  const atRoot = testWorld({ cwd: join(root, 'repo') });
  expect(await atWorkspace(atRoot, undefined)).toBe(atRoot);
});
