import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { ProposedChange, Settings } from '../../../core/ports/index.ts';
import { VERSION } from '../../../core/version.ts';
import { createHost } from '../../../platforms/github/host.ts';
import platform from '../../../platforms/github/index.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { expectDescribedRequests, settingsFor } from './bench.ts';

let github: GitHub;
beforeAll(async () => {
  github = await startGitHub({ people: ['hubot'] });
});
afterAll(() => github.close());
afterEach(() => expectDescribedRequests(github));
beforeEach(() => {
  github.exchanges.length = 0;
});

function asked(): string[] {
  return github.exchanges.map(({ asked: { method, path } }) => `${method} ${path.split('/').slice(4).join('/')}`);
}

test('every request says who asks, with which version of the API', async () => {
  await createHost(testWorld(), settingsFor(github)).repository();
  expect(github.exchanges[0]?.asked.headers).toMatchObject({
    'x-github-api-version': '2022-11-28',
    'user-agent': `pace/${VERSION}`,
    accept: expect.stringContaining('application/vnd.github'),
  });
});

test('the address of the API follows from that of the server', async () => {
  const urls: string[] = [];
  const world = testWorld({
    fetch: async (input) => {
      urls.push(String(input));
      return Response.json([]);
    },
  });
  const addresses: Settings[] = [
    {},
    { server_url: 'https://github.com' },
    { server_url: 'https://octo.ghe.com' },
    { server_url: 'https://github.example.org/' },
    { server_url: 'https://github.example.org', api_url: 'https://api.example.org/v3/' },
  ];
  for (const address of addresses) {
    await createHost(world, { token: 't', repository: 'o/r', ...address }).findChange('b');
  }
  expect(urls.map((url) => url.replace(/\/repos.*/, ''))).toEqual([
    'https://api.github.com',
    'https://api.github.com',
    'https://api.octo.ghe.com',
    'https://github.example.org/api/v3',
    'https://api.example.org/v3',
  ]);
});

test('the next page of a list is only asked for at the same server', async () => {
  const link = '<https://elsewhere.example.org/page/2>; rel="next"';
  const requests: string[] = [];
  const world = testWorld({
    fetch: async (input) => {
      requests.push(String(input));
      return Response.json(
        { total_count: 200, check_runs: [], statuses: [], workflow_runs: [] },
        { headers: { link } },
      );
    },
  });
  const host = createHost(world, { token: 't', repository: 'o/r' });
  await expect(host.listChecks?.('a'.repeat(40))).rejects.toThrow('names a next page on another server');
  expect(requests.filter((url) => url.includes('elsewhere'))).toEqual([]);
});

describe('a commit status', () => {
  test('is cut to what GitHub takes, in one request', async () => {
    const host = createHost(testWorld(), settingsFor(github));
    const status = { context: 'pace/gate', state: 'failure', description: `${'x'.repeat(139)}🚦 and more` } as const;
    await host.setCommitStatus?.(github.sha, { ...status, url: 'https://example.org/run/1' });
    expect(asked()).toEqual([`POST statuses/${github.sha}`]);
    expect(github.exchanges[0]?.asked.body).toEqual({
      context: 'pace/gate',
      state: 'failure',
      description: `${'x'.repeat(139)}…`,
      target_url: 'https://example.org/run/1',
    });
  });

  test.each([undefined, '', '.pace/day-3/decision.yaml', 'file:///tmp/x', 'javascript:alert(1)'])(
    'does not link to %s',
    async (url) => {
      const host = createHost(testWorld(), settingsFor(github));
      const status = {
        context: 'pace/gate',
        state: 'success',
        description: 'SHIP',
        ...(url === undefined ? {} : { url }),
      };
      await host.setCommitStatus?.(github.sha, status as Parameters<NonNullable<typeof host.setCommitStatus>>[1]);
      expect(github.exchanges[0]?.asked.body).toEqual({ context: 'pace/gate', state: 'success', description: 'SHIP' });
    },
  );
});

test('a variable that exists is written with one request, a new one with two', async () => {
  const host = createHost(testWorld(), settingsFor(github));
  await host.setVariable?.('PACE_PAUSED', 'true');
  await host.setVariable?.('PACE_PAUSED', 'false');
  expect(asked()).toEqual([
    'PATCH actions/variables/PACE_PAUSED',
    'POST actions/variables',
    'PATCH actions/variables/PACE_PAUSED',
  ]);
  expect(github.variables).toEqual(new Map([['PACE_PAUSED', 'false']]));
});

test('the summary goes where Actions wants it, else into a file', () => {
  const env = { GITHUB_STEP_SUMMARY: '/runner/summary.md' };
  expect(createHost(testWorld({ env }), settingsFor(github)).jobSummary()).toEqual({
    path: '/runner/summary.md',
    append: true,
    maxBytes: 1_048_576,
  });
  expect(createHost(testWorld({ cwd: '/checkout' }), settingsFor(github)).jobSummary()).toMatchObject({
    path: '/checkout/pace-summary.md',
    append: false,
  });
});

describe('a review request', () => {
  let change: ProposedChange;
  beforeEach(() => {
    change = {
      branch: `pace/review-${Math.random()}`,
      from: github.sha,
      files: [{ path: '.pace/day-14/review-pr.md', content: `# Review ${Math.random()}\n` }],
      commitMessage: 'Add the review of day 14',
      title: '[PACE Review Gate] Days 1–14',
      body: '## Summary\n',
      labels: [],
      reviewers: [],
    };
  });

  test('takes one commit, and asks for the default branch only when no base is given', async () => {
    const host = createHost(testWorld(), settingsFor(github));
    await host.proposeChange(change);
    const requests = [
      'GET pulls',
      'GET ',
      `GET git/matching-refs/heads${encodeURIComponent(`/${change.branch}`)}`,
      `GET git/commits/${github.sha}`,
      'POST git/trees',
      'POST git/commits',
      'POST git/refs',
      'POST pulls',
    ];
    expect(asked()).toEqual(requests);
    github.exchanges.length = 0;
    await host.proposeChange({ ...change, branch: `${change.branch}-2`, base: 'main' });
    expect(asked()).not.toContain('GET ');
    expect(asked().length).toBe(requests.length - 1);
  });

  test('that stands already is left alone with one request', async () => {
    const host = createHost(testWorld(), settingsFor(github));
    await host.proposeChange(change);
    github.exchanges.length = 0;
    await host.proposeChange({ ...change, body: '## Summary\r\n' });
    expect(asked()).toEqual(['GET pulls']);
  });

  test('is finished by the next run, wherever the last one was broken off', async () => {
    const breaks = ['/git/trees', '/git/commits', '/git/refs', '/pulls'];
    for (const end of breaks) {
      for (const trouble of ['reset-before', 'reset-after'] as const) {
        const again = { ...change, branch: `${change.branch}${end.replaceAll('/', '-')}-${trouble}` };
        github.trouble(({ method, path }) => method === 'POST' && path.endsWith(end), trouble);
        const host = createHost(testWorld(), settingsFor(github));
        await expect(host.proposeChange(again)).rejects.toMatchObject({
          kind: 'transient',
          operation: 'proposeChange',
        });
        const opened = await host.proposeChange(again);
        const pulls = (await github.api('GET', `/repos/${github.repository}/pulls?state=all&per_page=100`)) as {
          number: number;
          head: { ref: string };
        }[];
        const found = pulls.filter((pull) => pull.head.ref === again.branch).map((pull) => String(pull.number));
        expect(found, `${end} ${trouble}`).toEqual([opened.key]);
        const commits = (await github.api(
          'GET',
          `/repos/${github.repository}/commits?sha=${again.branch}`,
        )) as unknown[];
        expect(commits.length, `${end} ${trouble}`).toBe(2);
      }
    }
  });

  test('that another run has just opened is found', async () => {
    const host = createHost(testWorld(), settingsFor(github));
    const opened = await host.proposeChange(change);
    github.trouble(({ method, path }) => method === 'GET' && path.endsWith('/pulls'), { json: [] });
    const errors = [
      { resource: 'PullRequest', code: 'custom', message: 'A pull request already exists for octo-org:x.' },
    ];
    const message = 'Validation Failed';
    github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/pulls'), {
      status: 422,
      json: { message, errors },
    });
    expect(await host.proposeChange(change)).toEqual(opened);
  });

  test('carries labels and reviewers, people and teams', async () => {
    const world = testWorld();
    await createHost(world, settingsFor(github)).proposeChange({
      ...change,
      labels: ['pace-review'],
      reviewers: ['@hubot'],
    });
    expect(asked().slice(-2)).toEqual([
      expect.stringMatching(/^POST pulls\/\d+\/requested_reviewers$/),
      expect.stringMatching(/^POST issues\/\d+\/labels$/),
    ]);
    expect(github.exchanges.slice(-2).map((exchange) => exchange.asked.body)).toEqual([
      { reviewers: ['hubot'], team_reviewers: [] },
      { labels: ['pace-review'] },
    ]);
    expect(world.lines).toEqual([]);
    const teams = { ...change, branch: `${change.branch}-teams`, reviewers: ['octo-org/core', 'hubot'] };
    github.trouble(({ path }) => path.endsWith('/requested_reviewers'), { status: 201, json: {} });
    await createHost(world, settingsFor(github)).proposeChange(teams);
    expect(github.exchanges.at(-1)?.asked.body).toEqual({ reviewers: ['hubot'], team_reviewers: ['core'] });
  });

  test('that lacks its label was left by a run that was cut off: it is asked for both again', async () => {
    const decorated = { ...change, branch: `${change.branch}-cut-off`, labels: ['PACE-review'], reviewers: ['hubot'] };
    const host = createHost(testWorld(), settingsFor(github));
    github.trouble(({ path }) => path.endsWith('/requested_reviewers'), { status: 201, json: {} }, 2);
    github.trouble(({ path }) => path.endsWith('/labels'), { status: 403, json: { message: 'Forbidden' } });
    const opened = await host.proposeChange(decorated);
    github.exchanges.length = 0;
    expect(await host.proposeChange(decorated)).toEqual(opened);
    expect(asked()).toEqual([
      'GET pulls',
      `POST pulls/${opened.key}/requested_reviewers`,
      `POST issues/${opened.key}/labels`,
    ]);
    github.exchanges.length = 0;
    await host.proposeChange({ ...decorated, labels: ['pace-review'] });
    expect(asked()).toEqual(['GET pulls']);
  });

  test('is worth more than its labels and reviewers', async () => {
    const world = testWorld();
    const message = 'Reviews may only be requested from collaborators. One or more of the users is not a collaborator.';
    github.trouble(({ path }) => path.endsWith('/requested_reviewers'), { status: 422, json: { message } });
    github.trouble(({ path }) => path.endsWith('/labels'), {
      status: 403,
      json: { message: 'Resource not accessible by integration' },
    });
    const host = createHost(world, settingsFor(github));
    const opened = await host.proposeChange({ ...change, labels: ['x'], reviewers: ['stranger'] });
    expect(opened.state).toBe('open');
    expect(world.lines).toEqual([
      expect.stringMatching(/^warn: stranger could not be asked to review .*not a collaborator/s),
      expect.stringMatching(/^warn: Labels of .* were not set: .*permissions:\n {2}pull-requests: write/s),
    ]);
  });

  test('opened with a workflow’s own token says at once that its checks will not run by themselves', async () => {
    const own = await startGitHub({ login: 'github-actions[bot]' });
    try {
      const world = testWorld();
      await createHost(world, settingsFor(own)).proposeChange({ ...change, from: own.sha });
      expect(world.lines).toEqual([
        expect.stringMatching(/^warn: Checks of .*\/pull\/1 wait for a person's approval.* app token/),
      ]);
    } finally {
      await own.close();
    }
  });
});

describe('the platform', () => {
  test('is recognised', () => {
    expect(platform.detectCi({ GITHUB_ACTIONS: 'true' })).toBe(true);
    expect(platform.detectCi({ CI: 'true' })).toBe(false);
    expect(platform.detectCi({ GITHUB_ACTIONS: 'true', GITEA_ACTIONS: 'true' })).toBe(false);
    expect(platform.detectCi({ GITHUB_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' })).toBe(false);
    expect(
      ['github.com', 'octo.ghe.com', 'gitlab.com', 'notgithub.com'].map((name) => platform.detectRemote(name)),
    ).toEqual([true, true, false, false]);
  });

  test('takes its settings from the variables of a workflow', () => {
    const env = {
      GITHUB_TOKEN: 'ghs_x',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'https://api.github.com',
    };
    expect(resolveSettings({ platform, side: 'ci', env })).toEqual({
      settings: {
        token: 'ghs_x',
        repository: 'o/r',
        server_url: 'https://github.com',
        api_url: 'https://api.github.com',
      },
      missing: [],
    });
    expect(resolveSettings({ platform, side: 'tracker', env: {} }).missing.map((error) => error.message)).toEqual([
      expect.stringContaining('GITHUB_TOKEN'),
      expect.stringContaining('GITHUB_REPOSITORY'),
    ]);
  });
});
