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
