/** Changes of a tracker that keeps no log for others: seen by what it lists as changed. */
import { describe, expect, test } from 'vitest';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { type MemoryOptions, memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

async function bench(options: MemoryOptions = {}) {
  const world = testWorld();
  const driver = memoryDriver({ world, ...options });
  const tracker = completeTracker({ driver, name: 'Memory', world });
  for (const title of ['One', 'Two']) {
    await tracker.createIssue({ title, body: '' });
    await world.sleep(1000);
  }
  const next = tracker.watch();
  const seen = async () =>
    (await next()).map(({ key, kind, field, before, after }) =>
      [key, kind, field, before, after].filter((value) => value !== undefined),
    );
  return { world, driver, tracker, seen };
}

describe('watching', () => {
  test('tells what is new, and of what was seen before which fields differ', async () => {
    const { tracker, world, seen, driver } = await bench();
    expect(await seen()).toEqual([]);
    await tracker.updateIssue('1', { title: 'Uno' });
    await world.sleep(1000);
    await tracker.createIssue({ title: 'Three', body: '' });
    expect(await seen()).toEqual([
      ['1', 'changed'],
      ['3', 'created'],
    ]);
    await world.sleep(1000);
    await tracker.updateIssue('1', { title: 'Eins', priority: 1 });
    await tracker.transitionIssue('3', 'done');
    expect(await seen()).toEqual([
      ['1', 'changed', 'title', 'Uno', 'Eins'],
      ['1', 'changed', 'priority', null, 1],
      ['3', 'changed', 'state', 'open', 'done'],
    ]);
    const before = driver.requests().all;
    expect(await seen()).toEqual([]);
    expect(driver.requests().all - before).toBe(1);
  });

  test('a second change in the same moment is seen too', async () => {
    const { tracker, seen } = await bench();
    await seen();
    await tracker.updateIssue('2', { title: 'a' });
    expect(await seen()).toEqual([['2', 'changed', 'title', 'Two', 'a']]);
    await tracker.updateIssue('2', { title: 'b' });
    expect(await seen()).toEqual([['2', 'changed', 'title', 'a', 'b']]);
  });

  test('what an issue was is forgotten in time, and that it has changed is not', async () => {
    const { tracker, world, seen } = await bench();
    await seen();
    await tracker.updateIssue('1', { title: 'Uno' });
    await seen();
    const many = Array.from({ length: 2500 }, (_, at) => ({ title: `Issue ${at}`, body: '' }));
    for (const drafts of [many, many]) {
      await world.sleep(1000);
      await tracker.createMany(drafts);
      expect((await seen()).filter(([, kind]) => kind === 'created')).toHaveLength(2500);
    }
    await world.sleep(1000);
    await tracker.updateIssue('1', { title: 'Eins' });
    await tracker.updateIssue('5002', { title: 'Last' });
    expect(await seen()).toEqual([
      ['1', 'changed'],
      ['5002', 'changed', 'title', 'Issue 2499', 'Last'],
    ]);
  });

  test('where nothing can be asked by time, all issues are compared', async () => {
    const { tracker, seen } = await bench({ filters: [], sorts: [] });
    await seen();
    await tracker.updateIssue('1', { title: 'Uno' });
    expect(await seen()).toEqual([['1', 'changed', 'title', 'One', 'Uno']]);
    expect(await seen()).toEqual([]);
  });
});

describe('what a tracker does not tell is refused with what to do', () => {
  test('its history, and undoing', async () => {
    const { tracker } = await bench();
    expect(() => tracker.history('1')).toThrow(
      expect.objectContaining({ kind: 'unsupported', message: 'Memory cannot tell the history of an issue.' }),
    );
    await expect(tracker.undo('1', '2')).rejects.toMatchObject({
      kind: 'unsupported',
      message: 'Memory cannot undo a change.',
      remedy: 'Only the embedded tracker keeps all that was there before.',
    });
  });
});

describe('deferring where there is no field for it', () => {
  test('is kept in the metadata, beside what is there', async () => {
    const { tracker, driver } = await bench();
    await tracker.updateIssue('1', { metadata: { own: 1 } });
    const until = Date.parse('2026-12-24T00:00:00Z');
    expect(await tracker.updateIssue('1', { deferUntil: until })).toMatchObject({
      deferUntil: until,
      metadata: { own: 1, defer_until: '2026-12-24T00:00:00.000Z' },
    });
    expect((await driver.getIssue('1')).deferUntil).toBeUndefined();
    const [answer] = await tracker.updateMany([{ key: '1', patch: { deferUntil: null, title: 'x' } }]);
    expect(answer).toMatchObject({ ok: true, issue: { title: 'x', metadata: { own: 1 } } });
    expect((await tracker.getIssue('1')).deferUntil).toBeUndefined();
    const made = await tracker.createIssue({ title: 'New', body: '', deferUntil: until });
    expect([made.deferUntil, made.metadata]).toEqual([until, { defer_until: '2026-12-24T00:00:00.000Z' }]);
    // what others keep under this name is no time
    await tracker.updateIssue('2', { metadata: { defer_until: 'soon' } });
    expect((await tracker.getIssue('2')).deferUntil).toBeUndefined();
  });
});
