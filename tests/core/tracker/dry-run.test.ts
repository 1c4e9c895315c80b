import { beforeEach, describe, expect, test } from 'vitest';
import type { IssueTracker, PlannedWrite, TrackerDriver } from '../../../core/ports/index.ts';
import { claimsByComment } from '../../../core/tracker/claims.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { dryRunDriver } from '../../../core/tracker/dry-run.ts';
import { memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

let driver: TrackerDriver & { requests(): { writes: number } };
let real: IssueTracker;
let dry: IssueTracker;
let planned: PlannedWrite[];
let key: string;

beforeEach(async () => {
  const world = testWorld();
  driver = memoryDriver({ world });
  real = completeTracker({ driver, name: 'Memory', world });
  planned = [];
  const held = dryRunDriver(
    { ...driver, claims: claimsByComment(driver, world) },
    world,
    (write) => void planned.push(write),
  );
  dry = completeTracker({ driver: held, name: 'Memory', world, dryRun: true });
  key = (await real.createIssue({ title: 'Before', body: 'Text.', labels: ['a'], priority: 1 })).key;
});

describe('a dry run', () => {
  test('holds back every write of the whole port, and says each of them', async () => {
    const other = (await real.createIssue({ title: 'Other', body: '' })).key;
    const comment = await real.addComment(key, 'Said.');
    await real.createLabel({ name: 'b' });
    await real.createMilestone({ title: 'M' });
    const { writes } = driver.requests();
    const calls: Record<string, () => Promise<unknown>> = {
      createIssue: () => dry.createIssue({ title: 'New', body: '' }),
      updateIssue: () => dry.updateIssue(key, { title: 'After' }),
      transitionIssue: () => dry.transitionIssue(key, 'done'),
      deleteIssue: () => dry.deleteIssue(key),
      addComment: () => dry.addComment(key, 'Never.'),
      updateComment: () => dry.updateComment(key, comment.id, 'Never.'),
      deleteComment: () => dry.deleteComment(key, comment.id),
      createLink: () => dry.createLink(key, { type: 'blocks', target: other }),
      deleteLink: () => dry.deleteLink(key, { type: 'blocks', target: other }),
      createLabel: () => dry.createLabel({ name: 'c' }),
      updateLabel: () => dry.updateLabel('b', { name: 'd' }),
      deleteLabel: () => dry.deleteLabel('b'),
      createMilestone: () => dry.createMilestone({ title: 'N' }),
      updateMilestone: () => dry.updateMilestone('M', { state: 'closed' }),
      deleteMilestone: () => dry.deleteMilestone('M'),
    };
    for (const [operation, call] of Object.entries(calls)) {
      await call();
      expect(planned.map((write) => write.operation)).toEqual([operation]);
      planned.length = 0;
    }
    await dry.createMany([{ title: 'One', body: '' }]);
    await dry.updateMany([{ key, patch: { title: 'Never' } }]);
    await dry.claim(key, { agent: 'ann', forMs: 1000 });
    expect(await dry.createSubtask(key, 'Child', '')).toBeUndefined();
    expect(planned.map((write) => write.operation).slice(0, 2)).toEqual(['createIssue', 'updateIssue']);
    expect(driver.requests().writes).toBe(writes);
    expect(Object.keys(calls).sort()).toEqual(writingCalls());
  });

  test('shows what would change, before and after', async () => {
    const after = await dry.updateIssue(key, { title: 'After', addLabels: ['b'], priority: null, state: 'done' });
    expect([after.title, after.labels, after.priority, after.state]).toEqual(['After', ['a', 'b'], undefined, 'done']);
    expect(planned[0]?.changes).toEqual({
      title: { before: 'Before', after: 'After' },
      labels: { before: ['a'], after: ['a', 'b'] },
      priority: { before: 1, after: undefined },
      state: { before: 'open', after: 'done' },
      stateName: { before: expect.anything(), after: 'done' },
    });
    expect((await real.getIssue(key)).title).toBe('Before');
  });

  test('refuses what the real run would refuse', async () => {
    await expect(dry.createIssue({ title: '', body: '' })).rejects.toThrow();
    await expect(dry.updateIssue('999999', { title: 'x' })).rejects.toThrow();
    await expect(dry.transitionIssue(key, 'no such state')).rejects.toThrow();
    await real.claim(key, { agent: 'ben', forMs: 60_000 });
    await expect(dry.claim(key, { agent: 'ann', forMs: 1000 })).rejects.toThrow(/claimed by ben/);
    expect(planned).toEqual([]);
  });

  test('reads as it is', async () => {
    expect((await collect(dry.listIssues())).map((issue) => issue.key)).toEqual([key]);
  });
});

/** The calls of a driver that write: a new one must be held back too. */
function writingCalls(): string[] {
  const names = Object.keys(driver).filter((name) => typeof driver[name as keyof TrackerDriver] === 'function');
  return names.filter((name) => /^(create|update|delete|add|transition|remove|set)/.test(name)).sort();
}
