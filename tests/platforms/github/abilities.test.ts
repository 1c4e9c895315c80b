import { describe, expect, test } from 'vitest';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

describe('what can be done', () => {
  const stage = trackerStage({ issueTypes: ['Epic', 'Bug'] });

  test('is found with two requests, once', async () => {
    await stage.driver.createIssue({ title: 'T', body: '' });
    stage.calm();
    const can = await stage.driver.capabilities();
    expect(stage.asked().toSorted()).toEqual(['GET /orgs/octo-org/issue-types', 'GET issues']);
    expect(can).toEqual({
      unsupported: {
        dueDate: expect.stringMatching(/milestone/),
        sprint: expect.stringMatching(/projects/),
        'delete issues': expect.stringMatching(/administrator/),
      },
      states: ['open', 'in_progress', 'in_review', 'blocked', 'done', 'canceled'],
      priorities: [0, 1, 2, 3, 4],
      linkTypes: ['blocks', 'is blocked by'],
      types: ['epic', 'bug'],
    });
    stage.calm();
    await stage.tracker.createIssue({ title: 'T', body: '', type: 'bug' });
    await stage.tracker.createIssue({ title: 'T', body: '', type: 'EPIC' });
    expect(stage.asked().filter((request) => request.includes('issue-types'))).toEqual([]);
  });

  test('is not asked for what every issue has', async () => {
    const { key } = await stage.tracker.createIssue({ title: 'T', body: '', labels: ['a'], assignees: ['octocat'] });
    await stage.tracker.updateIssue(key, { title: 'U', state: 'done' });
    await stage.tracker.transitionIssue(key, 'open');
    expect(stage.asked()).toEqual(['POST issues', `PATCH issues/${key}`, `GET issues/${key}`, `PATCH issues/${key}`]);
  });

  test('is asked again when the server was in trouble', async () => {
    const types = ({ path }: { path: string }) => path.endsWith('/issue-types');
    stage.github.trouble(types, { status: 401, json: { message: 'Bad credentials' } });
    await refusal(() => stage.driver.capabilities(), { kinds: ['authentication'], operation: 'capabilities' });
    expect((await stage.driver.capabilities()).types).toEqual(['epic', 'bug']);
  });

  test('types are labels where the token may not look at the organisation’s', async () => {
    const types = ({ path }: { path: string }) => path.endsWith('/issue-types');
    const json = { message: 'Resource not accessible by integration' };
    stage.github.trouble(types, { status: 403, json });
    const { key } = await stage.driver.createIssue({ title: 'T', body: '', type: 'bug' });
    expect(stage.written()).toEqual([{ title: 'T', body: '', labels: ['type:bug'] }]);
    expect((await stage.driver.getIssue(key)).type).toBe('bug');
  });

  test('a type of the organisation takes the place of a label', async () => {
    const { key } = await stage.driver.createIssue({ title: 'T', body: '', labels: ['type:chore', 'a'] });
    expect((await stage.driver.getIssue(key)).type).toBe('chore');
    const changed = await stage.driver.updateIssue(key, { type: 'bug' });
    expect([changed.type, changed.labels]).toEqual(['bug', ['a']]);
  });

  test('a type that is not there is told with those that are', async () => {
    const call = () => stage.driver.createIssue({ title: 'T', body: '', type: 'story' });
    const error = await refusal(call, { kinds: ['validation'], operation: 'createIssue' });
    expect(error.message).toBe('The organisation has no issue type “story”. It has: Epic, Bug.');
    expect(stage.written()).toEqual([]);
  });
});

describe('an old server', () => {
  const stage = trackerStage({ relations: 'none' });

  test('cannot have parents and links, and says so once there is an issue', async () => {
    expect((await stage.driver.capabilities()).unsupported.parent).toBeUndefined();
    await stage.driver.createIssue({ title: 'T', body: '' });
    stage.calm();
    const { unsupported, linkTypes, types } = await stage.driver.capabilities();
    expect([unsupported.parent, unsupported.links, linkTypes, types]).toEqual([
      'This server has no sub-issues.',
      'This server has no issue dependencies.',
      [],
      undefined,
    ]);
    // that there are no types is remembered
    expect(stage.asked().toSorted()).toEqual([
      'GET issues',
      'GET issues/1/dependencies/blocked_by',
      'GET issues/1/sub_issues',
    ]);
  });
});
