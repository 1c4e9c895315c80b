import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toChecks } from '../../../platforms/github/checks.ts';
import { createHost } from '../../../platforms/github/host.ts';
import type { CheckRun, Status, WorkflowRun } from '../../../platforms/github/wire.ts';
import type { Check } from '../../../platforms/ports.ts';
import { judgedSet } from '../../../platforms/settled-checks.ts';
import { refusal } from '../../contract/refusal.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { expectDescribedRequests, settingsFor } from './bench.ts';

describe('over the wire', () => {
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
      'GitHub knows no such commit in octo-org/octo-repo.',
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
});

const T = '2026-03-02T08:00:00Z';

function job(name: string, suite: number, more: Partial<CheckRun> = {}): CheckRun {
  return {
    id: suite * 100 + name.length,
    name,
    status: 'completed',
    conclusion: 'success',
    html_url: 'https://github.com/o/r/runs/1',
    details_url: null,
    started_at: T,
    completed_at: T,
    app: { slug: 'github-actions' },
    check_suite: { id: suite },
    ...more,
  };
}

function run(id: number, more: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id,
    name: 'CI',
    path: '.github/workflows/ci.yml',
    workflow_id: 1,
    check_suite_id: id,
    status: 'completed',
    conclusion: 'success',
    html_url: `https://github.com/o/r/actions/runs/${id}`,
    created_at: T,
    ...more,
  };
}

function seen(checkRuns: CheckRun[], runs: WorkflowRun[] | undefined, own?: { id: number; path: string }): Check[] {
  return toChecks({ checkRuns, runs, statuses: [] satisfies Status[], own });
}

function brief(checks: Check[]): [string, string, string][] {
  return checks.map(({ name, workflow, state }) => [name, workflow, state]);
}

describe('workflow runs', () => {
  test('give jobs the name of their workflow', () => {
    const checks = seen([job('build', 1), job('build', 2)], [run(1), run(2, { name: 'Nightly', workflow_id: 2 })]);
    expect(brief(checks)).toEqual([
      ['build', 'CI', 'success'],
      ['build', 'Nightly', 'success'],
    ]);
  });

  test('of one workflow have one name, whatever `run-name` makes of it', () => {
    const checks = seen([job('build', 1), job('build', 2)], [run(1, { name: 'Build 1' }), run(2, { name: 'Build 2' })]);
    expect(checks.map(({ workflow }) => workflow)).toEqual(['Build 2', 'Build 2']);
  });

  test('of two workflows with one name are told apart by their files', () => {
    const other = run(2, { workflow_id: 2, path: '.github/workflows/other.yml@refs/heads/main' });
    const checks = seen([job('build', 1, { conclusion: 'failure' }), job('build', 2)], [run(1), other]);
    expect(brief(checks)).toEqual([
      ['build', '.github/workflows/ci.yml', 'failure'],
      ['build', '.github/workflows/other.yml', 'success'],
    ]);
  });

  test('let the latest attempt win, also across suites', () => {
    const red = job('build', 1, { conclusion: 'failure', started_at: '2026-03-02T07:00:00Z' });
    const green = job('build', 2, { started_at: '2026-03-02T08:00:00Z' });
    const rerun = job('test', 1, {
      id: 7,
      status: 'in_progress',
      conclusion: null,
      started_at: '2026-03-02T09:00:00Z',
    });
    const old = job('test', 1, { id: 6, conclusion: 'failure', started_at: '2026-03-02T08:00:00Z' });
    const checks = seen([rerun, green, old, red], [run(1), run(2)]);
    expect(brief(judgedSet(checks, { ownId: undefined, ignored: [] })).toSorted()).toEqual([
      ['build', 'CI', 'success'],
      ['test', 'CI', 'pending'],
    ]);
  });

  test.each(['queued', 'in_progress', 'waiting', 'requested', 'pending'])(
    'that are %s without an unfinished job stand for the jobs to come',
    (status) => {
      const checks = seen([job('build', 1)], [run(1, { status, conclusion: null })]);
      expect(brief(checks)).toEqual([
        ['build', 'CI', 'success'],
        ['CI', 'CI', 'pending'],
      ]);
      expect(checks[1]).toEqual({
        id: 'run-1',
        name: 'CI',
        app: 'github-actions',
        workflow: 'CI',
        state: 'pending',
        vendorState: status,
        optional: false,
        url: 'https://github.com/o/r/actions/runs/1',
        startedAt: Date.parse(T),
      });
    },
  );

  test('say nothing while a job of theirs shows that they are not finished', () => {
    const running = job('build', 1, { status: 'in_progress', conclusion: null });
    expect(brief(seen([running], [run(1, { status: 'in_progress', conclusion: null })]))).toEqual([
      ['build', 'CI', 'pending'],
    ]);
  });

  test('that wait for approval are pending and say so', () => {
    expect(brief(seen([], [run(1, { conclusion: 'action_required' })]))).toEqual([
      ['CI (waits for approval)', 'CI', 'pending'],
    ]);
  });

  test.each([
    ['startup_failure', 'failure'],
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['cancelled', 'cancelled'],
    ['stale', 'cancelled'],
    ['a_new_word', 'unknown'],
  ])('that ended as %s without any job count themselves', (conclusion, state) => {
    expect(brief(seen([], [run(1, { conclusion })]))).toEqual([['CI', 'CI', state]]);
  });

  test.each(['success', 'skipped', 'neutral'])('that ended as %s without any job count for nothing', (conclusion) => {
    expect(seen([], [run(1, { conclusion })])).toEqual([]);
  });

  test.each(['cancelled', 'startup_failure', 'action_required'])(
    '%s before a newer run of their workflow count for nothing',
    (conclusion) => {
      const other = run(3, { conclusion: 'cancelled', workflow_id: 2, name: 'Other' });
      const checks = seen([job('build', 2)], [run(1, { conclusion }), run(2), other]);
      expect(brief(checks)).toEqual([
        ['build', 'CI', 'success'],
        ['Other', 'Other', 'cancelled'],
      ]);
    },
  );

  test('of PACE’s own workflow are not waited for: one may be queued behind this very run', () => {
    const own = { id: 5, path: '.github/workflows/gate.yml' };
    const gate = {
      name: 'Gate',
      workflow_id: 9,
      path: '.github/workflows/gate.yml',
      status: 'queued',
      conclusion: null,
    };
    expect(seen([], [run(5, { ...gate, status: 'in_progress' }), run(6, gate)], own)).toEqual([]);
    expect(brief(seen([], [run(6, { ...gate, workflow_id: 8, path: 'other.yml' })], own))).toEqual([
      ['Gate', 'Gate', 'pending'],
    ]);
  });
});
