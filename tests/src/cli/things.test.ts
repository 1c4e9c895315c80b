/** `label`, `milestone`, `user` and `backend`, by what they print, refuse and leave behind. */
import { describe, expect, test } from 'vitest';
import { paceHere } from '../../support/pace-here.ts';

describe('labels', () => {
  test('are made, changed, listed and deleted', async () => {
    const { pace, data } = await paceHere();
    expect((await pace('label', 'create', 'bug', '--color', '#D73A4A', '--description', 'Wrong')).stdout).toBe(
      'Created the label bug.\n',
    );
    await pace('label', 'create', 'ui');
    expect((await pace('label', 'list')).stdout).toBe('bug  #d73a4a  Wrong\nui\n');
    expect((await pace('label', 'edit', 'bug', '--name', 'defect')).stdout).toBe('Changed the label defect.\n');
    expect(await data('label', 'edit', 'defect', '--color', '000000', '--json')).toEqual({
      name: 'defect',
      description: 'Wrong',
      color: '000000',
    });
    expect((await pace('label', 'delete', 'defect')).stdout).toBe('Deleted the label defect.\n');
    expect((await pace('label', 'list', '--format', 'ids')).stdout).toBe('ui\n');
  });

  test.each(['d73a4', 'd73a4a0', '##d73a4a', 'red', 'd73a4g', ''])('the colour %j is none', async (colour) => {
    const { pace, data } = await paceHere();
    for (const verb of ['create', 'edit']) {
      const run = await pace('label', verb, 'x', '--color', colour);
      expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/^Error: --color: “.*” is not a colour\.\n/)]);
    }
    expect(await data('label', 'list', '--json')).toEqual([]);
  });

  test('an edit needs something to change, and a label that is there', async () => {
    const { pace } = await paceHere();
    const nothing = await pace('label', 'edit', 'x');
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('There is nothing to change.')]);
    expect((await pace('label', 'edit', 'x', '--name', 'y')).code).toBe(9);
    expect((await pace('label', 'delete', 'x')).code).toBe(9);
  });
});

describe('milestones', () => {
  test('are made, changed, closed, listed by state and deleted', async () => {
    const { pace, data } = await paceHere();
    expect((await pace('milestone', 'create', 'v1', '--due', '2026-12-24', '--description', 'First')).stdout).toBe(
      'Created the milestone v1.\n',
    );
    await pace('milestone', 'create', 'v2');
    expect((await pace('milestone', 'close', 'v1')).stdout).toBe('Closed the milestone v1.\n');
    const listed = async (...flags: string[]) => (await pace('milestone', 'list', ...flags)).stdout;
    expect(await listed('--state', 'open')).toBe('v2  open\n');
    expect(await listed('-s', 'closed')).toBe('v1  closed  2026-12-24  First\n');
    expect((await listed()).split('\n').filter(Boolean).sort()).toEqual(['v1  closed  2026-12-24  First', 'v2  open']);
    expect(await listed('--state', 'all')).toBe(await listed());
    expect(await data('milestone', 'edit', 'v1', '--title', 'v1.0', '--state', 'open', '--json')).toEqual({
      title: 'v1.0',
      description: 'First',
      state: 'open',
      dueDate: '2026-12-24',
    });
    expect((await pace('milestone', 'delete', 'v2')).stdout).toBe('Deleted the milestone v2.\n');
    expect(await data('milestone', 'list', '--json', 'title')).toEqual([{ title: 'v1.0' }]);
  });

  test.each(['2026-02-30', '24.12.2026', 'soon', ''])('the due day %j is none', async (day) => {
    const { pace } = await paceHere();
    for (const verb of ['create', 'edit']) {
      const run = await pace('milestone', verb, 'x', '--due', day);
      expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/^Error: --due: “.*” is not a date\.\n/)]);
    }
  });

  test('an edit needs something to change, and a milestone that is there', async () => {
    const { pace } = await paceHere();
    const nothing = await pace('milestone', 'edit', 'x');
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('There is nothing to change.')]);
    expect((await pace('milestone', 'close', 'x')).code).toBe(9);
    expect((await pace('milestone', 'list', '--state', 'done')).code).toBe(2);
  });
});

test('users are those who can be given an issue, and me is whose token it is', async () => {
  const { pace } = await paceHere();
  await pace('issue', 'create', 'x', '--assignee', 'Ann');
  expect((await pace('user', 'list', '--format', 'ids')).stdout.split('\n')).toEqual(expect.arrayContaining(['Ann']));
  expect((await pace('user', 'me')).stdout).toBe('tester  tester\n');
  expect((await pace('user', 'me', '--json', 'name')).stdout).toBe('{\n  "name": "tester"\n}\n');
});

describe('backends', () => {
  async function backends() {
    const here = await paceHere();
    const env = { XDG_CONFIG_HOME: `${here.workspace.path}/own` };
    const pace = (...args: string[]) => here.run({ args: ['backend', ...args], env });
    return { ...here, env, backend: pace };
  }

  test('are added to the file that is meant, and listed with the one that is used by default', async () => {
    const { backend, workspace } = await backends();
    const own = await backend('add', 'mine', 'local', '--set', 'database=mine.db');
    expect([own.code, own.stdout, own.stderr]).toEqual([
      0,
      `Added mine to ${workspace.path}/own/pace/backends.yaml.\n`,
      '',
    ]);
    const project = await backend('add', 'ours', 'local', '--project', '--set', 'database=a=b.db');
    expect(project.stdout).toBe(`Added ours to ${workspace.path}/pace.config.yaml.\n`);
    expect(await workspace.read('pace.config.yaml')).toBe(
      'backends:\n  ours:\n    platform: local\n    database: a=b.db\n',
    );
    expect((await backend('list')).stdout).toBe(
      '   ours   local  project\n   mine   local  user\n*  local  local  detected\n',
    );
    expect((await backend('set-default', 'mine')).stdout).toBe(
      `The default is now mine (${workspace.path}/own/pace/backends.yaml).\n`,
    );
    // a project with a configuration comes before the person
    expect((await backend('list', '--format', 'ids')).stdout).toBe('ours\nmine\nlocal\n');
    expect(JSON.parse((await backend('list', '--json', 'name,default')).stdout)).toContainEqual({
      name: 'local',
      default: true,
    });
    await backend('set-default', 'ours');
    expect(JSON.parse((await backend('list', '--json', 'name,default')).stdout)).toEqual([
      { name: 'ours', default: true },
      { name: 'mine', default: false },
      { name: 'local', default: false },
    ]);
  });

  test('of one name the project’s hides the person’s, until it is removed', async () => {
    const { backend, workspace } = await backends();
    await backend('add', 'work', 'local', '--user');
    await backend('add', 'work', 'github', '--project', '--set', 'repository=o/r');
    const rows = async () => (await backend('list')).stdout.split('\n').filter((row) => row.includes('work'));
    expect(await rows()).toEqual(['   work   github  project']);
    expect((await backend('remove', 'work')).stdout).toBe(`Removed work (${workspace.path}/pace.config.yaml).\n`);
    expect(await rows()).toEqual(['   work   local  user']);
    await backend('remove', 'work', '--user');
    expect(await rows()).toEqual([]);
    const none = await backend('remove', 'work');
    expect([none.code, none.stderr]).toEqual([6, expect.stringContaining('There is no backend “work”.')]);
  });

  test('--project leaves the person’s own file alone', async () => {
    const { backend } = await backends();
    await backend('add', 'work', 'local', '--user');
    const run = await backend('remove', 'work', '--project');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      6,
      '',
      expect.stringContaining("The backend “work” is not in the project's file.\nPlease use --user"),
    ]);
    expect((await backend('list', '--format', 'ids')).stdout).toBe('work\nlocal\n');
  });

  test('--user removes the person’s own, also where the project has one of that name', async () => {
    const { backend, workspace } = await backends();
    await backend('add', 'work', 'local', '--user');
    await backend('add', 'work', 'local', '--project');
    expect((await backend('remove', 'work', '--user')).stdout).toContain('/own/pace/backends.yaml');
    expect(await workspace.read('pace.config.yaml')).toContain('work:');
  });

  test('what is still missing is said on stderr, and nothing is asked for in a pipe', async () => {
    const { backend } = await backends();
    const added = await backend('add', 'hub', 'github', '--json');
    expect([added.code, JSON.parse(added.stdout)]).toEqual([
      0,
      { name: 'hub', file: expect.stringContaining('backends.yaml') },
    ]);
    expect(added.stderr).toContain('PACE_GITHUB_TOKEN');
    const nothing = await backend('add', 'other');
    expect([nothing.code, nothing.stderr]).toEqual([6, expect.stringContaining('The platform is missing.')]);
  });

  test.each<[string[], string]>([
    [['add', 'x', 'gitlap'], 'Did you mean "gitlab"'],
    [['add', 'x', 'jenkins'], 'tracks no issues'],
    [['add', 'No', 'local'], 'cannot be the name of a backend'],
    [['add', 'x', 'local', '--set', 'database'], '“database” is not a setting.'],
    [['add', 'x', 'local', '--set', '=y'], '“=y” is not a setting.'],
    [['add', 'x', 'local', '--set', 'databse=y'], 'Did you mean "database"'],
    [['add', 'x', 'github', '--set', 'token=ghp_abc'], '“token” is a secret and must not be in a file.'],
    [['set-default', 'lokal'], 'There is no backend “lokal”.'],
  ])('%j is refused with 6, and no file is written', async (args, words) => {
    const { backend, workspace } = await backends();
    const run = await backend(...args);
    expect([run.code, run.stderr]).toEqual([6, expect.stringContaining(words)]);
    expect(await workspace.files()).toEqual({});
  });

  test('a test tells of each check, and ends with 1 where one has failed', async () => {
    const { backend, workspace, env, run } = await backends();
    const well = await backend('test', 'local');
    expect([well.code, well.stdout]).toEqual([
      0,
      expect.stringMatching(/^token +ok +.*\nissues +ok +readable; there are none\nabilities +ok +/),
    ]);
    expect(await workspace.files()).toEqual({});
    await run({ args: ['issue', 'create', 'x'], env });
    expect((await backend('test')).stdout).toContain('readable; the newest is 1');
    await workspace.write({ 'bad.db': 'this is no database, and long enough to be seen as one'.repeat(100) });
    await backend('add', 'bad', 'local', '--set', 'database=bad.db', '--project');
    const failed = await backend('test', 'bad');
    expect([failed.code, failed.stdout]).toEqual([1, expect.stringMatching(/^issues +failed +/m)]);
  });

  test('detect says which tracker is used, why, and what is missing', async () => {
    const { backend, run, env } = await backends();
    expect((await backend('detect')).stdout).toMatch(/^local: .+\n$/);
    const hub = await run({
      args: ['backend', 'detect'],
      env: { ...env, GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'o/r' },
    });
    expect(hub.stdout).toMatch(/^github: .*\n.*TOKEN/);
    const named = await run({ args: ['backend', 'detect', '--json'], env: { ...env, PACE_BACKEND: 'local' } });
    expect(JSON.parse(named.stdout)).toEqual({ tracker: 'local', because: 'named by PACE_BACKEND', missing: [] });
  });
});
