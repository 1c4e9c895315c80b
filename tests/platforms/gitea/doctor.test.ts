import { afterEach, describe, expect, it } from 'vitest';
import type { Diagnosis, GateNeeds } from '../../../core/ports/index.ts';
import { type GiteaOptions, type GiteaServer, startGitea } from '../../support/gitea.ts';
import { asked, expectDescribed, hostIn, jobEnv, shellEnv, trackerIn } from './bench.ts';

const ALL: GateNeeds = {
  ...{ statusContext: 'pace/gate', waitsForCi: true, opensReviews: true, usesVariables: true },
  purposes: ['hold'],
};

const servers: GiteaServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    expect(server.exchanges.filter(({ asked: { method } }) => method !== 'GET')).toEqual([]);
    // the default branch stands for its last commit
    server.exchanges.splice(
      0,
      server.exchanges.length,
      ...server.exchanges.filter(({ answer }) => answer.status < 400),
    );
    expectDescribed(server);
    await server.close();
  }
});

async function start(options: GiteaOptions = {}): Promise<GiteaServer> {
  const server = await startGitea(options);
  server.state.commits.set('main', new Map());
  servers.push(server);
  return server;
}

const hostOf = async (server: GiteaServer, env = shellEnv(server), needs = ALL): Promise<Diagnosis[]> =>
  (await (await hostIn(env)).host.diagnose?.(needs)) ?? [];
const trackerOf = async (server: GiteaServer, env = shellEnv(server)): Promise<Diagnosis[]> =>
  (await (await trackerIn(env)).tracker.diagnose?.(ALL)) ?? [];
const brief = (diagnoses: readonly Diagnosis[]) => diagnoses.map(({ check, state }) => `${state} ${check}`);
const named = (diagnoses: readonly Diagnosis[], check: string) => diagnoses.find((each) => each.check === check);

describe('the code host', () => {
  it('is looked at by reading; what only writing would show is unknown', async () => {
    const server = await start();
    expect(brief(await hostOf(server))).toEqual([
      'ok repository',
      'ok token',
      'ok read statuses and runs of a commit',
      'unknown set a commit status',
      'ok read pull requests',
      'unknown create a branch and a pull request',
      'ok checks of review requests',
      'ok read variables',
      'unknown write variables',
      'degraded branch protection',
    ]);
    expect(asked(server).length).toBe(6);
  });

  it('asks for nothing that the gate does not use', async () => {
    const server = await start();
    await hostOf(server, shellEnv(server), { ...ALL, waitsForCi: false, opensReviews: false, usesVariables: false });
    expect(asked(server)).toEqual(['GET ', 'GET /user', 'GET /branches/main']);
  });

  it('says what the user of the token may not do', async () => {
    const server = await start();
    server.state.access = 'read';
    const found = await hostOf(server);
    expect(named(found, 'set a commit status')).toEqual({
      ...{ area: 'code host', check: 'set a commit status', state: 'degraded' },
      detail: "The token's user may not set a commit status in acme/pace-demo.",
      remedy: 'Please give the token the scope `write:repository`, and its user write access to acme/pace-demo.',
    });
    expect(named(found, 'read variables')?.state).toBe('degraded');
  });

  it('knows what the job’s own token does not start', async () => {
    const server = await start();
    expect(named(await hostOf(server, jobEnv(server)), 'checks of review requests')?.state).toBe('degraded');
    const withToken = jobEnv(server, { PACE_GITEA_TOKEN: server.state.token });
    expect(named(await hostOf(server, withToken), 'checks of review requests')?.state).toBe('ok');
  });

  it('sees whether the status is required, also by a pattern', async () => {
    const server = await start();
    for (const [contexts, state] of [
      [['pace/*'], 'ok'],
      [['ci/*'], 'degraded'],
    ] as const) {
      server.trouble(
        ({ path }) => path.endsWith('/branches/main'),
        ({ json, ...rest }) => ({
          ...rest,
          json: { ...(json as object), enable_status_check: true, status_check_contexts: contexts },
        }),
      );
      expect(named(await hostOf(server), 'branch protection')?.state).toBe(state);
    }
  });

  it('without pull requests cannot ask for reviews', async () => {
    const server = await start({ repositoryFields: { has_pull_requests: false } });
    expect(named(await hostOf(server), 'pull requests')?.state).toBe('degraded');
  });

  it('asks for nothing more where the repository cannot be had', async () => {
    const server = await start();
    server.state.access = 'none';
    expect(brief(await hostOf(server))).toEqual(['broken repository']);
  });
});

describe('the tracker', () => {
  it('is looked at by reading', async () => {
    const server = await start();
    expect(brief(await trackerOf(server))).toEqual([
      'ok repository',
      'ok token',
      'ok read issues',
      'unknown create issues',
      'unknown close and reopen issues',
      'ok labels',
    ]);
    expect(asked(server)).toEqual(['GET ', 'GET /user', 'GET /issues?state=all&limit=1']);
  });

  it('without issues is broken, and says where they are turned on', async () => {
    const server = await start();
    server.state.issuesEnabled = false;
    const found = await trackerOf(server);
    expect(brief(found)).toEqual(['ok repository', 'ok token', 'broken issues']);
    expect(named(found, 'issues')?.remedy).toContain('Units → Issues');
  });

  it('of a reader loses labels', async () => {
    const server = await start();
    server.state.access = 'read';
    expect(named(await trackerOf(server), 'labels')?.state).toBe('degraded');
  });

  it('that is archived is broken', async () => {
    const server = await start();
    server.state.archived = true;
    expect(named(await trackerOf(server), 'repository')?.state).toBe('broken');
  });
});
