import { afterEach, describe, expect, it } from 'vitest';
import { judgedSet } from '../../../core/adapters/ci/settled-checks.ts';
import { buildData, type JenkinsOptions, type JenkinsServer, REMOTE, startJenkins } from '../../support/jenkins.ts';
import { newWorkspace } from '../../support/workspace.ts';
import { buildEnv, hostIn, shellEnv } from './bench.ts';

const SHA = 'beef'.repeat(10);
const OTHER = 'cafe'.repeat(10);
const DAY = 86_400_000;

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(options: JenkinsOptions = {}): Promise<JenkinsServer> {
  const server = await startJenkins(options);
  open.push(server);
  return server;
}

async function listed(server: JenkinsServer, more: Record<string, string> = {}, cwd?: string) {
  const { host } = await hostIn({ ...shellEnv(server), ...more }, cwd);
  const checks = (await host.listChecks?.(SHA)) ?? [];
  return Object.fromEntries(checks.map(({ id, state }) => [id, state]));
}

describe('where builds are found', () => {
  it('in folders, however deep, and in the branches of a multibranch job', async () => {
    const server = await start({ prefix: '/ci' });
    const jobs = ['lint', 'acme/shop/main', 'acme/shop/feature%2Fx', 'a/b/c/d/e/f/deep job'];
    for (const job of jobs) server.addBuild({ job, sha: SHA, result: 'SUCCESS' });
    const { host } = await hostIn(shellEnv(server));
    const checks = (await host.listChecks?.(SHA)) ?? [];
    expect(checks.map(({ name }) => name).sort()).toEqual(jobs.toSorted());
    const branch = checks.find(({ name }) => name === 'acme/shop/feature%2Fx');
    expect(branch).toEqual({
      id: 'acme/shop/feature%2Fx#1',
      name: 'acme/shop/feature%2Fx',
      app: 'jenkins',
      workflow: '',
      attempt: '1',
      state: 'success',
      vendorState: 'SUCCESS',
      optional: false,
      url: `${server.url}/job/acme/job/shop/job/feature%252Fx/1/`,
      startedAt: expect.any(Number),
      completedAt: expect.any(Number),
    });
  });

  it('in the folder of the own job, else in what the settings name', async () => {
    const server = await start();
    for (const job of ['acme/shop/main', 'acme/tools/lint', 'other/main'])
      server.addBuild({ job, sha: SHA, result: 'SUCCESS' });
    const inJob = buildEnv(server, 'acme/shop/gate', 1);
    expect(await listed(server, inJob)).toEqual({ 'acme/shop/main#1': 'success' });
    const named = { PACE_JENKINS_JOBS: 'acme/tools/lint, /other/' };
    expect(await listed(server, { ...inJob, ...named })).toEqual({
      'acme/tools/lint#1': 'success',
      'other/main#1': 'success',
    });
  });

  it('far behind the newest ones, and later looks cost one request', async () => {
    const server = await start();
    server.addBuild({ job: 'shop', sha: SHA, result: 'FAILURE' });
    for (let count = 0; count < 350; count += 1) server.addBuild({ job: 'shop', sha: OTHER, result: 'SUCCESS' });
    const { host } = await hostIn(shellEnv(server));
    const first = await host.listChecks?.(SHA);
    expect(first?.map(({ id, state }) => [id, state])).toEqual([['shop#1', 'failure']]);
    const before = server.exchanges.length;
    expect(before).toBe(5);
    expect(await host.listChecks?.(SHA)).toEqual(first);
    server.addBuild({ job: 'shop', sha: SHA, result: 'SUCCESS' });
    const again = await host.listChecks?.(SHA);
    expect(again?.map(({ id }) => id)).toEqual(['shop#1', 'shop#352']);
    expect(server.exchanges.length - before).toBe(2);
    expect(judgedSet(again ?? [], { ignored: [] }).map(({ id }) => id)).toEqual(['shop#352']);
  });

  it('not further back than the commit is old', async () => {
    const workspace = await newWorkspace({ 'a.txt': 'a' });
    open.push({ close: () => workspace.dispose() });
    const sha = await workspace.git('rev-parse', 'HEAD');
    const server = await start();
    const startedAt = Date.now() - 3 * DAY;
    for (let count = 0; count < 200; count += 1)
      server.addBuild({ job: 'shop', sha: OTHER, result: 'SUCCESS', startedAt });
    const { host } = await hostIn(shellEnv(server), workspace.path);
    expect(await host.listChecks?.(sha)).toEqual([]);
    expect(server.exchanges.length).toBe(1);
  });

  it('not further back than a thousand builds, which is said', async () => {
    const server = await start();
    for (let count = 0; count < 1100; count += 1) server.addBuild({ job: 'shop', sha: OTHER, result: 'SUCCESS' });
    const { host, world } = await hostIn(shellEnv(server));
    expect(await host.listChecks?.(SHA)).toEqual([]);
    expect(world.lines).toEqual(['warn: shop: only the newest 1020 builds are looked through.']);
  });

  it('a build that was still checking out is looked at again', async () => {
    const server = await start();
    const build = server.addBuild({ job: 'shop' });
    const { host } = await hostIn(shellEnv(server));
    expect(await host.listChecks?.(SHA)).toEqual([]);
    for (let count = 0; count < 30; count += 1) server.addBuild({ job: 'shop', sha: OTHER, result: 'SUCCESS' });
    expect(await host.listChecks?.(SHA)).toEqual([]);
    build.actions.push(buildData(SHA));
    expect((await host.listChecks?.(SHA))?.map(({ id, state }) => [id, state])).toEqual([['shop#1', 'pending']]);
  });
});

describe('which builds are of the commit', () => {
  it('one of several checkouts is enough; with a remote, only what came from there', async () => {
    const server = await start();
    const library = 'git@git.example.org:acme/library.git';
    server.addBuild({ job: 'shop', result: 'SUCCESS', actions: [buildData(OTHER, library), buildData(SHA)] });
    server.addBuild({ job: 'user', result: 'FAILURE', actions: [buildData(SHA, library), buildData(OTHER)] });
    expect(await listed(server)).toEqual({ 'shop#1': 'success', 'user#1': 'failure' });
    const remote = 'ssh://git@git.example.org:7999/acme/shop.git';
    expect(await listed(server, { PACE_JENKINS_REMOTE: remote })).toEqual({ 'shop#1': 'success' });
    expect(await listed(server, { PACE_JENKINS_REMOTE: REMOTE.toUpperCase() })).toEqual({});
  });

  it('a branch of a multibranch job that has not checked out yet', async () => {
    const server = await start();
    server.addBuild({ job: 'shop/main', actions: [{ revision: { hash: SHA } }] });
    expect(await listed(server)).toEqual({ 'shop/main#1': 'pending' });
  });

  it('a pull request that is built as a merge, by its head', async () => {
    const server = await start();
    const asked = { buildNumber: 1, marked: { SHA1: SHA } };
    const earlier = { buildNumber: 7, marked: { SHA1: SHA } };
    const merged = { ...buildData(OTHER), buildsByBranchName: { 'PR-1': asked } };
    const older = { ...buildData(OTHER), buildsByBranchName: { 'PR-2': earlier } };
    server.addBuild({ job: 'shop/PR-1', result: 'SUCCESS', actions: [merged] });
    server.addBuild({ job: 'shop/PR-2', result: 'FAILURE', actions: [older] });
    server.addBuild({ job: 'shop/PR-3', result: 'SUCCESS', actions: [{ revision: { pullHash: SHA } }] });
    expect(await listed(server, { CHANGE_ID: '1' })).toEqual({ 'shop/PR-1#1': 'success', 'shop/PR-3#1': 'success' });
    expect(await listed(server)).toEqual({ 'shop/PR-3#1': 'success' });
  });
});

describe('how builds are read', () => {
  it('a result that is set before the end counts only at the end', async () => {
    const server = await start();
    server.addBuild({ job: 'early', sha: SHA, result: 'UNSTABLE', building: true });
    server.addBuild({ job: 'odd', sha: SHA, result: 'SPLENDID' });
    expect(await listed(server)).toEqual({ 'early#1': 'pending', 'odd#1': 'unknown' });
  });

  it('an unstable build is a failure, or what the settings say', async () => {
    const server = await start();
    server.addBuild({ job: 'shop', sha: SHA, result: 'UNSTABLE' });
    expect(await listed(server)).toEqual({ 'shop#1': 'failure' });
    expect(await listed(server, { PACE_JENKINS_UNSTABLE: 'neutral' })).toEqual({ 'shop#1': 'neutral' });
    const bad = hostIn({ ...shellEnv(server), PACE_JENKINS_UNSTABLE: 'fine' });
    await expect(bad).rejects.toMatchObject({ kind: 'configuration', remedy: expect.stringContaining('neutral') });
  });

  it('all builds of the own job are the own check, also when this one tells no commit', async () => {
    const server = await start();
    server.addBuild({ job: 'shop/gate', sha: SHA, result: 'FAILURE' });
    server.addBuild({ job: 'shop/gate' });
    server.addBuild({ job: 'shop/main', sha: SHA, result: 'SUCCESS' });
    const { host } = await hostIn(buildEnv(server, 'shop/gate', 2));
    const own = await host.ownCheck?.();
    const all = (await host.listChecks?.(SHA)) ?? [];
    expect(own).toEqual({ id: 'shop/gate#2' });
    expect(all.map(({ id }) => id).sort()).toEqual(['shop/gate#1', 'shop/gate#2', 'shop/main#1']);
    expect(judgedSet(all, { ownId: own?.id, ignored: [] }).map(({ id }) => id)).toEqual(['shop/main#1']);
  });

  it('a build that was not built, or aborted, hides no failure of one before it, and no pass', async () => {
    const server = await start();
    for (const result of ['FAILURE', 'NOT_BUILT']) server.addBuild({ job: 'skipped', sha: SHA, result });
    for (const result of ['FAILURE', 'ABORTED']) server.addBuild({ job: 'stopped', sha: SHA, result });
    for (const result of ['SUCCESS', 'ABORTED']) server.addBuild({ job: 'passed', sha: SHA, result });
    const { host } = await hostIn(shellEnv(server));
    const all = (await host.listChecks?.(SHA)) ?? [];
    expect(all.map(({ id, attempt }) => [id, attempt])).toContainEqual(['skipped#2', '2']);
    const judged = judgedSet(all, { ignored: [] }).map(({ id, state }) => `${id}: ${state}`);
    expect(judged).toEqual(expect.arrayContaining(['skipped#1: failure', 'stopped#1: failure', 'passed#1: success']));
    expect(judged).not.toContain('passed#2: cancelled');
  });

  it('a build that asks for an answer waits for a person, one that has been answered does not', async () => {
    const server = await start();
    const input = (displayName: string | null) => ({
      ...{ _class: 'org.jenkinsci.plugins.workflow.support.steps.input.InputAction', displayName },
    });
    const other = { _class: 'org.example.OtherAction', displayName: 'Other' };
    server.addBuild({ job: 'asks', actions: [buildData(SHA), other, input('Paused for Input')] });
    server.addBuild({ job: 'answered', actions: [buildData(SHA), other, input(null)] });
    server.addBuild({ job: 'ended', result: 'ABORTED', actions: [buildData(SHA), input('Paused for Input')] });
    const { host } = await hostIn(shellEnv(server));
    const all = (await host.listChecks?.(SHA)) ?? [];
    expect(all.map(({ id, state, vendorState, waitsFor }) => ({ id, state, vendorState, waitsFor }))).toEqual([
      {
        ...{ id: 'asks#1', state: 'waiting', vendorState: 'paused for input' },
        waitsFor: { kind: 'start', who: 'somebody who may answer its input step', isBlocking: true },
      },
      { id: 'answered#1', state: 'pending', vendorState: 'building', waitsFor: undefined },
      { id: 'ended#1', state: 'cancelled', vendorState: 'ABORTED', waitsFor: undefined },
    ]);
  });

  it.each([
    ['an earlier build of its own', 'Build #3 is already in progress (ETA: 5 min)', 'pending'],
    ['another job', 'Upstream project gatekeeper is already building.', 'pending'],
    ['PACE itself', 'Upstream project acme » gate is already building.', 'blocked'],
    ['something that is not told', undefined, 'blocked'],
  ])('a queued build that is held up by %s is %s', async (_, why, state) => {
    const server = await start();
    server.addBuild({ job: 'acme/gate', sha: SHA });
    server.addBuild({ job: 'acme/next', sha: OTHER, result: 'SUCCESS' });
    const row = { id: 5, inQueueSince: Date.now(), blocked: true, actions: [{ parameters: [{ value: SHA }] }] };
    server.queue('acme/next', why === undefined ? row : { ...row, why });
    expect(await listed(server, buildEnv(server, 'acme/gate', 1))).toMatchObject({ 'acme/next#queued-5': state });
    // from elsewhere nothing can stand behind PACE
    expect(await listed(server)).toMatchObject({ 'acme/next#queued-5': 'pending' });
  });

  it('queued builds are waited for where they may be of the commit', async () => {
    const server = await start();
    const inQueueSince = Date.now();
    const parameters = [{ parameters: [{ name: 'COMMIT', value: SHA }] }];
    server.addBuild({ job: 'asked', sha: SHA, result: 'FAILURE' });
    server.queue('asked', { id: 1, inQueueSince, actions: [{}, ...parameters] });
    server.addBuild({ job: 'done', sha: SHA, result: 'SUCCESS' });
    server.queue('done', { id: 2, inQueueSince });
    server.addBuild({ job: 'ours', sha: OTHER, result: 'SUCCESS' });
    server.queue('ours', { id: 3, inQueueSince });
    server.addBuild({ job: 'foreign', sha: OTHER, result: 'SUCCESS', remote: 'https://git.example.org/acme/other' });
    server.queue('foreign', { id: 4, inQueueSince });
    server.addBuild({ job: 'later', sha: OTHER, result: 'SUCCESS' });
    server.queue('later', { id: 5, inQueueSince, blocked: true });
    server.addBuild({ job: 'gate', sha: SHA });
    server.queue('gate', { id: 6, inQueueSince, actions: parameters });
    expect(await listed(server, { ...buildEnv(server, 'gate', 1), PACE_JENKINS_REMOTE: REMOTE })).toEqual({
      'asked#1': 'failure',
      'asked#queued-1': 'pending',
      'done#1': 'success',
      'ours#queued-3': 'pending',
      'later#queued-5': 'blocked',
      'gate#1': 'pending',
    });
  });
});
