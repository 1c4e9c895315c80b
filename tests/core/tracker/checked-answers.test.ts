import { describe, expect, test } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { checkedAnswers } from '../../../core/tracker/checked-answers.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { memoryDriver } from '../../support/memory-driver.ts';

const ISSUE = {
  key: '1',
  url: 'https://tracker.test/1',
  title: 'One',
  body: '',
  state: 'open',
  stateName: 'To do',
  labels: ['a'],
  assignees: [{ id: 'ann', name: '' }],
  createdAt: 0,
  updatedAt: 0,
  metadata: {},
};
const COMMENT = { id: '1', body: '', createdAt: 0 };

/** A driver that hands over anything. */
function driver(calls: object): TrackerDriver {
  return checkedAnswers({ ...memoryDriver(), ...calls } as TrackerDriver, 'Vendor');
}

async function said(run: () => Promise<unknown>): Promise<unknown> {
  return run().then(
    () => 'nothing',
    (error: { kind: string; operation: string; message: string }) => [error.kind, error.operation, error.message],
  );
}

describe('what a driver hands over', () => {
  test('is handed on when it is sound, with all or with the least', async () => {
    const whole = {
      ...ISSUE,
      type: 'bug',
      priority: 0,
      storyPoints: 0.5,
      dueDate: '2026-12-31',
      author: { id: 'a', name: 'A' },
    };
    for (const issue of [ISSUE, whole]) expect(await driver({ getIssue: async () => issue }).getIssue('1')).toBe(issue);
    const comments = driver({
      listComments: async function* () {
        yield COMMENT;
      },
    });
    expect(await collect(comments.listComments('1'))).toEqual([COMMENT]);
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'the issue is not an object'],
    ['a list', [], 'the issue is not an object'],
    ['no key', { ...ISSUE, key: '' }, 'key of an issue is not text'],
    ['a title that is a number', { ...ISSUE, title: 5 }, 'title of an issue is not text'],
    ['no body', { ...ISSUE, body: undefined }, 'body of an issue is not text'],
    ['a state of the vendor', { ...ISSUE, state: 'closed' }, 'state of an issue is not a known state'],
    ['labels that are a text', { ...ISSUE, labels: 'a' }, 'labels is not a list'],
    ['a label that is an object', { ...ISSUE, labels: [{}] }, 'a label is not text'],
    ['an assignee without an id', { ...ISSUE, assignees: [{ name: 'A' }] }, 'id of a person is not text'],
    ['an author who is a text', { ...ISSUE, author: 'ann' }, 'a person is not an object'],
    ['a time that is none', { ...ISSUE, createdAt: Number.NaN }, 'createdAt is not a number'],
    ['points as a text', { ...ISSUE, storyPoints: '3' }, 'storyPoints is not a number'],
    ['an empty milestone', { ...ISSUE, milestone: '' }, 'milestone of an issue is not text'],
    ['metadata that is a list', { ...ISSUE, metadata: [] }, 'metadata of an issue is not an object'],
  ])('is refused: %s', async (_, found, what) => {
    const message = `Vendor gave an answer that makes no sense (${what}).`;
    const { getIssue, listIssues } = driver({
      getIssue: async () => found,
      listIssues: async function* () {
        yield ISSUE;
        yield found;
      },
    });
    expect(await said(() => getIssue('1'))).toEqual(['unexpected', 'getIssue', message]);
    expect(await said(() => collect(listIssues()))).toEqual(['unexpected', 'listIssues', message]);
    expect(await collect(listIssues(), 1)).toEqual([ISSUE]);
  });

  test.each<[keyof TrackerDriver, unknown, string]>([
    ['addComment', { ...COMMENT, id: '' }, 'id of a comment is not text'],
    ['updateComment', null, 'the comment is not an object'],
    ['getCurrentUser', {}, 'id of a person is not text'],
    ['getAvailableTransitions', {}, 'the answer is not a list'],
    ['getIssueLinks', [{}], 'target is not text'],
    ['createLabel', {}, 'name is not text'],
    ['updateMilestone', [], 'title is not an object'],
    ['closedBy', { name: 'Ada' }, 'id of a person is not text'],
    ['closedBy', null, 'a person is not an object'],
    ['isTeamMember', undefined, 'whether somebody is in a team is not said'],
    ['isTeamMember', 'yes', 'whether somebody is in a team is not said'],
  ])('is refused from %s', async (operation, found, what) => {
    const call = driver({ [operation]: async () => found })[operation] as () => Promise<unknown>;
    expect(await said(call)).toEqual(['unexpected', operation, `Vendor gave an answer that makes no sense (${what}).`]);
  });

  test('is looked at item by item where it comes in a batch', async () => {
    const many = driver({ batch: { size: 2, create: async () => [ISSUE, { ...ISSUE, title: 7 }] } });
    const run = async () => many.batch?.create?.([]);
    expect(await said(run)).toEqual(['unexpected', 'createIssue', expect.stringContaining('title of an issue')]);
    const none = driver({ batch: { size: 2, update: async () => undefined } });
    expect(await said(async () => none.batch?.update?.([]))).toEqual([
      'unexpected',
      'updateIssue',
      expect.stringContaining('not a list'),
    ]);
  });

  test('has the optional calls that the driver has, and no others', () => {
    const { createLink: _, batch: __, ...without } = memoryDriver();
    const sound = checkedAnswers(without, 'Vendor');
    expect(['createLink' in sound, 'batch' in sound, 'deleteLink' in sound]).toEqual([false, false, true]);
  });
});
