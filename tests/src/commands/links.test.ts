/** Links on a tracker of others: circles, and kinds of links that it does not keep. */
import { describe, expect, test } from 'vitest';
import type { Issue, IssueTracker, LinkType } from '../../../core/ports/index.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { waitingLine, waitingStill } from '../../../src/tracker/closing-notes.ts';
import { type MemoryOptions, memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

async function bench(count: number, options: MemoryOptions = {}) {
  const world = testWorld();
  const driver = memoryDriver({ world, ...options });
  const tracker = completeTracker({ driver, name: 'Memory', world });
  for (let number = 1; number <= count; number += 1) await tracker.createIssue({ title: `Issue ${number}`, body: '' });
  return { world, driver, tracker };
}

describe('a circle of waiting', () => {
  test.each<[string, LinkType, string, string]>([
    ['3', 'blocks', '1', '1 → 2 → 3 → 1'],
    ['1', 'depends on', '3', '1 → 3 → 2 → 1'],
  ])('is named before anything is written: %s %s %s', async (key, type, target) => {
    const { tracker } = await bench(3);
    await tracker.createLink('1', { type: 'blocks', target: '2' });
    await tracker.createLink('3', { type: 'depends on', target: '2' });
    await expect(tracker.createLink(key, { type, target })).rejects.toMatchObject({
      kind: 'validation',
      message: 'That would close a circle, in which each issue waits for the next: 1 → 3 → 2 → 1.',
    });
  });

  test('links that close none, and what cannot be seen, are no reason to refuse', async () => {
    const { tracker, driver, world } = await bench(3);
    await tracker.createLink('1', { type: 'blocks', target: '2' });
    await tracker.createLink('2', { type: 'blocks', target: '3' });
    await tracker.createLink('2', { type: 'relates to', target: '1' });
    const getIssueLinks = async () => Promise.reject(new TypeError('broken'));
    const broken = completeTracker({ driver: { ...driver, getIssueLinks }, name: 'Memory', world });
    await broken.createLink('2', { type: 'blocks', target: '1' });
  });

  test('is looked for among fifty issues', async () => {
    const length = async (count: number) => {
      const { tracker } = await bench(count);
      for (let number = 1; number < count; number += 1) {
        await tracker.createLink(String(number), { type: 'blocks', target: String(number + 1) });
      }
      return tracker.createLink(String(count), { type: 'blocks', target: '1' }).then(
        () => 'not seen',
        () => 'refused',
      );
    };
    expect([await length(51), await length(52)]).toEqual(['refused', 'not seen']);
  });
});

describe('where an issue was found', () => {
  test('is kept as it is, or as “relates to” with a word', async () => {
    const { tracker, world } = await bench(2);
    const link = { type: 'discovered from', target: '2' } as const;
    expect([await tracker.createLink('1', link), world.lines]).toEqual([link, []]);
    const narrow = await bench(2, { narrower: { linkTypes: ['blocks', 'relates to'] } });
    expect(await narrow.tracker.createLink('1', link)).toEqual({ type: 'relates to', target: '2' });
    expect(narrow.world.lines).toEqual(['warn: Memory keeps no link “discovered from”: it is kept as “relates to”.']);
    expect(await narrow.tracker.getIssueLinks('1')).toEqual([{ type: 'relates to', target: '2' }]);
    const none = await bench(2, { narrower: { linkTypes: ['blocks'] } });
    await expect(none.tracker.createLink('1', link)).rejects.toMatchObject({ kind: 'unsupported' });
    const blocks = { type: 'blocks', target: '2' } as const;
    expect([await narrow.tracker.createLink('1', blocks), none.world.lines]).toEqual([blocks, []]);
  });
});

describe('closing', () => {
  test('says what it waited for that is still open', async () => {
    const { tracker, world, driver } = await bench(3);
    await tracker.createLink('3', { type: 'depends on', target: '1' });
    await tracker.createLink('3', { type: 'is blocked by', target: '2' });
    await tracker.transitionIssue('2', 'done');
    const closed = await tracker.transitionIssue('3', 'done');
    const said = async (from: IssueTracker, issue: Issue) => (await waitingStill(from, [issue])).map(waitingLine);
    const words = '3 waits for what is not closed: 1 “Issue 1”.';
    expect(await said(tracker, closed)).toEqual([words]);
    const { links: _, ...plain } = closed;
    expect(await said(tracker, plain)).toEqual([words]);
    const getIssueLinks = async () => Promise.reject(new TypeError('broken'));
    const broken = completeTracker({ driver: { ...driver, getIssueLinks }, name: 'Memory', world });
    expect(await said(broken, plain)).toEqual(['What 3 waits for is not known: broken']);
  });
});
