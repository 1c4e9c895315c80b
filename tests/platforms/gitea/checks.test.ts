import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judgedSet } from '../../../core/adapters/ci/settled-checks.ts';
import type { Check } from '../../../core/ports/index.ts';
import { type GiteaOptions, type GiteaServer, type RunToAdd, startGitea } from '../../support/gitea.ts';
import { asked, expectDescribed, hostIn, jobEnv, shellEnv } from './bench.ts';

let server: GiteaServer;

beforeEach(async () => {
  server = await startGitea({ release: 'newer' });
});
afterEach(async () => {
  expectDescribed(server);
  await server.close();
});

async function restart(options: GiteaOptions): Promise<void> {
  await server.close();
  server = await startGitea({ release: 'newer', ...options });
}

const addRun = (run: Omit<RunToAdd, 'sha'>) => server.addRun({ sha: server.state.sha, ...run });
const one = (name: string, status: string) => [{ name, status }];

async function listed(env = shellEnv(server)): Promise<Check[]> {
  return (await (await hostIn(env)).host.listChecks?.(server.state.sha)) ?? [];
}
const words = (checks: readonly Check[]) => checks.map(({ name, state }) => `${name}: ${state}`);

/** The gate as the job of this name in this run, with its commit status set as it begins. */
async function gateIn(run: { id: number; number: number }, job = 'gate', context = 'pace/gate') {
  const ids = { GITHUB_RUN_ID: String(run.id), GITHUB_RUN_NUMBER: String(run.number) };
  const { host, world } = await hostIn(jobEnv(server, { ...ids, GITHUB_JOB: job }));
  const setStatus = async (state: 'pending' | 'failure', url = host.jobUrl?.() ?? '') =>
    host.setCommitStatus?.(server.state.sha, { context, state, description: state, url });
  const judged = async () => {
    const own = await host.ownCheck?.();
    return words(judgedSet((await host.listChecks?.(server.state.sha)) ?? [], { ownId: own?.id, ignored: [] }));
  };
  return { host, world, setStatus, judged };
}

describe.each<[string, GiteaOptions]>([
  ['Gitea', {}],
  ['Gitea 1.27', { newWords: true }],
  ['Forgejo', { flavour: 'forgejo' }],
  ['a server without a list of runs', { release: '1.22', flavour: 'forgejo' }],
])('on %s', (_, options) => {
  beforeEach(() => restart(options));

  it.each([
    ['that has no name', '', 'gate'],
    ['whose name has slashes', 'CI / nightly', 'gate'],
    ['whose job has slashes', 'CI', 'lint / gate'],
    ['without a name, whose job has slashes', '', 'lint / gate'],
  ])('the own job is known in a workflow %s, beside other jobs that run', async (_what, name, job) => {
    const run = addRun({ name, jobs: [...one('test', 'running'), ...one(job, 'running'), ...one('pacer', 'running')] });
    addRun({ name: 'Other', workflow: 'other.yml', jobs: one('gate', 'running') });
    const { judged, world } = await gateIn(run, job);
    const left = await judged();
    expect(left.filter((each) => each.includes(`${job} (push)`))).toEqual(
      ['Other / gate (push): pending'].slice(job === 'gate' ? 0 : 1),
    );
    expect(left.length).toBe(3);
    expect(world.lines.filter((line) => !line.startsWith('debug'))).toEqual([]);
  });

  it('a gate in another event’s run of the same workflow, and in another cell of the matrix, is not waited for', async () => {
    const cells = [...one('gate (a)', 'running'), ...one('gate (b)', 'running')];
    const run = addRun({ jobs: [...one('test', 'success'), ...cells] });
    const { host } = await hostIn(
      jobEnv(server, {
        ...{ GITHUB_RUN_ID: String(run.id), GITHUB_RUN_NUMBER: String(run.number), GITHUB_JOB: 'gate (a)' },
      }),
    );
    expect(await host.ownCheck?.()).toBeDefined();
    addRun({ event: 'pull_request', jobs: [...one('gate (a)', 'waiting'), ...one('test', 'running')] });
    const found = (await host.listChecks?.(server.state.sha)) ?? [];
    expect(words(found.filter(({ isGate }) => isGate)).sort()).toEqual([
      'CI / gate (a) (pull_request): pending',
      'CI / gate (a) (push): pending',
    ]);
    expect(words(found.filter(({ isGate }) => !isGate)).sort()).toEqual([
      'CI / gate (b) (push): pending',
      'CI / test (pull_request): pending',
      'CI / test (push): success',
    ]);
    // the key in the workflow file is that of the whole matrix
    const ids = { GITHUB_RUN_ID: String(run.id), GITHUB_RUN_NUMBER: String(run.number) };
    server.setJob(run, 2, 'waiting');
    const cell = await hostIn(jobEnv(server, { ...ids, GITHUB_JOB: 'gate' }));
    const own = await cell.host.ownCheck?.();
    const seen = (await cell.host.listChecks?.(server.state.sha)) ?? [];
    expect(words(judgedSet(seen, { ownId: own?.id, ignored: [] })).sort()).toEqual([
      'CI / test (pull_request): pending',
      'CI / test (push): success',
    ]);
  });

  it('two gates in two workflows are known to each other by their statuses, and judge by neither job', async () => {
    const first = addRun({ name: 'First', workflow: 'first.yml', jobs: one('one', 'running') });
    const second = addRun({
      name: 'Second',
      workflow: 'second.yml',
      jobs: [...one('test', 'success'), ...one('two', 'running')],
    });
    const one_ = await gateIn(first, 'one', 'pace/one');
    const two = await gateIn(second, 'two', 'pace/two');
    await one_.setStatus('pending');
    await two.setStatus('pending');
    expect(await one_.judged()).toEqual(['Second / test (push): success']);
    expect(await two.judged()).toEqual(['Second / test (push): success']);
    expect(
      server.state.statuses.filter(({ context }) => context.startsWith('pace/')).map(({ targetUrl }) => targetUrl),
    ).toEqual([one_.host.jobUrl?.(), two.host.jobUrl?.()]);
    expect(one_.host.jobUrl?.()).toMatch(/\/actions\/runs\/\d+\/jobs\/\d+$/);
  });

  it('a job of one name in two runs of a commit counts once, and what is skipped or cancelled hides no failure', async () => {
    const run = addRun({ jobs: [...one('a', 'failure'), ...one('b', 'success'), ...one('c', 'failure')] });
    expect(run.jobs.length).toBe(3);
    addRun({ jobs: [...one('a', 'skipped'), ...one('b', 'cancelled'), ...one('c', 'success')] });
    expect(words(await listed()).sort()).toEqual([
      'CI / a (push): failure',
      'CI / a (push): skipped',
      'CI / b (push): cancelled',
      'CI / b (push): success',
      'CI / c (push): success',
    ]);
    const a = (await listed()).filter(({ name }) => name === 'CI / a (push)');
    expect(a[0]?.workflow).toBe(a[1]?.workflow);
    expect(new Set(a.map(({ attempt }) => attempt)).size).toBe(2);
    expect(new Set((await listed()).map(({ id }) => id)).size).toBe(5);
  });

  it('two jobs of one name in one run are two', async () => {
    const run = addRun({ jobs: [...one('test', 'running'), ...one('test', 'running')] });
    server.setJob(run, 0, 'failure');
    server.setJob(run, 1, 'success');
    const found = await listed();
    expect(words(found)).toEqual(['CI / test (push): success', 'CI / test (push): failure']);
    expect(found[0]?.attempt).toBe(found[1]?.attempt);
  });
});

describe('what is hidden behind the newest status', () => {
  it('is asked for once all has ended, and again when something has changed', async () => {
    const run = addRun({ jobs: [...one('a', 'running'), ...one('b', 'skipped')] });
    const { host } = await hostIn(shellEnv(server));
    const look = async () => {
      server.exchanges.length = 0;
      await host.listChecks?.(server.state.sha);
      return asked(server).filter((line) => line.includes('/statuses?')).length;
    };
    expect(await look()).toBe(0);
    server.setJob(run, 0, 'success');
    expect([await look(), await look()]).toEqual([1, 0]);
    server.setJob(run, 0, 'failure');
    expect(await look()).toBe(1);
  });

  it('is asked for while nothing but gates runs', async () => {
    addRun({ jobs: one('a', 'failure') });
    addRun({ jobs: one('a', 'skipped') });
    const other = addRun({ workflow: 'other.yml', name: 'Other', jobs: one('verdict', 'running') });
    const own = addRun({ workflow: 'gate.yml', name: 'Gate', jobs: one('gate', 'running') });
    await (await gateIn(other, 'verdict', 'pace/other')).setStatus('pending');
    const { host } = await gateIn(own);
    await host.ownCheck?.();
    expect(words((await host.listChecks?.(server.state.sha)) ?? [])).toContain('CI / a (push): failure');
  });

  it('of a run that was started again is its last result, where the new attempt has none', async () => {
    const run = addRun({ jobs: [...one('a', 'success'), ...one('b', 'failure')] });
    for (const place of [0, 1]) server.setJob(run, place, 'running');
    for (const place of [0, 1]) server.setJob(run, place, 'cancelled');
    const found = await listed();
    expect(words(found).sort()).toEqual([
      'CI / a (push): cancelled',
      'CI / a (push): success',
      'CI / b (push): cancelled',
      'CI / b (push): failure',
    ]);
    expect(new Set(found.map(({ attempt }) => attempt)).size).toBeGreaterThan(1);
    expect(new Set(found.map(({ id }) => id)).size).toBe(4);
    for (const place of [0, 1]) server.setJob(run, place, 'success');
    expect(words(await listed()).sort()).toEqual(['CI / a (push): success', 'CI / b (push): success']);
  });

  it('is no attempt before the one that mended it, though that has a job of another number', async () => {
    const run = addRun({ jobs: one('a', 'failure') });
    Object.assign(run.jobs[0] ?? {}, { id: 999_999 });
    server.setJob(run, 0, 'waiting');
    server.setJob(run, 0, 'success');
    expect(words(await listed())).toEqual(['CI / a (push): success']);
  });

  it('is what a filtered workflow would have run: its skip has no job, and hides nothing', async () => {
    const { sha } = server.state;
    addRun({ jobs: one('a', 'failure') });
    const skip = { sha, context: 'CI / a (push)', state: 'skipped', description: 'Skipped', targetUrl: '' };
    server.state.statuses.push({ ...skip, id: 9, at: server.state.time() });
    expect(words(await listed())).toEqual(['CI / a (push): skipped', 'ci.yml / a (push): failure']);
    addRun({ jobs: one('b', 'success') });
    const found = await listed();
    expect(words(found)).toEqual(['CI / b (push): success', 'CI / a (push): skipped', 'CI / a (push): failure']);
    expect(new Set(found.map(({ id }) => id)).size).toBe(3);
  });

  it('is not asked for where no job has written a status', async () => {
    server.setStatuses(server.state.sha, [{ context: 'lint', state: 'success' }]);
    await listed();
    expect(asked(server).map((line) => line.split('?')[0])).toEqual([
      `GET /commits/${server.state.sha}/status`,
      'GET /actions/runs',
    ]);
  });

  it('is nothing where the server does not keep it', async () => {
    addRun({ jobs: one('a', 'skipped') });
    server.trouble(({ path }) => path.endsWith('/statuses'), { status: 404, json: {} });
    expect(words(await listed())).toEqual(['CI / a (push): skipped']);
  });
});

describe('runs without statuses', () => {
  it.each([
    ['failed', ['failure', 'skipped'], ['scan: skipped', 'scan: failure'], 2],
    [
      'failed, was cancelled',
      ['failure', 'cancelled', 'skipped'],
      ['scan: skipped', 'scan: cancelled', 'scan: failure'],
      3,
    ],
    ['passed', ['success', 'skipped'], ['scan: skipped'], 1],
    ['failed, then passed', ['failure', 'success', 'skipped'], ['scan: skipped', 'scan: success'], 2],
    ['failed, then ran', ['failure', 'running'], ['scan: pending'], 1],
  ])('of a schedule that %s, and then…', async (_, states, expected, requests) => {
    for (const status of states) addRun({ workflow: 'scan.yml', event: 'schedule', jobs: one('scan', status) });
    const found = await listed();
    expect(
      found.map(({ name, state }) => `${name.replace(/^scan.yml \/ (.*) \(schedule\)$/, '$1')}: ${state}`),
    ).toEqual(expected);
    expect(asked(server).filter((line) => /\/runs\/\d+\/jobs/.test(line)).length).toBe(requests);
    expect(new Set(found.map(({ attempt }) => attempt)).size).toBe(found.length);
  });

  it('are told by a later run of the same workflow and event that has some', async () => {
    addRun({ jobs: one('a', 'failure') });
    addRun({ jobs: one('a', 'success') });
    expect(words(await listed())).toEqual(['CI / a (push): success']);
    addRun({ workflow: 'ci.yml', event: 'workflow_dispatch', jobs: one('a', 'failure') });
    expect(words(await listed())).toEqual(['CI / a (push): success', 'ci.yml / a (workflow_dispatch): failure']);
  });
});

describe('a job that has not begun', () => {
  const approval = { kind: 'approval', who: 'somebody who may write to acme/pace-demo' };

  it.each<[string, GiteaOptions]>([
    ['Gitea', {}],
    ['Gitea 1.27', { newWords: true }],
    ['Forgejo', { flavour: 'forgejo' }],
    ['a server without a list of runs', { release: '1.22', flavour: 'forgejo' }],
  ])('on %s waits for a person where the run of a stranger’s pull request does', async (_, options) => {
    await restart(options);
    const jobs = [...one('test', 'blocked'), ...one('deploy', 'blocked')];
    addRun({ event: 'pull_request', needsApproval: true, jobs });
    addRun({ event: 'pull_request_target', workflow: 'small.yml', needsApproval: true, jobs: one('label', 'blocked') });
    const found = await listed();
    expect(found.map(({ name, state, waitsFor }) => ({ name, state, waitsFor }))).toEqual([
      { name: 'CI / label (pull_request_target)', state: 'waiting', waitsFor: { ...approval, isBlocking: false } },
      { name: 'CI / deploy (pull_request)', state: 'waiting', waitsFor: { ...approval, isBlocking: true } },
      { name: 'CI / test (pull_request)', state: 'waiting', waitsFor: { ...approval, isBlocking: true } },
    ]);
    expect(found.map(({ vendorState }) => vendorState)).toEqual(Array(3).fill('Blocked by required conditions'));
  });

  it.each<[string, GiteaOptions, RunToAdd['jobs'], string, string[]]>([
    [
      'behind a job that runs',
      {},
      [...one('a', 'running'), ...one('b', 'blocked')],
      'push',
      ['b: blocked', 'a: pending'],
    ],
    [
      'behind a job that runs, in new words',
      { newWords: true },
      [...one('a', 'running'), ...one('b', 'needs')],
      'push',
      ['b: blocked', 'a: pending'],
    ],
    [
      'behind one that has just ended',
      {},
      [...one('a', 'success'), ...one('b', 'blocked')],
      'pull_request',
      ['b: pending', 'a: success'],
    ],
    ['of a push that another run holds up', { newWords: true }, one('a', 'blocked'), 'push', ['a: pending']],
    [
      'of a pull request that another run holds up',
      { newWords: true },
      one('a', 'blocked'),
      'pull_request',
      ['a: pending'],
    ],
    ['of an approved pull request', { flavour: 'forgejo' }, one('a', 'blocked'), 'pull_request', ['a: pending']],
    [
      'behind one that is being cancelled',
      { newWords: true },
      [...one('a', 'cancelling'), ...one('b', 'needs')],
      'push',
      ['b: blocked', 'a: pending'],
    ],
  ])('%s does so by itself', async (_, options, jobs, event, expected) => {
    await restart(options);
    addRun({ event, jobs });
    expect((await listed()).map(({ name, state }) => `${name.split(' ')[2]}: ${state}`)).toEqual(expected);
  });

  it('of a schedule is known by Gitea’s newer words too', async () => {
    await restart({ newWords: true });
    addRun({ event: 'schedule', jobs: [...one('a', 'running'), ...one('b', 'needs'), ...one('c', 'blocked')] });
    expect((await listed()).map(({ state, vendorState }) => [state, vendorState])).toEqual([
      ['pending', 'in_progress'],
      ['blocked', 'requested'],
      ['blocked', 'pending'],
    ]);
  });
});

describe('the status of a gate', () => {
  it('leads to the page of the run where the own job cannot be told, and is said once', async () => {
    const run = addRun({ jobs: [...one('One', 'running'), ...one('Two', 'running')] });
    const { host, world, setStatus } = await gateIn(run);
    await setStatus('pending');
    expect(server.state.statuses.at(-1)?.targetUrl).toBe(`${server.origin}/acme/pace-demo/actions/runs/1?by_index=1`);
    expect(await host.ownCheck?.()).toBeUndefined();
    expect(world.lines.filter((line) => line.includes('may wait for itself')).length).toBe(1);
  });

  it('is set without its job where that cannot be looked for', async () => {
    const run = addRun({ jobs: one('gate', 'running') });
    const { setStatus } = await gateIn(run);
    server.trouble(({ path }) => path.endsWith('/status'), { status: 503, json: {} }, 20);
    await setStatus('pending');
    expect(server.state.statuses.at(-1)?.targetUrl).toContain('/actions/runs/1?by_index=1');
  });

  it('that leads elsewhere is sent as it is, without a look', async () => {
    const run = addRun({ jobs: one('gate', 'running') });
    const { setStatus } = await gateIn(run);
    await setStatus('failure', 'https://tracker.example.org/7#pace-job-1f');
    expect(asked(server)).toEqual([`POST /statuses/${server.state.sha}`]);
    expect(server.state.statuses.at(-1)?.targetUrl).toBe('https://tracker.example.org/7#pace-job-1f');
  });

  it('is a status, whatever it leads to, and does not make its run one with statuses', async () => {
    const run = addRun({ event: 'schedule', jobs: [...one('scan', 'failure'), ...one('gate', 'running')] });
    const { host, setStatus } = await gateIn(run);
    await setStatus('pending');
    const found = (await host.listChecks?.(server.state.sha)) ?? [];
    expect(found.map(({ name, app }) => [name, app])).toEqual([
      ['pace/gate', 'status'],
      ['ci.yml / scan (schedule)', 'gitea-actions'],
      ['ci.yml / gate (schedule)', 'gitea-actions'],
    ]);
  });

  it('of a run whose own red job was an earlier one leads the gate that mends it past that job', async () => {
    const red = addRun({ workflow: 'gate.yml', name: 'Gate', jobs: one('gate', 'running') });
    const first = await gateIn(red);
    await first.setStatus('pending');
    server.setJob(red, 0, 'failure');
    await first.setStatus('failure', `${server.origin}/acme/pace-demo/issues/1#pace-job-${'0'.repeat(24)}`);
    addRun({ jobs: one('test', 'success') });
    const green = addRun({ workflow: 'gate.yml', name: 'Gate', jobs: one('gate', 'running') });
    expect(await (await gateIn(green)).judged()).toEqual(['CI / test (push): success']);
  });
});
