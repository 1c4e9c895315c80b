import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Issue, IssueFilter, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { asked, expectDescribed, hostIn, jobEnv, shellEnv, trackerIn } from './bench.ts';

let server: GitLabServer;
let tracker: TrackerDriver;

beforeEach(async () => {
  server = await startGitLab();
  tracker = (await trackerIn(shellEnv(server))).tracker;
});
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

async function list(filter?: IssueFilter): Promise<Issue[]> {
  const issues: Issue[] = [];
  for await (const issue of tracker.listIssues(filter)) issues.push(issue);
  return issues;
}

it('an issue is created with one request', async () => {
  const issue = await tracker.createIssue({ title: 'HOLD', body: 'Text.', labels: ['pace', 'day-3'], purpose: 'hold' });
  expect(issue).toMatchObject({ key: '1', labels: ['day-3', 'pace'], author: { id: 'pace-bot', name: 'PACE' } });
  expect(asked(server)).toEqual(['POST /issues']);
  expect(server.exchanges[0]?.asked.body).toEqual({
    title: 'HOLD',
    description: 'Text.',
    issue_type: 'issue',
    labels: 'pace,day-3',
  });
});

it('an issue that is created and cannot be closed says that it is there', async () => {
  server.trouble(({ method }) => method === 'PUT', { status: 403, json: { message: '403 Forbidden' } });
  const created = tracker.createIssue({ title: 'Done', body: '', state: 'done' });
  await expect(created).rejects.toMatchObject({ kind: 'permission', done: ['1: created'] });
});

it('assignees are looked up, and one that does not exist is left out', async () => {
  const { tracker: named, world } = await trackerIn(shellEnv(server));
  const issue = await named.createIssue({ title: 'HOLD', body: '', assignees: ['grace', 'nobody'] });
  expect(issue.assignees).toEqual([{ id: 'grace', name: 'Grace Hopper' }]);
  expect(world.lines).toEqual([
    'warn: GitLab does not know the user "nobody": the issue is opened without that person.',
  ]);
});

it('a label with a comma is refused before anything is written', async () => {
  await expect(tracker.createIssue({ title: 'x', body: '', labels: ['a,b'] })).rejects.toMatchObject({
    kind: 'validation',
    operation: 'createIssue',
    message: 'The label "a,b" has a comma, and GitLab labels cannot have one.',
  });
  await expect(list({ labels: ['a,b'] })).rejects.toMatchObject({ kind: 'validation', operation: 'listIssues' });
  expect(server.exchanges).toEqual([]);
});

it('lists hold issues only, no incidents and tasks, all pages, newest first', async () => {
  for (let index = 1; index <= 205; index += 1) await tracker.createIssue({ title: `No. ${index}`, body: '' });
  const [incident] = server.issues;
  if (incident) incident.type = 'incident';
  const before = server.exchanges.length;
  const found = await list();
  expect(found.map((issue) => issue.key)).toEqual(Array.from({ length: 204 }, (_, index) => String(205 - index)));
  expect(asked(server).slice(before)).toEqual(
    [1, 2, 3].map(
      (page) => `GET /issues?scope=all&issue_type=issue&order_by=created_at&sort=desc&page=${page}&per_page=100`,
    ),
  );
});

it('an issue that is opened while the list is read does not show another one twice', async () => {
  for (let index = 1; index <= 101; index += 1) await tracker.createIssue({ title: `No. ${index}`, body: '' });
  const seen: string[] = [];
  for await (const issue of tracker.listIssues()) {
    seen.push(issue.key);
    if (seen.length === 1) await tracker.createIssue({ title: 'Meanwhile', body: '' });
  }
  expect(seen.length).toBe(101);
  expect(new Set(seen).size).toBe(101);
});

it('comments are what people and programs wrote, not what GitLab notes down', async () => {
  const { key } = await tracker.createIssue({ title: 'x', body: '' });
  await tracker.transitionIssue(key, { state: 'done' });
  await tracker.addComment(key, 'Green again.');
  expect(server.issues[0]?.notes.map((note) => note.body)).toEqual(['closed', 'Green again.']);
  expect((await collect(tracker.listComments(key))).map((comment) => comment.body)).toEqual(['Green again.']);
});

it('confidential issues and internal notes are told as those that not everybody can see', async () => {
  const { key } = await tracker.createIssue({ title: 'x', body: '' });
  await tracker.addComment(key, 'For all.');
  await tracker.addComment(key, 'For members.');
  const [issue] = server.issues;
  const note = issue?.notes.at(-1);
  if (!issue || !note) throw new Error('There is no issue with a note.');
  expect(await tracker.getIssue(key)).not.toHaveProperty('isPrivate');
  issue.isConfidential = true;
  note.isInternal = true;
  expect([(await tracker.getIssue(key)).isPrivate, (await list())[0]?.isPrivate]).toEqual([true, true]);
  const comments = await collect(tracker.listComments(key));
  expect(comments.map(({ body, isPrivate }) => [body, isPrivate])).toEqual([
    ['For all.', undefined],
    ['For members.', true],
  ]);
});

it.each([
  ['done', 'closed', 'closed'],
  ['canceled', 'closed', 'status:canceled'],
  ['open', 'opened', 'opened'],
  ['in_progress', 'opened', 'status:in-progress'],
  ['in_review', 'opened', 'status:in-review'],
  ['blocked', 'opened', 'status:blocked'],
] as const)('%s is %s at GitLab, and called %s', async (state, own, stateName) => {
  const { key } = await tracker.createIssue({ title: 'x', body: '' });
  expect(await tracker.transitionIssue(key, { state })).toMatchObject({ state, stateName, labels: [] });
  expect(server.issues[0]?.state).toBe(own);
  expect(await tracker.getIssue(key)).toMatchObject({ state, stateName });
});

it('issues may live in another project', async () => {
  const env = { ...shellEnv(server), GITLAB_PROJECT: 'acme/code', GITLAB_ISSUES_PROJECT: server.project };
  const { tracker: other } = await trackerIn(env);
  expect((await other.createIssue({ title: 'x', body: '' })).url).toBe(`${server.origin}/acme/pace-demo/-/issues/1`);
});

it('what PACE adds to texts by itself makes GitLab execute nothing', async () => {
  const metadata = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`/close ${index}`, '\n/close\n']));
  const { key } = await tracker.createIssue({ title: 'x', body: 'Text.', metadata });
  await tracker.updateIssue(key, { body: 'Other.' });
  const { host } = await hostIn(shellEnv(server));
  const files = [{ path: 'a', content: '/close' }];
  await host.proposeChange({
    ...{ branch: 'b', from: server.sha, files, commitMessage: '/close', title: '/close' },
    ...{ body: 'Text.', labels: [], reviewers: [] },
  });
  const job = jobEnv(server, { PACE_GITLAB_TOKEN: server.token, CI_MERGE_REQUEST_IID: '1' });
  await (await hostIn(job)).host.upsertChangeNote?.({ gate: 'gate', markdown: 'Text.' });
  expect(server.quickActions).toEqual([]);
  expect((await tracker.getIssue(key)).metadata).toEqual(metadata);
});

it('the stand-in executes quick actions as GitLab does, so that a leak shows', async () => {
  const { key } = await tracker.createIssue({ title: 'x', body: 'Text.\n/label ~bug\n```\n/close\n```' });
  expect(await tracker.getIssue(key)).toMatchObject({ labels: ['bug'], state: 'open' });
  await tracker.addComment(key, '/close');
  expect((await tracker.getIssue(key)).state).toBe('done');
  expect(server.quickActions).toEqual(['/label ~bug', '/close']);
});
