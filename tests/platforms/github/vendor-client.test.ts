/** GitHub's own client beside PACE: it reads what PACE writes, and lists what PACE lists by plain requests and pages of its own. */
import { Octokit } from 'octokit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { createTracker } from '../../../platforms/github/issues.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { collect, settingsFor } from './bench.ts';

/** One more than a page. */
const ISSUES = 101;
const silent = () => undefined;
const repository = { owner: 'octo-org', repo: 'octo-repo' };

let github: GitHub;
let octokit: Octokit;
let tracker: IssueTracker;
beforeAll(async () => {
  github = await startGitHub();
  octokit = new Octokit({
    auth: github.token,
    baseUrl: github.origin,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    // it would write once a second
    throttle: { enabled: false },
    retry: { enabled: false },
  });
  const world = testWorld();
  tracker = completeTracker({ driver: createTracker(world, settingsFor(github)), name: 'GitHub', world });
});
afterAll(() => github.close());

test('an issue with all that belongs to it reads there as PACE has written it', async () => {
  await tracker.createMilestone({ title: 'Sprint 1', description: 'First', dueDate: '2026-03-20' });
  const draft = {
    title: 'Fix «it» — now',
    body: '# Why\n\n`a` & <b>',
    labels: ['bug', 'two words'],
    milestone: 'Sprint 1',
  };
  const created = await tracker.createIssue({ ...draft, metadata: { day: 3 } });
  const { id } = await tracker.addComment(created.key, 'Done by #1.');
  await tracker.transitionIssue(created.key, 'canceled');
  const address = { ...repository, issue_number: Number(created.key) };
  const { data: issue } = await octokit.rest.issues.get(address);
  expect([issue.title, issue.state, issue.state_reason, issue.html_url, issue.milestone?.title]).toEqual([
    draft.title,
    'closed',
    'not_planned',
    created.url,
    'Sprint 1',
  ]);
  expect(issue.body?.startsWith(`${draft.body}\n`)).toBe(true);
  expect(issue.labels.map((label) => (typeof label === 'string' ? label : label.name))).toEqual(draft.labels);
  const { data: comments } = await octokit.rest.issues.listComments(address);
  expect(comments.map((comment) => [String(comment.id), comment.body])).toEqual([[id, 'Done by #1.']]);
});

test('a long list is the same by both, in the same order', async () => {
  for (let number = 1; number <= ISSUES; number += 1) {
    await octokit.rest.issues.create({ ...repository, title: `Issue ${number}`, body: `Text ${number}.` });
  }
  const wanted = { ...repository, state: 'open', per_page: 100 } as const;
  const theirs = await octokit.paginate(octokit.rest.issues.listForRepo, wanted);
  const ours = await collect(tracker.listIssues({ states: ['open'] }));
  expect(ours.length).toBe(ISSUES);
  expect(ours.map(({ key, title, body }) => [Number(key), title, body])).toEqual(
    theirs.map(({ number, title, body }) => [number, title, body]),
  );
});

test('labels and milestones are the same by both', async () => {
  const [labels, milestones] = await Promise.all([
    octokit.paginate(octokit.rest.issues.listLabelsForRepo, repository),
    octokit.paginate(octokit.rest.issues.listMilestones, { ...repository, state: 'all' }),
  ]);
  expect((await collect(tracker.listLabels())).map(({ name }) => name)).toEqual(labels.map(({ name }) => name));
  expect((await collect(tracker.listMilestones())).map(({ title }) => title)).toEqual(
    milestones.map(({ title }) => title),
  );
});
