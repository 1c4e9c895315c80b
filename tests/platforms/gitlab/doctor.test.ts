import { afterEach, describe, expect, it } from 'vitest';
import type { Diagnosis, GateNeeds } from '../../../core/ports/index.ts';
import { type GitLabOptions, type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import type { RecordedExchange } from '../../support/loopback.ts';
import { asked, expectDescribed, hostIn, jobEnv, shellEnv, trackerIn } from './bench.ts';

const ALL: GateNeeds = {
  statusContext: 'pace/gate',
  waitsForCi: true,
  opensReviews: true,
  usesVariables: true,
  purposes: ['hold'],
};
/** An endpoint of today that the description at hand does not have. */
const NOT_DESCRIBED = '/api/v4/personal_access_tokens/self';

const servers: GitLabServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    expect(server.exchanges.filter(({ asked }) => asked.method !== 'GET')).toEqual([]);
    expectDescribed(server.exchanges.filter(({ asked }) => asked.path !== NOT_DESCRIBED).map(asDescribed));
    await server.close();
  }
});

/** The description calls the level of a member a text; its own example, and GitLab, have a number. */
function asDescribed({ asked, answer }: RecordedExchange): RecordedExchange {
  if (!asked.path.includes('/members/') || answer.status !== 200) return { asked, answer };
  const { access_level: level, ...rest } = answer.json as Record<string, unknown>;
  return { asked, answer: { ...answer, json: { ...rest, access_level: String(level) } } };
}

async function start(options: GitLabOptions = {}): Promise<GitLabServer> {
  const server = await startGitLab(options);
  servers.push(server);
  return server;
}

async function hostOf(server: GitLabServer, env = shellEnv(server)): Promise<Diagnosis[]> {
  return (await (await hostIn(env)).host.diagnose?.(ALL)) ?? [];
}

async function trackerOf(server: GitLabServer, env = shellEnv(server)): Promise<Diagnosis[]> {
  return (await (await trackerIn(env)).tracker.diagnose?.(ALL)) ?? [];
}

const brief = (diagnoses: readonly Diagnosis[]) => diagnoses.map(({ check, state }) => `${state} ${check}`);
const named = (diagnoses: readonly Diagnosis[], check: string) => diagnoses.find((each) => each.check === check);

const GUARDED = { only_allow_merge_if_pipeline_succeeds: true };

describe('the code host', () => {
  it('is well with a token of scope api and role Maintainer, in a request per look', async () => {
    const server = await start({ projectFields: GUARDED, tokenExpires: '2026-12-31' });
    const found = await hostOf(server);
    expect(brief(found)).toEqual([
      'ok project',
      'ok token',
      'ok role',
      'ok read the jobs and statuses of a commit',
      'ok set a commit status',
      'ok read merge requests',
      'ok create a branch and a merge request',
      'ok checks of review requests',
      'ok read CI/CD variables',
      'ok write CI/CD variables',
      'ok branch protection',
    ]);
    expect(named(found, 'token')?.detail).toBe('personal access token, scopes: api, expires 2026-12-31');
    expect(named(found, 'role')?.detail).toBe('Maintainer in the project');
    expect(asked(server).filter((line) => line.includes('page='))).toEqual([
      expect.stringContaining('GET /pipelines?'),
      expect.stringContaining('GET /merge_requests?'),
      expect.stringContaining('GET /variables?'),
    ]);
  });

  it('says which scope is lacking', async () => {
    const found = await hostOf(await start({ scope: 'read_api' }));
    expect(named(found, 'set a commit status')).toEqual({
      area: 'code host',
      check: 'set a commit status',
      state: 'degraded',
      detail: 'The token may not set a commit status: it lacks the scope api.',
      remedy: 'Please give the token the scope `api` and the role Developer (or higher) in the project.',
    });
    expect(named(found, 'read merge requests')?.state).toBe('ok');
  });

  it('says which role is lacking', async () => {
    const found = await hostOf(await start({ role: 'Reporter' }));
    expect(brief(found.filter(({ state }) => state !== 'ok'))).toEqual([
      'degraded role',
      'degraded set a commit status',
      'degraded create a branch and a merge request',
      'degraded read CI/CD variables',
      'degraded write CI/CD variables',
      'unknown branch protection',
    ]);
    expect(named(found, 'write CI/CD variables')?.detail).toContain('it lacks the role Maintainer');
  });

  it('tells bots of projects and groups, and tokens that soon expire', async () => {
    const server = await start({ tokenExpires: '2026-03-05' });
    server.state.users[0] = { id: 1, username: 'project_4217_bot_ab12', name: 'PACE' };
    expect(named(await hostOf(server), 'token')).toMatchObject({
      state: 'degraded',
      detail: 'project access token, scopes: api, expires 2026-03-05',
    });
  });

  it('cannot prove a write with a token that does not describe itself', async () => {
    const server = await start();
    server.trouble(({ path }) => path === NOT_DESCRIBED, { status: 404, json: { message: '404 Not Found' } });
    const found = await hostOf(server);
    expect(named(found, 'token')?.state).toBe('unknown');
    expect(named(found, 'set a commit status')).toMatchObject({
      state: 'unknown',
      detail: 'Cannot be checked without writing.',
      remedy: expect.stringContaining('`api`'),
    });
  });

  it('sees that merging is free, and merge requests are off', async () => {
    const fields = { only_allow_merge_if_pipeline_succeeds: false, merge_requests_access_level: 'disabled' };
    const found = await hostOf(await start({ projectFields: fields }));
    expect(named(found, 'branch protection')).toMatchObject({
      state: 'degraded',
      remedy: expect.stringContaining('Pipelines must succeed'),
    });
    expect(named(found, 'merge requests')?.state).toBe('degraded');
  });

  it('says what a job token cannot do, without asking', async () => {
    const server = await start();
    expect(await hostOf(server, jobEnv(server))).toMatchObject([
      { check: 'token', state: 'degraded', remedy: expect.stringContaining('PACE_GITLAB_TOKEN') },
    ]);
    expect(server.exchanges).toEqual([]);
  });
});

describe('the tracker', () => {
  it('is well with a token of scope api', async () => {
    expect(brief(await trackerOf(await start()))).toEqual([
      'ok project',
      'ok token',
      'ok role',
      'ok read issues',
      'ok create issues',
      'ok close and reopen issues',
      'ok comment on issues',
      'ok labels',
    ]);
  });

  it('is broken with a job token, with none, and with a guest’s', async () => {
    const server = await start();
    expect(brief(await trackerOf(server, jobEnv(server)))).toEqual(['broken token']);
    const { PACE_GITLAB_TOKEN: _, ...without } = shellEnv(server) as Record<string, string>;
    expect(brief(await trackerOf(server, without))).toEqual(['broken token']);
    const found = await trackerOf(await start({ role: 'Guest' }));
    expect(named(found, 'create issues')?.state).toBe('broken');
    expect(named(found, 'labels')?.state).toBe('degraded');
  });

  it('sees disabled issues', async () => {
    const found = await trackerOf(await start({ projectFields: { issues_access_level: 'disabled' } }));
    expect(named(found, 'issues')?.state).toBe('broken');
  });
});

describe('when the first request fails, it is the only one', () => {
  it('with a wrong token', async () => {
    const server = await start();
    const found = await hostOf(server, { ...shellEnv(server), PACE_GITLAB_TOKEN: 'glpat-wrong0123456789012345' });
    expect(found).toMatchObject([{ check: 'project', state: 'broken', remedy: expect.stringContaining('token') }]);
    expect(JSON.stringify(found)).not.toContain('glpat-wrong');
    expect(server.exchanges).toHaveLength(1);
  });

  it('with a host that is dead', async () => {
    const env = { PACE_GITLAB_TOKEN: 'glpat-x', GITLAB_PROJECT: 'a/b', GITLAB_URL: 'http://127.0.0.1:9' };
    expect(await (await hostIn(env)).host.diagnose?.(ALL)).toMatchObject([
      { check: 'project', state: 'broken', detail: expect.stringContaining('could not be reached') },
    ]);
  });
});
