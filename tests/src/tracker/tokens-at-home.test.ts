/** To which servers a token is sent, by every way that opens a tracker. No request leaves this process. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asPaceError } from '../../../core/errors.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { openHost, openTracker } from '../../../platforms/index.ts';
import { sideOf } from '../../../src/commands/gate.ts';
import { commentOnIssue } from '../../../src/commands/issue/comment.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { openBackend } from '../../../src/tracker/backends/open.ts';
import { parseReference } from '../../../src/tracker/backends/references.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

let folder: string;
let world: TestWorld;
/** `host: credential`, once each. */
let sent: Set<string>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-home-'));
  sent = new Set();
  world = testWorld({
    cwd: folder,
    env: { HOME: join(folder, 'home') },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { headers } = request;
      const credential = headers.get('authorization') ?? headers.get('private-token') ?? headers.get('job-token');
      sent.add(`${new URL(request.url).host}: ${credential ?? 'none'}`);
      return Response.json({ message: 'Not Found' }, { status: 404 });
    },
  });
});
afterEach(() => rm(folder, { recursive: true }));

interface Case {
  readonly file?: string;
  readonly own?: string;
  readonly env?: Record<string, string>;
}

async function given({ file, own, env = {} }: Case): Promise<void> {
  Object.assign(world.env, env);
  if (file !== undefined) await writeFile(join(folder, 'pace.config.yaml'), file);
  if (own === undefined) return;
  await mkdir(join(folder, 'home', '.config', 'pace'), { recursive: true });
  await writeFile(join(folder, 'home', '.config', 'pace', 'backends.yaml'), own);
}

/** What goes out when one issue is looked at, and what is said where nothing does. */
async function shown(reference: string, backend?: string): Promise<string[]> {
  return sending(async () => {
    const { tracker, key } = await openBackend(world, { reference: parseReference(reference), backend });
    await tracker.getIssue(key);
  });
}

async function listed(backend?: string): Promise<string[]> {
  return sending(async () => {
    const { tracker } = await openBackend(world, { backend });
    await collect(tracker.listIssues(), 1);
  });
}

async function sending(work: () => Promise<unknown>): Promise<string[]> {
  const error = asPaceError(await work().catch((thrown: unknown) => thrown));
  return sent.size > 0 ? [...sent] : [`refused: ${error.message}`];
}

const CORP = 'github: { server_url: https://ghes.example, repository: o/r }\n';
const PUBLIC = 'https://github.com/cli/cli/issues/1';
const MINE = { PACE_GITHUB_TOKEN: 'corp-secret' };

describe('the token of a company’s own server', () => {
  const files = {
    'the tracker of the file': `platform: { ci: local, tracker: github }\n${CORP}`,
    'the CI of the file, with issues elsewhere': `platform: { ci: github, tracker: local }\n${CORP}`,
    'neither side of the file': `platform: { ci: local, tracker: local }\n${CORP}`,
    'a backend': 'platform: { ci: local, tracker: local }\nbackends:\n  work: { platform: github, server_url: https://ghes.example, repository: o/r }\n', // biome-ignore format: a file
    'the default backend':
      'platform: { ci: local, tracker: local }\nbackends:\n  work: { platform: github, server_url: https://ghes.example, repository: o/r }\ndefault_backend: work\n',
  };
  for (const [where, file] of Object.entries(files)) {
    test(`is not sent to the public one, where ${where} names the server`, async () => {
      await given({ file, env: MINE });
      expect(await shown(PUBLIC)).toEqual(['api.github.com: none']);
    });
  }

  test('is sent to its own server, however that is named', async () => {
    await given({ file: files['neither side of the file'], env: MINE });
    expect(await shown('https://ghes.example/o/r/issues/1')).toEqual(['ghes.example: token corp-secret']);
    expect(await shown('github:a/b#1')).toEqual(['ghes.example: token corp-secret']);
    expect(await shown('1', 'github')).toEqual(['ghes.example: token corp-secret']);
    expect(await listed('github')).toEqual(['ghes.example: token corp-secret']);
    world.env['PACE_BACKEND'] = 'github';
    expect(await listed()).toEqual(['ghes.example: token corp-secret']);
  });

  test('belongs to the server of the environment where no file names one', async () => {
    const server = { GITHUB_SERVER_URL: 'https://ghes.example', GITHUB_API_URL: 'https://ghes.example/api/v3' };
    await given({ env: { GITHUB_REPOSITORY: 'o/r', ...server, GITHUB_TOKEN: 'corp-secret', GITHUB_ACTIONS: 'true' } });
    expect(await shown(PUBLIC)).toEqual(['api.github.com: none']);
    sent.clear();
    expect(await shown('https://ghes.example/o/r/issues/1')).toEqual(['ghes.example: token corp-secret']);
  });

  test('goes where the section says, whatever the job says of its own API', async () => {
    const job = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_API_URL: 'https://api.github.com' };
    await given({ file: `platform: { ci: local, tracker: github }\n${CORP}`, env: { ...MINE, ...job } });
    expect(await listed()).toEqual(['ghes.example: token corp-secret']);
  });

  test('is not for a backend that names no server, which is public', async () => {
    const file = `${files['neither side of the file']}backends:\n  oss: { platform: github, repository: cli/cli }\n`;
    await given({ file, env: MINE });
    expect(await listed('oss')).toEqual(['api.github.com: none']);
    expect(world.lines).toEqual([
      'debug: Tracker: GitHub (named with --backend).',
      'info: GitHub at https://github.com was not sent the token in PACE_GITHUB_TOKEN: it belongs to https://ghes.example. What is public is read without it.',
    ]);
  });

  test('is not for the gate’s host either, where only a backend names the server', async () => {
    await given({ file: `${files['a backend'].replace('ci: local', 'ci: github')}`, env: { ...MINE, GITHUB_REPOSITORY: 'o/r' } }); // biome-ignore format: one thought
    const loaded = await loadConfig(world);
    const opening = openHost(world, sideOf(loaded, 'ci'));
    await expect(opening).rejects.toThrow(
      'GitHub at https://github.com was not sent the token in PACE_GITHUB_TOKEN: it belongs to https://ghes.example.',
    );
    expect([...sent]).toEqual([]);
  });

  test('is not for the gate’s tracker either, which then reads nothing: what is not public would be as if it were not there', async () => {
    const file = files['a backend'].replace('tracker: local', 'tracker: github');
    await given({ file, env: { ...MINE, GITHUB_REPOSITORY: 'o/r' } });
    const side = sideOf(await loadConfig(world), 'tracker');
    await expect(openTracker(world, side, { isStrict: true })).rejects.toThrow(
      'GitHub at https://github.com was not sent the token in PACE_GITHUB_TOKEN: it belongs to https://ghes.example.',
    );
    expect((await openTracker(world, side)).name).toBe('GitHub');
    expect([...sent]).toEqual([]);
  });

  test('is that of the person’s own backends, too', async () => {
    const own = 'backends:\n  work: { platform: github, server_url: https://ghes.example, repository: o/r }\n';
    await given({ own, env: { ...MINE, GITHUB_REPOSITORY: 'o/r' } });
    expect(await shown(PUBLIC)).toEqual(['api.github.com: none']);
    sent.clear();
    expect(await listed('work')).toEqual(['ghes.example: token corp-secret']);
  });

  test('stays where a backend has one of its own', async () => {
    const work = '{ platform: github, server_url: https://ghes.example, repository: o/r, token: "env:WORK_TOKEN" }';
    const file = `platform: { ci: local, tracker: local }\nbackends:\n  work: ${work}\n`;
    await given({ file, env: { PACE_GITHUB_TOKEN: 'public-secret', WORK_TOKEN: 'corp-secret' } });
    expect(await shown(PUBLIC)).toEqual(['api.github.com: token public-secret']);
    sent.clear();
    expect(await shown('https://ghes.example/o/r/issues/1')).toEqual(['ghes.example: token corp-secret']);
  });

  test('is not sent in the clear to a server that is configured with https', async () => {
    await given({ file: files['the tracker of the file'], env: MINE });
    expect(await shown('http://ghes.example/o/r/issues/1')).toEqual([
      'refused: http://ghes.example/o/r/issues/1 is not an issue of a tracker that is known here.',
    ]);
  });
});

test('without a token nothing is written, and what to do is said before anything is sent', async () => {
  await given({ file: `platform: { ci: local, tracker: github }\n${CORP}`, env: MINE });
  const writing = commentOnIssue(world, { key: PUBLIC, body: 'hello' });
  await expect(writing).rejects.toMatchObject({
    kind: 'configuration',
    message:
      'GitHub at https://github.com was not sent the token in PACE_GITHUB_TOKEN: it belongs to https://ghes.example.',
    remedy:
      'Please give that server a token of its own: `pace backend add NAME github --set server_url=https://github.com --set token=env:VARIABLE`, and name it with --backend.',
  });
  expect([...sent].filter((request) => !request.endsWith(': none'))).toEqual([]);
});

test('a mistake in the section of another platform is said when that platform is opened, and only then', async () => {
  await given({ file: `platform: { ci: local, tracker: local }\ngithub: { token: "env:NOT_SET", nonsense: 1 }\n` });
  expect((await openBackend(world, {})).name).toBe('local');
  await expect(openBackend(world, { backend: 'github' })).rejects.toThrow(
    /nonsense[\s\S]*NOT_SET|NOT_SET[\s\S]*nonsense/,
  );
});

describe('GitLab', () => {
  test('has the token at its own address only', async () => {
    await given({
      env: { GITLAB_URL: 'https://gitlab.corp.example', GITLAB_PROJECT: 'o/r', PACE_GITLAB_TOKEN: 'corp' },
    });
    expect(await shown('https://gitlab.com/o/r/-/issues/1')).toEqual(['gitlab.com: none']);
    sent.clear();
    expect(await shown('https://gitlab.corp.example/o/r/-/issues/1')).toEqual(['gitlab.corp.example: corp']);
    sent.clear();
    expect(await shown('gitlab:a/b#2')).toEqual(['gitlab.corp.example: corp']);
  });

  test('a job’s own token is for the server of the job', async () => {
    const file =
      'platform: { ci: gitlab, tracker: local }\ngitlab: { url: https://gitlab.corp.example, project: o/r }\n';
    const job = { GITLAB_CI: 'true', CI_SERVER_URL: 'https://gitlab.com', CI_JOB_TOKEN: 'job-secret' };
    await given({ file, env: job });
    const host = await openHost(world, sideOf(await loadConfig(world), 'ci'));
    await host.findChange('x').catch(() => undefined);
    expect([...sent]).toEqual(['gitlab.corp.example: none']);
  });
});

describe('Gitea', () => {
  test('an address on a server that is not named gets no token, however it is called', async () => {
    await given({ env: { PACE_GITEA_TOKEN: 'secret', PACE_GITEA_REPOSITORY: 'o/r' } });
    expect(await shown('https://gitea.elsewhere.example/o/r/issues/1')).toEqual(['gitea.elsewhere.example: none']);
    expect(world.lines.at(-1)).toBe(
      'info: Gitea at https://gitea.elsewhere.example was not sent the token in PACE_GITEA_TOKEN: it belongs to no server that is named. What is public is read without it.',
    );
  });

  test('the token of one server is not for another', async () => {
    const file = 'platform: { ci: local, tracker: gitea }\ngitea: { url: https://git.corp.example, repository: o/r }\n';
    await given({ file, env: { PACE_GITEA_TOKEN: 'secret' } });
    expect(await shown('https://codeberg.org/o/r/issues/1')).toEqual(['codeberg.org: none']);
    sent.clear();
    expect(await shown('https://git.corp.example/a/b/issues/1')).toEqual(['git.corp.example: token secret']);
  });
});

describe('a tracker whose issues are not public', () => {
  test('is refused where only another site is configured', async () => {
    const file = 'platform: { ci: local, tracker: jira }\njira: { url: https://one.atlassian.net, project_key: A }\n';
    await given({ file, env: { JIRA_TOKEN: 'secret', JIRA_EMAIL: 'a@b.test' } });
    expect(await shown('https://two.atlassian.net/browse/A-1')).toEqual([
      'refused: https://two.atlassian.net/browse/A-1 is not an issue of a tracker that is known here.',
    ]);
  });

  test.each([
    ['linear', 'api_url', 'LINEAR_API_KEY', 'https://linear.app/team/issue/ENG-1'],
    ['asana', 'api_url', 'ASANA_TOKEN', 'https://app.asana.com/0/12/34'],
    ['clickup', 'api_url', 'CLICKUP_API_TOKEN', 'https://app.clickup.com/t/86c1abc2d'],
    ['monday', 'api_url', 'MONDAY_API_TOKEN', 'https://acme.monday.com/boards/12/pulses/34'],
  ])('%s is asked through the proxy of its section, and nowhere else', async (name, key, variable, address) => {
    const [team, list] = [name === 'linear' ? ', team: ENG' : '', name === 'clickup' ? ', list: "9"' : ''];
    const file = `platform: { ci: local, tracker: local }\n${name}: { ${key}: https://proxy.corp.example/x${team}${list} }\n`;
    await given({ file, env: { [variable]: 'secret' } });
    const hosts = new Set((await shown(address)).map((request) => request.split(': ')[0]));
    expect([...hosts]).toEqual(['proxy.corp.example']);
  });
});

test('a remote on a server that nobody has named gets no token by itself', async () => {
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', ['remote', 'add', 'origin', 'https://u:p@gitlab.elsewhere.example/o/r.git'], { cwd: folder });
  await given({ env: { PACE_GITLAB_TOKEN: 'secret', PATH: process.env['PATH'] ?? '' } });
  expect(await listed()).toEqual([
    'refused: The git remote is at gitlab.elsewhere.example, and nothing says that GitLab is to be asked there for issues. GitLab needs GITLAB_PROJECT (the project whose commits are judged, by path or number; the git remote tells it where nothing else does), and it is not set.',
  ]);
  world.env['GITLAB_URL'] = 'https://gitlab.elsewhere.example';
  expect(await listed()).toEqual(['gitlab.elsewhere.example: secret']);
});
