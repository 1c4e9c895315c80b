/** Which tracker `pace issue` opens in a clone that configures none, and what it says. No request leaves this process. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asPaceError } from '../../../core/errors.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { detectBackend } from '../../../src/commands/backend/detect.ts';
import { createIssue } from '../../../src/commands/issue/create.ts';
import { openBackend } from '../../../src/tracker/backends/open.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

let folder: string;
let world: TestWorld;
let asked: string[];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'pace-clone-')));
  asked = [];
  world = testWorld({
    cwd: folder,
    env: { HOME: join(folder, 'home'), PATH: process.env['PATH'] ?? '' },
    fetch: async (input) => {
      const { href } = new URL(input instanceof Request ? input.url : input);
      asked.push(href.replace(/\?.*/, ''));
      return Response.json([]);
    },
  });
  git('init', '--quiet');
});
afterEach(() => rm(folder, { recursive: true }));

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
}

async function list(): Promise<string> {
  const { tracker } = await openBackend(world, {});
  await collect(tracker.listIssues(), 1).catch(() => undefined);
  return `${tracker.name} ${tracker.place}`;
}
const refused = () => openBackend(world, {}).then(() => undefined, asPaceError);
const said = () => world.lines.filter((line) => !line.startsWith('debug:'));

describe('the repository is known from the git remote', () => {
  test.each([
    ['git@github.com:octo/repo.git', 'PACE_GITHUB_TOKEN', 'GitHub octo/repo'],
    ['https://u:p@github.com/octo/repo', 'GITHUB_TOKEN', 'GitHub octo/repo'],
    ['ssh://git@ssh.github.com:443/octo/repo.git', 'GH_TOKEN', 'GitHub octo/repo'],
    ['git@gitlab.com:group/sub/project.git', 'PACE_GITLAB_TOKEN', 'GitLab group/sub/project'],
  ])('%s needs %s and nothing else', async (remote, variable, tracker) => {
    git('remote', 'add', 'origin', remote);
    world.env[variable] = 'secret';
    expect(await list()).toBe(tracker);
    expect(asked[0]).toContain(remote.includes('github') ? '/repos/octo/repo/issues' : 'group%2Fsub%2Fproject/issues');
  });

  test.each([
    ['https://git.corp.example/gitea/octo/repo.git', 'GITEA_URL', 'https://git.corp.example/gitea', 'PACE_GITEA_TOKEN', 'Gitea octo/repo at git.corp.example'], // biome-ignore format: a table
    ['git@code.corp.example:octo/repo.git', 'GITHUB_SERVER_URL', 'https://code.corp.example', 'PACE_GITHUB_TOKEN', 'GitHub octo/repo at code.corp.example'], // biome-ignore format: a table
    ['ssh://git@lab.corp.example/a/b/c.git', 'GITLAB_URL', 'https://lab.corp.example', 'PACE_GITLAB_TOKEN', 'GitLab a/b/c at lab.corp.example'], // biome-ignore format: a table
  ])('%s on a server that %s names', async (remote, variable, address, token, tracker) => {
    git('remote', 'add', 'origin', remote);
    Object.assign(world.env, { [variable]: address, [token]: 'secret' });
    expect(await list()).toBe(tracker);
  });

  test('also where only the section of a file names the server', async () => {
    git('remote', 'add', 'origin', 'git@code.corp.example:octo/repo.git');
    await writeFile(join(folder, 'pace.config.yaml'), 'github: { server_url: https://code.corp.example }\n');
    world.env['PACE_GITHUB_TOKEN'] = 'secret';
    expect(await list()).toBe('GitHub octo/repo at code.corp.example');
    expect((await detectBackend(world, {})).tracker).toBe('github');
  });

  test('what is set comes first', async () => {
    git('remote', 'add', 'origin', 'git@github.com:octo/fork.git');
    Object.assign(world.env, { GITHUB_REPOSITORY: 'octo/repo', PACE_GITHUB_TOKEN: 'secret' });
    expect(await list()).toBe('GitHub octo/repo');
  });

  test('without a token it is refused with what to set, and no other tracker takes its place', async () => {
    git('remote', 'add', 'origin', 'git@github.com:octo/repo.git');
    const error = await refused();
    expect(error?.kind).toBe('configuration');
    expect(error?.message).toBe(
      'GitHub needs PACE_GITHUB_TOKEN (a token for the API; in a workflow the expression `github.token` gives one), and it is not set.',
    );
    expect(await detectBackend(world, {})).toMatchObject({
      tracker: 'github',
      missing: [expect.stringMatching(/TOKEN/)],
    });
  });

  test('a server that looks like GitHub’s and is not named is not asked', async () => {
    git('remote', 'add', 'origin', 'git@acme.ghe.com:octo/repo.git');
    world.env['PACE_GITHUB_TOKEN'] = 'secret';
    const error = await refused();
    expect(error?.message).toContain('The git remote is at acme.ghe.com, and nothing says that GitHub is to be asked');
    expect(error?.remedy).toContain('Please set GITHUB_SERVER_URL=https://acme.ghe.com');
    world.env['GITHUB_SERVER_URL'] = 'https://acme.ghe.com';
    expect(await list()).toBe('GitHub octo/repo at acme.ghe.com');
    expect(asked[0]).toBe('https://api.acme.ghe.com/repos/octo/repo/issues');
  });
});

describe('of several remotes', () => {
  beforeEach(() => {
    world.env['PACE_GITHUB_TOKEN'] = 'secret';
  });

  test('it is origin, whatever stands first', async () => {
    git('remote', 'add', 'fork', 'git@github.com:me/repo.git');
    git('remote', 'add', 'origin', 'git@github.com:octo/repo.git');
    expect(await list()).toBe('GitHub octo/repo');
  });

  test('it is the only one, whatever it is called', async () => {
    git('remote', 'add', 'github', 'git@github.com:octo/repo.git');
    expect(await list()).toBe('GitHub octo/repo');
  });

  test('it is upstream where origin is not among them; of others none is chosen', async () => {
    git('remote', 'add', 'fork', 'git@github.com:me/repo.git');
    git('remote', 'add', 'other', 'git@github.com:other/repo.git');
    expect(await list()).toBe('Local .pace/pace.db');
    git('remote', 'add', 'upstream', 'git@github.com:octo/repo.git');
    expect(await list()).toBe('GitHub octo/repo');
  });

  test('where git itself is missing, the address is read as it is written', async () => {
    git('remote', 'add', 'origin', 'git@github.com:octo/repo.git');
    world.env['PATH'] = '/nowhere';
    expect(await list()).toBe('GitHub octo/repo');
  });
});

describe('the embedded tracker', () => {
  test('is that of a clone without a remote, and of one whose remote is a path, without a word', async () => {
    expect(await list()).toBe('Local .pace/pace.db');
    git('remote', 'add', 'origin', '../elsewhere.git');
    expect(await list()).toBe('Local .pace/pace.db');
    expect(said()).toEqual([]);
  });

  test('is that of a remote on a server that nobody knows, which is said until there is an issue', async () => {
    git('remote', 'add', 'origin', 'https://u:secret@git.elsewhere.example/octo/repo.git');
    expect(await list()).toBe('Local .pace/pace.db');
    const words =
      'info: The git remote is at git.elsewhere.example, which nothing names as a server: issues are kept in the embedded tracker. To use those there, please set GITEA_URL, GITLAB_URL or GITHUB_SERVER_URL to its address, or `platform.tracker`.';
    expect(said()).toEqual([words]);
    await createIssue(world, { title: 'one' });
    expect(said()).toEqual([words, words, 'info: Tracker: Local .pace/pace.db']);
    await createIssue(world, { title: 'two' });
    expect(said().slice(3)).toEqual(['info: Tracker: Local .pace/pace.db']);
  });

  test('is not taken where a folder of beads stands, unless it has issues', async () => {
    await mkdir(join(folder, '.beads'));
    expect((await openBackend(world, {})).platform.name).toBe('beads');
    expect(said()).toEqual(['info: .beads is here, so beads is the tracker; --backend local is the embedded one.']);
    expect(await detectBackend(world, {})).toMatchObject({ tracker: 'beads', because: '.beads is here' });
    await createIssue(world, { title: 'one', backend: 'local' });
    expect((await openBackend(world, {})).platform.name).toBe('local');
  });

  test('is that of the gate where a file leaves it open, and the folder is said', async () => {
    await mkdir(join(folder, '.beads'));
    await writeFile(join(folder, 'pace.config.yaml'), 'gate: { mode: observe }\n');
    expect((await openBackend(world, {})).platform.name).toBe('local');
    expect(said()).toEqual([
      'info: There is .beads here, and it is not used: --backend beads does, once and for all `pace backend set-default beads`.',
    ]);
  });
});

test('a dry run does not say where it wrote, as it wrote nothing', async () => {
  await createIssue(world, { title: 'one', dryRun: true });
  expect(said()).toEqual([]);
});
