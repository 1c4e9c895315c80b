import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IssueFilter, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { addLabel } from '../../support/gitlab/planning.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { testWorld } from '../../support/world.ts';
import { asked, expectDescribed, shellEnv, trackerIn } from './bench.ts';

let server: GitLabServer;
let driver: TrackerDriver;

beforeEach(async () => {
  server = await startGitLab({ premium: true });
  driver = (await trackerIn(shellEnv(server))).tracker;
});
afterEach(async () => {
  expectDescribed(server.exchanges);
  await server.close();
});

/** The keys, and what was asked for them beside the paging and the usual order. */
async function listed(filter: IssueFilter): Promise<{ keys: string[]; requests: string[] }> {
  const before = server.exchanges.length;
  const tracker = completeTracker({ driver, name: 'GitLab', world: testWorld() });
  const keys = (await collect(tracker.listIssues(filter))).map(({ key }) => key);
  const requests = asked(server)
    .slice(before)
    .map((request) =>
      request.replace(/[?&]page=1&per_page=\d+/, '').replace(/scope=all&|&?order_by=created_at&sort=desc/g, ''),
    );
  return { keys, requests };
}

describe('GitLab looks itself', () => {
  beforeEach(async () => {
    server.state.epics.push({ id: 71, iid: 7, group: 'acme', title: 'Epic' });
    await driver.createMilestone?.({ title: 'v1' });
    await driver.createIssue({ title: 'One', body: '', assignees: ['ada'], type: 'bug', priority: 1 });
    await driver.createIssue({ title: 'Two', body: '', milestone: 'v1', state: 'blocked', parent: '&7' });
    await driver.createIssue({ title: 'Three', body: '', state: 'canceled', labels: ['x'] });
    // as a person writes it
    server.state.issues[2]?.labels.push('type:Bug');
    addLabel(server.state, 'type:Bug');
  });

  it.each([
    [
      { assignee: 'ada' },
      ['1'],
      ['GET /api/v4/users?username=ada', 'GET /issues?issue_type=issue&assignee_username[]=ada'],
    ],
    [{ assignee: 'Ada Lovelace' }, ['1'], ['GET /api/v4/users?username=Ada+Lovelace', 'GET /issues?issue_type=issue']],
    [{ assignee: null }, ['3', '2'], ['GET /issues?issue_type=issue&assignee_id=None']],
    [
      { milestone: 'V1' },
      ['2'],
      ['GET /milestones?include_ancestors=true&search=V1', 'GET /issues?issue_type=issue&milestone=v1'],
    ],
    [{ milestone: null }, ['3', '1'], ['GET /issues?issue_type=issue&milestone_id=None']],
    [
      { states: ['blocked'] },
      ['2'],
      ['GET /labels?search=status:blocked', 'GET /issues?issue_type=issue&state=opened&labels=status:blocked'],
    ],
    [{ states: ['done', 'canceled'] }, ['3'], ['GET /issues?issue_type=issue&state=closed']],
    [{ priority: 1 }, ['1'], ['GET /labels?search=priority:', 'GET /issues?issue_type=issue&labels=priority:high']],
    [{ priority: 4 }, [], ['GET /labels?search=priority:']],
    // two labels stand for it
    [{ type: 'bug' }, ['3', '1'], ['GET /labels?search=type:', 'GET /issues?issue_type=issue']],
    [
      { parent: '&7' },
      ['2'],
      ['GET /issues?issue_type=issue', 'GET /api/v4/groups/acme/epics/7', 'GET /issues?issue_type=issue&epic_id=71'],
    ],
    [{ parent: '1' }, [], ['GET /issues?issue_type=issue']],
  ] as const satisfies readonly (readonly [IssueFilter, string[], string[]])[])(
    'for %o',
    async (filter, keys, requests) => {
      expect(await listed(filter)).toEqual({ keys, requests });
    },
  );

  it('for times, both ends of which belong to it', async () => {
    const { createdAt } = await driver.getIssue('2');
    const filter = { createdSince: createdAt, createdUntil: createdAt };
    expect((await listed(filter)).keys).toEqual(['2']);
    const { updatedAt } = await driver.getIssue('3');
    expect((await listed({ updatedSince: updatedAt, updatedUntil: updatedAt })).keys).toEqual(['3']);
  });

  it('for ends of time: an issue of their last millisecond belongs to it, one of the next does not', async () => {
    const [first, second, third] = server.issues;
    if (!first || !second || !third) throw new Error('There are three issues.');
    Object.assign(first, { createdAt: '2026-03-05T10:00:00.123456Z', updatedAt: '2026-03-06T10:00:00.123999Z' });
    Object.assign(second, { createdAt: '2026-03-05T10:00:00.124000Z', updatedAt: '2026-03-06T10:00:00.124000Z' });
    Object.assign(third, { createdAt: '2026-03-05T10:00:00.125000Z', updatedAt: '2026-03-06T10:00:00.125000Z' });
    const created = Date.parse('2026-03-05T10:00:00.123Z');
    const updated = Date.parse('2026-03-06T10:00:00.123Z');
    expect((await listed({ createdUntil: created })).keys).toEqual(['1']);
    expect((await listed({ updatedUntil: updated })).keys).toEqual(['1']);
    expect((await listed({ createdSince: created + 1 })).keys).toEqual(['3', '2']);
    expect((await listed({ updatedSince: updated + 1 })).keys).toEqual(['3', '2']);
  });
});

it('GitLab’s own types are found where one is asked for, and are not among plain issues', async () => {
  for (const title of ['One', 'Two']) await driver.createIssue({ title, body: '' });
  const [row] = server.issues;
  if (row) row.type = 'incident';
  expect((await listed({})).keys).toEqual(['2']);
  expect((await listed({ type: 'incident' })).keys).toEqual(['1']);
  expect((await driver.getIssue('1')).type).toBe('incident');
});

it('a milestone with a name that means something else is not asked for', async () => {
  await driver.createMilestone?.({ title: 'None' });
  await driver.createIssue({ title: 'With', body: '', milestone: 'None' });
  await driver.createIssue({ title: 'Without', body: '' });
  expect((await listed({ milestone: 'None' })).keys).toEqual(['1']);
});

it('the longest untouched come first, all of them, also when issues are touched meanwhile', async () => {
  for (let index = 1; index <= 130; index += 1) await driver.createIssue({ title: `No. ${index}`, body: '' });
  const seen: string[] = [];
  for await (const { key } of driver.listIssues({ sort: { by: 'updated', direction: 'asc' } })) {
    seen.push(key);
    // each goes to the end of the list
    if (seen.length <= 30) await driver.updateIssue(key, { title: 'Touched' });
  }
  expect(seen).toEqual(Array.from({ length: 130 }, (_, index) => String(index + 1)));
});

it('the longest untouched of a single page are one request', async () => {
  for (const title of ['One', 'Two']) await driver.createIssue({ title, body: '' });
  const before = server.exchanges.length;
  const found = await collect(driver.listIssues({ sort: { by: 'updated', direction: 'asc' } }));
  expect([found.map(({ key }) => key), server.exchanges.length - before]).toEqual([['1', '2'], 1]);
});

it('the longest untouched come first also when a whole page was touched at the same time', async () => {
  for (let index = 1; index <= 110; index += 1) await driver.createIssue({ title: `No. ${index}`, body: '' });
  for (const row of server.issues) row.updatedAt = '2026-03-02T09:00:00.000Z';
  const found = await collect(driver.listIssues({ sort: { by: 'updated', direction: 'asc' } }));
  expect(new Set(found.map(({ key }) => key)).size).toBe(110);
});

it('pages are read as they are needed', async () => {
  for (let index = 1; index <= 101; index += 1) await driver.createIssue({ title: `No. ${index}`, body: '' });
  const before = server.exchanges.length;
  await collect(driver.listIssues(), 100);
  expect(server.exchanges.length - before).toBe(1);
});
