import { expect, test } from 'vitest';
import { createOpenIssues } from '../../../../core/adapters/issues/open-issues.ts';
import { PaceError } from '../../../../core/errors.ts';
import type { IssueFilter } from '../../../../core/ports/index.ts';
import { memoryTracker } from '../../../support/memory-tracker.ts';

/** So many open ones without a label, the first of which have one. */
async function bench(count: number, labelled: Record<string, string> = {}) {
  const tracker = memoryTracker();
  for (let key = 1; key <= count; key += 1) {
    const label = labelled[String(key)];
    await tracker.createIssue({ title: String(key), body: '', labels: label === undefined ? [] : [label] });
  }
  const asked: (IssueFilter | undefined)[] = [];
  let read = 0;
  const { listIssues } = tracker;
  tracker.listIssues = async function* (filter) {
    asked.push(filter);
    for await (const issue of listIssues(filter)) {
      read += 1;
      yield issue;
    }
  };
  const open = createOpenIssues(tracker);
  const keys = async (label: string) => (await open.with(label)).map(({ key }) => key);
  return { tracker, asked, keys, read: () => read };
}

test('all open ones are listed once for every kind, whatever their labels', async () => {
  const { tracker, asked, keys } = await bench(3, { 1: 'pace-hold' });
  tracker.person.close('2');
  expect(await keys('pace-hold')).toEqual(['3', '1']);
  expect(await keys('pace-advisory')).toEqual(['3', '1']);
  expect(asked).toEqual([{ state: 'open' }]);
});

test('of more than a hundred the newest are listed, and those with the label, newest first and none twice', async () => {
  const { asked, keys, read } = await bench(150, {
    1: 'pace-hold',
    2: 'pace-advisory',
    3: 'pace-hold',
    140: 'pace-hold',
  });
  const newest = Array.from({ length: 100 }, (_, index) => String(150 - index));
  expect(await keys('pace-hold')).toEqual([...newest, '3', '1']);
  expect(await keys('pace-advisory')).toEqual([...newest, '2']);
  expect(await keys('pace-hold')).toEqual([...newest, '3', '1']);
  expect(asked).toEqual([
    { state: 'open' },
    { state: 'open', labels: ['pace-hold'] },
    { state: 'open', labels: ['pace-advisory'] },
  ]);
  expect(read()).toBe(100 + 3 + 1);
});

test.each([
  [99, 1],
  [100, 2],
])('of %i open ones, %i lists tell all', async (count, lists) => {
  const { asked, keys } = await bench(count);
  expect(await keys('pace-hold')).toHaveLength(count);
  expect(asked).toHaveLength(lists);
});

test('a list that has failed is asked for again', async () => {
  const { tracker, keys } = await bench(101, { 1: 'pace-hold' });
  const trouble = new PaceError({ kind: 'transient', message: 'reset', remedy: 'wait' });
  tracker.failNext('listIssues', trouble);
  await expect(keys('pace-hold')).rejects.toThrow('reset');
  await keys('pace-advisory');
  tracker.failNext('listIssues', trouble);
  await expect(keys('pace-hold')).rejects.toThrow('reset');
  expect(await keys('pace-hold')).toContain('1');
});
