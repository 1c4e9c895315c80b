import { describe, expect, test } from 'vitest';
import type { IssueFilter } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

const stage = trackerStage({ people: ['ada'] });
const isList = ({ path }: { path: string }) => path.endsWith('/issues');

/** What GitHub is asked for. */
async function queryFor(filter: IssueFilter): Promise<Record<string, string>> {
  stage.calm();
  await collect(stage.driver.listIssues(filter));
  return Object.fromEntries(stage.github.exchanges.find(({ asked }) => isList(asked))?.asked.query ?? []);
}

const USUAL = { state: 'all', sort: 'created', direction: 'desc', per_page: '100' };

describe('GitHub is asked', () => {
  const day = Date.parse('2026-03-02T08:00:00.500Z');
  test.each<[IssueFilter, object]>([
    [{}, USUAL],
    [
      { assignee: 'ada', author: 'octocat' },
      { ...USUAL, assignee: 'ada', creator: 'octocat' },
    ],
    [
      { assignee: null, milestone: null },
      { ...USUAL, assignee: 'none', milestone: 'none' },
    ],
    [{ updatedSince: day }, { ...USUAL, since: '2026-03-02T07:59:59Z' }],
    [{ sort: { by: 'updated', direction: 'asc' } }, { ...USUAL, sort: 'updated', direction: 'asc' }],
    [{ sort: { by: 'priority', direction: 'asc' } }, USUAL],
    [{ states: ['done', 'canceled'] }, { ...USUAL, state: 'closed' }],
    [{ states: ['open', 'blocked'] }, { ...USUAL, state: 'open' }],
    [{ states: ['open', 'done'] }, USUAL],
    [{ states: ['blocked'] }, { ...USUAL, state: 'open', labels: 'status:blocked' }],
    [
      { states: ['blocked'], labels: ['a', 'b,c'] },
      { ...USUAL, state: 'open', labels: 'a,status:blocked' },
    ],
    [{ anyLabels: ['a', 'b'], text: 'x', type: 'bug', priority: 0 }, USUAL],
  ])('for %j', async (filter, query) => {
    expect(await queryFor(filter)).toEqual(query);
  });

  test('for a milestone by its number; one that is not there is asked for no further', async () => {
    await stage.tracker.createMilestone({ title: 'v1' });
    const { key } = await stage.driver.createIssue({ title: 'T', body: '', milestone: 'V1' });
    expect(await queryFor({ milestone: 'v1' })).toMatchObject({ milestone: '1' });
    expect((await collect(stage.driver.listIssues({ milestone: 'v1' }))).map((issue) => issue.key)).toEqual([key]);
    stage.calm();
    expect(await collect(stage.driver.listIssues({ milestone: 'v2' }))).toEqual([]);
    expect(stage.asked()).toEqual(['GET milestones']);
  });
});

test('nobody of a name has no issues, whether GitHub lists none or refuses the name', async () => {
  const errors = [{ resource: 'Issue', field: 'assignee', code: 'invalid' }];
  stage.github.trouble(isList, { status: 422, json: { message: 'Validation Failed', errors } });
  expect(await collect(stage.driver.listIssues({ assignee: 'nobody' }))).toEqual([]);
  stage.github.trouble(isList, { status: 422, json: { message: 'Validation Failed', errors } });
  await refusal(() => collect(stage.driver.listIssues()), { kinds: ['validation'], operation: 'listIssues' });
});

test('words that mean something else to GitHub find what they say: nothing', async () => {
  await stage.driver.createIssue({ title: 'Assigned', body: '', assignees: ['ada'] });
  await stage.driver.createIssue({ title: 'Free', body: '' });
  for (const assignee of ['*', 'none']) expect(await collect(stage.driver.listIssues({ assignee }))).toEqual([]);
});

test('labels that stand for fields are found by their name', async () => {
  const { key } = await stage.driver.createIssue({ title: 'T', body: '', priority: 0 });
  expect((await collect(stage.tracker.listIssues({ labels: ['priority:critical'] }))).map((one) => one.key)).toEqual([
    key,
  ]);
});

test('an issue that moves up while the list is read comes once', async () => {
  const at = (number: number) => ({
    id: number,
    number,
    html_url: `https://x/${number}`,
    title: 'T',
    state: 'open',
    labels: [],
    user: null,
    created_at: '2026-03-02T08:00:00Z',
    updated_at: '2026-03-02T08:00:00Z',
  });
  stage.github.trouble(isList, {
    json: [at(3), at(2)],
    headers: { link: `<${stage.github.origin}/repos/o/r/issues?page=2>; rel="next"` },
  });
  stage.github.trouble(isList, { json: [at(2), at(1)] });
  expect((await collect(stage.driver.listIssues())).map(({ key }) => key)).toEqual(['3', '2', '1']);
  stage.calm();
});

test('a list in another order does not end at an older issue', async () => {
  const keys = [];
  for (const title of ['Old', 'New']) {
    keys.push((await stage.driver.createIssue({ title, body: '', labels: ['order'] })).key);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const { createdAt } = await stage.driver.getIssue(keys[1] ?? '');
  const filter = { labels: ['order'], createdSince: createdAt, sort: { by: 'created', direction: 'asc' } } as const;
  expect((await collect(stage.driver.listIssues(filter))).map(({ key }) => key)).toEqual([keys[1]]);
});

test('half a page is asked for again', async () => {
  stage.github.trouble(isList, { text: '[{"number": 1, ' });
  expect(await collect(stage.driver.listIssues({ labels: ['nobody has it'] }))).toEqual([]);
  expect(stage.asked()).toEqual(['GET issues', 'GET issues']);
});

test('a web page in place of a list is called so', async () => {
  stage.github.trouble(isList, { text: '<html>Please log in</html>' });
  const error = await refusal(() => collect(stage.driver.listIssues()), { kinds: ['configuration'] });
  expect(error.message).toContain('it sent a web page');
  stage.github.trouble(isList, { json: { message: 'no list' } });
  await refusal(() => collect(stage.driver.listIssues()), { kinds: ['unexpected'], operation: 'listIssues' });
});
