import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { CodeHost, ProposedChange, Settings } from '../../../core/ports/index.ts';
import { VERSION } from '../../../core/version.ts';
import { createHost } from '../../../platforms/github/host.ts';
import platform from '../../../platforms/github/index.ts';
import { refusal } from '../../contract/refusal.ts';
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

describe('whether a commit exists', () => {
  const host = () => createHost(testWorld(), settingsFor(github));

  test('is one question for it', async () => {
    expect([await host().hasCommit?.(github.sha), await host().hasCommit?.(github.missingSha)]).toEqual([true, false]);
    expect(asked()).toEqual([`GET commits/${github.sha}`, `GET commits/${github.missingSha}`]);
  });

  test('is not known where the token may not ask, or the server fails', async () => {
    const message = 'Resource not accessible by integration';
    github.trouble(({ path }) => path.includes('/commits/'), { status: 403, json: { message } });
    const error = await refusal(async () => host().hasCommit?.(github.sha), {
      kinds: ['permission'],
      operation: 'hasCommit',
    });
    expect(error.remedy).toContain('contents: read');
  });

  test('is a question that can be broken off', async () => {
    await expect(host().hasCommit?.(github.sha, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
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
      withheld: [],
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

describe('the repository', () => {
  test('has the id by which GitHub knows it through all renames', async () => {
    const { id } = (await github.api('GET', `/repos/${github.repository}`)) as { id: number };
    const found = await createHost(testWorld(), settingsFor(github)).repository();
    expect([found.name, found.id]).toEqual([github.repository, String(id)]);
  });

  test('is one without an id where the answer has none', async () => {
    const json = { full_name: 'o/r', html_url: 'https://x.test/o/r', default_branch: 'main' };
    github.trouble(() => true, { json });
    expect(await createHost(testWorld(), settingsFor(github)).repository()).toEqual({
      ...{ name: 'o/r', url: 'https://x.test/o/r', defaultBranch: 'main' },
    });
  });

  test('is told to its own job without a request', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: github.repository, GITHUB_REPOSITORY_ID: '7' };
    expect(await createHost(testWorld({ env }), settingsFor(github)).repositoryOfJob?.()).toEqual({ id: '7' });
    expect(await createHost(testWorld(), settingsFor(github)).repositoryOfJob?.()).toBeUndefined();
    expect(github.exchanges).toEqual([]);
  });
});

interface PullOptions {
  readonly branch?: string;
  readonly labels?: readonly string[];
}

async function openPull({ branch = `feature-${Math.random()}`, labels = [] }: PullOptions = {}) {
  const sha = await github.addCommit({ branch });
  const path = `/repos/${github.repository}`;
  const made = (await github.api('POST', `${path}/pulls`, { title: 'Feature', head: branch, base: 'main' })) as {
    number: number;
  };
  const number = String(made.number);
  if (labels.length > 0) await github.api('POST', `${path}/issues/${number}/labels`, { labels });
  return { number, branch, sha };
}

/** Changes the answer to the next list of pull requests. */
function onPulls(change: (pulls: Record<string, unknown>[]) => unknown): void {
  github.trouble(
    ({ method, path }) => method === 'GET' && path.endsWith('/pulls'),
    ({ json, ...rest }) => ({ ...rest, json: change(json as Record<string, unknown>[]) }),
  );
}

describe('the pull request of a branch', () => {
  const find = (branch: string) => createHost(testWorld(), settingsFor(github)).findChange(branch);

  test('is found with one request', async () => {
    const { number, branch } = await openPull();
    expect((await find(branch))?.key).toBe(number);
    expect(asked()).toEqual(['GET pulls']);
  });

  test('is none of another branch, whatever the server makes of the question', async () => {
    const { number, branch } = await openPull();
    const other = await openPull();
    const both = (await github.api('GET', `/repos/${github.repository}/pulls?state=all`)) as Record<string, unknown>[];
    onPulls(() => both);
    expect((await find(branch))?.key).toBe(number);
    onPulls(() => both.filter((pull) => String(pull['number']) === other.number));
    expect(await find(branch)).toBeUndefined();
    onPulls(() => both);
    expect(await find(branch.toUpperCase())).toBeUndefined();
  });

  test.each([
    ['a fork', { id: 99 }],
    ['a fork that is gone', null],
  ])('is none of %s', async (_, repo) => {
    const { branch } = await openPull();
    onPulls((pulls) => pulls.map((pull) => ({ ...pull, head: { ...(pull['head'] as object), repo } })));
    expect(await find(branch)).toBeUndefined();
  });

  test('is the own one also behind that of a fork', async () => {
    const { number, branch } = await openPull();
    onPulls((pulls) => [
      ...pulls.map((pull) => ({ ...pull, number: 9999, head: { ...(pull['head'] as object), repo: { id: 99 } } })),
      ...pulls,
    ]);
    expect((await find(branch))?.key).toBe(number);
  });
});

describe('a pull request by its number', () => {
  const byId = (id: string) => createHost(testWorld(), settingsFor(github)).changeById?.(id);

  test('has its head, its branches and its labels, for one request', async () => {
    const { number, branch, sha } = await openPull({ labels: ['bug', 'urgent'] });
    expect(await byId(number)).toEqual({ id: number, sha, source: branch, target: 'main', labels: ['bug', 'urgent'] });
    expect(asked()).toEqual([`GET pulls/${number}`]);
  });

  test('is undefined where there is none', async () => {
    expect(await byId('9999')).toBeUndefined();
    for (const json of [
      { message: 'x' },
      { head: { ref: 'a', sha: 'no sha' }, base: { ref: 'main' } },
      { head: { sha: 'a'.repeat(40) } },
    ]) {
      github.trouble(() => true, { json });
      expect(await byId('1')).toBeUndefined();
    }
  });

  test('may have no labels', async () => {
    const sha = 'a'.repeat(40);
    github.trouble(() => true, { json: { head: { ref: 'x', sha }, base: { ref: 'main' } } });
    expect(await byId('7')).toEqual({ id: '7', sha, source: 'x', target: 'main', labels: [] });
  });

  test('is asked for by digits only', async () => {
    await expect(byId('feature')).rejects.toMatchObject({ kind: 'validation', operation: 'changeById' });
    expect(github.exchanges).toEqual([]);
  });

  test('that cannot be read is an error, and not "none"', async () => {
    github.trouble(() => true, { status: 401, json: { message: 'Bad credentials' } });
    await expect(byId('1')).rejects.toMatchObject({ kind: 'authentication', operation: 'changeById' });
  });
});

describe('the note at a pull request', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pace-github-note-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function jobEnv(number: string, more: object = {}, name = 'pull_request'): Record<string, string> {
    const path = join(folder, `${Math.random()}.json`);
    const repo = { full_name: github.repository };
    const pull_request = { number: Number(number), head: { sha: github.sha, repo }, base: { repo }, ...more };
    writeFileSync(path, JSON.stringify({ pull_request }));
    return {
      ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: github.repository, GITHUB_SHA: github.sha },
      ...{ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path },
    };
  }
  function hostIn(env: Record<string, string> = {}): CodeHost {
    return createHost(testWorld({ env }), settingsFor(github));
  }
  const comment = async (number: string, body: string) =>
    github.api('POST', `/repos/${github.repository}/issues/${number}/comments`, { body });
  const bodies = async (number: string) =>
    (
      (await github.api('GET', `/repos/${github.repository}/issues/${number}/comments?per_page=100`)) as {
        body: string;
      }[]
    ).map(({ body }) => body);
  /** Shows all comments as written by somebody else. */
  const byOthers = (who: object) =>
    github.trouble(
      ({ method, path }) => method === 'GET' && path.endsWith('/comments'),
      ({ json, ...rest }) => ({ ...rest, json: (json as object[]).map((each) => ({ ...each, ...who })) }),
    );

  test('is written once and then edited, and not written again when it says the same', async () => {
    const { number } = await openPull();
    await comment(number, 'A person.');
    const host = hostIn(jobEnv(number));
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' })).toBe(true);
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP' })).toBe(true);
    expect(await bodies(number)).toEqual(['A person.', '<!-- pace:change-note gate -->\nSHIP']);
    github.exchanges.length = 0;
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP\n' })).toBe(true);
    expect(asked().filter((line) => !line.startsWith('GET '))).toEqual([]);
    expect(asked()[0]).toBe(`GET issues/${number}/comments`);
    expect(github.exchanges[0]?.asked.query.get('per_page')).toBe('100');
  });

  test('of two jobs that write it at the same moment is one', async () => {
    const { number } = await openPull();
    await comment(number, 'A person.');
    const legs = ['A', 'B', 'C'].map((markdown) => ({ gate: 'gate', markdown }));
    const written = legs.map((note) => hostIn(jobEnv(number)).upsertChangeNote?.(note));
    expect(await Promise.all(written)).toEqual([true, true, true]);
    expect(await bodies(number)).toEqual([
      'A person.',
      expect.stringMatching(/^<!-- pace:change-note gate -->\n[ABC]$/),
    ]);
  });

  test('is one of each gate', async () => {
    const { number } = await openPull();
    const host = hostIn(jobEnv(number));
    await host.upsertChangeNote?.({ gate: 'shop', markdown: 'A' });
    await host.upsertChangeNote?.({ gate: 'shop-2', markdown: 'B' });
    await host.upsertChangeNote?.({ gate: 'shop', markdown: 'C' });
    expect(await bodies(number)).toEqual(['<!-- pace:change-note shop -->\nC', '<!-- pace:change-note shop-2 -->\nB']);
  });

  test('is found among more than a hundred comments, and no page behind it is asked for', async () => {
    const [early, late] = [await openPull(), await openPull()];
    const lists = () => asked().filter((line) => /^GET issues\/\d+\/comments$/.test(line)).length;
    const talk = async (number: string) => {
      for (let id = 0; id < 100; id += 1) await comment(number, `Talk ${id}`);
    };
    const note = (number: string, markdown: string) =>
      hostIn(jobEnv(number)).upsertChangeNote?.({ gate: 'gate', markdown });
    await note(early.number, 'HOLD');
    await talk(early.number);
    await talk(late.number);
    await note(late.number, 'HOLD');
    github.exchanges.length = 0;
    await note(early.number, 'SHIP');
    expect(lists()).toBe(1);
    await note(late.number, 'SHIP');
    expect(lists()).toBe(3);
    const at = `/repos/${github.repository}/issues/${late.number}/comments?per_page=100&page=2`;
    const last = (await github.api('GET', at)) as { body: string }[];
    expect(last.map(({ body }) => body)).toEqual(['<!-- pace:change-note gate -->\nSHIP']);
  });

  test('of somebody who may write is taken up, that of a stranger is not', async () => {
    for (const [who, count] of [
      [{ author_association: 'MEMBER', user: { login: 'ada', type: 'User' } }, 1],
      [{ author_association: 'NONE', user: { login: 'some-app[bot]', type: 'Bot' } }, 1],
      [{ author_association: 'CONTRIBUTOR', user: { login: 'mallory', type: 'User' } }, 2],
      [{ author_association: 'NONE', user: null }, 2],
    ] as const) {
      const { number } = await openPull();
      await comment(number, '<!-- pace:change-note gate -->\nSHIP, says Mallory');
      byOthers(who);
      expect(await hostIn(jobEnv(number)).upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' })).toBe(true);
      const found = await bodies(number);
      expect([found.length, found.at(-1)], JSON.stringify(who)).toEqual([
        count,
        '<!-- pace:change-note gate -->\nHOLD',
      ]);
    }
  });

  test.each([403, 404])(
    'that may not be edited (%d) is somebody else’s: ours stands behind it, and is edited from then on',
    async (status) => {
      const { number } = await openPull();
      await comment(number, '<!-- pace:change-note gate -->\nNot ours');
      const refuse = () =>
        github.trouble(({ method }) => method === 'PATCH', { status, json: { message: 'Must have admin rights' } });
      const host = hostIn(jobEnv(number));
      refuse();
      await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' });
      refuse();
      await host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP' });
      expect(await bodies(number)).toEqual([
        '<!-- pace:change-note gate -->\nNot ours',
        '<!-- pace:change-note gate -->\nSHIP',
      ]);
    },
  );

  test('that a failing server does not edit is not made a second time', async () => {
    const { number } = await openPull();
    const host = hostIn(jobEnv(number));
    await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' });
    github.trouble(({ method }) => method === 'PATCH', { status: 422, json: { message: 'Validation Failed' } });
    await expect(host.upsertChangeNote?.({ gate: 'gate', markdown: 'SHIP' })).rejects.toMatchObject({
      kind: 'validation',
      operation: 'upsertChangeNote',
    });
    expect(await bodies(number)).toHaveLength(1);
  });

  test('of a quoted mark is none', async () => {
    const { number } = await openPull();
    await comment(number, 'See <!-- pace:change-note gate -->');
    github.trouble(
      ({ method, path }) => method === 'GET' && path.endsWith('/comments'),
      ({ json, ...rest }) => ({
        ...rest,
        json: [{ id: 1, user: null, body: null }, { id: 2, user: null }, ...(json as object[])],
      }),
    );
    await hostIn(jobEnv(number)).upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' });
    expect(await bodies(number)).toHaveLength(2);
  });

  test('is cut to what GitHub takes', async () => {
    const { number } = await openPull();
    await hostIn(jobEnv(number)).upsertChangeNote?.({ gate: 'gate', markdown: `\0${'x'.repeat(70_000)}` });
    const [body = ''] = await bodies(number);
    expect([body.length, body.at(-1), body.includes('\0')]).toEqual([65_536, '…', false]);
  });

  test('goes to the change that is named, also outside of a job', async () => {
    const [here, there] = [await openPull(), await openPull()];
    expect(await hostIn().upsertChangeNote?.({ gate: 'gate', markdown: 'By hand', change: there.number })).toBe(true);
    const inJob = hostIn(jobEnv(here.number));
    expect(await inJob.upsertChangeNote?.({ gate: 'gate', markdown: 'Named', change: there.number })).toBe(true);
    expect(await bodies(there.number)).toEqual(['<!-- pace:change-note gate -->\nNamed']);
    expect(await bodies(here.number)).toEqual([]);
  });

  test('is not written where there is no change, and that costs no request', async () => {
    const push = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: github.repository, GITHUB_SHA: github.sha };
    const fork = { head: { sha: github.sha, repo: { full_name: 'mallory/demo' } } };
    const note = { gate: 'gate', markdown: 'HOLD' };
    expect(await hostIn().upsertChangeNote?.(note)).toBe(false);
    expect(await hostIn({ ...push, GITHUB_REF: 'refs/heads/main' }).upsertChangeNote?.(note)).toBe(false);
    expect(await hostIn({ ...jobEnv('1'), GITHUB_REPOSITORY: 'o/other' }).upsertChangeNote?.(note)).toBe(false);
    expect(await hostIn(jobEnv('1', fork)).upsertChangeNote?.(note)).toBe(false);
    expect(await hostIn(jobEnv('1', fork)).upsertChangeNote?.({ ...note, change: '1' })).toBe(false);
    expect(await hostIn().upsertChangeNote?.({ ...note, change: '123456789012' })).toBe(false);
    expect(github.exchanges).toEqual([]);
  });

  test('of a fork is written where the token is that of the repository', async () => {
    const { number } = await openPull();
    const fork = { head: { sha: github.sha, repo: { full_name: 'mallory/demo' } } };
    const host = hostIn(jobEnv(number, fork, 'pull_request_target'));
    expect(await host.upsertChangeNote?.({ gate: 'gate', markdown: 'HOLD' })).toBe(true);
  });
});
