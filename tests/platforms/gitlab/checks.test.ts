import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judgedSet } from '../../../core/adapters/ci/settled-checks.ts';
import type { Check } from '../../../core/ports/index.ts';
import { type GitLabServer, type JobToSet, startGitLab } from '../../support/gitlab.ts';
import { asked, expectDescribed, hostIn, jobEnv, shellEnv } from './bench.ts';

let server: GitLabServer;

beforeEach(async () => {
  server = await startGitLab();
});
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

const job = (name: string, status: string, more: Partial<JobToSet> = {}): JobToSet => ({ name, status, ...more });
const child = (name: string, downstream: number, status = 'running', more: Partial<JobToSet> = {}) =>
  job(name, status, { kind: 'bridge', downstream, ...more });
/** A further pipeline of the commit. */
const add = (jobs: readonly JobToSet[], source = 'push', ref = 'main') =>
  server.setJobs(server.sha, jobs, { source, ref, isFurther: true });
const addChild = (...jobs: JobToSet[]) => add(jobs, 'parent_pipeline');

const words = (checks: readonly Check[] = []) => checks.map(({ name, state }) => `${name}: ${state}`);
const placed = (checks: readonly Check[] = []) =>
  checks.map(({ name, workflow, state }) => `${workflow} > ${name}: ${state}`);

async function listed(env = shellEnv(server)): Promise<Check[]> {
  return (await (await hostIn(env)).host.listChecks?.(server.sha)) ?? [];
}

/** PACE as the job of this name in this pipeline. */
async function gateIn(pipeline: number, name = 'pace') {
  const id = server.statuses.find((row) => row.name === name && row.pipelineId === pipeline)?.id;
  const { host } = await hostIn(
    jobEnv(server, {
      PACE_GITLAB_TOKEN: server.token,
      ...{ CI_JOB_ID: String(id), CI_PIPELINE_ID: String(pipeline), CI_JOB_NAME: name },
      CI_JOB_URL: `${server.origin}/acme/pace-demo/-/jobs/${id}`,
    }),
  );
  const list = async () => (await host.listChecks?.(server.sha)) ?? [];
  const judged = async () => judgedSet(await list(), { ownId: (await host.ownCheck?.())?.id, ignored: [] });
  return { host, list, judged };
}

describe('the jobs of a child pipeline', () => {
  it('are judged, whether or not the trigger job waits for them, each as a job of its own', async () => {
    const inner = addChild(job('test', 'running'), job('lint', 'failed'));
    add([job('test', 'success'), child('child', inner, 'success')]);
    const found = await listed();
    expect(placed(found)).toEqual([
      'main > test: success',
      'main > child: success',
      'main (child) > test: pending',
      'main (child) > lint: failure',
    ]);
    expect(found.map(({ attempt }) => attempt)).toEqual([
      String(inner + 3),
      String(inner + 3),
      String(inner),
      String(inner),
    ]);
    expect(asked(server)).toEqual([
      `GET /repository/commits/${server.sha}/statuses?all=false&per_page=100`,
      `GET /pipelines/${inner + 3}/bridges?per_page=100`,
      `GET /pipelines/${inner}/jobs?per_page=100`,
      `GET /pipelines/${inner}/bridges?per_page=100`,
    ]);
  });

  it('are judged below a child, too, and once', async () => {
    const deepest = addChild(job('deep', 'failed'));
    const inner = addChild(job('test', 'success'), child('grandchild', deepest));
    add([child('child', inner)]);
    expect(placed(await listed())).toEqual([
      'main > child: pending',
      'main (child) > test: success',
      'main (child) > grandchild: pending',
      'main (child / grandchild) > deep: failure',
    ]);
  });

  it('may fail where the trigger job may', async () => {
    const deepest = addChild(job('deep', 'failed'));
    const inner = addChild(job('test', 'failed'), child('grandchild', deepest, 'failed'));
    add([child('child', inner, 'failed', { allowFailure: true })]);
    expect((await listed()).map(({ name, optional }) => [name, optional]).sort()).toEqual([
      ['child', true],
      ['deep', true],
      ['grandchild', true],
      ['test', true],
    ]);
  });

  it('of another project are that project’s matter', async () => {
    const elsewhere = server.setJobs(server.addCommit(), [job('test', 'failed')], {
      source: 'pipeline',
      projectId: 99,
    });
    add([child('deploy elsewhere', elsewhere, 'success'), child('none yet', 0, 'created')]);
    expect(words(await listed())).toEqual(['deploy elsewhere: success', 'none yet: pending']);
  });

  it('are left to the trigger job where the token may not see them', async () => {
    const inner = addChild(job('test', 'failed'));
    add([child('child', inner, 'success')]);
    server.trouble(({ path }) => path.endsWith('/bridges'), { status: 403, json: { message: '403 Forbidden' } });
    const { host, world } = await hostIn(shellEnv(server));
    expect(words(await host.listChecks?.(server.sha))).toEqual(['child: success']);
    expect(world.lines).toEqual([
      `debug: The trigger jobs of pipeline ${inner + 2} may not be read: they answer for their children.`,
    ]);
  });

  it('that come later start by themselves while the child goes on', async () => {
    const inner = addChild(job('build', 'success'), job('test', 'created'));
    add([child('child', inner, 'success')]);
    expect(words(await listed())).toEqual(['child: success', 'build: success', 'test: pending']);
  });
});

describe('PACE in a child pipeline', () => {
  it('waits neither for the trigger jobs above it, nor for what stands behind them, and judges its neighbours', async () => {
    const own = addChild(job('lint', 'success'), job('pace', 'running'), job('publish', 'created'));
    const middle = addChild(job('build', 'success'), child('gates', own));
    const other = addChild(job('test', 'failed'));
    add([child('sub', middle), child('other', other, 'success'), job('deploy', 'created')]);
    const { host, judged } = await gateIn(own);
    expect((await host.ownCheck?.())?.id).toBeDefined();
    expect(placed(await judged()).sort()).toEqual([
      'main (other) > test: failure',
      'main (sub / gates) > lint: success',
      'main (sub / gates) > publish: blocked',
      'main (sub) > build: success',
      'main (sub) > gates: blocked',
      'main > deploy: blocked',
      'main > other: success',
      'main > sub: blocked',
    ]);
  });

  it('says of a trigger job that does not wait what that says itself', async () => {
    const own = addChild(job('pace', 'running'));
    add([child('gates', own, 'success'), child('broken', 0, 'failed')]);
    expect(words(await (await gateIn(own)).judged())).toEqual(['gates: success', 'broken: failure']);
  });
});

describe('another run of PACE’s own job', () => {
  it.each([
    ['stands behind it in its resource group', 'waiting_for_resource'],
    ['has failed before', 'failed'],
    ['runs beside it', 'running'],
    ['is to come', 'created'],
  ])('that %s is neither waited for nor judged, whatever its pipeline is about', async (_, status) => {
    const own = add([job('test', 'success'), job('pace', 'running')]);
    add([job('pace', status), job('deploy', 'created')]);
    add([job('pace', status), job('e2e', 'success')], 'merge_request_event', 'refs/merge-requests/3/head');
    const checks = await (await gateIn(own)).judged();
    const counted = checks.filter(({ state }) => state !== 'blocked');
    const isTold = ['running', 'waiting_for_resource'].includes(status);
    expect(
      words(counted)
        .filter((word) => word !== 'deploy: pending')
        .sort(),
    ).toEqual(['e2e: success', 'test: success']);
    // nothing goes on in that pipeline but the gate
    if (isTold) expect(words(checks)).toContain('deploy: blocked');
  });

  it.each([
    ['gate: [api, 1]', 'gate: [web, 2]'],
    ['gate 1/2', 'gate 2/2'],
  ])('is another cell of its matrix: %s and %s', async (name, other) => {
    const own = add([job('test', 'success'), job(name, 'running'), job(other, 'running'), job('gate', 'running')]);
    const found = await (await gateIn(own, name)).judged();
    expect(words(found)).toEqual(['test: success', 'gate: pending']);
  });

  it('is no job that is only called alike: one of no matrix, in a child, or a status of others', async () => {
    const inner = addChild(job('gate', 'failed'));
    const own = add([job('gate', 'running'), job('gate 1/2', 'failed'), job('gates', 'failed'), child('child', inner)]);
    server.setStatuses(server.sha, [job('gate', 'failed', { targetUrl: 'https://ci.example.org/1' })]);
    const found = await (await gateIn(own, 'gate')).judged();
    expect(placed(found)).toEqual([
      'main > gate 1/2: failure',
      'main > gates: failure',
      'main > child: pending',
      'main > gate: failure',
      'main (child) > gate: failure',
    ]);
  });

  it('is none where the own job is not listed', async () => {
    const own = add([job('pace', 'failed')]);
    const { host } = await hostIn(
      jobEnv(server, { PACE_GITLAB_TOKEN: server.token, CI_JOB_ID: '1', CI_PIPELINE_ID: String(own) }),
    );
    expect((await host.listChecks?.(server.sha))?.map(({ isGate }) => isGate)).toEqual([undefined]);
  });
});

it('two gates in two pipelines know each other’s job by their statuses', async () => {
  const first = add([job('test', 'success'), job('one', 'running')]);
  const second = add(
    [job('two', 'running'), job('deploy', 'created')],
    'merge_request_event',
    'refs/merge-requests/3/head',
  );
  const [one, two] = [await gateIn(first, 'one'), await gateIn(second, 'two')];
  for (const [name, { host }] of [
    ['one', one],
    ['two', two],
  ] as const)
    await host.setCommitStatus?.(server.sha, {
      ...{ context: `pace/${name}`, state: 'pending', description: '', url: host.jobUrl?.() ?? '' },
    });
  expect(words(await one.judged())).toEqual(['test: success', 'deploy: blocked']);
  expect(words(await two.judged())).toEqual(['test: success', 'deploy: blocked']);
});

describe('a job that has not begun', () => {
  const MANUAL = 'somebody who may run jobs of the project';
  const SCHEDULED = 'its time, or somebody,';

  it.each<[string, JobToSet[], Check['waitsFor']]>([
    ['started by hand, at the end', [job('it', 'manual')], { kind: 'start', who: MANUAL, isBlocking: false }],
    [
      'started by hand, before others',
      [job('it', 'manual'), job('test', 'created')],
      { kind: 'start', who: MANUAL, isBlocking: true },
    ],
    [
      'started by hand, before one that was skipped for it',
      [job('it', 'manual'), job('test', 'skipped')],
      { kind: 'start', who: MANUAL, isBlocking: true },
    ],
    [
      'started by hand, with others before it',
      [job('test', 'created'), job('it', 'manual')],
      { kind: 'start', who: MANUAL, isBlocking: false },
    ],
    [
      'started by hand, and need not be',
      [job('it', 'manual', { allowFailure: true }), job('test', 'created')],
      { kind: 'start', who: MANUAL, isBlocking: false },
    ],
    [
      'started by hand, beside one that has run',
      [job('it', 'manual'), job('test', 'success')],
      { kind: 'start', who: MANUAL, isBlocking: false },
    ],
    ['delayed', [job('it', 'scheduled'), job('test', 'created')], { kind: 'start', who: SCHEDULED, isBlocking: true }],
  ])('and is %s', async (_, jobs, waitsFor) => {
    add(jobs);
    // that of another pipeline does not stand behind it
    add([job('later', 'created'), job('now', 'running')], 'schedule');
    const it_ = (await listed()).find(({ name }) => name === 'it');
    expect(it_).toMatchObject({ state: 'waiting', waitsFor });
  });

  it.each([
    ['waits for a resource', 'waiting_for_resource'],
    ['waits for another service', 'waiting_for_callback'],
    ['is being cancelled', 'canceling'],
  ])('or to end, and %s, waits for no person', async (_, status) => {
    add([job('it', status)]);
    const [found] = await listed();
    expect([found?.state, found?.vendorState, found?.waitsFor]).toEqual(['pending', status, undefined]);
  });
});

describe('a commit that was built again', () => {
  it('keeps the failure that a later pipeline has skipped or cancelled, and not the one that it has mended', async () => {
    add([job('a', 'failed'), job('b', 'failed'), job('c', 'failed'), job('d', 'success')]);
    add([job('a', 'skipped'), job('b', 'canceled'), job('c', 'success'), job('d', 'canceled')], 'schedule');
    const checks = await listed();
    expect(
      words(judgedSet(checks, { ignored: [] }))
        .filter((word) => !/skipped|cancelled/.test(word))
        .sort(),
    ).toEqual(['a: failure', 'b: failure', 'c: success', 'd: success']);
    expect(new Set(checks.map(({ attempt }) => attempt)).size).toBe(2);
  });

  it.each([
    ['skipped after it was broken', ['failed', 'skipped'], ['skipped', 'failure']],
    ['cancelled after it was broken', ['failed', 'canceled'], ['cancelled', 'failure']],
    ['broken after it was skipped', ['skipped', 'failed'], ['failure']],
    ['skipped each time', ['skipped', 'skipped'], ['skipped', 'skipped']],
  ])('is told where it was %s', async (_, statuses, states) => {
    for (const status of statuses) server.setJobs(server.sha, [], { status, isFurther: true });
    expect((await listed()).map(({ state }) => state)).toEqual(states);
  });

  it('is told by the jobs of the newest pipeline that has some, and those have run', async () => {
    server.setJobs(server.sha, [], { status: 'failed', isFurther: true });
    add([job('a', 'skipped'), job('b', 'created')]);
    add([job('c', 'created')], 'schedule');
    expect(words(await listed())).toContain('pipeline: failure');
    add([job('a', 'success'), job('b', 'created')]);
    expect(words(await listed())).not.toContain('pipeline: failure');
  });
});
