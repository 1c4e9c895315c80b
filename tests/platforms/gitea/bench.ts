import { expect } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { Settings } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import gitea from '../../../platforms/gitea/index.ts';
import type { GiteaServer } from '../../support/gitea.ts';
import type { RecordedExchange } from '../../support/loopback.ts';
import { loadSpec } from '../../support/openapi.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

/** What a person's shell has set for this server. */
export function shellEnv({ state, origin }: GiteaServer): Record<string, string> {
  return { PACE_GITEA_TOKEN: state.token, PACE_GITEA_REPOSITORY: state.path, GITEA_URL: origin };
}

/** What the runner sets in a job of the repository. */
export function jobEnv({ state, origin }: GiteaServer, more: Record<string, string> = {}): Record<string, string> {
  return {
    GITEA_ACTIONS: 'true',
    ...(state.flavour === 'forgejo' ? { FORGEJO_ACTIONS: 'true' } : {}),
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: origin,
    GITHUB_API_URL: `${origin}/api/v1`,
    GITHUB_REPOSITORY: state.path,
    GITHUB_SHA: state.sha,
    GITHUB_TOKEN: state.token,
    ...more,
  };
}

export function settingsOf(env: Record<string, string | undefined>, side: 'ci' | 'tracker' = 'ci') {
  return resolveSettings({ platform: gitea, side, env }).settings;
}

export async function hostIn(env: Record<string, string>, overrides: Partial<World> = {}) {
  const world: TestWorld = testWorld({ env, ...overrides });
  return { host: await gitea.createHost(world, settingsOf(env)), world };
}

export async function trackerIn(env: Record<string, string>, overrides: Partial<World> = {}, more: Settings = {}) {
  const world: TestWorld = testWorld({ env, ...overrides });
  return { tracker: await gitea.createTracker(world, { ...settingsOf(env, 'tracker'), ...more }), world };
}

/** Method and path of every request, with its query. */
export function asked({ exchanges, state }: GiteaServer): string[] {
  return exchanges.map(({ asked: { method, path, query } }) => {
    const rest = path.replace(`/api/v1/repos/${state.path}`, '').replace('/api/v1', '');
    return `${method} ${rest}${query.size > 0 ? `?${decodeURIComponent(String(query))}` : ''}`;
  });
}

/** What a real server was seen to answer, and its description does not say. */
function isMeasured(method: string, path: string, { status, json }: RecordedExchange['answer']): boolean {
  const noStatuses = /\/commits\/[^/]+\/status$/.test(path) && (json as { sha?: string } | undefined)?.sha === '';
  const removed = method === 'DELETE' && status === 201 && /\/(dependencies|blocks)$/.test(path);
  return noStatuses || removed || (method === 'POST' && status === 204 && /\/actions\/variables\/[^/]+$/.test(path));
}

/** Holds every exchange against the description of the flavour that the server plays, where it is there. */
export function expectDescribed({ exchanges, state }: GiteaServer): void {
  const spec = loadSpec(state.flavour, { basePath: '/api/v1', nullable: true });
  // the last part of these may have slashes, which the description does not say
  const described = exchanges.map(({ asked: { path, ...rest }, answer, planned }) => {
    const short = path.replace(/\/(contents|pulls\/main)\/.+$/, (_, before: string) => `/${before}/one`);
    // of what no server would answer, of where a renamed repository leads, and of what real servers answer against their own
    // description, only the request is looked at
    const only = planned || answer.status === 307 || isMeasured(rest.method, path, answer);
    return { asked: { ...rest, path: short }, answer: only ? { status: 500 } : answer };
  });
  expect([...new Set(spec.violations(described))]).toEqual([]);
}
