import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { withMetadata } from '../../../core/drivers/hidden-metadata.ts';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { createTracker } from '../../../platforms/github/issues.ts';
import { refusal } from '../../contract/refusal.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';
import { collect, expectDescribedRequests, settingsFor } from './bench.ts';

let github: GitHub;
let world: TestWorld;
let tracker: TrackerDriver;
beforeAll(async () => {
  github = await startGitHub({ others: ['planning'] });
});
afterAll(() => github.close());
afterEach(() => expectDescribedRequests(github));
beforeEach(() => {
  github.exchanges.length = 0;
  world = testWorld();
  tracker = createTracker(world, settingsFor(github));
});

function asked(): string[] {
  return github.exchanges.map(({ asked: { method, path } }) => `${method} ${path.split('/').slice(4).join('/')}`);
}

test('every call takes as few requests as GitHub allows', async () => {
  const { key } = await tracker.createIssue({ title: 'T', body: 'Text.', labels: ['a', 'b'], metadata: { a: 1 } });
  expect(asked()).toEqual(['POST issues']);
  const costs: [() => Promise<unknown>, string[]][] = [
    [() => tracker.updateIssue(key, { title: 'U' }), ['PATCH']],
    [() => tracker.updateIssue(key, { body: 'New.', metadata: { b: 2 } }), ['PATCH']],
    [() => tracker.updateIssue(key, { body: 'Newer.' }), ['GET', 'PATCH']],
    [() => tracker.updateIssue(key, { metadata: {} }), ['GET', 'PATCH']],
    [() => tracker.transitionIssue(key, { state: 'done' }), ['GET', 'PATCH']],
    [() => tracker.transitionIssue(key, { state: 'done' }), ['GET']],
    [() => collect(tracker.listIssues({ labels: ['a'] })), ['GET']],
    [() => tracker.addComment(key, 'x'), ['POST']],
    [() => collect(tracker.listComments(key)), ['GET']],
  ];
  for (const [call, methods] of costs) {
    github.exchanges.length = 0;
    await call();
    expect(github.exchanges.map((exchange) => exchange.asked.method)).toEqual(methods);
  }
});

test('issues live in another repository when the settings say so', async () => {
  const elsewhere = createTracker(world, settingsFor(github, { issues_repository: 'octo-org/planning' }));
  const created = await elsewhere.createIssue({ title: 'T', body: '' });
  expect(created.url).toContain('/octo-org/planning/issues/');
  expect(github.exchanges[0]?.asked.path).toBe('/repos/octo-org/planning/issues');
});

test('labels that GitHub has dropped are named in the log', async () => {
  const message = 'lacks the labels pace-hold: GitHub drops labels when';
  github.trouble(({ method }) => method === 'POST', { status: 201, json: bare(['PACE-day-3']) });
  await tracker.createIssue({ title: 'T', body: '', labels: ['pace-hold', 'pace-day-3'] });
  expect(world.lines).toEqual([expect.stringContaining(message)]);
});

function bare(labels: string[]): object {
  const at = '2026-03-02T08:00:00Z';
  const names = labels.map((name) => ({ name }));
  return {
    number: 1,
    html_url: 'https://x/1',
    title: 'T',
    body: '',
    state: 'open',
    labels: names,
    user: null,
    created_at: at,
    updated_at: at,
  };
}

test('an assignee that GitHub does not accept costs the assignees, not the issue', async () => {
  const errors = [{ value: 'nobody', resource: 'Issue', field: 'assignees', code: 'invalid' }];
  github.trouble(({ method }) => method === 'POST', { status: 422, json: { message: 'Validation Failed', errors } });
  const created = await tracker.createIssue({
    title: 'T',
    body: 'Text.',
    labels: ['a'],
    assignees: ['nobody', 'octocat'],
  });
  expect([created.title, created.labels, created.assignees]).toEqual(['T', ['a'], []]);
  expect(github.exchanges.map((exchange) => exchange.asked.body)).toEqual([
    { title: 'T', body: 'Text.', labels: ['a'], assignees: ['nobody', 'octocat'] },
    { title: 'T', body: 'Text.', labels: ['a'] },
  ]);
  expect(world.lines).toEqual([
    expect.stringMatching(/^warn: .* has no assignees: nobody, octocat cannot be assigned\.$/),
  ]);
});

test('assignees that GitHub accepts are there', async () => {
  const created = await tracker.createIssue({ title: 'T', body: '', assignees: ['octocat'] });
  expect(created.assignees).toEqual([{ id: 'octocat', name: 'octocat' }]);
});

test('another mistake is not taken for that of the assignees', async () => {
  const json = { message: 'Validation Failed', errors: [{ resource: 'Issue', field: 'title', code: 'missing_field' }] };
  github.trouble(({ method }) => method === 'POST', { status: 422, json });
  const call = () => tracker.createIssue({ title: '', body: '', assignees: ['octocat'] });
  const error = await refusal(call, { kinds: ['validation'], operation: 'createIssue' });
  expect(error.message).toContain('Validation Failed: title is missing_field');
  expect(github.exchanges.length).toBe(1);
});

test('an answer that gets lost is not answered by a second issue', async () => {
  github.trouble(({ method }) => method === 'POST', 'reset-after');
  const label = 'lost-answer';
  await refusal(() => tracker.createIssue({ title: 'T', body: '', labels: [label] }), { kinds: ['transient'] });
  expect((await collect(tracker.listIssues({ labels: [label] }))).length).toBe(1);
});

test('pull requests are no issues', async () => {
  const host = createHost(world, settingsFor(github));
  const change = {
    branch: 'pace/x',
    base: 'main',
    from: github.sha,
    files: [{ path: 'x', content: 'x' }],
    commitMessage: 'x',
  };
  const pull = await host.proposeChange({ ...change, title: 'A pull request', body: '', labels: [], reviewers: [] });
  const at = '2026-03-02T08:00:00Z';
  const shown = {
    number: Number(pull.key),
    html_url: pull.url,
    title: 'A pull request',
    state: 'open',
    labels: [],
    user: null,
  };
  const json = { ...shown, created_at: at, updated_at: at, pull_request: { url: pull.url } };
  github.trouble(({ path }) => path.endsWith('/issues'), { json: [json] });
  expect(await collect(tracker.listIssues())).toEqual([]);
  github.trouble(({ path }) => path.endsWith(`/issues/${pull.key}`), { json });
  const error = await refusal(() => tracker.getIssue(pull.key), { kinds: ['not-found'], operation: 'getIssue' });
  expect(error.message).toBe(`#${pull.key} in octo-org/octo-repo is a pull request, not an issue.`);
  github.exchanges.length = 0;
  const deeds: Record<string, () => Promise<unknown>> = {
    updateIssue: () => tracker.updateIssue(pull.key, { title: 'Never' }),
    transitionIssue: () => tracker.transitionIssue(pull.key, { state: 'done' }),
    addComment: () => tracker.addComment(pull.key, 'Never.'),
    updateComment: async () => tracker.updateComment?.(pull.key, '1', 'Never.'),
    deleteComment: async () => tracker.deleteComment?.(pull.key, '1'),
    listComments: () => collect(tracker.listComments(pull.key)),
    getAvailableTransitions: () => tracker.getAvailableTransitions(pull.key),
    getIssueLinks: async () => tracker.getIssueLinks?.(pull.key),
    createLink: async () => tracker.createLink?.(pull.key, { type: 'blocks', target: '1' }),
    deleteLink: async () => tracker.deleteLink?.(pull.key, { type: 'blocks', target: '1' }),
    history: async () => tracker.history && collect(tracker.history(pull.key)),
    listAttachments: async () => tracker.listAttachments && collect(tracker.listAttachments(pull.key)),
  };
  for (const [operation, deed] of Object.entries(deeds)) {
    github.trouble(({ path }) => path.endsWith(`/issues/${pull.key}`), { json });
    const refused = await refusal(deed, { kinds: ['not-found'], operation });
    expect(refused.message).toBe(error.message);
  }
  expect(github.exchanges.filter(({ asked }) => asked.method !== 'GET')).toEqual([]);
});

test('a label with a comma is looked for on our side, the others by GitHub', async () => {
  const { key } = await tracker.createIssue({ title: 'T', body: '', labels: ['with, comma', 'plain'] });
  await tracker.createIssue({ title: 'Other', body: '', labels: ['plain'] });
  github.exchanges.length = 0;
  const found = await collect(tracker.listIssues({ labels: ['with, comma', 'plain'], state: 'open' }));
  expect(found.map((issue) => issue.key)).toEqual([key]);
  expect(Object.fromEntries(github.exchanges[0]?.asked.query ?? [])).toEqual({
    state: 'open',
    labels: 'plain',
    sort: 'created',
    direction: 'desc',
    per_page: '100',
  });
});

test('a list that starts at a time stops at the first older issue', async () => {
  const at = (day: number) => `2026-03-${String(day).padStart(2, '0')}T08:00:00Z`;
  const days = Array.from({ length: 28 }, (_, index) => 28 - index);
  const json = days.map((day) => ({ ...bare([]), number: day, created_at: at(day) }));
  github.trouble(() => true, { json, headers: { link: `<${github.origin}/next>; rel="next"` } });
  const found = await collect(tracker.listIssues({ createdSince: Date.parse(at(20)) }));
  expect(found.map((issue) => issue.key)).toEqual(['28', '27', '26', '25', '24', '23', '22', '21', '20']);
  expect(github.exchanges.length).toBe(1);
});

test('the measure of a body counts the metadata that goes with it', () => {
  const metadata = { pace: { kind: 'escalation', day: 3 } };
  expect(tracker.measureBody('Text.', metadata)).toBe(withMetadata('Text.', metadata).length);
  expect(tracker.bodyLimit).toEqual({ max: 65_536, unit: 'characters' });
});

test('a body above the limit is refused with GitHub’s own words', async () => {
  const call = () => tracker.createIssue({ title: 'T', body: 'x'.repeat(65_537) });
  const error = await refusal(call, { kinds: ['validation'], operation: 'createIssue' });
  expect(error.vendorMessage).toContain('body is too long (maximum is 65536 characters)');
});

test('GitHub has only open and closed: work under way is told by a label', async () => {
  const { key } = await tracker.createIssue({ title: 'T', body: '' });
  await tracker.transitionIssue(key, { state: 'canceled' });
  const states = [];
  for (const state of ['in_progress', 'in_review', 'blocked', 'done', 'canceled', 'open'] as const) {
    const moved = await tracker.transitionIssue(key, { state });
    states.push([state, moved.state, moved.stateName]);
  }
  expect(states).toEqual([
    ['in_progress', 'in_progress', 'status:in-progress'],
    ['in_review', 'in_review', 'status:in-review'],
    ['blocked', 'blocked', 'status:blocked'],
    ['done', 'done', 'closed (completed)'],
    ['canceled', 'canceled', 'closed (not_planned)'],
    ['open', 'open', 'open'],
  ]);
});
