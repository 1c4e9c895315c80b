import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createHost } from '../../../platforms/github/host.ts';
import { type Job, pickOwnJob } from '../../../platforms/github/job.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { expectDescribedRequests, settingsFor } from './bench.ts';

const T1 = '2026-03-02T08:00:00Z';
const T2 = '2026-03-02T08:30:00Z';

function job(id: number, name: string, runner_name: string | null, more: Partial<Job> = {}): Job {
  return { id, name, runner_name, status: 'in_progress', started_at: T1, ...more };
}

describe('the own job among the jobs of the run', () => {
  const env = { RUNNER_NAME: 'GitHub Actions 7', GITHUB_JOB: 'gate' };
  const here = env.RUNNER_NAME;

  test.each<[string, Job[], number | undefined]>([
    ['is the one on this runner', [job(1, 'test', 'GitHub Actions 6'), job(2, 'A pretty name', here)], 2],
    ['of a matrix is found by its runner', [job(1, 'gate (a)', 'GitHub Actions 6'), job(2, 'gate (b)', here)], 2],
    [
      'of a reusable workflow is found by its runner',
      [job(1, 'daily / gate', here), job(2, 'test', 'GitHub Actions 8')],
      1,
    ],
    ['is not one that has run here before', [job(1, 'build', here, { status: 'completed' }), job(2, 'gate', here)], 2],
    [
      'is the one of the right name where the list is late',
      [job(1, 'build', here, { started_at: T2 }), job(2, 'gate', here)],
      2,
    ],
    [
      'is the newer one where the list is late and names do not help',
      [job(1, 'Build it', here), job(2, 'Judge it', here, { started_at: T2 })],
      2,
    ],
    ['is found by name where runners are not told', [job(1, 'test', null), job(2, 'gate', null)], 2],
    ['in a matrix is found by name where only one runs', [job(1, 'test', null), job(2, 'gate (24, linux)', null)], 2],
    ['in a reusable workflow is found by name', [job(1, 'test', null), job(2, 'daily / gate (24)', null)], 2],
    [
      'is the only one that runs, whatever its name',
      [job(1, 'test', null, { status: 'completed' }), job(2, 'X', null)],
      2,
    ],
    [
      'is not one whose name only begins alike',
      [job(1, 'gate-keeper', null), job(2, 'gate', null), job(3, 'gates (24)', null), job(4, 'daily / gateway', null)],
      2,
    ],
    ['of a matrix is not one whose name only begins alike', [job(1, 'gate2 (a)', null), job(2, 'gate (a)', null)], 2],
    ['is not a workflow that is called as it is', [job(1, 'gate / test', null), job(2, 'daily / gate', null)], 2],
    ['is unknown among several of a matrix', [job(1, 'gate (a)', null), job(2, 'gate (b)', null)], undefined],
    ['is unknown among pretty names', [job(1, 'One', null), job(2, 'Two', null)], undefined],
    ['is unknown when all run elsewhere', [job(1, 'gate', 'GitHub Actions 1')], undefined],
    ['is unknown when two started here at once', [job(1, 'One', here), job(2, 'Two', here)], undefined],
    ['is unknown when there is none', [], undefined],
  ])('%s', (_, jobs, id) => {
    expect(pickOwnJob(jobs, env)?.id).toBe(id);
  });
});

describe('the own check', () => {
  let github: GitHub;
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_JOB: 'gate',
    RUNNER_NAME: 'GitHub Actions 7',
  };

  beforeAll(async () => {
    github = await startGitHub();
  });
  afterAll(() => github.close());
  afterEach(() => expectDescribedRequests(github));
  beforeEach(() => {
    github.exchanges.length = 0;
  });

  test.each(['PACE_CHECK_RUN_ID', 'INPUT_CHECK-RUN-ID', 'INPUT_CHECK_RUN_ID'])('is told by %s', async (name) => {
    const host = createHost(testWorld({ env: { ...env, [name]: '58123456789' } }), settingsFor(github));
    expect(await host.ownCheck?.()).toEqual({ id: '58123456789' });
    expect(github.exchanges).toEqual([]);
  });

  test('is nothing outside of a job, and in a job of another repository', async () => {
    for (const other of [
      { GITHUB_ACTIONS: undefined },
      { GITHUB_REPOSITORY: 'o/other' },
      { GITHUB_RUN_ID: undefined },
    ]) {
      const world = testWorld({ env: { ...env, ...other } });
      expect(await createHost(world, settingsFor(github)).ownCheck?.()).toBeUndefined();
      expect(world.lines).toEqual([]);
    }
    expect(github.exchanges).toEqual([]);
  });

  test('is in the own repository, however its name is written', async () => {
    github.setJobs(77, [{ id: 602, name: 'gate', runner: 'GitHub Actions 7' }], 2);
    const shouted = testWorld({ env: { ...env, GITHUB_REPOSITORY: 'Octo-Org/OCTO-repo' } });
    expect(await createHost(shouted, settingsFor(github)).ownCheck?.()).toEqual({ id: '602' });
  });

  test('in a re-run is looked for among the jobs of this attempt', async () => {
    github.setJobs(77, [{ id: 501, name: 'gate', conclusion: 'failure', runner: 'GitHub Actions 3' }], 1);
    github.setJobs(77, [{ id: 601, name: 'gate', runner: 'GitHub Actions 7' }], 2);
    // an id that the expression did not fill in is as good as none
    const world = testWorld({ env: { ...env, 'INPUT_CHECK-RUN-ID': '' } });
    expect(await createHost(world, settingsFor(github)).ownCheck?.()).toEqual({ id: '601' });
    expect(github.exchanges.map(({ asked }) => asked.path)).toEqual([
      '/repos/octo-org/octo-repo/actions/runs/77/attempts/2/jobs',
    ]);
  });

  test('is found behind a hundred other jobs', async () => {
    const others = Array.from({ length: 130 }, (_, index) => ({
      id: 700 + index,
      name: `test ${index}`,
      runner: `other ${index}`,
    }));
    github.setJobs(77, [...others, { id: 999, name: 'Gate', runner: 'GitHub Actions 7' }], 2);
    expect(await createHost(testWorld({ env }), settingsFor(github)).ownCheck?.()).toEqual({ id: '999' });
    expect(github.exchanges.length).toBe(2);
  });

  test('is found among the check runs when the token may not list jobs', async () => {
    const message = 'Resource not accessible by integration';
    github.trouble(({ path }) => path.endsWith('/jobs'), { status: 403, json: { message } });
    const url = (run: number, id: number) => `https://github.com/octo-org/octo-repo/actions/runs/${run}/job/${id}`;
    github.setChecks(github.sha, [
      { id: 1, name: 'gate', url: url(76, 1) },
      { id: 2, name: 'gate', url: url(77, 2) },
      { id: 3, name: 'test', url: url(77, 3) },
      { id: 4, name: 'gate', url: url(77, 4), conclusion: 'failure' },
    ]);
    const world = testWorld({ env: { ...env, GITHUB_SHA: github.sha } });
    expect(await createHost(world, settingsFor(github)).ownCheck?.()).toEqual({ id: '2' });
    expect(world.lines.filter((line) => line.startsWith('warn'))).toEqual([]);
  });

  test('that cannot be told from others is a warning with a remedy', async () => {
    github.setJobs(
      77,
      [
        { id: 1, name: 'gate (a)', runner: null },
        { id: 2, name: 'gate (b)', runner: null },
      ],
      2,
    );
    const world = testWorld({ env });
    expect(await createHost(world, settingsFor(github)).ownCheck?.()).toBeUndefined();
    expect(world.lines).toEqual([expect.stringContaining('job.check_run_id }}')]);
  });
});
