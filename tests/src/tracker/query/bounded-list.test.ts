/** Pages that end before their limit, for want of room: together they are the whole list. */
import { expect, test } from 'vitest';
import type { Issue, IssueDraft, IssueTracker } from '../../../../core/ports/index.ts';
import { collect } from '../../../../core/tracker/collect.ts';
import { completeTracker } from '../../../../core/tracker/complete-tracker.ts';
import {
  boundedList,
  boundedReady,
  type EndingList,
  type PageBounds,
} from '../../../../src/tracker/query/bounded-list.ts';
import { memoryDriver } from '../../../support/memory-driver.ts';
import { testWorld } from '../../../support/world.ts';

const PRIORITIES = [2, undefined, 0, 2, undefined, 2, 1] as const;

/** Of which some are as old as each other. */
async function trackerWith(count: number): Promise<IssueTracker> {
  const world = testWorld();
  const tracker = completeTracker({ driver: memoryDriver({ world }), name: 'Memory', world });
  for (let index = 0; index < count; index += 1) {
    const priority = PRIORITIES[index % PRIORITIES.length];
    const draft: IssueDraft = { title: 'x', body: '', ...(priority === undefined ? {} : { priority }) };
    await tracker.createIssue(draft);
    if (index % 3 === 0) await world.sleep(1);
  }
  return tracker;
}

type List = (tracker: IssueTracker, bounds: PageBounds<Issue>) => EndingList<Issue>;

const LISTS: readonly (readonly [string, List])[] = [
  [
    'by priority',
    (tracker, bounds) =>
      boundedList(tracker, { filter: { sort: { by: 'priority', direction: 'desc' } }, without: [], limit: 4 }, bounds),
  ],
  [
    'by age',
    (tracker, bounds) =>
      boundedList(tracker, { filter: { sort: { by: 'created', direction: 'asc' } }, without: [], limit: 4 }, bounds),
  ],
  ['of what can be begun', (tracker, bounds) => boundedReady(tracker, { filter: {}, limit: 4 }, bounds)],
];

/** Two and one more that there is no room for. */
function roomForTwo(): (issue: Issue) => boolean {
  let count = 0;
  return () => {
    count += 1;
    return count <= 2;
  };
}

test.each(LISTS)('a list %s goes on behind the last one that there was room for', async (_, list) => {
  const tracker = await trackerWith(11);
  const pages: string[][] = [];
  let next: string | null = '';
  while (next !== null) {
    const { issues, end } = list(tracker, { cursor: next, hasRoom: roomForTwo() });
    pages.push((await collect(issues)).map(({ key }) => key));
    ({ next } = await end());
  }
  const whole: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { issues, end } = list(tracker, { cursor });
    whole.push(...(await collect(issues)).map(({ key }) => key));
    cursor = (await end()).next;
  }
  expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 2, 2, 1]);
  expect(pages.flat()).toEqual(whole);
  expect(new Set(whole).size).toBe(11);
});

test.each(LISTS)('of a list %s nothing is passed over when each page is closed before the next', async (_, list) => {
  const tracker = await trackerWith(11);
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { issues, end } = list(tracker, { cursor: next, hasRoom: roomForTwo() });
    const page = (await collect(issues)).map(({ key }) => key);
    ({ next } = await end());
    seen.push(...page);
    for (const key of page) await tracker.deleteIssue(key);
  }
  expect(seen.map(Number).sort((one, other) => one - other)).toEqual(
    Array.from({ length: 11 }, (_unused, index) => index + 1),
  );
});

test('one that is too large by itself is a page of its own', async () => {
  const tracker = await trackerWith(3);
  const { issues, end } = boundedReady(tracker, { filter: {}, limit: 4 }, { hasRoom: () => false });
  expect(await collect(issues)).toHaveLength(1);
  expect(await end()).toMatchObject({ count: 1, hasMore: true, total: null, next: expect.any(String) });
});
