import { chmod } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../../core/ports/index.ts';
import { doctor } from '../../../src/commands/doctor.ts';
import { doctorText } from '../../../src/output/doctor-text.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { type Jira, startJira } from '../../support/jira.ts';
import { newWorkspace, type Workspace } from '../../support/workspace.ts';
import { testWorld } from '../../support/world.ts';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const CONFIG = 'platform: { ci: github, tracker: jira }\nsprint: { start_date: 2026-03-02, duration_days: 3660 }\n';
const LOCAL = 'platform: { ci: local, tracker: local }\nsprint: { start_date: 2026-03-02 }\nci: { enabled: false }\n';

async function workspace(files: Record<string, string>, options: { git?: boolean } = {}): Promise<Workspace> {
  const made = await newWorkspace(files, options);
  open.push(() => made.dispose());
  return made;
}

async function servers(): Promise<{ github: GitHub; jira: Jira; env: Record<string, string> }> {
  const [github, jira] = await Promise.all([startGitHub(), startJira()]);
  open.push(() => github.close(), jira.close);
  const env = {
    PACE_GITHUB_TOKEN: github.token,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_API_URL: github.origin,
    JIRA_URL: jira.origin,
    JIRA_EMAIL: jira.email,
    JIRA_TOKEN: jira.token,
    JIRA_PROJECT_KEY: jira.projectKey,
  };
  return { github, jira, env };
}

function look({ path }: Workspace, env: Record<string, string> = {}, start = Date.now()) {
  return doctor(testWorld({ cwd: path, env: { PATH: process.env['PATH'], ...env }, start }), {});
}

const ill = (diagnoses: readonly Diagnosis[]) =>
  diagnoses.filter(({ state }) => state !== 'ok').map(({ area, check, state }) => `${area} | ${check} | ${state}`);

test('both hosts are looked at, and nothing is written anywhere', async () => {
  const { github, jira, env } = await servers();
  github.trouble(({ path }) => path.includes('/rules/'), { status: 200, json: [] });
  const place = await workspace({ 'pace.config.yaml': CONFIG });
  const before = await place.files();
  const { diagnoses, exitCode } = await look(place, env);
  expect(ill(diagnoses)).toEqual(['code host | statuses: write | unknown', 'code host | branch protection | degraded']);
  expect(exitCode).toBe(1);
  expect([...new Set(diagnoses.map(({ area }) => area))]).toEqual([
    'machine',
    'configuration',
    'state',
    'network',
    'code host',
    'tracker',
  ]);
  const written = [...github.exchanges, ...jira.exchanges].filter(({ asked }) => asked.method !== 'GET');
  expect(written).toEqual([]);
  expect(await place.files()).toEqual(before);
});

test('a dead tracker does not hide the host, nor a dead host the tracker', async () => {
  const { env } = await servers();
  const place = await workspace({ 'pace.config.yaml': CONFIG });
  const noTracker = await look(place, { ...env, JIRA_URL: 'http://127.0.0.1:9' });
  expect(ill(noTracker.diagnoses)).toEqual([
    'code host | statuses: write | unknown',
    'code host | branch protection | degraded',
    'tracker | site | broken',
  ]);
  const noHost = await look(place, { ...env, GITHUB_API_URL: 'http://127.0.0.1:9' });
  expect(ill(noHost.diagnoses)).toEqual(['code host | repository | broken']);
  expect(noHost.diagnoses.filter(({ area }) => area === 'tracker').length).toBeGreaterThan(5);
  expect([noTracker.exitCode, noHost.exitCode]).toEqual([1, 1]);
});

test('a clock that is wrong shows against every host, also one that refuses', async () => {
  const { env } = await servers();
  const place = await workspace({ 'pace.config.yaml': CONFIG });
  const wrong = { ...env, JIRA_TOKEN: 'wrong' };
  const { diagnoses } = await look(place, wrong, Date.now() - 600_000);
  const clocks = diagnoses.filter(({ area }) => area === 'network');
  expect(clocks).toHaveLength(2);
  for (const clock of clocks) {
    expect(clock).toMatchObject({
      state: 'degraded',
      detail: expect.stringMatching(/^This machine is (599|6\d\d) s behind\.$/),
    });
  }
});

test.each([
  [60, 'ok', 'at most 60 s apart'],
  [-60, 'ok', 'at most 60 s apart'],
  [61, 'degraded', 'This machine is 61 s ahead.'],
  [-61, 'degraded', 'This machine is 61 s behind.'],
])('a clock that differs by %i s is %s', async (seconds, state, detail) => {
  const place = await workspace({ 'pace.config.yaml': CONFIG.replace('jira', 'local') });
  const start = Date.parse('2026-03-03T09:00:00Z');
  const date = new Date(start - seconds * 1000).toUTCString();
  const env = { PATH: process.env['PATH'], GITHUB_REPOSITORY: 'o/r', GITHUB_TOKEN: 'ghs_aTokenOfNoWorthAtAll' };
  const fetch = async () => Response.json({ message: 'Bad credentials' }, { status: 401, headers: { date } });
  const { diagnoses } = await doctor(testWorld({ cwd: place.path, env, start, fetch }), {});
  expect(diagnoses.filter(({ area }) => area === 'network')).toMatchObject([
    { check: 'clock against api.github.com', state, detail },
  ]);
});

test.each([
  ['22.12.9', 'broken'],
  ['22.13.0', 'ok'],
  ['23.0.0', 'ok'],
  ['21.99.0', 'broken'],
])('Node %s is %s', async (node, state) => {
  const place = await workspace({ 'pace.config.yaml': LOCAL }, { git: false });
  const world = testWorld({ cwd: place.path, env: { PATH: process.env['PATH'] } });
  const { diagnoses } = await doctor({ ...world, self: { ...world.self, node } }, {});
  expect(diagnoses.find(({ check }) => check === 'Node')?.state).toBe(state);
});

test('a setting that is missing is told with its variable', async () => {
  const place = await workspace({ 'pace.config.yaml': CONFIG });
  const { diagnoses, exitCode } = await look(place);
  expect(diagnoses.filter(({ check }) => check === 'settings')).toMatchObject([
    { area: 'code host', state: 'broken', remedy: expect.stringContaining('PACE_GITHUB_TOKEN') },
    { area: 'tracker', state: 'broken', remedy: expect.stringContaining('JIRA_URL') },
  ]);
  expect(exitCode).toBe(1);
});

describe('without any server', () => {
  test('all is well on the embedded platform', async () => {
    const place = await workspace({ 'pace.config.yaml': LOCAL });
    const { diagnoses, exitCode } = await look(place, {}, Date.parse('2026-03-03T09:00:00Z'));
    expect(exitCode).toBe(0);
    const head = (await place.git('rev-parse', 'HEAD')).slice(0, 12);
    const name = place.path.split('/').at(-1);
    expect(doctorText(diagnoses)).toBe(`machine
  ok        Node             24.0.0
  ok        checkout         commit ${head}, branch main
  ok        .pace            It is made by the first run.

configuration
  ok        file             pace.config.yaml
  ok        policy           A change is judged by the configuration of the branch that it goes to, a day by that of its commit.
  ok        platforms        CI: Local (platform.ci). Tracker: Local (platform.tracker).
  ok        plan             none. Today is day 2.

state
  ok        .pace            It stays in the checkout.

code host
  ok        repository       ${name}, the checkout itself; it has no checks and no commit statuses

tracker
  ok        database         ${place.path}/.pace/pace.db is created with the first issue
  ok        database: write  ${place.path}/.pace/pace.db can be written.

11 ok
`);
  });

  test('where git tracks what PACE keeps, that is said once, and nothing calls it kept', async () => {
    const place = await workspace({ 'pace.config.yaml': LOCAL, '.pace/pause.yaml': 'gates: []\n' });
    await place.git('add', '--force', '.pace/pause.yaml');
    const { diagnoses } = await look(place, {}, Date.parse('2026-03-03T09:00:00Z'));
    expect(diagnoses.filter(({ check }) => check === '.pace')).toMatchObject([
      { area: 'machine', state: 'degraded', detail: expect.stringContaining('git tracks .pace/pause.yaml') },
    ]);
  });

  test('every mistake of the configuration is a row, and the rest is looked at all the same', async () => {
    const place = await workspace({ 'pace.config.yaml': 'gate: { mode: observ }\nci: { timeout_minutes: -1 }\n' });
    const { diagnoses, exitCode } = await look(place);
    expect(ill(diagnoses)).toEqual([
      'configuration | pace.config.yaml:1:15 | broken',
      'configuration | pace.config.yaml:2:24 | broken',
      'configuration | platforms | unknown',
      'configuration | plan | broken',
    ]);
    expect(diagnoses.some(({ area }) => area === 'tracker')).toBe(true);
    expect(exitCode).toBe(2);
  });

  test('so are a missing configuration, a broken plan, and a file that is not there', async () => {
    const bare = await workspace({});
    const missing = await look(bare, { PACE_DAY: '1' });
    expect(ill(missing.diagnoses)).toEqual(['configuration | file | broken']);
    const named = await doctor(testWorld({ cwd: bare.path, env: { PACE_DAY: '1' } }), { config: 'other.yaml' });
    expect(ill(named.diagnoses)[0]).toBe('configuration | other.yaml:1:1 | broken');
    const place = await workspace({ 'pace.config.yaml': LOCAL, 'plan.yaml': 'days: nonsense\n' });
    const broken = await look(place);
    expect(ill(broken.diagnoses)).toEqual([expect.stringMatching(/^configuration \| plan\.yaml:1:\d+ \| broken$/)]);
    expect([missing.exitCode, named.exitCode, broken.exitCode]).toEqual([2, 2, 2]);
  });

  test('the branch that keeps the state is asked for by git, and nothing is pushed', async () => {
    const remote = await workspace({});
    const place = await workspace({ 'pace.config.yaml': `${LOCAL}state: { persist: branch }\n` });
    const states = async () => {
      const { diagnoses } = await look(place, {}, Date.parse('2026-03-03T09:00:00Z'));
      return diagnoses.filter(({ area }) => area === 'state').map(({ check, state }) => `${state} ${check}`);
    };
    expect(await states()).toEqual(['degraded pace/state: read']);
    await place.git('remote', 'add', 'origin', remote.path);
    const before = await remote.git('for-each-ref');
    expect(await states()).toEqual(['ok pace/state: read', 'ok pace/state: write']);
    expect(await remote.git('for-each-ref')).toBe(before);
  });

  test('no checkout, an old Node, and a file in the place of .pace are seen', async () => {
    const place = await workspace({ 'pace.config.yaml': LOCAL, '.pace': 'a file' }, { git: false });
    const world = testWorld({
      cwd: place.path,
      env: { PATH: process.env['PATH'] },
      start: Date.parse('2026-03-03T09:00:00Z'),
    });
    const { diagnoses } = await doctor({ ...world, self: { ...world.self, node: '22.12.0' } }, {});
    expect(ill(diagnoses).filter((line) => line.startsWith('machine'))).toEqual([
      'machine | Node | broken',
      'machine | checkout | degraded',
      'machine | .pace | broken',
    ]);
  });

  test('a folder that cannot be written is seen', async ({ skip }) => {
    if (process.getuid?.() === 0) return skip('root may write everywhere');
    const place = await workspace({ 'pace.config.yaml': LOCAL });
    await chmod(place.path, 0o500);
    const { diagnoses } = await look(place).finally(() => chmod(place.path, 0o700));
    expect(ill(diagnoses)).toEqual(['machine | .pace | broken', 'tracker | database: write | broken']);
  });
});

test('a remedy stands below its row, with all its lines, and text from outside has no power', () => {
  const text = doctorText(
    [
      {
        area: 'code host',
        check: 'issues: write',
        state: 'broken',
        detail: 'No.\u001b[31m',
        remedy: 'Add:\npermissions:\n  issues: write',
      },
      { area: 'code host', check: 'x', state: 'unknown', detail: 'Who knows.', remedy: '' },
    ],
    { colour: true },
  );
  expect(text).toBe(`\u001b[1mcode host\u001b[0m
  \u001b[31mbroken  \u001b[0m  issues: write  No.
            → Add:
              permissions:
                issues: write
  \u001b[36munknown \u001b[0m  x              Who knows.

1 broken, 1 unknown
`);
});

test.each([
  ['[ann]', []],
  ['[ann, "@org/team"]', ['Local does not tell who belongs to a team.']],
  ['anyone', []],
])('who may resume is looked at, where %s may', async (resumeBy, details) => {
  const config = `${LOCAL}escalation: { resume_by: ${resumeBy} }\n`;
  const { diagnoses } = await look(await workspace({ 'pace.config.yaml': config }));
  const found = diagnoses.filter(({ check }) => check === 'escalation.resume_by');
  expect(found.map(({ state, detail }) => [state, detail])).toEqual(details.map((detail) => ['broken', detail]));
});
