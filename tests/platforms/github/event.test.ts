import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { changeOfJob, isForkPullRequest, judgedCommit, repositoryOfJob } from '../../../platforms/github/event.ts';

const folder = mkdtempSync(join(tmpdir(), 'pace-github-event-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MERGE = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);

function env(name: string, event: unknown): Record<string, string> {
  const path = join(folder, `${name}-${Math.random()}.json`);
  writeFileSync(path, typeof event === 'string' ? event : JSON.stringify(event));
  return { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_SHA: MERGE };
}

function pullRequest(from: string | null): object {
  const repo = from === null ? null : { full_name: from };
  const base = { ref: 'main', repo: { full_name: 'o/r' } };
  return { pull_request: { number: 12, head: { sha: HEAD, ref: 'feature', repo }, base } };
}

describe('the judged commit', () => {
  test.each([
    ['pull_request', pullRequest('o/r')],
    ['pull_request_target', pullRequest('stranger/r')],
    ['merge_group', { merge_group: { head_sha: HEAD } }],
    ['workflow_run', { workflow_run: { head_sha: HEAD } }],
    ['check_suite', { check_suite: { head_sha: HEAD } }],
    ['check_run', { check_run: { head_sha: HEAD } }],
    ['status', { sha: HEAD }],
    ['deployment_status', { deployment: { sha: HEAD } }],
  ])('of %s is the head, not the commit that the job runs on', async (name, event) => {
    expect((await judgedCommit(env(name, event)))?.sha).toBe(HEAD);
  });

  test('comes with the change that it belongs to, else with its branch', async () => {
    const ends = {
      head: { sha: HEAD, ref: 'feature', repo: { full_name: 'o/r' } },
      base: { ref: 'main', repo: { full_name: 'o/r' } },
    };
    const pull_request = { number: 12, ...ends, labels: [{ name: 'bug' }] };
    expect(await judgedCommit(env('pull_request', { pull_request }))).toEqual({
      sha: HEAD,
      change: { id: '12', source: 'feature', target: 'main', labels: ['bug'] },
    });
    const head_ref = `refs/heads/gh-readonly-queue/main/pr-34-${MERGE}`;
    expect(await judgedCommit(env('merge_group', { merge_group: { head_sha: HEAD, head_ref } }))).toEqual({
      sha: HEAD,
      change: { id: '34', source: '', target: 'main', labels: [] },
    });
    const workflow_run = { head_sha: HEAD, event: 'push', head_branch: 'release' };
    expect(await judgedCommit(env('workflow_run', { workflow_run }))).toEqual({ sha: HEAD, branch: 'release' });
    const push = { ...env('push', { ref: 'refs/heads/main' }), GITHUB_REF: 'refs/heads/main' };
    expect(await judgedCommit(push)).toEqual({ sha: MERGE, branch: 'main' });
  });

  test('of a check is that of the pull request which it names', async () => {
    const pull = { number: 12, head: { sha: HEAD, ref: 'feature' }, base: { ref: 'main', repo: { id: 7 } } };
    const event = {
      check_suite: { head_sha: HEAD, head_branch: 'feature', pull_requests: [pull] },
      repository: { id: 7 },
    };
    const change = { id: '12', source: 'feature', target: 'main', labels: [] };
    expect(await judgedCommit(env('check_suite', event))).toEqual({ sha: HEAD, change });
    const job = { ...env('check_suite', event), GITHUB_REPOSITORY: 'o/r' };
    expect(await changeOfJob(job, 'o/r')).toBe('12');
  });

  test('of a comment at a pull request is that of the branch on which the workflow runs', async () => {
    const event = { action: 'created', issue: { number: 12, pull_request: { url: 'https://x.test' } }, comment: {} };
    const comment = { ...env('issue_comment', event), GITHUB_REF: 'refs/heads/main' };
    expect(await judgedCommit(comment)).toEqual({ sha: MERGE, branch: 'main' });
  });

  test('of a run after that of a fork goes by its own beginning', async () => {
    const workflow_run = { head_sha: HEAD, event: 'pull_request', head_branch: 'feature', pull_requests: [] };
    expect((await judgedCommit(env('workflow_run', { workflow_run })))?.change?.id).toBe(HEAD.slice(0, 12));
  });

  test.each([
    ['push', { after: HEAD, sha: HEAD }],
    ['schedule', { schedule: '0 6 * * *' }],
    ['workflow_dispatch', { inputs: null }],
    ['pull_request', { pull_request: { head: { sha: 'no sha' } } }],
    ['push', 'null'],
    ['push', '{ broken'],
  ])('of %s is the one that the job runs on', async (name, event) => {
    expect((await judgedCommit(env(name, event)))?.sha).toBe(MERGE);
  });

  test('is known without an event file', async () => {
    expect(await judgedCommit({ GITHUB_ACTIONS: 'true', GITHUB_SHA: MERGE })).toEqual({ sha: MERGE });
  });

  test('is nobody’s business outside of Actions', async () => {
    expect(await judgedCommit({ GITHUB_SHA: MERGE })).toBeUndefined();
    expect(await judgedCommit({ GITHUB_ACTIONS: 'true' })).toBeUndefined();
  });

  test.each(['stranger/r', null])('of a pull request from the fork %s comes with a note', async (fork) => {
    expect(await judgedCommit(env('pull_request', pullRequest(fork)))).toEqual({
      sha: HEAD,
      change: { id: '12', source: 'feature', target: 'main', labels: [] },
      note: 'This run belongs to a pull request from a fork: its token can only read, so the decision is in the summary and the log only.',
    });
  });
});

test('only a pull request from elsewhere is one from a fork', async () => {
  expect(await isForkPullRequest(env('pull_request', pullRequest('stranger/r')))).toBe(true);
  expect(await isForkPullRequest(env('pull_request_review', pullRequest('stranger/r')))).toBe(true);
  expect(await isForkPullRequest(env('pull_request', pullRequest('o/r')))).toBe(false);
  expect(await isForkPullRequest(env('pull_request_target', pullRequest('stranger/r')))).toBe(false);
  expect(await isForkPullRequest(env('push', {}))).toBe(false);
  expect(await isForkPullRequest(env('push', pullRequest('stranger/r')))).toBe(false);
  expect(await isForkPullRequest(env('pull_request', {}))).toBe(false);
  expect(await isForkPullRequest(env('pull_request', { pull_request: {} }))).toBe(false);
  expect(await isForkPullRequest({})).toBe(false);
});

describe('a job', () => {
  const repository = { id: 1296269, default_branch: 'trunk' };
  const own = (name: string, event: object) => ({ ...env(name, event), GITHUB_REPOSITORY: 'o/r' });

  test('has been told id and default branch of its own repository', async () => {
    const job = own('push', { repository });
    expect(await repositoryOfJob(job, 'O/R')).toEqual({ id: '1296269', defaultBranch: 'trunk' });
    expect(await repositoryOfJob({ ...job, GITHUB_REPOSITORY_ID: '7' }, 'o/r')).toEqual({
      id: '7',
      defaultBranch: 'trunk',
    });
    expect(await repositoryOfJob({ ...job, GITHUB_EVENT_PATH: '' }, 'o/r')).toEqual({});
  });

  test('has been told nothing of another one, and nobody of any outside of a job', async () => {
    const job = own('push', { repository });
    expect(await repositoryOfJob(job, 'o/other')).toBeUndefined();
    expect(await repositoryOfJob({ ...job, GITHUB_ACTIONS: '' }, 'o/r')).toBeUndefined();
  });

  test('belongs to the pull request of its own repository, by its number', async () => {
    const job = own('pull_request', pullRequest('o/r'));
    expect(await changeOfJob(job, 'o/r')).toBe('12');
    expect(await changeOfJob(job, 'o/other')).toBeUndefined();
    expect(await changeOfJob({ ...job, GITHUB_ACTIONS: '' }, 'o/r')).toBeUndefined();
    expect(await changeOfJob(own('push', {}), 'o/r')).toBeUndefined();
    const workflow_run = { head_sha: '1'.repeat(40), event: 'pull_request', pull_requests: [] };
    expect(await changeOfJob(own('workflow_run', { workflow_run }), 'o/r')).toBeUndefined();
  });
});
