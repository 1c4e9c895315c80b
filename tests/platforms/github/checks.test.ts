import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Check } from '../../../core/ports/index.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { refusal } from '../../contract/refusal.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { expectDescribedRequests, settingsFor } from './bench.ts';

let github: GitHub;
let sha: string;
const env = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_RUN_ID: '9' };

beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());
afterEach(() => expectDescribedRequests(github));
beforeEach(async () => {
  sha = await github.addCommit();
  github.exchanges.length = 0;
});

function listChecks(world = testWorld({ env })): () => Promise<Check[]> {
  const host = createHost(world, settingsFor(github));
  return async () => (await host.listChecks?.(sha)) ?? [];
}
function asked(): string[] {
  return github.exchanges.map(({ asked: { path, query } }) => `${path.split('/').slice(4).join('/')}?${query}`);
}

test('one look at up to a hundred of each takes three requests, the same ones every time', async () => {
  github.setChecks(
    sha,
    Array.from({ length: 100 }, (_, index) => ({ name: `job ${index}`, conclusion: 'success' })),
  );
  github.setStatuses(sha, [{ context: 'ci/other', state: 'success' }]);
  github.setRuns(sha, [{ id: 1, name: 'CI', conclusion: 'success' }]);
  const look = listChecks();
  expect((await look()).length).toBe(101);
  const first = asked().sort();
  expect(first).toEqual([
    `actions/runs?head_sha=${sha}&per_page=100`,
    `commits/${sha}/check-runs?filter=all&per_page=100`,
    `commits/${sha}/status?per_page=100`,
  ]);
  github.exchanges.length = 0;
  expect((await look()).length).toBe(101);
  expect(asked().sort()).toEqual(first);
  expect(github.exchanges.map((exchange) => exchange.asked.headers['if-none-match'])).toEqual([
    expect.stringMatching(/^W\//),
    expect.stringMatching(/^W\//),
    expect.stringMatching(/^W\//),
  ]);
});

test.each([31, 101, 250])('%i checks and statuses come from all pages', async (count) => {
  const numbers = Array.from({ length: count }, (_, index) => index);
  github.setChecks(
    sha,
    numbers.map((index) => ({ name: `job ${index}`, conclusion: 'success' })),
  );
  github.setStatuses(
    sha,
    numbers.map((index) => ({ context: `status ${index}`, state: 'success' })),
  );
  const names = (await listChecks()()).map((check) => check.name);
  expect(names.toSorted()).toEqual(numbers.flatMap((index) => [`job ${index}`, `status ${index}`]).toSorted());
  expect(github.exchanges.length).toBe(2 * Math.ceil(count / 100) + 1);
});

test('runs that do not tell their file end nothing, and the log says it once', async () => {
  github.setChecks(sha, [{ name: 'build', conclusion: 'success' }]);
  github.setRuns(sha, [{ id: 1, name: 'CI', conclusion: 'success' }]);
  github.trouble(
    ({ path }) => path.endsWith('/actions/runs'),
    (answer) => {
      const { workflow_runs: runs, ...rest } = answer.json as { workflow_runs: object[] };
      return { ...answer, json: { ...rest, workflow_runs: runs.map((run) => ({ ...run, path: null })) } };
    },
    2,
  );
  const world = testWorld({ env });
  const look = listChecks(world);
  expect((await look()).map(({ name, state }) => [name, state])).toEqual([['build', 'success']]);
  await look();
  expect(world.lines.filter((line) => line.startsWith('warn'))).toEqual([
    'warn: GitHub does not tell the file of one workflow run (1): taken for workflows of their own.',
  ]);
});

test('no statuses are no check, although GitHub calls their combination pending', async () => {
  expect(await listChecks()()).toEqual([]);
  const status = github.exchanges.find(({ asked: { path } }) => path.endsWith('/status'));
  expect(status?.answer.json).toMatchObject({ state: 'pending', total_count: 0 });
});

test('more suites than GitHub lists are looked up one by one', async () => {
  const many = Array.from({ length: 1010 }, (_, index) => ({
    name: `job ${index}`,
    conclusion: 'success',
    suite: index + 5001,
  }));
  github.setChecks(sha, [...many, { name: 'the oldest one', conclusion: 'failure', suite: 5001 }]);
  const found = await listChecks()();
  expect(found.length).toBe(1011);
  expect(found.filter((check) => check.state === 'failure').map((check) => check.name)).toEqual(['the oldest one']);
  const suites = github.exchanges.filter(({ asked: { path } }) => /check-suites\/\d+\//.test(path));
  expect(suites.length).toBe(10);
});

test('without the permission for workflow runs, the suite stands for the workflow and the log says it once', async () => {
  github.setChecks(sha, [
    { name: 'build', conclusion: 'success', suite: 71 },
    { name: 'build', conclusion: 'failure', suite: 72 },
    { name: 'scan', conclusion: 'success', suite: 73, app: 'scanner' },
  ]);
  const message = 'Resource not accessible by integration';
  github.trouble(({ path }) => path.endsWith('/actions/runs'), { status: 403, json: { message } });
  const world = testWorld({ env });
  const look = listChecks(world);
  await look();
  const found = await look();
  expect(found.map(({ name, workflow, state }) => [name, workflow, state])).toEqual([
    ['build', '71', 'success'],
    ['build', '72', 'failure'],
    ['scan', '', 'success'],
  ]);
  expect(github.exchanges.filter(({ asked: { path } }) => path.endsWith('/actions/runs')).length).toBe(1);
  expect(world.lines.filter((line) => line.startsWith('warn'))).toEqual([
    expect.stringContaining('permissions:\n  actions: read'),
  ]);
});

test('who can let a deployment go on is asked once for each run that waits', async () => {
  github.setChecks(sha, [
    { name: 'test', conclusion: 'success', suite: 1 },
    { name: 'deploy', id: 31, status: 'waiting', startedAt: null, suite: 1 },
  ]);
  github.setRuns(sha, [
    { id: 7, name: 'CI', suite: 1, status: 'waiting' },
    { id: 8, name: 'Release', workflowId: 2, status: 'waiting' },
    { id: 9, name: 'Docs', workflowId: 3, conclusion: 'success' },
  ]);
  github.setPendingDeployments(7, [
    { environment: 'production', people: ['ann'], teams: ['leads'], timer: 30 },
    { environment: 'canary', timer: 5 },
    { environment: 'open' },
  ]);
  const look = listChecks();
  const who = (checks: Check[]) => checks.filter(({ state }) => state === 'waiting').map(({ name, waitsFor }) => [name, waitsFor?.who]); // biome-ignore format: one thought
  const told = [
    ['deploy', 'ann or team leads (environment production), its timer of 5 minutes (environment canary)'],
    ['Release', 'a reviewer of its environment'],
  ];
  expect([who(await look()), who(await look())]).toEqual([told, told]);
  const pending = () => asked().filter((path) => path.includes('pending_deployments'));
  expect(pending()).toEqual(['actions/runs/7/pending_deployments?', 'actions/runs/8/pending_deployments?']);
  github.setChecks(sha, [{ name: 'deploy 2', id: 32, status: 'waiting', startedAt: null, suite: 1 }]);
  await look();
  expect(pending().slice(2)).toEqual(['actions/runs/7/pending_deployments?']);
});

test.each([403, 404])('a token that may not know who can do so (%i) changes nothing else', async (status) => {
  github.setChecks(sha, [{ name: 'deploy', status: 'waiting', suite: 1 }]);
  github.setRuns(sha, [{ id: 7, name: 'CI', suite: 1, status: 'waiting' }]);
  github.trouble(({ path }) => path.endsWith('/pending_deployments'), { status, json: { message: 'Not Found' } });
  const look = listChecks();
  for (const checks of [await look(), await look()]) {
    expect(checks.map(({ name, waitsFor }) => [name, waitsFor?.who])).toEqual([
      ['deploy', 'a reviewer of its environment'],
    ]);
  }
  expect(asked().filter((path) => path.includes('pending_deployments'))).toHaveLength(1);
});

test('what our own job is called is asked once where earlier runs of its file are at another commit', async () => {
  const path = '.github/workflows/gate.yml';
  const ours = {
    ...{ ...env, GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '2', GITHUB_JOB: 'gate', PACE_CHECK_RUN_ID: '4242' },
    GITHUB_WORKFLOW_REF: `octo-org/octo-repo/${path}@refs/heads/main`,
  };
  github.setChecks(sha, [
    { name: 'Judge it', conclusion: 'failure', suite: 6 },
    { name: 'tests', conclusion: 'success', suite: 6 },
  ]);
  github.setRuns(sha, [{ id: 6, name: 'Gate', path, conclusion: 'success' }]);
  github.setJobs(77, [{ id: 4241, name: 'tests' }, { id: 4242, name: 'Judge it' }], 2); // biome-ignore format: one thought
  const look = listChecks(testWorld({ env: ours }));
  const gates = (checks: Check[]) => checks.filter(({ isGate }) => isGate).map(({ name }) => name);
  expect([gates(await look()), gates(await look())]).toEqual([['Judge it'], ['Judge it']]);
  expect(asked().filter((one) => one.includes('/jobs'))).toEqual(['actions/runs/77/attempts/2/jobs?per_page=100']);
  github.trouble(({ path: at }) => at.endsWith('/jobs'), { status: 403, json: { message: 'no' } });
  expect(gates(await listChecks(testWorld({ env: ours }))())).toEqual([]);
  github.exchanges.length = 0;
  github.setChecks(sha, [{ name: 'Judge it', id: 4242, status: 'in_progress', suite: 77 }]);
  expect(gates(await listChecks(testWorld({ env: ours }))())).toEqual([]);
  expect(asked().filter((one) => one.includes('/jobs'))).toEqual([]);
});

test('where a job has failed, earlier verdicts are asked for once, as one may lead to it', async () => {
  const leads = (job: number) => ({ target_url: `https://github.com/o/r/actions/runs/5/job/${job}` });
  const failed = { name: 'gate', id: 31, conclusion: 'failure', suite: 5 };
  github.setChecks(sha, [failed, { name: 'test', conclusion: 'success' }]);
  github.setStatuses(sha, [
    { context: 'pace/gate', state: 'failure', ...leads(31) },
    { context: 'ci/other', state: 'failure' },
    { context: 'ci/other', state: 'success' },
    { context: 'pace/gate', state: 'pending' },
  ]);
  const look = listChecks();
  const statuses = (checks: Check[]) => checks.filter(({ app }) => app === 'status').map(({ name, state, url }) => `${name} ${state} ${url}`); // biome-ignore format: one thought
  const told = ['pace/gate pending ', 'ci/other success ', `pace/gate failure ${leads(31).target_url}`];
  expect([statuses(await look()), statuses(await look())]).toEqual([told, told]);
  const history = () => asked().filter((path) => path.includes('/statuses'));
  expect(history()).toEqual([`commits/${sha}/statuses?per_page=100`]);
  github.setChecks(sha, [failed, { ...failed, id: 32 }]);
  await look();
  expect(history()).toHaveLength(2);
  github.trouble(({ path }) => path.endsWith('/statuses'), { status: 403, json: { message: 'no' } });
  expect(statuses(await listChecks()())).toEqual(told.slice(0, 2));
});

test('earlier verdicts are not asked for where no job has failed, or no gate has spoken', async () => {
  const gate = [{ context: 'pace/gate', state: 'pending' }];
  const scanner = { name: 'scan', conclusion: 'failure', app: 'scanner' };
  for (const [check, statuses] of [
    [{ name: 'test', conclusion: 'cancelled' }, gate],
    [scanner, gate],
    [{ name: 'test', conclusion: 'failure' }, [{ context: 'ci/other', state: 'failure' }]],
  ] as const) {
    github.setChecks(sha, [check]);
    github.setStatuses(sha, statuses);
    await listChecks()();
  }
  expect(asked().filter((path) => path.includes('/statuses'))).toEqual([]);
});

test.each([
  ['push', 9, Date.parse('2026-03-02T08:00:00Z')],
  ['schedule', 9, undefined],
  ['push', 8, undefined],
])('the push that has started our own run is known from the list of runs (%s, run %i)', async (event, id, pushed) => {
  github.setChecks(sha, [{ name: 'build', conclusion: 'success' }]);
  github.setRuns(sha, [{ id, name: 'CI', event, createdAt: '2026-03-02T08:00:00Z', status: 'in_progress' }]);
  const host = createHost(testWorld({ env }), settingsFor(github));
  expect(host.pushedAt?.(sha)).toBeUndefined();
  await host.listChecks?.(sha);
  expect(host.pushedAt?.(sha)).toBe(pushed);
  expect(host.pushedAt?.('f'.repeat(40))).toBeUndefined();
});

test('a commit that GitHub does not know is told apart from one without checks', async () => {
  sha = github.missingSha;
  const error = await refusal(listChecks(), { kinds: ['not-found'], operation: 'listChecks' });
  expect([error.status, error.message, error.remedy]).toEqual([
    422,
    'GitHub does not know this commit in octo-org/octo-repo.',
    'Please push the commit first, and check that --sha and the repository belong together.',
  ]);
});

test('an exhausted budget is waited for when it is soon renewed, else it is an error of its kind', async () => {
  const world = testWorld({ env });
  const limited = (seconds: number) => ({
    status: 403,
    json: { message: 'API rate limit exceeded for installation ID 1.' },
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(world.now() / 1000 + seconds) },
  });
  github.trouble(({ path }) => path.endsWith('/status'), limited(30));
  expect(await listChecks(world)()).toEqual([]);
  expect(world.waits).toEqual([30_000]);
  github.trouble(({ path }) => path.endsWith('/status'), limited(3600));
  const error = await refusal(listChecks(world), { kinds: ['rate-limit'], operation: 'listChecks' });
  expect(error.retryAfter).toBeGreaterThan(3_000_000);
});

test('a secondary limit without a time is left alone for a minute', async () => {
  const world = testWorld({ env });
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  github.trouble(({ path }) => path.endsWith('/status'), { status: 403, json: { message } });
  expect(await listChecks(world)()).toEqual([]);
  expect(world.waits).toEqual([60_000]);
});

test('a budget that runs low is said once', async () => {
  const world = testWorld({ env });
  const headers = {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '87',
    'x-ratelimit-reset': String(world.now() / 1000 + 600),
  };
  github.trouble(
    ({ path }) => path.endsWith('/actions/runs'),
    { json: { total_count: 0, workflow_runs: [] }, headers },
    2,
  );
  const look = listChecks(world);
  await look();
  await look();
  expect(world.lines).toEqual([
    'warn: GitHub allows 87 more of 1000 requests in the next 10 min; all jobs of the repository share them.',
  ]);
});

test('a look can be broken off', async () => {
  const host = createHost(testWorld({ env }), settingsFor(github));
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(host.listChecks?.(sha, signal)).rejects.toThrow('enough');
});
