import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnosis, GateNeeds } from '../../../core/ports/index.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { createTracker } from '../../../platforms/github/issues.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { expectDescribedRequests, settingsFor } from './bench.ts';

const ALL: GateNeeds = {
  statusContext: 'pace/gate',
  waitsForCi: true,
  opensReviews: true,
  usesVariables: true,
  purposes: ['hold'],
};
const LITTLE: GateNeeds = { ...ALL, waitsForCi: false, opensReviews: false, usesVariables: false };
const RULE = {
  type: 'required_status_checks',
  parameters: { required_status_checks: [{ context: 'pace/gate' }], strict_required_status_checks_policy: false },
};
/** An endpoint of today that the description at hand does not have yet. */
const NOT_DESCRIBED = /\/rules\/branches\//;

const kinds = { installation: 'ghs_', classic: 'ghp_', fine: 'github_pat_' } as const;
const servers = new Map<string, GitHub>();

beforeAll(async () => {
  for (const [kind, prefix] of Object.entries(kinds)) {
    servers.set(kind, await startGitHub({ token: `${prefix}loopbackTokenOfNoWorth0123456789` }));
  }
});
afterAll(async () => {
  for (const server of servers.values()) await server.close();
});
afterEach(() => {
  for (const server of servers.values()) {
    const written = server.exchanges.filter(({ asked }) => asked.method !== 'GET');
    expect(written).toEqual([]);
    const known = server.exchanges.filter(({ asked }) => !NOT_DESCRIBED.test(asked.path));
    expectDescribedRequests({ ...server, exchanges: known });
    server.exchanges.length = 0;
  }
});

function serverOf(kind: keyof typeof kinds): GitHub {
  const server = servers.get(kind);
  if (!server) throw new Error(kind);
  return server;
}

/** The repository's answer with other fields and headers, for as many requests as `times` says. */
async function answering(
  github: GitHub,
  fields: object,
  headers: Record<string, string> = {},
  times = 1,
): Promise<void> {
  const found = (await github.api('GET', `/repos/${github.repository}`)) as object;
  github.trouble(
    ({ path }) => path === `/repos/${github.repository}`,
    { status: 200, json: { ...found, ...fields }, headers },
    times,
  );
}

function refusing(github: GitHub, part: RegExp, times = 1): void {
  const refused = { status: 403, json: { message: 'Resource not accessible by integration' } };
  github.trouble(({ path }) => part.test(path), refused, times);
}

function requiring(github: GitHub, rules: unknown): void {
  github.trouble(({ path }) => path.includes('/rules/branches/'), { status: 200, json: rules });
}

async function hostOf(github: GitHub, needs = ALL, env: Record<string, string> = {}): Promise<Diagnosis[]> {
  const host = createHost(testWorld({ env }), settingsFor(github));
  return (await host.diagnose?.(needs)) ?? [];
}

async function trackerOf(github: GitHub): Promise<Diagnosis[]> {
  return (await createTracker(testWorld(), settingsFor(github)).diagnose?.(ALL)) ?? [];
}

const brief = (diagnoses: readonly Diagnosis[]) => diagnoses.map(({ check, state }) => `${state} ${check}`);
const named = (diagnoses: readonly Diagnosis[], check: string) => diagnoses.find((each) => each.check === check);

describe('the code host', () => {
  test('with a classic token of scope repo all is proven', async () => {
    const github = serverOf('classic');
    await answering(
      github,
      {},
      { 'x-oauth-scopes': 'repo, workflow', 'github-authentication-token-expiration': '2026-06-01 08:00:00 UTC' },
    );
    requiring(github, [{ type: 'deletion' }, RULE]);
    const found = await hostOf(github);
    expect(brief(found)).toEqual([
      'ok repository',
      'ok token',
      'ok contents: read',
      'ok checks: read',
      'ok statuses: read',
      'ok actions: read',
      'ok statuses: write',
      'ok pull-requests: read',
      'ok contents: write',
      'ok pull-requests: write',
      'ok checks of review requests',
      'ok variables: read',
      'ok variables: write',
      'ok branch protection',
    ]);
    expect(named(found, 'token')?.detail).toBe(
      'a classic personal access token, scopes: repo, workflow, expires 2026-06-01',
    );
    expect(found.every(({ area, remedy }) => area === 'code host' && remedy === '')).toBe(true);
  });

  test('a workflow’s own token proves no write, and starts no checks', async () => {
    const github = serverOf('installation');
    await answering(github, {}, { 'x-ratelimit-limit': '1000' });
    requiring(github, [RULE]);
    refusing(github, /actions\/variables/);
    const found = await hostOf(github);
    expect(found.filter(({ state }) => state !== 'ok')).toEqual([
      {
        area: 'code host',
        check: 'statuses: write',
        state: 'unknown',
        detail: 'Cannot be checked without writing.',
        remedy: expect.stringContaining('permissions:\n  statuses: write\n'),
      },
      expect.objectContaining({ check: 'contents: write', state: 'unknown' }),
      expect.objectContaining({ check: 'pull-requests: write', state: 'unknown' }),
      expect.objectContaining({
        check: 'checks of review requests',
        state: 'degraded',
        remedy: expect.stringContaining('PACE_GITHUB_TOKEN'),
      }),
      expect.objectContaining({
        check: 'variables: read',
        state: 'degraded',
        remedy: expect.stringContaining('can never read variables'),
      }),
    ]);
    expect(named(found, 'token')?.detail).toBe("a workflow's own GITHUB_TOKEN");
  });

  test('an app’s token is told by its larger budget', async () => {
    const github = serverOf('installation');
    await answering(github, {}, { 'x-ratelimit-limit': '5000' });
    const found = await hostOf(github);
    expect(named(found, 'token')?.detail).toBe('an installation token of an app');
    expect(named(found, 'checks of review requests')?.state).toBe('ok');
  });

  test('a fine-grained token does not tell its permissions, but its owner’s role is known', async () => {
    const github = serverOf('fine');
    await answering(github, { permissions: { push: false } });
    const found = await hostOf(github, LITTLE);
    expect(named(found, 'statuses: write')).toMatchObject({
      state: 'degraded',
      remedy: 'Please give the owner of the token the role Write.',
    });
  });

  test('a classic token without the scope is said to lack it', async () => {
    const github = serverOf('classic');
    await answering(github, { private: true }, { 'x-oauth-scopes': 'public_repo' });
    const found = await hostOf(github, LITTLE);
    expect(named(found, 'statuses: write')).toMatchObject({
      state: 'degraded',
      detail: 'The token may not set a commit status: it lacks the scope repo.',
      remedy: 'Please give the token the scope `repo`.',
    });
  });

  test.each([
    ['checks: read', /check-runs$/, 'broken'],
    ['statuses: read', /\/status$/, 'broken'],
    ['actions: read', /actions\/runs$/, 'degraded'],
    ['pull-requests: read', /\/pulls$/, 'degraded'],
  ])('a missing %s is named with its YAML', async (permission, path, state) => {
    const github = serverOf('installation');
    refusing(github, path);
    expect(named(await hostOf(github), permission)).toMatchObject({
      state,
      detail: expect.stringContaining('Resource not accessible by integration'),
      remedy: expect.stringContaining(`permissions:\n  ${permission}\n`),
    });
  });

  test('a branch that does not require the status lets a HOLD be merged', async () => {
    const github = serverOf('classic');
    requiring(github, [{ ...RULE, parameters: { required_status_checks: [{ context: 'build' }] } }]);
    expect(named(await hostOf(github, LITTLE), 'branch protection')).toMatchObject({
      state: 'degraded',
      detail: 'main does not require the status pace/gate: a HOLD does not stop a merge. It requires build.',
    });
    refusing(github, /\/rules\/branches\/main$/);
    expect(named(await hostOf(github, LITTLE), 'branch protection')?.state).toBe('unknown');
    refusing(github, /[^s]\/branches\/main$/);
    expect(named(await hostOf(github, LITTLE), 'contents: read')).toMatchObject({
      state: 'degraded',
      remedy: expect.stringContaining('permissions:\n  contents: read\n'),
    });
  });

  test('older branch protection counts as well', async () => {
    const github = serverOf('classic');
    const branch = (await github.api('GET', `/repos/${github.repository}/branches/main`)) as object;
    const protection = { enabled: true, required_status_checks: { contexts: ['pace/gate'], checks: [] } };
    github.trouble(({ path }) => path.endsWith('/branches/main'), { status: 200, json: { ...branch, protection } });
    expect(named(await hostOf(github, LITTLE), 'branch protection')?.state).toBe('ok');
  });

  test('a token that soon expires is worth a word', async () => {
    const github = serverOf('fine');
    await answering(github, {}, { 'github-authentication-token-expiration': '2026-03-05 08:00:00 +0000' });
    expect(named(await hostOf(github, LITTLE), 'token')).toMatchObject({
      state: 'degraded',
      detail: 'a fine-grained personal access token, expires 2026-03-05',
    });
  });

  test('on a pull request from a fork nothing can be written', async () => {
    const event = join(mkdtempSync(join(tmpdir(), 'pace-event-')), 'event.json');
    const fork = { head: { repo: { full_name: 'someone/fork' } }, base: { repo: { full_name: 'octo-org/octo-repo' } } };
    writeFileSync(event, JSON.stringify({ pull_request: fork }));
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event };
    expect(named(await hostOf(serverOf('installation'), LITTLE, env), 'statuses: write')).toMatchObject({
      state: 'degraded',
      detail: expect.stringContaining('fork'),
    });
  });
});

describe('the tracker', () => {
  test('reads issues, and says what only writing would show', async () => {
    expect(brief(await trackerOf(serverOf('installation')))).toEqual([
      'ok repository',
      'ok token',
      'ok issues: read',
      'unknown issues: write',
      'ok labels',
    ]);
  });

  test('a missing issues: read is named', async () => {
    const github = serverOf('installation');
    refusing(github, /\/issues$/);
    expect(named(await trackerOf(github), 'issues: read')).toMatchObject({
      state: 'broken',
      remedy: expect.stringContaining('permissions:\n  issues: read\n'),
    });
  });

  test('disabled issues, an archive and dropped labels are seen', async () => {
    const github = serverOf('classic');
    await answering(github, { has_issues: false });
    expect(brief(await trackerOf(github))).toEqual(['ok repository', 'ok token', 'broken issues']);
    await answering(github, { archived: true });
    expect(named(await trackerOf(github), 'repository')?.state).toBe('broken');
    await answering(github, { permissions: { push: false } });
    expect(named(await trackerOf(github), 'labels')?.state).toBe('degraded');
  });
});

describe('when the first request fails, it is the only one', () => {
  test('a wrong token', async () => {
    const github = serverOf('classic');
    const settings = { ...settingsFor(github), token: 'ghp_wrong0123456789012345' };
    const found = await createHost(testWorld(), settings).diagnose?.(ALL);
    expect(found).toMatchObject([
      { check: 'repository', state: 'broken', detail: 'GitHub does not accept the token.' },
    ]);
    expect(JSON.stringify(found)).not.toContain('ghp_wrong');
    expect(github.exchanges).toHaveLength(1);
  });

  test('a host that is dead', async () => {
    const settings = { token: 't', repository: 'o/r', api_url: 'http://127.0.0.1:9' };
    expect(await createHost(testWorld(), settings).diagnose?.(ALL)).toMatchObject([
      { check: 'repository', state: 'broken', detail: expect.stringContaining('could not be reached') },
    ]);
  });

  test('a repository that the token does not see', async () => {
    const github = serverOf('classic');
    const settings = { ...settingsFor(github), repository: 'octo-org/none' };
    expect(await createHost(testWorld(), settings).diagnose?.(ALL)).toMatchObject([
      { check: 'repository', state: 'broken', remedy: expect.stringContaining('404 for a missing permission too') },
    ]);
  });
});
