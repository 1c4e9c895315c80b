import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isForkPullRequest, judgedCommit } from '../../../platforms/github/event.ts';

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
  return { pull_request: { head: { sha: HEAD, repo }, base: { repo: { full_name: 'o/r' } } } };
}

describe('the judged commit', () => {
  test.each([
    ['pull_request', pullRequest('o/r')],
    ['pull_request_target', pullRequest('stranger/r')],
    ['merge_group', { merge_group: { head_sha: HEAD } }],
    ['workflow_run', { workflow_run: { head_sha: HEAD } }],
  ])('of %s is the head, not the commit that the job runs on', async (name, event) => {
    expect(await judgedCommit(env(name, event))).toEqual({ sha: HEAD });
  });

  test.each([
    ['push', { after: HEAD }],
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
  expect(await isForkPullRequest({})).toBe(false);
});
