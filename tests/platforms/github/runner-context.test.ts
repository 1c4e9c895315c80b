/** What PACE reads of a job, beside what GitHub's own package for actions reads of the same files and variables. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '@actions/github';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import { readEvent } from '../../../core/drivers/workflow-event.ts';
import { judgedCommit } from '../../../platforms/github/event.ts';
import { createHost } from '../../../platforms/github/host.ts';
import githubPlatform from '../../../platforms/github/index.ts';
import { testWorld } from '../../support/world.ts';

/** The package exports the context of this process, and not how to read another one. */
const Context = context.constructor as new () => typeof context;

const folder = mkdtempSync(join(tmpdir(), 'pace-runner-context-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const [HEAD, MERGE] = ['b'.repeat(40), 'a'.repeat(40)];
const repository = {
  name: 'demo',
  full_name: 'octo-org/demo',
  owner: { login: 'octo-org' },
  html_url: 'https://x.test',
};
const pull = {
  number: 12,
  title: 'Zeile mit „Ümlaut“ und 🚦',
  head: { sha: HEAD, repo: { full_name: 'octo-org/demo' } },
  base: { repo: { full_name: 'octo-org/demo' } },
};

/** The variables of a job, also for the other package, which reads the process's own. */
function job(event: string, payload: object | undefined): Record<string, string> {
  const path = join(folder, `${event}.json`);
  if (payload) writeFileSync(path, JSON.stringify(payload));
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: 'https://ghe.example.org/api/v3',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: payload ? path : '',
    GITHUB_JOB: 'gate',
    GITHUB_REPOSITORY: 'octo-org/demo',
    GITHUB_RUN_ID: '4711',
    GITHUB_SERVER_URL: 'https://ghe.example.org',
    GITHUB_SHA: MERGE,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return env;
}

test.each<[string, object | undefined]>([
  ['pull_request', { action: 'opened', number: 12, pull_request: pull, repository }],
  ['pull_request_target', { action: 'opened', number: 12, pull_request: pull, repository }],
  ['merge_group', { action: 'checks_requested', merge_group: { head_sha: HEAD }, repository }],
  ['workflow_run', { action: 'completed', workflow_run: { head_sha: HEAD }, repository }],
  ['push', { after: MERGE, ref: 'refs/heads/main', repository }],
  ['schedule', { schedule: '0 6 * * *', repository }],
  ['workflow_dispatch', { inputs: null, repository }],
  ['repository_dispatch', undefined],
])('the event %s is the same for both', async (name, payload) => {
  const env = job(name, payload);
  const theirs = new Context();
  expect(await readEvent(env)).toEqual(theirs.payload);
  const { pull_request, merge_group, workflow_run } = theirs.payload;
  const head = pull_request?.['head'].sha ?? merge_group?.head_sha ?? workflow_run?.head_sha;
  expect((await judgedCommit(env))?.sha).toBe(head ?? theirs.sha);
});

test('the repository, its addresses and the page of the run are the same for both', async () => {
  const env = job('schedule', {});
  const { repo, apiUrl, serverUrl, runId } = new Context();
  const { settings } = resolveSettings({ platform: githubPlatform, side: 'ci', env: { ...env, GITHUB_TOKEN: 'x' } });
  const host = createHost(testWorld({ env }), settings);
  expect(await host.repositoryName()).toBe(`${repo.owner}/${repo.repo}`);
  expect([settings['api_url'], settings['server_url']]).toEqual([apiUrl, serverUrl]);
  expect(host.jobUrl?.()).toBe(`${serverUrl}/${repo.owner}/${repo.repo}/actions/runs/${runId}`);
});
