/** The issues of a file on a tracker: order, relatives, and what fails alone. */
import { beforeEach, expect, test } from 'vitest';
import { asUnsure } from '../../../core/errors.ts';
import { unexpectedAnswer } from '../../../core/http/unexpected-answer.ts';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { partlyCreated } from '../../../core/tracker/partly.ts';
import { maybeThere } from '../../../src/tracker/create-issue.ts';
import { createIssues } from '../../../src/tracker/create-issues.ts';
import { readIssueFile } from '../../../src/tracker/issue-file.ts';
import { memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

let tracker: IssueTracker;

beforeEach(async () => {
  const world = testWorld();
  tracker = completeTracker({ driver: memoryDriver({ world }), name: 'Memory', world });
  await tracker.createIssue({ title: 'Old', body: '' });
});

const create = (text: string) => createIssues(tracker, readIssueFile('x', text));

test('parents come first, and what is made stands in the order of the file', async () => {
  const { done, failed } = await create(
    '- { title: C, parent: b }\n- { title: B, id: b, parent: a }\n- { title: A, id: a }\n',
  );
  expect(failed).toEqual([]);
  expect(done.map(({ title, key, parent }) => [title, key, parent])).toEqual([
    ['C', '4', '3'],
    ['B', '3', '2'],
    ['A', '2', undefined],
  ]);
});

test('links lead to others of the file, whatever their order, and to issues of the tracker', async () => {
  const { done } = await create('- { title: A, links: { blocks: b, relates to: 1 } }\n- { title: B, id: b }\n');
  expect(await tracker.getIssueLinks(done[0]?.key ?? '')).toEqual([
    { type: 'blocks', target: '3' },
    { type: 'relates to', target: '1' },
  ]);
});

test('one that fails stops no other, and what hangs below it says so', async () => {
  const { done, failed, after } = await create(
    '- { title: A, id: a, parent: 99 }\n- { title: B, parent: a }\n- { title: C, links: { blocks: a } }\n',
  );
  expect(done.map(({ title }) => title)).toEqual(['C']);
  expect([...failed, ...after].map(({ key, error }) => [key, error.kind, error.message])).toEqual([
    ['a', 'validation', 'There is no issue 99 to be a parent.'],
    ['B', 'validation', 'It is not created: its parent “a” of the file was not created either.'],
    ['2', 'validation', 'It has no link “blocks”: the other issue of the file was not created.'],
  ]);
});

test('a parent that the tracker has dropped is named', async () => {
  const { createMany } = tracker;
  const forgetful: IssueTracker = {
    ...tracker,
    createMany: async (drafts, options) =>
      (await createMany(drafts, options)).map((answer) => {
        if (!answer.ok) return answer;
        const { parent: _, ...issue } = answer.issue;
        return { ...answer, issue };
      }),
  };
  const text = '- { title: A, parent: 1 }\n- { title: B }\n';
  const { done, partly } = await createIssues(forgetful, readIssueFile('x', text));
  expect(partly).toEqual([{ key: done.find(({ title }) => title === 'A')?.key, fields: ['parent'] }]);
});

test('an issue that is there in part is not said to be there perhaps', () => {
  const odd = unexpectedAnswer('Memory', 'id is not text');
  const [lost, there] = [asUnsure(odd), partlyCreated('7', odd)];
  expect(maybeThere(lost, 'A').message).toContain('may have been created all the same');
  expect(maybeThere(there, 'A')).toBe(there);
});
