import { expect } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { World } from '../../../core/world.ts';
import bitbucket from '../../../platforms/bitbucket/index.ts';
import type { BitbucketServer } from '../../support/bitbucket.ts';
import type { RecordedExchange } from '../../support/loopback.ts';
import { loadSpec } from '../../support/openapi.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

/** What a person's shell has set for this server. */
export function shellEnv(server: BitbucketServer): Record<string, string> {
  return {
    PACE_BITBUCKET_TOKEN: server.token,
    ...(server.credential === 'api-token' ? { PACE_BITBUCKET_EMAIL: server.email } : {}),
    PACE_BITBUCKET_REPOSITORY: server.repository,
    PACE_BITBUCKET_API_URL: `${server.origin}/2.0`,
  };
}

/** What Bitbucket sets in a step. https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/ */
export function stepEnv(
  server: Pick<BitbucketServer, 'repository' | 'sha'>,
  step: { uuid: string; number: number },
): Record<string, string> {
  return {
    CI: 'true',
    BITBUCKET_BUILD_NUMBER: String(step.number),
    BITBUCKET_STEP_UUID: step.uuid,
    BITBUCKET_PIPELINE_UUID: '{00000000-0000-4000-8000-00000000000p}',
    BITBUCKET_COMMIT: server.sha,
    BITBUCKET_REPO_FULL_NAME: server.repository,
    BITBUCKET_WORKSPACE: server.repository.split('/')[0] ?? '',
    BITBUCKET_REPO_SLUG: server.repository.split('/')[1] ?? '',
  };
}

export function settingsOf(env: Record<string, string | undefined>) {
  return resolveSettings({ platform: bitbucket, side: 'ci', env }).settings;
}

export async function hostIn(env: Record<string, string>, overrides: Partial<World> = {}) {
  const world: TestWorld = testWorld({ env, ...overrides });
  return { host: await bitbucket.createHost(world, settingsOf(env)), world };
}

/** Method and path of every request, with its query. */
export function asked(server: BitbucketServer): string[] {
  return server.exchanges.map(({ asked: { method, path, query } }) => {
    const rest = decodeURIComponent(path.replace(/^\/2\.0\/repositories\/[^/]+\/[^/]+/, ''));
    return `${method} ${rest}${query.size > 0 ? `?${decodeURIComponent(String(query))}` : ''}`;
  });
}

// the service does not want `type`, a form is not described, and a path of several parts is one parameter there
const NOT_SO = /must have required property 'type'$|\/src: a body is not described$|\/src\/.*: not in the description$/;

/** Holds every exchange against Bitbucket's own description, where it is there. */
export function expectDescribed(exchanges: readonly RecordedExchange[]): void {
  const spec = loadSpec('bitbucket', { basePath: '/2.0', nullable: true, lenientAnswers: true });
  const violations = spec.violations(exchanges).filter((violation) => !NOT_SO.test(violation));
  expect([...new Set(violations)]).toEqual([]);
}
