import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { createTracker } from '../../../platforms/github/issues.ts';
import { refusal } from '../../contract/refusal.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { testWorld } from '../../support/world.ts';
import { collect, settingsFor } from './bench.ts';

let github: GitHub;
let tracker: TrackerDriver;
beforeAll(async () => {
  github = await startGitHub({ others: ['planning'], formerly: 'octo-org/old-name' });
});
afterAll(() => github.close());
beforeEach(() => {
  tracker = createTracker(testWorld(), settingsFor(github));
});

function asked(): string[] {
  return github.exchanges.map(({ asked: { method, path } }) => `${method} ${path}`);
}

describe('an issue that was transferred', () => {
  let key: string;
  let there: number;
  beforeEach(async () => {
    key = (await tracker.createIssue({ title: 'Moves', body: 'Text.', metadata: { pace: { kind: 'escalation' } } }))
      .key;
    there = await github.transfer(Number(key), 'planning');
    github.exchanges.length = 0;
  });

  test('has the key of its new repository, never the bare number', async () => {
    const issue = await tracker.getIssue(key);
    expect(issue.key).toBe(`octo-org/planning#${there}`);
    expect(issue.url).toContain(`/octo-org/planning/issues/${there}`);
    expect(issue.metadata).toEqual({ pace: { kind: 'escalation' } });
  });

  test.each([301, 302, 307, 308])('is not written to by way of the old number when that answers %i', async (status) => {
    const location = `${github.origin}/repositories/2/issues/1`;
    github.trouble(({ method }) => method === 'PATCH', { status, headers: { location } });
    const error = await refusal(() => tracker.updateIssue(key, { title: 'Overwritten' }), {
      kinds: ['not-found'],
      operation: 'updateIssue',
    });
    expect(error.message).toContain(`issue ${key} was moved to octo-org/planning#${there}`);
    expect(error.remedy).toContain('`owner/repo#12`');
    expect(asked().filter((request) => request.startsWith('PATCH'))).toEqual([
      `PATCH /repos/octo-org/octo-repo/issues/${key}`,
    ]);
  });

  test('to where the token cannot look is not written to either, and the refusal says where GitHub leads', async () => {
    // once before the write, and once to explain its refusal
    github.trouble(({ path }) => path.startsWith('/repositories/'), { status: 404, json: { message: 'Not Found' } }, 2);
    const fresh = createTracker(testWorld(), settingsFor(github));
    const error = await refusal(() => fresh.updateIssue(key, { title: 'T' }), { kinds: ['not-found'] });
    expect(error.message).toContain(`issue ${key} was moved to ${github.origin}/repositories/2/issues/`);
  });

  test('has its comments where it is, and none by its old number', async () => {
    const error = await refusal(() => collect(tracker.listComments(key)), { kinds: ['not-found'] });
    expect(error.message).toContain(`was moved to octo-org/planning#${there}`);
    expect(await collect(tracker.listComments(`octo-org/planning#${there}`))).toEqual([]);
  });

  test('keeps links and parents of here apart from those of there', async () => {
    const other = (await tracker.createIssue({ title: 'Stays', body: '' })).key;
    const moved = `octo-org/planning#${there}`;
    await tracker.createLink?.(moved, { type: 'is blocked by', target: other });
    expect(await tracker.getIssueLinks?.(moved)).toEqual([
      { type: 'is blocked by', target: `octo-org/octo-repo#${other}` },
    ]);
    expect(await tracker.getIssueLinks?.(other)).toEqual([{ type: 'blocks', target: moved }]);
    const child = await tracker.updateIssue(moved, { parent: other });
    expect([child.key, child.parent]).toEqual([moved, `octo-org/octo-repo#${other}`]);
  });
});

describe('a repository that was renamed', () => {
  test('has its issues under their numbers, by the old name too, and is written to', async () => {
    const { key } = await tracker.createIssue({ title: 'Stays', body: 'Text.' });
    const old = createTracker(testWorld(), settingsFor(github, { repository: 'octo-org/old-name' }));
    expect((await old.getIssue(key)).key).toBe(key);
    expect(await old.updateIssue(key, { title: 'Renamed' })).toMatchObject({ key, title: 'Renamed' });
    const comment = await old.addComment(key, 'Said.');
    expect((await old.updateComment?.(key, comment.id, 'Said again.'))?.body).toBe('Said again.');
    expect((await collect(old.listComments(key))).map(({ body }) => body)).toEqual(['Said again.']);
    expect((await old.transitionIssue(key, { state: 'done' })).key).toBe(key);
    expect((await old.closedBy?.(key))?.id).toBe('octocat');
    expect((await old.createIssue({ title: 'New', body: '' })).title).toBe('New');
  });
});

test('a deleted issue is not found, and says so', async () => {
  const { key } = await tracker.createIssue({ title: 'Deleted', body: '' });
  const gone = { status: 410, json: { message: 'This issue was deleted' } };
  github.trouble(({ path }) => path.includes(`/issues/${key}`), gone, Number.POSITIVE_INFINITY);
  for (const call of [() => tracker.getIssue(key), () => tracker.addComment(key, 'x')])
    expect((await refusal(call, { kinds: ['not-found'] })).remedy).toContain('deleted');
});

test('whoever may write in one repository need not in another', async () => {
  const eve = { id: 'eve', name: 'eve' };
  const { isWriter } = tracker;
  const said = async (key: string, association: string) => {
    const user = { login: 'eve', type: 'User' };
    const comment = { id: 1, body: 'x', user, author_association: association, created_at: '2026-03-09T10:00:00Z' };
    const isList = ({ method, path }: { method: string; path: string }) =>
      method === 'GET' && path.endsWith('/comments');
    github.trouble(isList, { json: [comment] });
    await collect(tracker.listComments(key));
  };
  const ask = () =>
    Promise.all(['3', 'octo-org/planning#3', 'Octo-Org/octo-repo#4'].map((key) => isWriter?.(eve, key)));
  await said('octo-org/planning#1', 'OWNER');
  expect(await ask()).toEqual([false, true, false]);
  await said('1', 'NONE');
  expect(await ask()).toEqual([false, true, false]);
  await said('2', 'MEMBER');
  await said('octo-org/planning#2', 'NONE');
  expect(await ask()).toEqual([true, false, true]);
});
