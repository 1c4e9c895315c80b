import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addBackend } from '../../../src/commands/backend/add.ts';
import { detectBackend } from '../../../src/commands/backend/detect.ts';
import { listBackends } from '../../../src/commands/backend/list.ts';
import { removeBackend } from '../../../src/commands/backend/remove.ts';
import { setDefaultBackend } from '../../../src/commands/backend/set-default.ts';
import { testBackend } from '../../../src/commands/backend/test.ts';
import { withBackend, withDefault, withoutBackend } from '../../../src/tracker/backends/backend-edit.ts';
import { chooseBackend } from '../../../src/tracker/backends/choose.ts';
import { openBackend } from '../../../src/tracker/backends/open.ts';
import { parseReference } from '../../../src/tracker/backends/references.ts';
import { refusal } from '../../contract/refusal.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

let folder: string;
let world: TestWorld;
const project = () => join(folder, 'pace.config.yaml');
const own = () => join(folder, 'home', '.config', 'pace', 'backends.yaml');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-backends-'));
  world = testWorld({ cwd: folder, env: { HOME: join(folder, 'home') } });
});
afterEach(() => rm(folder, { recursive: true }));

test('a flag is stronger than a variable, the project than the person', () => {
  const all = { flag: 'a', variable: 'b', project: 'c', hasProject: true, user: 'd' };
  expect(chooseBackend(all).name).toBe('a');
  expect(chooseBackend({ ...all, flag: undefined }).name).toBe('b');
  expect(chooseBackend({ ...all, flag: undefined, variable: undefined }).name).toBe('c');
  expect(chooseBackend({ hasProject: true, user: 'd' }).name).toBeUndefined();
  expect(chooseBackend({ hasProject: false, user: 'd' }).name).toBe('d');
});

describe('a file of backends', () => {
  test('keeps comments, order and what else stands in it', () => {
    const text = '# ours\ngate:\n  # the mode\n  mode: observe\nbackends: {}\n';
    const added = withBackend(text, { name: 'work', platform: 'gitlab', settings: { project: 'a/b' } });
    expect(added).toBe(
      '# ours\ngate:\n  # the mode\n  mode: observe\nbackends:\n  work:\n    platform: gitlab\n    project: a/b\n',
    );
    expect(withDefault(added, 'work')).toBe(`${added}default_backend: work\n`);
    expect(withoutBackend(withDefault(added, 'work'), 'work')).toBe(text);
    expect(withoutBackend(text, 'work')).toBeUndefined();
  });

  test('begins with nothing, or with a comment alone', () => {
    const backend = { name: 'a', platform: 'local', settings: {} };
    expect(withBackend('', backend)).toBe('backends:\n  a:\n    platform: local\n');
    expect(withBackend('# mine\n', backend)).toBe('# mine\n\nbackends:\n  a:\n    platform: local\n');
  });

  test('does not take a name twice', async () => {
    const text = withBackend('', { name: 'a', platform: 'local', settings: {} });
    const again = async () => withBackend(text, { name: 'a', platform: 'gitlab', settings: {} });
    await refusal(again, { kinds: ['validation'] });
  });
});

describe('adding', () => {
  test('goes into the person’s own file where the project has none, and is found there', async () => {
    const { file, hints } = await addBackend(world, { name: 'work', platform: 'github', set: ['repository=a/b'] });
    expect(file).toBe(own());
    expect(hints.join(' ')).toContain('PACE_GITHUB_TOKEN');
    expect(await listBackends(world, {})).toEqual([
      { name: 'work', platform: 'github', from: 'user', default: false },
      { name: 'local', platform: 'local', from: 'detected', default: true },
    ]);
  });

  test('goes into the project’s file where there is one, or where it is wanted', async () => {
    await addBackend(world, { name: 'offline', platform: 'local', set: ['database=x.db'], project: true });
    expect(await readFile(project(), 'utf8')).toBe('backends:\n  offline:\n    platform: local\n    database: x.db\n');
    await addBackend(world, { name: 'second', platform: 'local' });
    await addBackend(world, { name: 'mine', platform: 'local', user: true });
    const rows = (await listBackends(world, {})).map(({ name, from }) => `${name} ${from}`);
    expect(rows).toEqual(['offline project', 'second project', 'mine user', 'local detected']);
  });

  test('asks for what is missing, but never for a secret', async () => {
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question.split(' ')[0] ?? '');
      return 'gitlab';
    };
    await addBackend(world, { name: 'work' }, ask);
    expect(asked).toEqual(['Platform', 'project']);
    expect(await readFile(own(), 'utf8')).toBe('backends:\n  work:\n    platform: gitlab\n    project: gitlab\n');
  });

  test('refuses what cannot be, and leaves the file as it was', async () => {
    const wrong = (options: object, words: RegExp) =>
      refusal(() => addBackend(world, { name: 'x', platform: 'gitlab', ...options }), { kinds: ['validation'] }).then(
        (error) => expect(error.message).toMatch(words),
      );
    await wrong({ name: 'No!' }, /cannot be the name/);
    await wrong({ platform: 'gitlap' }, /Did you mean "gitlab"/);
    await wrong({ platform: undefined }, /platform is missing/);
    await wrong({ set: ['projekt=a'] }, /no setting “projekt”.*Did you mean "project"/);
    await wrong({ set: ['project'] }, /not a setting/);
    await wrong({ set: ['token=glpat-abc'] }, /is a secret/);
  });
});

describe('opening', () => {
  beforeEach(async () => {
    await writeFile(
      project(),
      [
        'platform: { tracker: local }',
        'backends:',
        '  offline: { platform: local, database: offline.db }',
        '  broken: { platform: local, databse: x }',
        '  hub: { platform: github, repository: a/b, token: env:HUB_TOKEN }',
      ].join('\n'),
    );
  });

  test('takes the tracker of the gate, a backend by name, or the default', async () => {
    expect((await openBackend(world, {})).name).toBe('local');
    const offline = await openBackend(world, { backend: 'offline' });
    expect(offline.section).toEqual({ database: 'offline.db' });
    await setDefaultBackend(world, { name: 'offline' });
    expect((await openBackend(world, {})).name).toBe('offline');
    expect((await detectBackend(world, {})).because).toContain('default_backend');
  });

  test('says where a backend is wrong, and is not hindered by one that is not meant', async () => {
    await openBackend(world, { backend: 'offline' });
    await expect(openBackend(world, { backend: 'broken' })).rejects.toThrow(
      /pace\.config\.yaml:4:\d+: Unknown key `databse` in `backends\.broken`\. Did you mean "database"/,
    );
    await expect(openBackend(world, { backend: 'hub' })).rejects.toThrow(/HUB_TOKEN is not set/);
    await refusal(() => openBackend(world, { backend: 'nobody' }), { kinds: ['configuration'] });
  });

  test('follows a reference to another tracker', async () => {
    const other = await openBackend(world, { reference: parseReference('offline:7') });
    expect([other.name, other.key]).toEqual(['offline', '7']);
  });

  test('never takes a token to a server that nobody has configured', async () => {
    world = testWorld({ cwd: folder, env: { ...world.env, GITHUB_TOKEN: 'x', HUB_TOKEN: 'y' } });
    const reference = parseReference('https://evil.example/a/b/issues/1');
    const error = await refusal(() => openBackend(world, { reference }), { kinds: ['validation'] });
    expect(error.message).toContain('not an issue of a tracker that is known here');
  });

  test('is tried without writing anything', async () => {
    const rows = await testBackend(world, { name: 'offline' });
    expect(rows.map(({ check }) => check)).toEqual(['token', 'issues', 'abilities']);
    expect(rows[1]).toEqual({ check: 'issues', ok: true, detail: 'readable; there are none' });
    await expect(readFile(join(folder, 'offline.db'))).rejects.toThrow();
  });
});

test('removing takes the file that has it, with its default', async () => {
  await mkdir(join(folder, 'home', '.config', 'pace'), { recursive: true });
  await writeFile(own(), 'backends:\n  a: { platform: local }\ndefault_backend: a\n');
  expect((await openBackend(world, {})).name).toBe('a');
  expect(await removeBackend(world, { name: 'a' })).toBe(own());
  expect((await openBackend(world, {})).name).toBe('local');
  const error = await refusal(() => removeBackend(world, { name: 'a' }), { kinds: ['validation'] });
  expect(error.message).toContain('There is no backend “a”.');
});

test('every mistake in the person’s own file is said with its place', async () => {
  await mkdir(join(folder, 'home', '.config', 'pace'), { recursive: true });
  await writeFile(own(), 'backends:\n  A: { platform: local }\n  b: {}\nextra: 1\n');
  await expect(openBackend(world, {})).rejects.toThrow(/backends\.yaml:2:.*[\s\S]*backends\.yaml:3/);
});
