import { afterEach, expect, it } from 'vitest';
import type { Diagnosis, GateNeeds } from '../../../core/ports/index.ts';
import { type BitbucketOptions, type BitbucketServer, startBitbucket } from '../../support/bitbucket.ts';
import { expectDescribed, hostIn, shellEnv } from './bench.ts';

const ALL: GateNeeds = {
  statusContext: 'pace/gate',
  waitsForCi: true,
  opensReviews: true,
  usesVariables: true,
  purposes: ['hold'],
};

const servers: BitbucketServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    expect(server.exchanges.filter(({ asked }) => asked.method !== 'GET')).toEqual([]);
    expectDescribed(server.exchanges);
    await server.close();
  }
});

async function diagnosed(options: BitbucketOptions = {}, env: Record<string, string> = {}): Promise<Diagnosis[]> {
  const server = await startBitbucket(options);
  servers.push(server);
  const { host } = await hostIn({ ...shellEnv(server), ...env });
  return (await host.diagnose?.(ALL)) ?? [];
}

const brief = (diagnoses: readonly Diagnosis[]) => diagnoses.map(({ check, state }) => `${state} ${check}`);
const named = (diagnoses: readonly Diagnosis[], check: string) => diagnoses.find((each) => each.check === check);

it('is well with an access token of all scopes, in a request per look', async () => {
  expect(brief(await diagnosed({ credential: 'access-token' }))).toEqual([
    'ok repository',
    'ok token',
    'ok read the statuses and pipelines of a commit',
    'ok set a build status',
    'ok read pull requests',
    'ok create a branch and a pull request',
    'ok checks of review requests',
    'ok read repository variables',
    'ok write repository variables',
    'unknown branch protection',
  ]);
  expect(servers[0]?.exchanges).toHaveLength(4);
});

it('cannot know of an API token what its user may', async () => {
  const found = await diagnosed();
  expect(named(found, 'token')?.detail).toMatch(/^It is an API token, scopes: read:repository:bitbucket, /);
  expect(named(found, 'write repository variables')).toMatchObject({
    state: 'unknown',
    remedy: expect.stringMatching(/^If it fails: .*`admin:pipeline:bitbucket`, and its user admin access/),
  });
});

it('names the scopes that are missing', async () => {
  const found = await diagnosed({ scopes: ['read:repository:bitbucket'] });
  expect(brief(found)).toEqual([
    'ok repository',
    'ok token',
    'broken read the statuses and pipelines of a commit',
    'unknown set a build status',
    'degraded read pull requests',
    'degraded create a branch and a pull request',
    'ok checks of review requests',
    'degraded read repository variables',
    'degraded write repository variables',
    'unknown branch protection',
  ]);
  expect(named(found, 'create a branch and a pull request')?.detail).toBe(
    'The token may not create a branch and a pull request: it lacks write:repository:bitbucket and read:pullrequest:bitbucket and write:pullrequest:bitbucket.',
  );
});

it('asks for nothing else where the repository cannot be had', async () => {
  expect(brief(await diagnosed({}, { PACE_BITBUCKET_TOKEN: 'ATATT-wrong' }))).toEqual(['broken repository']);
});
