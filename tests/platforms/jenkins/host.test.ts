import { afterEach, describe, expect, it } from 'vitest';
import type { GateNeeds } from '../../../core/ports/index.ts';
import { type JenkinsOptions, type JenkinsServer, startJenkins } from '../../support/jenkins.ts';
import { newWorkspace, type Workspace } from '../../support/workspace.ts';
import { buildEnv, hostIn, shellEnv } from './bench.ts';

const SHA = 'beef'.repeat(10);

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(options: JenkinsOptions = {}): Promise<JenkinsServer> {
  const server = await startJenkins(options);
  open.push(server);
  return server;
}

const requests = ({ exchanges }: JenkinsServer) =>
  exchanges.map(({ asked: { method, path }, answer }) => `${method} ${path} ${answer.status}`);

describe('the description of the build', () => {
  it('is set by one request with an API token, without anything that a formatter could obey', async () => {
    const server = await start({ prefix: '/ci' });
    server.addBuild({ job: 'acme/gate' });
    const { host } = await hostIn(buildEnv(server, 'acme/gate', 1));
    await host.describeRun?.('PACE day 3: 🔴 HOLD (unit: <img src=x onerror="x"> & co)');
    expect(server.build('acme/gate', 1)?.description).toBe('PACE day 3: 🔴 HOLD (unit: ‹img src=x onerror="x"› & co)');
    expect(requests(server)).toEqual(['POST /ci/job/acme/job/gate/1/submitDescription 302']);
  });

  it('is set with a crumb and its session where a password stands for the token', async () => {
    const server = await start({ password: 'geheim: ü' });
    server.addBuild({ job: 'gate' });
    const { host } = await hostIn(buildEnv(server, 'gate', 1));
    await host.describeRun?.('PACE day 3: ✅ SHIP');
    expect(server.build('gate', 1)?.description).toBe('PACE day 3: ✅ SHIP');
    expect(requests(server)).toEqual([
      'POST /job/gate/1/submitDescription 403',
      'GET /crumbIssuer/api/json 200',
      'POST /job/gate/1/submitDescription 302',
    ]);
  });

  it('a crumb that does not help is a refusal that names API tokens', async () => {
    const server = await start({ password: 'secret' });
    server.addBuild({ job: 'gate' });
    server.trouble(({ path }) => path.startsWith('/crumbIssuer'), { json: { crumb: 'x', crumbRequestField: 'X' } });
    const { host } = await hostIn(buildEnv(server, 'gate', 1));
    await expect(host.describeRun?.('x')).rejects.toMatchObject({
      kind: 'permission',
      operation: 'describeRun',
      remedy: expect.stringContaining('API token'),
    });
  });

  it('a missing permission is named, and no crumb is asked for', async () => {
    const server = await start({ lacks: ['hudson.model.Run.Update'] });
    server.addBuild({ job: 'gate' });
    const { host } = await hostIn(buildEnv(server, 'gate', 1));
    await expect(host.describeRun?.('x')).rejects.toMatchObject({
      kind: 'permission',
      message: 'The user may not describe the build (requires Run/Update).',
      remedy: 'Please give the user Overall/Read, Job/Read and Run/Update.',
    });
    expect(requests(server)).toEqual(['POST /job/gate/1/submitDescription 403']);
  });

  it('a redirect to a login page is no success', async () => {
    const server = await start();
    const { host } = await hostIn(buildEnv(server, 'gate', 1));
    server.trouble(() => true, { status: 302, headers: { location: '/login?from=%2Fjob%2Fgate' } });
    await expect(host.describeRun?.('x')).rejects.toMatchObject({ kind: 'authentication' });
  });

  it('is left alone outside of a build, and without a token', async () => {
    const server = await start();
    expect((await hostIn(shellEnv(server))).host.describeRun).toBeUndefined();
    const { PACE_JENKINS_TOKEN: _, ...tokenless } = buildEnv(server, 'gate', 1);
    expect((await hostIn(tokenless)).host.describeRun).toBeUndefined();
  });
});

describe('a refusal says what is missing', () => {
  it.each([
    ['a wrong token', {}, { PACE_JENKINS_TOKEN: 'no' }, 'authentication', /PACE_JENKINS_USER is the id/],
    ['no token', {}, { PACE_JENKINS_TOKEN: '' }, 'permission', /Overall\/Read and Job\/Read.*PACE_JENKINS_TOKEN/],
    [
      'no right to read',
      { lacks: ['hudson.model.Hudson.Read'] },
      {},
      'permission',
      /the user Overall\/Read and Job\/Read/,
    ],
    ['a job that is not there', {}, { PACE_JENKINS_JOBS: 'acme/gone' }, 'not-found', /jenkins\.jobs.*Job\/Read/],
  ] as const)('%s', async (_, options, env, kind, remedy) => {
    const server = await start(options);
    const { host } = await hostIn({ ...shellEnv(server), ...env });
    await expect(host.listChecks?.(SHA)).rejects.toMatchObject({
      kind,
      operation: 'listChecks',
      remedy: expect.stringMatching(remedy),
    });
  });

  it('anonymous people may read where the server lets them', async () => {
    const server = await start({ openToAll: true });
    server.addBuild({ job: 'shop', sha: SHA, result: 'SUCCESS' });
    const { host } = await hostIn({ JENKINS_URL: server.url });
    expect((await host.listChecks?.(SHA))?.length).toBe(1);
  });

  it('a token without its user, and an address that is none', async () => {
    const token = { PACE_JENKINS_TOKEN: 'x' };
    await expect(hostIn({ ...token, JENKINS_URL: 'https://ci.example.org' })).rejects.toThrow('PACE_JENKINS_USER');
    await expect(hostIn({ JENKINS_URL: 'ci.example.org' })).rejects.toThrow('not the address of a server');
    await expect(hostIn({})).rejects.toThrow('JENKINS_URL');
  });

  it('a login page that answers as if all were well', async () => {
    const server = await start();
    server.trouble(() => true, { text: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } });
    const { host } = await hostIn(shellEnv(server));
    await expect(host.listChecks?.(SHA)).rejects.toMatchObject({ kind: 'configuration' });
  });
});

describe('the judged commit', () => {
  async function repository(): Promise<Workspace> {
    const workspace = await newWorkspace({ 'a.txt': 'a' });
    open.push({ close: () => workspace.dispose() });
    return workspace;
  }
  const judged = async (env: Record<string, string>, cwd?: string) => {
    const inBuild = { JENKINS_URL: 'https://ci.example.org', JOB_NAME: 'shop/PR-1', BUILD_NUMBER: '1' };
    return (await hostIn({ ...inBuild, ...env }, cwd)).host.judgedCommit?.();
  };

  it('is what the plugins tell, else what is checked out', async () => {
    const workspace = await repository();
    const head = await workspace.git('rev-parse', 'HEAD');
    expect(await judged({ GIT_COMMIT: SHA })).toEqual({ sha: SHA });
    expect(await judged({}, workspace.path)).toEqual({ sha: head });
    expect(await judged({ GIT_COMMIT: head, ghprbActualCommit: SHA }, workspace.path)).toEqual({ sha: SHA });
    expect(await judged({ GIT_COMMIT: head, gitlabMergeRequestLastCommit: SHA })).toEqual({ sha: SHA });
    expect(await judged({})).toBeUndefined();
    expect(await judged({ GIT_COMMIT: SHA, BUILD_NUMBER: '' })).toBeUndefined();
  });

  it('is the head of a pull request that Jenkins has merged into its target', async () => {
    const workspace = await repository();
    const { git } = workspace;
    const named = { CHANGE_ID: '1', BRANCH_NAME: 'PR-1' };
    const change = { id: '1', source: '', target: '', labels: [] };
    await git('switch', '--quiet', '--create', 'topic');
    await workspace.write({ 'b.txt': 'b' });
    const head = await workspace.commit();
    await git('update-ref', 'refs/remotes/origin/PR-1', head);
    expect(await judged({ ...named, GIT_COMMIT: head }, workspace.path)).toEqual({ sha: head, change });

    await git('switch', '--quiet', 'main');
    await workspace.write({ 'c.txt': 'c' });
    await workspace.commit();
    await git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'topic');
    const merge = await git('rev-parse', 'HEAD');
    expect(await judged({ ...named, GIT_COMMIT: merge }, workspace.path)).toEqual({ sha: head, change });
    await git('update-ref', '-d', 'refs/remotes/origin/PR-1');
    expect(await judged({ ...named, GIT_COMMIT: merge }, workspace.path)).toEqual({
      sha: merge,
      change,
      note: expect.stringContaining('--sha'),
    });
  });
});

describe('what a build is about', () => {
  const inBuild = { JENKINS_URL: 'https://ci.example.org', JOB_NAME: 'shop/main', BUILD_NUMBER: '1', GIT_COMMIT: SHA };
  const about = async (env: Record<string, string>) => {
    const { sha: _, ...rest } = (await (await hostIn({ ...inBuild, ...env })).host.judgedCommit?.()) ?? { sha: '' };
    return rest;
  };

  it('is the change request of a multibranch project', async () => {
    const change = { CHANGE_ID: '12', CHANGE_BRANCH: 'feature', CHANGE_TARGET: 'main' };
    expect(await about({ ...change, BRANCH_NAME: 'PR-12', GIT_BRANCH: 'PR-12' })).toEqual({
      change: { id: '12', source: 'feature', target: 'main', labels: [] },
    });
  });

  it('is the change request of a plugin', async () => {
    const github = { ghprbPullId: '3', ghprbSourceBranch: 'topic', ghprbTargetBranch: 'trunk', ghprbActualCommit: SHA };
    expect(await about({ ...github, GIT_BRANCH: 'origin/pr/3/merge' })).toEqual({
      change: { id: '3', source: 'topic', target: 'trunk', labels: [] },
    });
    const gitlab = {
      ...{ gitlabMergeRequestIid: '4', gitlabSourceBranch: 'topic', gitlabTargetBranch: 'trunk' },
      ...{ gitlabMergeRequestLabels: 'bug, needs review,', gitlabMergeRequestLastCommit: SHA },
    };
    expect(await about(gitlab)).toEqual({
      change: { id: '4', source: 'topic', target: 'trunk', labels: ['bug', 'needs review'] },
    });
    expect(await about({ gitlabMergeRequestIid: '4' })).toEqual({
      change: { id: '4', source: '', target: '', labels: [] },
    });
    expect(await about({ gitlabSourceBranch: 'main', GIT_BRANCH: 'origin/main' })).toEqual({ branch: 'main' });
  });

  it.each([
    [{ BRANCH_NAME: 'feature/x', GIT_BRANCH: 'other' }, { branch: 'feature/x' }],
    [{ GIT_BRANCH: 'origin/feature/x' }, { branch: 'feature/x' }],
    [{ GIT_BRANCH: 'refs/remotes/origin/main' }, { branch: 'main' }],
    [{ GIT_BRANCH: 'refs/heads/main' }, { branch: 'main' }],
    [{ GIT_BRANCH: 'main' }, { branch: 'main' }],
    [{ GIT_BRANCH: 'my/origin/main' }, { branch: 'my/origin/main' }],
    [{ BRANCH_NAME: 'v1', TAG_NAME: 'v1' }, {}],
    [{ GIT_BRANCH: 'tags/v1' }, {}],
    [{ GIT_BRANCH: 'refs/tags/v1' }, {}],
    [{ GIT_BRANCH: 'detached' }, {}],
    [{ GIT_BRANCH: 'origin/' }, {}],
    [{}, {}],
  ])('is else the branch, where %o', async (env, expected) => {
    expect(await about(env)).toEqual(expected);
  });

  it('has a repository whose default branch is the one that Jenkins calls primary', async () => {
    const told = async (env: Record<string, string>) => (await hostIn(env)).host.repositoryOfJob?.();
    const primary = { BRANCH_IS_PRIMARY: 'true', BRANCH_NAME: 'trunk' };
    expect(await told({ ...inBuild, ...primary })).toEqual({ defaultBranch: 'trunk' });
    expect(await told({ ...inBuild, BRANCH_NAME: 'feature' })).toEqual({});
    expect(await told({ ...inBuild, BRANCH_NAME: 'feature', BRANCH_IS_PRIMARY: 'false' })).toEqual({});
    expect(await told({ ...inBuild, BRANCH_IS_PRIMARY: 'true' })).toEqual({});
    expect(await told({ ...primary, JENKINS_URL: 'https://ci.example.org' })).toBeUndefined();
  });
});

it('tells what the build knows without a request', async () => {
  const server = await start();
  const { host, world } = await hostIn({ ...buildEnv(server, 'gate', 7), PACE_PAUSED: 'true' });
  expect([await host.getVariable?.('PACE_PAUSED'), await host.getVariable?.('toString')]).toEqual(['true', undefined]);
  expect(host.jobUrl?.()).toBe(`${server.url}/job/gate/7/`);
  expect(host.jobSummary().path).toBe(`${world.cwd}/jenkins-summary.md`);
  expect([host.setVariable, host.setCommitStatus, host.upsertChangeNote]).toEqual([undefined, undefined, undefined]);
  expect(server.exchanges).toEqual([]);
});

describe('doctor', () => {
  const needs: GateNeeds = {
    ...{ statusContext: 'pace/gate', waitsForCi: true, opensReviews: true, usesVariables: true },
    purposes: [],
  };
  const states = async (env: Record<string, string>) => {
    const found = await (await hostIn(env)).host.diagnose?.(needs);
    return Object.fromEntries((found ?? []).map(({ check, state }) => [check, state]));
  };

  it('sees user and jobs, and says what only writing would show', async () => {
    const server = await start();
    server.addBuild({ job: 'acme/main', result: 'SUCCESS' });
    expect(await states({ ...shellEnv(server), PACE_JENKINS_JOBS: 'acme, acme/main, gone' })).toEqual({
      user: 'ok',
      'jobs in acme': 'ok',
      'jobs in acme/main': 'ok',
      'jobs in gone': 'broken',
      'describe the build': 'unknown',
      'write variables': 'degraded',
    });
    expect(requests(server).every((line) => line.startsWith('GET '))).toBe(true);
  });

  it('says that nobody describes a build, and stops at a server that lets nobody in', async () => {
    const server = await start({ openToAll: true });
    expect(await states({ JENKINS_URL: server.url })).toMatchObject({ user: 'ok', 'describe the build': 'degraded' });
    expect(await states({ ...shellEnv(server), PACE_JENKINS_TOKEN: 'no' })).toEqual({ user: 'broken' });
  });
});
