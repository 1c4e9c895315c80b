import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CodeHost, TrackerDriver } from '../../../core/ports/index.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { createTracker } from '../../../platforms/github/issues.ts';
import { refusal } from '../../contract/refusal.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import type { Asked } from '../../support/loopback.ts';
import { testWorld } from '../../support/world.ts';
import { collect, expectDescribedRequests, settingsFor } from './bench.ts';

const NOT_ACCESSIBLE = 'Resource not accessible by integration';

let github: GitHub;
beforeAll(async () => {
  github = await startGitHub({ others: ['planning'] });
});
afterAll(() => github.close());
afterEach(() => expectDescribedRequests(github));
beforeEach(() => {
  github.exchanges.length = 0;
});

function host(env = {}): CodeHost {
  return createHost(testWorld({ env }), settingsFor(github));
}
function tracker(more = {}, env = {}): TrackerDriver {
  return createTracker(testWorld({ env }), settingsFor(github, more));
}
function refuse(match: (asked: Asked) => boolean, message: string, status = 403, headers = {}): void {
  github.trouble(match, { status, json: { message, documentation_url: 'https://docs.github.com/rest' }, headers });
}
const any = () => true;
const to = (method: string, end: string) => (asked: Asked) => asked.method === method && asked.path.endsWith(end);

function change() {
  return {
    branch: `pace/review-${Math.random()}`,
    base: 'main',
    from: github.sha,
    files: [{ path: 'a.md', content: String(Math.random()) }],
    commitMessage: 'Add the review',
    title: 'Review',
    body: 'Text.',
    labels: [],
    reviewers: [],
  };
}

describe('a missing permission is named with the lines to add', () => {
  const cases: [string, string, (asked: Asked) => boolean, () => Promise<unknown> | undefined][] = [
    ['repository', 'contents: read', any, () => host().repository()],
    ['listChecks', 'checks: read', to('GET', '/check-runs'), () => host().listChecks?.(github.sha)],
    ['listChecks', 'statuses: read', to('GET', '/status'), () => host().listChecks?.(github.sha)],
    ['setCommitStatus', 'statuses: write', any, () => host().setCommitStatus?.(github.sha, STATUS)],
    ['findChange', 'pull-requests: read', any, () => host().findChange('x')],
    ['proposeChange', 'pull-requests: read', to('GET', '/pulls'), () => host().proposeChange(change())],
    ['proposeChange', 'contents: write', to('POST', '/git/trees'), () => host().proposeChange(change())],
    ['proposeChange', 'contents: write', to('POST', '/git/refs'), () => host().proposeChange(change())],
    ['proposeChange', 'pull-requests: write', to('POST', '/pulls'), () => host().proposeChange(change())],
    ['changeById', 'pull-requests: read', any, () => host().changeById?.('1')],
    ['upsertChangeNote', 'pull-requests: write', any, () => host().upsertChangeNote?.(NOTE)],
    ['upsertChangeNote', 'pull-requests: write', to('POST', '/comments'), () => noteSomewhere()],
    ['getIssue', 'issues: read', any, () => tracker().getIssue('1')],
    ['listIssues', 'issues: read', any, () => collect(tracker().listIssues())],
    ['createIssue', 'issues: write', any, () => tracker().createIssue({ title: 'T', body: '' })],
    ['updateIssue', 'issues: write', any, () => tracker().updateIssue('1', { title: 'T' })],
    ['transitionIssue', 'issues: read', any, () => tracker().transitionIssue('1', { state: 'done' })],
    ['listComments', 'issues: read', any, () => collect(tracker().listComments('1'))],
    ['addComment', 'issues: write', any, () => tracker().addComment('1', 'Text.')],
  ];
  const NOTE = { gate: 'gate', markdown: 'HOLD', change: '1' };
  const noteSomewhere = async () => {
    const { key } = await tracker().createIssue({ title: 'T', body: '' });
    return host().upsertChangeNote?.({ ...NOTE, change: key });
  };
  const STATUS = { context: 'pace/gate', state: 'success', description: 'SHIP' } as const;

  for (const [operation, permission, match, call] of cases) {
    test(`${operation}: ${permission}`, async () => {
      refuse(match, NOT_ACCESSIBLE);
      const error = await refusal(async () => call(), { kinds: ['permission'], operation });
      expect(error.message).toMatch(
        /^The token may not .* in octo-org\/octo-repo \(Resource not accessible by integration\)\.$/,
      );
      expect(error.remedy).toContain(`permissions:\n  ${permission}\n`);
      expect(error.status).toBe(403);
    });
  }

  test('ownCheck: actions: read', async () => {
    refuse(to('GET', '/jobs'), NOT_ACCESSIBLE);
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'gate',
      GITHUB_SHA: github.sha,
    };
    const world = testWorld({ env });
    await createHost(world, settingsFor(github)).ownCheck?.();
    expect(world.lines).toContainEqual(
      expect.stringMatching(
        /^debug: Looking for the own job among the check runs instead\..*permissions:\n {2}actions: read\n/s,
      ),
    );
  });

  test.each([
    ['labels', '/labels', { labels: ['pace'] }],
    ['reviewers', '/requested_reviewers', { reviewers: ['ann'] }],
  ])('the %s of a review request: a warning, and the request stands', async (_, end, more) => {
    refuse(to('POST', end), NOT_ACCESSIBLE);
    const world = testWorld();
    const made = await createHost(world, settingsFor(github)).proposeChange({ ...change(), ...more });
    expect(made.state).toBe('open');
    const warnings = world.lines.filter((line) => line.startsWith('warn: '));
    expect(warnings.join('\n')).toContain('permissions:\n  pull-requests: write\n');
  });

  test('whole', async () => {
    refuse(any, NOT_ACCESSIBLE);
    const error = await refusal(() => tracker().createIssue({ title: 'T', body: '' }), { kinds: ['permission'] });
    expect([error.message, error.remedy]).toEqual([
      'The token may not write issues in octo-org/octo-repo (Resource not accessible by integration).',
      'Please add `issues: write` to the job in the workflow:\npermissions:\n  issues: write\nA job with a `permissions:` block has nothing but what it lists. A personal access token or an app token needs "Issues: write".',
    ]);
  });
});

test.each([
  ['read', (host: CodeHost) => host.getVariable?.('PACE_PAUSED')],
  ['write', (host: CodeHost) => host.setVariable?.('PACE_PAUSED', 'true')],
] as const)('a workflow’s own token can never %s variables, which no YAML can change', async (access, call) => {
  refuse(any, NOT_ACCESSIBLE);
  const error = await refusal(async () => call(host()), { kinds: ['permission'] });
  expect(error.remedy).toBe(
    `The GITHUB_TOKEN of a workflow can never ${access} variables, and \`permissions:\` has no key for it. Please use a fine-grained personal access token or an app token with "Variables: ${access}", or pause by issue (\`pause.by: issue\`).`,
  );
});

test('a token that is wrong', async () => {
  const settings = settingsFor(github, { token: 'ghp_wrong' });
  const wrong = createHost(testWorld(), settings);
  const error = await refusal(() => wrong.findChange('x'), { kinds: ['authentication'], operation: 'findChange' });
  expect(error.message).toBe('GitHub does not accept the token.');
  expect(error.remedy).toContain('not expired');
  expect(JSON.stringify([error.message, error.remedy, error.vendorMessage])).not.toContain('ghp_wrong');
});

test('single sign-on names the page where the token is authorised', async () => {
  const url = 'https://github.com/orgs/octo-org/sso?authorization_request=A1';
  const message =
    'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.';
  refuse(any, message, 403, { 'x-github-sso': `required; url=${url}` });
  const error = await refusal(() => tracker().getIssue('1'), { kinds: ['permission'] });
  expect(error.remedy).toBe(`The organisation requires single sign-on. Please authorise the token for it at ${url}.`);
  refuse(any, message);
  const bare = await refusal(() => tracker().getIssue('1'), { kinds: ['permission'] });
  expect(bare.remedy).toContain('Configure SSO');
});

test('a pull request from a fork: no line in the workflow helps', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pace-github-fork-'));
  try {
    const path = join(folder, 'event.json');
    const [head, base] = ['stranger/octo-repo', 'octo-org/octo-repo'].map((full_name) => ({ repo: { full_name } }));
    writeFileSync(path, JSON.stringify({ pull_request: { head, base } }));
    const env = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: path };
    refuse(any, NOT_ACCESSIBLE);
    const error = await refusal(() => tracker({}, env).createIssue({ title: 'T', body: '' }), {
      kinds: ['permission'],
    });
    expect(error.remedy).toContain('can only read, whatever `permissions:` says');
    expect(error.remedy).not.toContain('issues: write');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('Actions that may not open pull requests', async () => {
  refuse(to('POST', '/pulls'), 'GitHub Actions is not permitted to create or approve pull requests.');
  const error = await refusal(() => host().proposeChange(change()), {
    kinds: ['permission'],
    operation: 'proposeChange',
  });
  expect(error.remedy).toContain('Allow GitHub Actions to create and approve pull requests');
});

test('a personal access token gets its permission in its settings, not in the workflow', async () => {
  refuse(any, 'Resource not accessible by personal access token');
  const error = await refusal(() => tracker().addComment('1', 'x'), { kinds: ['permission'], operation: 'addComment' });
  expect(error.remedy).toBe(
    'Please give the personal access token the permission "Issues: write" for octo-org/octo-repo (GitHub → Settings → Developer settings → Fine-grained tokens). An organisation may have to approve it.',
  );
});

test.each([
  [422, 'Cannot create ref due to creations being restricted.'],
  [422, 'Repository rule violations found'],
  [403, 'Protected branch update failed for refs/heads/pace/review-day-1.'],
])('a rule that forbids the branch: %i %s', async (status, words) => {
  refuse(to('POST', '/git/refs'), words, status);
  const error = await refusal(() => host().proposeChange(change()), {
    kinds: ['permission'],
    operation: 'proposeChange',
  });
  expect(error.message).toBe(
    `A rule of octo-org/octo-repo does not let the token create a branch and a commit (${words}).`,
  );
  expect(error.remedy).toContain('`pace/**`');
});

test('an organisation that lets in known addresses only', async () => {
  refuse(
    any,
    'Although you appear to have the correct authorization credentials, the `octo-org` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
  );
  const error = await refusal(() => tracker().getIssue('1'), { kinds: ['permission'] });
  expect(error.remedy).toContain('IP allow list');
  expect(error.remedy).not.toContain('issues: read');
});

test('an archived repository', async () => {
  refuse(any, 'Repository was archived so is read-only and unable to create comment because issue is locked.');
  const error = await refusal(() => tracker().addComment('1', 'x'), { kinds: ['permission'] });
  expect(error.message).toContain('octo-org/octo-repo is archived');
  expect(error.remedy).toContain('take it out of the archive');
  expect(`${error.message} ${error.remedy}`).not.toMatch(/token|issues: write/);
});

test('a conversation that is locked', async () => {
  refuse(to('POST', '/issues/1/comments'), 'Unable to create comment because issue is locked.');
  const error = await refusal(() => tracker().addComment('1', 'x'), { kinds: ['permission'], operation: 'addComment' });
  expect(error.message).toBe(
    'The conversation of the issue is locked (Unable to create comment because issue is locked.).',
  );
  expect(error.remedy).toContain('Please unlock it');
  expect(error.remedy).not.toContain('issues: write');
});

test('an issue that takes no more comments', async () => {
  refuse(to('POST', '/issues/1/comments'), 'Commenting is disabled on issues with more than 2500 comments');
  const error = await refusal(() => tracker().addComment('1', 'x'), { kinds: ['permission'], operation: 'addComment' });
  expect(error.message).toContain('The issue is full');
  expect(error.remedy).toBe('Please close the issue, or open another one; it can still be edited and closed.');
});

test('a repository without a commit', async () => {
  refuse(to('GET', '/check-runs'), 'Git Repository is empty.', 409);
  expect(await refusal(async () => host().listChecks?.(github.sha), { kinds: ['not-found'] })).toMatchObject({
    kind: 'not-found',
    message: 'There is no commit in octo-org/octo-repo yet.',
    remedy: expect.stringContaining('push one first'),
  });
});

test('issues that are disabled', async () => {
  refuse(any, 'Issues has been disabled in this repository.', 410);
  const error = await refusal(() => tracker().createIssue({ title: 'T', body: '' }), { kinds: ['not-found'] });
  expect([error.message, error.remedy]).toEqual([
    'Issues are disabled in octo-org/octo-repo.',
    'Please enable them (repository settings → General → Features → Issues), name another repository in `github.issues_repository`, or choose another tracker.',
  ]);
});

test('an issue that was deleted', async () => {
  refuse(any, 'This issue was deleted', 410);
  const error = await refusal(() => tracker().getIssue('3'), { kinds: ['not-found'], operation: 'getIssue' });
  expect(error.remedy).toContain('deleted');
});

test('a repository that the token cannot see', async () => {
  const elsewhere = settingsFor(github, { repository: 'octo-org/secret' });
  const error = await refusal(() => createHost(testWorld(), elsewhere).repository(), { kinds: ['not-found'] });
  expect(error.message).toBe('GitHub found nothing when asked to read the repository in octo-org/secret (Not Found).');
  expect(error.remedy).toContain('404 for a missing permission too ("Contents: read")');
  expect(error.remedy).not.toContain('reaches only its own');
});

test('another repository than the workflow’s own is out of reach for its token', async () => {
  const env = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo-org/octo-repo' };
  refuse(any, 'Not Found', 404);
  const elsewhere = tracker({ issues_repository: 'octo-org/planning' }, env);
  const error = await refusal(() => elsewhere.createIssue({ title: 'T', body: '' }), { kinds: ['not-found'] });
  expect(error.message).toContain('octo-org/planning');
  expect(error.remedy).toContain('reaches only its own repository (octo-org/octo-repo)');
});

test('trouble at GitHub is nobody’s permission', async () => {
  github.trouble(any, { status: 502, text: '<html>Unicorn!</html>' }, 9);
  const error = await refusal(() => tracker().getIssue('1'), { kinds: ['transient'], operation: 'getIssue' });
  expect(error.message).not.toContain('Unicorn');
  // four attempts were made; the other answers must not reach the next test
  for (let left = 9 - github.exchanges.length; left > 0; left -= 1) await fetch(github.origin);
});

test.each(['', 'octo-repo', 'a/b/c', '/x', 'x/', 'https://github.com/a/b'])('"%s" is no repository', (repository) => {
  expect(() => createHost(testWorld(), settingsFor(github, { repository }))).toThrow(
    'is not the name of a GitHub repository',
  );
});

test.each(['github.example.org', 'ftp://github.example.org', 'x'])('"%s" is no address of an API', (api_url) => {
  expect(() => createHost(testWorld(), settingsFor(github, { api_url }))).toThrow('is not the address of a GitHub API');
});
