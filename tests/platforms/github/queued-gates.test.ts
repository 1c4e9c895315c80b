import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { judgedSet } from '../../../core/adapters/ci/settled-checks.ts';
import type { Check } from '../../../core/ports/index.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { type CheckToShow, type GitHub, type RunToShow, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { expectDescribedRequests, settingsFor } from './bench.ts';

const FILES = '.github/workflows';
const GATE = 'jobs: { gate: { steps: [{ uses: octo/pace@v1 }] } }';
const MIXED = 'jobs: { test: { steps: [{ run: npm test }] }, gate: { steps: [{ uses: octo/pace@v1 }] } }';
const TESTS = 'jobs: { test: { steps: [{ run: npm test }] } }';

let github: GitHub;
let sha: string;

beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());
afterEach(() => expectDescribedRequests(github));
beforeEach(async () => {
  const files = { 'a.yml': GATE, 'b.yml': GATE, 'mixed.yml': MIXED, 'tests.yml': TESTS };
  sha = await github.addCommit({
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [`${FILES}/${name}`, text])),
  });
});

const env = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_RUN_ID: '1',
  GITHUB_JOB: 'gate',
  GITHUB_WORKFLOW_REF: `octo-org/octo-repo/${FILES}/a.yml@refs/heads/main`,
  GITHUB_ACTION_REPOSITORY: 'octo/pace',
  INPUT_COMMAND: 'gate',
  PACE_CHECK_RUN_ID: '11',
};
const US: RunToShow = { id: 1, name: 'A', path: `${FILES}/a.yml`, suite: 1, status: 'in_progress' };
const OUR_JOB: CheckToShow = { name: 'gate', id: 11, status: 'in_progress', suite: 1 };

/** A run of a file that has not begun. */
function queued(id: number, name: string, more: Partial<RunToShow> = {}): RunToShow {
  return { id, name, path: `${FILES}/${name}.yml`, suite: id, workflowId: id, status: 'pending', ...more };
}

interface Seen {
  readonly runs?: readonly RunToShow[];
  readonly jobs?: readonly CheckToShow[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A look, for one and the same run: what is still waited for, and the files that were asked for. */
function looker(more: Seen['env'] = {}) {
  const world = testWorld({ env: { ...env, ...more } });
  const host = createHost(world, settingsFor(github));
  return {
    world,
    look: async ({ runs = [], jobs = [] }: Seen) => {
      github.setRuns(sha, [US, ...runs]);
      github.setChecks(sha, [OUR_JOB, { name: 'unit', conclusion: 'success', app: 'tests', suite: 90 }, ...jobs]);
      github.exchanges.length = 0;
      const checks: Check[] = (await host.listChecks?.(sha)) ?? [];
      const paths = github.exchanges.map(({ asked: { path } }) => path);
      return {
        awaited: judgedSet(checks, { ownId: '11', ignored: [] }).filter(({ state }) => state === 'pending').map(({ id }) => id), // biome-ignore format: one thought
        read: paths.filter((path) => path.includes('/contents/')).map((path) => path.split('/').at(-1)),
        asked: paths.length,
      };
    },
  };
}

describe('what is left to wait for has not begun', () => {
  test.each(['pending', 'queued', 'requested'])(
    'and is a gate by its file, which is read once: a run that is %s is not waited for',
    async (status) => {
      const { look, world } = looker();
      const runs = [queued(2, 'b', { status }), queued(3, 'b', { status })];
      expect(await look({ runs })).toEqual({ awaited: [], read: ['b.yml'], asked: 4 });
      expect(await look({ runs })).toEqual({ awaited: [], read: [], asked: 3 });
      expect(world.lines.filter((line) => line.startsWith('info'))).toEqual([
        `info: ${FILES}/b.yml has a gate of PACE in it, which is not waited for while it has not begun.`,
      ]);
    },
  );

  test('and one of its runs is no gate: it is waited for, and the other is not', async () => {
    const { look } = looker();
    const runs = [queued(2, 'b'), queued(3, 'tests')];
    expect(await look({ runs })).toEqual({ awaited: ['run-3'], read: ['b.yml', 'tests.yml'], asked: 5 });
    expect(await look({ runs })).toMatchObject({ awaited: ['run-3'], read: [] });
  });

  test('and has other jobs beside the gate: it is waited for, unless its group holds it up', async () => {
    expect(await looker().look({ runs: [queued(4, 'mixed', { status: 'queued' })] })).toMatchObject({
      awaited: ['run-4'],
      read: ['mixed.yml'],
    });
    expect(await looker().look({ runs: [queued(4, 'mixed')] })).toMatchObject({ awaited: [] });
  });

  test('and its jobs are seen: those that are gates are not waited for', async () => {
    const jobs = (status: string): CheckToShow[] => [
      { name: 'test', id: 41, status, startedAt: null, suite: 4 },
      { name: 'gate', id: 42, status, startedAt: null, suite: 4 },
    ];
    const runs = [queued(4, 'mixed', { status: 'queued' })];
    expect(await looker().look({ runs, jobs: jobs('queued') })).toMatchObject({ awaited: ['41'], read: ['mixed.yml'] });
    const [, gate] = jobs('queued');
    expect(await looker().look({ runs, jobs: gate ? [gate] : [] })).toMatchObject({ awaited: [] });
  });

  test('and is a job alone, held up by its group in a run that has begun', async () => {
    const test: CheckToShow = { name: 'test', id: 41, conclusion: 'success', suite: 4 };
    const gate: CheckToShow = { name: 'gate', id: 42, status: 'pending', startedAt: null, suite: 4 };
    const runs = [queued(4, 'mixed', { status: 'in_progress' })];
    expect(await looker().look({ runs, jobs: [test, gate] })).toMatchObject({ awaited: [], read: ['mixed.yml'] });
    // in a queue for runners it begins by itself, and sets its status
    const early = { ...gate, status: 'queued' };
    expect(await looker().look({ runs, jobs: [test, early] })).toMatchObject({ awaited: ['42'], read: [] });
  });

  test('and it begins: then it counts as any other, until its status tells that it is a gate', async () => {
    const { look } = looker();
    expect(await look({ runs: [queued(2, 'b')] })).toMatchObject({ awaited: [] });
    const job: CheckToShow = { name: 'gate', id: 21, status: 'in_progress', suite: 2 };
    expect(await look({ runs: [queued(2, 'b', { status: 'in_progress' })], jobs: [job] })).toMatchObject({
      awaited: ['21'],
      read: [],
    });
  });
});

describe('no file is read', () => {
  test('while anything else is waited for', async () => {
    const job: CheckToShow = { name: 'scan', id: 80, status: 'in_progress', app: 'tests', suite: 80 };
    expect(await looker().look({ runs: [queued(2, 'b')], jobs: [job] })).toEqual({
      awaited: ['80', 'run-2'],
      read: [],
      asked: 3,
    });
  });

  test('of a run whose file is not that of the commit', async () => {
    const runs = [queued(2, 'b', { event: 'pull_request_target' })];
    expect(await looker().look({ runs })).toMatchObject({ awaited: ['run-2'], read: [] });
    const dynamic = [queued(2, 'b', { path: 'dynamic/pages/pages-build-deployment' })];
    expect(await looker().look({ runs: dynamic })).toMatchObject({ awaited: ['run-2'], read: [] });
  });

  test('where PACE runs outside of Actions: nothing is queued behind it', async () => {
    const { look } = looker({ GITHUB_ACTIONS: undefined });
    expect(await look({ runs: [queued(2, 'b')] })).toMatchObject({ awaited: ['run-2'], read: [] });
  });
});

test.each([403, 404])('a token that may not read files (%i) is asked once, and all is waited for', async (status) => {
  github.trouble(({ path }) => path.includes('/contents/'), { status, json: { message: 'no' } });
  const { look, world } = looker();
  expect(await look({ runs: [queued(2, 'b')] })).toMatchObject({ awaited: ['run-2'], read: ['b.yml'] });
  expect(await look({ runs: [queued(2, 'b')] })).toMatchObject({ awaited: ['run-2'], read: [] });
  expect(world.lines.filter((line) => line.startsWith('warn'))).toEqual([]);
});

test('our own job is asked for once, where it is not given', async () => {
  const { look } = looker({ PACE_CHECK_RUN_ID: undefined });
  github.setJobs(1, [{ id: 11, name: 'gate', status: 'in_progress' }]);
  const runs = [queued(2, 'b')];
  expect(await look({ runs })).toEqual({ awaited: [], read: ['b.yml'], asked: 5 });
  expect(await look({ runs })).toMatchObject({ asked: 3 });
});
