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

  test('the place of the issues has one id, asked for once, also in a dry run; trouble is asked for again', async () => {
    const driver = memoryDriver({ world });
    const tracker = complete(driver);
    const stop = driver.answerNext('reset');
    await expect(tracker.containerId()).rejects.toThrow('reset');
    stop();
    expect([await tracker.containerId(), await tracker.containerId()]).toEqual(['place-1', 'place-1']);
    expect(driver.requests()).toEqual({ all: 2, writes: 0 });
  });

  test('where a vendor tells no id, the name of the place stands for it', async () => {
    const { containerId: _, ...driver } = memoryDriver({ world });
    const named = completeTracker({ driver, name: 'Memory', place: 'acme/board', world });
    expect([named.place, await named.containerId()]).toEqual(['acme/board', 'acme/board']);
    expect(await completeTracker({ driver, name: 'Memory', world }).containerId()).toBe('memory');
  });

  test('texts have a form, and those of others are harmless', () => {
    const plain = complete(memoryDriver({ world }));
    expect([plain.normalText.of('a \r\nb\n'), plain.harmless('/close')]).toEqual(['a\nb', '/close']);
    const own = { version: 7, of: (text: string) => text.toLowerCase() };
    const tracker = complete({
      ...memoryDriver({ world }),
      normalText: own,
      harmless: (text) => text.replace('/', ''),
    });
    expect([tracker.normalText.version, tracker.normalText.of('A'), tracker.harmless('/close')]).toEqual([
      7,
      'a',
      'close',
    ]);
  });

  test('neither is there where the platform cannot tell', () => {
    const { closedBy: _, ...without } = memoryDriver({ world });
    const tracker = complete(without);
    expect(['closedBy' in tracker, 'isTeamMember' in tracker]).toEqual([false, false]);
  });
});
