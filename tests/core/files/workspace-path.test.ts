import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDayFile } from '../../../core/files/day-files.ts';
import { readFromWorkspace, workspacePath } from '../../../core/files/workspace-path.ts';
import { loadPlatform, openTracker } from '../../../platforms/index.ts';
import { gate } from '../../../src/commands/gate.ts';
import { init } from '../../../src/commands/init.ts';
import { validate } from '../../../src/commands/validate.ts';
import { testWorld } from '../../support/world.ts';

let root = '';
let cwd = '';
let elsewhere = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pace-inside-'));
  [cwd, elsewhere] = [join(root, 'work'), join(root, 'elsewhere')];
  await mkdir(cwd);
  await mkdir(elsewhere);
  await writeFile(join(elsewhere, 'secret.yaml'), 'canary: 1\n');
});

afterEach(() => rm(root, { recursive: true, force: true }));

const CONFIG = 'platform: { ci: local, tracker: local }\nci: { enabled: false }\n';

test('a path below the folder is taken, there or not, also behind a link that stays', async () => {
  await mkdir(join(cwd, 'a'));
  await symlink(join(cwd, 'a'), join(cwd, 'b'));
  expect(await workspacePath(cwd, 'a/new/file')).toBe(join(cwd, 'a/new/file'));
  expect(await workspacePath(cwd, 'b/new')).toBe(join(cwd, 'b/new'));
  expect(await workspacePath(cwd, '..a/x')).toBe(join(cwd, '..a/x'));
});

test.each(['..', '../x', '/etc/passwd', 'a/../../x', 'out/x', 'out', 'dangling'])('%s leads out', async (path) => {
  await symlink(elsewhere, join(cwd, 'out'));
  await symlink(join(elsewhere, 'new'), join(cwd, 'dangling'));
  await expect(workspacePath(cwd, path)).rejects.toMatchObject({ kind: 'configuration' });
});

test('only regular files of a bounded size are read', async () => {
  await writeFile(join(cwd, 'file'), 'text');
  await symlink('/dev/zero', join(cwd, 'zero'));
  expect(await readFromWorkspace(cwd, 'file', 4)).toBe('text');
  expect(await readFromWorkspace(cwd, 'file', 3)).toBeUndefined();
  expect(await readFromWorkspace(cwd, 'zero', 4)).toBeUndefined();
  expect(await readFromWorkspace(cwd, '.', 4)).toBeUndefined();
});

test('what agents wrote is not read through a link out of the workspace', async () => {
  const day = join(cwd, '.pace/day-1');
  await mkdir(day, { recursive: true });
  await symlink('/proc/self/environ', join(day, 'handoff.md'));
  await symlink(join(elsewhere, 'secret.yaml'), join(day, 'gate.md'));
  expect(await readDayFile(day, 'handoff')).toBeUndefined();
  expect(await readDayFile(day, 'gate')).toBeUndefined();
});

test('neither configuration nor plan is read through a link out of the workspace', async () => {
  await symlink(join(elsewhere, 'secret.yaml'), join(cwd, 'pace.config.yaml'));
  await expect(validate(testWorld({ cwd }), {})).rejects.toThrow('link out of the workspace');
  await rm(join(cwd, 'pace.config.yaml'));
  await writeFile(join(cwd, 'pace.config.yaml'), `${CONFIG}sprint: { plan: plan.yaml }\n`);
  await symlink(join(elsewhere, 'secret.yaml'), join(cwd, 'plan.yaml'));
  await expect(validate(testWorld({ cwd }), {})).rejects.toThrow('out of the workspace');
});

test('a link is told to be removed, and words to be written anew', async () => {
  await symlink(elsewhere, join(cwd, 'link'));
  await expect(workspacePath(cwd, 'link/pace.db')).rejects.toMatchObject({
    message: '"link/pace.db" is not a path in the workspace. A link in it leads out of the workspace.',
    remedy: 'Please remove the link, or put what it leads to in its place.',
  });
  await expect(workspacePath(cwd, '../pace.db')).rejects.toMatchObject({
    message: '"../pace.db" is not a path in the workspace. It is not below the workspace.',
    remedy: 'Please give a relative path without `..`.',
  });
});

test('a plan outside of the workspace is refused', async () => {
  await writeFile(join(cwd, 'pace.config.yaml'), `${CONFIG}sprint: { plan: ../elsewhere/secret.yaml }\n`);
  await expect(validate(testWorld({ cwd }), {})).rejects.toThrow(
    'pace.config.yaml:3:17: `sprint.plan` leads out of the workspace',
  );
  await writeFile(join(cwd, 'pace.config.yaml'), `${CONFIG}sprint: { plan: linked.yaml }\n`);
  await symlink(join(elsewhere, 'secret.yaml'), join(cwd, 'linked.yaml'));
  await expect(validate(testWorld({ cwd }), {})).rejects.toThrow('not a path in the workspace');
});

test.each(['.pace', '.pace/day-1'])('nothing is written where %s is a link out of the workspace', async (link) => {
  await writeFile(join(cwd, 'pace.config.yaml'), CONFIG);
  if (link !== '.pace') await mkdir(join(cwd, '.pace'));
  await symlink(elsewhere, join(cwd, link));
  const { report } = await gate(testWorld({ cwd }), { day: '1' });
  expect(report.notes).toEqual([
    'There is no commit here: findings are not tied to one.',
    `PACE keeps no state here, and uses none of earlier runs: ${link} is a link, and PACE keeps its state in plain files and folders only. Please remove ${link}: PACE makes what it needs.`,
  ]);
  expect(await readdir(elsewhere)).toEqual(['secret.yaml']);
});

test('the database stays in the workspace, and so does a first configuration', async () => {
  const platform = await loadPlatform('local');
  const section = { database: '../elsewhere/x.db' };
  await expect(openTracker(testWorld({ cwd }), { platform, section })).rejects.toThrow('not a path in the workspace');
  await expect(init(testWorld({ cwd }), { config: '../elsewhere/x.yaml' })).rejects.toThrow(
    'not a path in the workspace',
  );
});
