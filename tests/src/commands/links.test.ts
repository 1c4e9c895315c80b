/** Links on a tracker of others: circles, and kinds of links that it does not keep. */
import { describe, expect, test } from 'vitest';
import type { LinkType } from '../../../core/ports/index.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { keptLink, refuseCircle } from '../../../src/commands/issue/link.ts';
import { noteOpenBlockers } from '../../../src/tracker/closing-notes.ts';
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
    await expect(refuseCircle(tracker, key, { type, target })).rejects.toMatchObject({
      kind: 'validation',
      message: 'That would close a circle, in which each issue waits for the next: 1 → 3 → 2 → 1.',
    });
  });

  test('links that close none, and what cannot be seen, are no reason to refuse', async () => {
    const { tracker, driver, world } = await bench(3);
    await tracker.createLink('1', { type: 'blocks', target: '2' });
    await refuseCircle(tracker, '2', { type: 'blocks', target: '3' });
    await refuseCircle(tracker, '2', { type: 'relates to', target: '1' });
    const getIssueLinks = async () => Promise.reject(new TypeError('broken'));
    const broken = completeTracker({ driver: { ...driver, getIssueLinks }, name: 'Memory', world });
    await refuseCircle(broken, '2', { type: 'blocks', target: '1' });
  });

  test('is looked for among fifty issues', async () => {
    const length = async (count: number) => {
      const { tracker } = await bench(count);
      for (let number = 1; number < count; number += 1) {
        await tracker.createLink(String(number), { type: 'blocks', target: String(number + 1) });
      }
      return refuseCircle(tracker, String(count), { type: 'blocks', target: '1' }).then(
        () => 'not seen',
        () => 'refused',
      );
    };
    expect([await length(51), await length(52)]).toEqual(['refused', 'not seen']);
  });
});

describe('where an issue was found', () => {
  test('is kept as it is, or as “relates to” with a word', async () => {
    const { tracker, world } = await bench(1);
    const link = { type: 'discovered from', target: '2' } as const;
    expect(await keptLink(world, tracker, link)).toEqual(link);
    const narrow = await bench(1, { narrower: { linkTypes: ['blocks', 'relates to'] } });
    expect(await keptLink(narrow.world, narrow.tracker, link)).toEqual({ type: 'relates to', target: '2' });
    expect(narrow.world.lines).toEqual(['warn: Memory keeps no link “discovered from”: it is kept as “relates to”.']);
    const none = await bench(1, { narrower: { linkTypes: ['blocks'] } });
    expect(await keptLink(none.world, none.tracker, link)).toEqual(link);
    const blocks = { type: 'blocks', target: '2' } as const;
    expect([await keptLink(narrow.world, narrow.tracker, blocks), none.world.lines]).toEqual([blocks, []]);
  });
});

describe('closing', () => {
  test('says what it waited for that is still open', async () => {
    const { tracker, world, driver } = await bench(3);
    await tracker.createLink('3', { type: 'depends on', target: '1' });
    await tracker.createLink('3', { type: 'is blocked by', target: '2' });
    await tracker.transitionIssue('2', 'done');
    const closed = await tracker.transitionIssue('3', 'done');
    await noteOpenBlockers(world, tracker, [closed]);
    expect(world.lines).toEqual(['warn: 3 is closed, and what it waited for is not: 1 “Issue 1”.']);
    const { links: _, ...plain } = closed;
    await noteOpenBlockers(world, tracker, [plain]);
    expect(world.lines.length).toBe(2);
    const getIssueLinks = async () => Promise.reject(new TypeError('broken'));
    const broken = completeTracker({ driver: { ...driver, getIssueLinks }, name: 'Memory', world });
    await noteOpenBlockers(world, broken, [plain]);
    expect(world.lines[2]).toBe('debug: What 3 waited for is not known: TypeError: broken');
  });
});
