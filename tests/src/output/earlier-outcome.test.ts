/** What an earlier run, or a commit, left for later jobs. */
import { symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPlatform, openHost, platformNames } from '../../../platforms/index.ts';
import { exampleSettings } from '../../support/example-settings.ts';
import { paceHere } from '../../support/pace-here.ts';
import { testWorld } from '../../support/world.ts';

const STALE = { 'jenkins-summary.md': '# SHIP\n', 'pace-summary.md': '# SHIP\n', 'pace.env': 'PACE_DECISION=SHIP\n' };
const there = async (here: Awaited<ReturnType<typeof paceHere>>) =>
  Object.keys(await here.workspace.files()).filter((path) => Object.hasOwn(STALE, path));

test('a run that ends with exit code 2 leaves no outcome behind that is not its own', async () => {
  const here = await paceHere({ files: { ...STALE, 'pace.config.yaml': 'gate: { mode: maybe }\n' }, git: true });
  const run = await here.pace('gate', '--day', '1', '--dotenv', 'pace.env');
  expect(run.code).toBe(2);
  expect(await there(here)).toEqual([]);
});

test('a dry run writes nothing, and removes nothing', async () => {
  const here = await paceHere({ files: { ...STALE, 'pace.config.yaml': 'gate: { mode: maybe }\n' }, git: true });
  expect((await here.pace('gate', '--day', '1', '--dry-run', '--dotenv', 'pace.env')).code).toBe(2);
  expect(await there(here)).toEqual(Object.keys(STALE));
});

test('a link and a file outside of the folder stay', async () => {
  const here = await paceHere({ files: { 'pace.config.yaml': 'gate: { mode: maybe }\n', other: 'x' }, git: true });
  await symlink(join(here.workspace.path, 'other'), join(here.workspace.path, 'pace.env'));
  await here.pace('gate', '--day', '1', '--dotenv', 'pace.env');
  expect(await here.workspace.read('other')).toBe('x');
  const outside = await here.pace('gate', '--day', '1', '--dotenv', '../pace.env');
  expect([outside.code, outside.stderr]).toEqual([2, expect.stringContaining('is not a path in the workspace')]);
});

test('in a job of GitLab the summary lies at the top of the project', async () => {
  const files = { ...STALE, 'packages/shop/pace.config.yaml': 'gate: { mode: maybe }\n' };
  const here = await paceHere({ files, git: true });
  const env = { CI_PROJECT_DIR: here.workspace.path };
  await here.run({ args: ['gate', '--directory', 'packages/shop'], env });
  expect(await there(here)).toEqual(['pace.env']);
});

test('whatever a host calls its summary is removed', async () => {
  const platforms = (await Promise.all(platformNames.map(loadPlatform))).filter(({ createHost }) => createHost);
  const hosts = platforms.map((platform) => openHost(testWorld(), { platform, section: exampleSettings(platform) }));
  const names = (await Promise.all(hosts)).map((host) => basename(host.jobSummary().path));
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !Object.hasOwn(STALE, name))).toEqual([]);
});
