/** What only some platforms can tell comes through every layer, and is absent where the platform cannot. */
import { describe, expect, test } from 'vitest';
import type { Person, TrackerDriver } from '../../../core/ports/index.ts';
import { cachedDriver } from '../../../core/tracker/cached-driver.ts';
import { checkedAnswers } from '../../../core/tracker/checked-answers.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { dryRunDriver } from '../../../core/tracker/dry-run.ts';
import { redactedTracker } from '../../../core/tracker/redacted-ports.ts';
import { memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

const world = testWorld();

function complete(driver: TrackerDriver) {
  const inner = cachedDriver(redactedTracker(checkedAnswers(driver, 'Memory', world.log), world), world);
  return completeTracker({ driver: dryRunDriver(inner, world, () => {}), name: 'Memory', world });
}

describe('through all layers', () => {
  test('it is told who closed an issue, afresh each time', async () => {
    const driver = memoryDriver({ world });
    const { key } = await driver.createIssue({ title: 'One', body: '' });
    const tracker = complete(driver);
    expect(await tracker.closedBy?.(key)).toBeUndefined();
    await driver.transitionIssue(key, { state: 'done' });
    expect(await tracker.closedBy?.(key)).toEqual(await tracker.getCurrentUser());
  });

  test('it is told who is in a team', async () => {
    const isTeamMember = async (team: string, { id }: Person) => team === 'acme/release' && id === 'ada';
    const tracker = complete({ ...memoryDriver({ world }), isTeamMember });
    const ask = (id: string) => tracker.isTeamMember?.('acme/release', { id, name: id });
    expect([await ask('ada'), await ask('bob')]).toEqual([true, false]);
  });

  test('it is told how its lists are ordered, and how often it may be watched', () => {
    const told = { ordersByNumber: true, watchEveryMs: 250 };
    expect(complete({ ...memoryDriver({ world }), ...told })).toMatchObject(told);
    expect(Object.keys(complete(memoryDriver({ world }))).filter((name) => name in told)).toEqual([]);
  });

  test('neither is there where the platform cannot tell', () => {
    const { closedBy: _, ...without } = memoryDriver({ world });
    const tracker = complete(without);
    expect(['closedBy' in tracker, 'isTeamMember' in tracker]).toEqual([false, false]);
  });
});
