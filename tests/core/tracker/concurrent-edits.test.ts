import { beforeEach, describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { Delta, IssuePatch, TrackerDriver } from '../../../core/ports/index.ts';
import { concurrentEdits, metadataAfter, peopleAfter } from '../../../core/tracker/concurrent-edits.ts';
import { memoryDriver } from '../../support/memory-driver.ts';
import { createStore, type MemoryStore } from '../../support/memory-store.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const WHOLE: readonly Delta[] = [];

let world: TestWorld;
let store: MemoryStore;
let key: string;

beforeEach(() => {
  world = testWorld();
  store = createStore(world.now);
  const draft = { title: 'One', body: 'Text.', labels: ['a'], assignees: ['ann'], metadata: { kept: 1, gone: 2 } };
  key = store.create(draft).key;
});

/** A server that can only replace people and metadata; `meanwhile` happens each time after a look of the driver, before its write. */
function replacing(meanwhile: (write: number) => void = () => undefined): {
  driver: TrackerDriver;
  sent: IssuePatch[];
} {
  const memory = memoryDriver({ world, store, deltas: WHOLE });
  const sent: IssuePatch[] = [];
  const driver: TrackerDriver = {
    ...memory,
    updateIssue: (issue, patch) => {
      sent.push(patch);
      meanwhile(sent.length);
      return memory.updateIssue(issue, patch);
    },
  };
  return { driver: concurrentEdits(driver, 'Memory', world), sent };
}

describe('a change beside the rest', () => {
  test('goes to the driver as it is where the tracker can do it by itself', async () => {
    const memory = memoryDriver({ world, store });
    const driver = concurrentEdits(memory, 'Memory', world);
    await driver.updateIssue(key, { setMetadata: { new: 1 }, addLabels: ['b'], addAssignees: ['ben'] });
    expect(memory.requests()).toEqual({ all: 1, writes: 1 });
    expect(world.waits).toEqual([]);
    expect(driver.deltas).toEqual(['labels', 'assignees', 'metadata']);
  });

  test('is one whole elsewhere, which is looked at once more after a moment', async () => {
    const { driver, sent } = replacing();
    const patch = { title: 'Two', setMetadata: { new: ['x'], gone: null }, addAssignees: ['ben'], addLabels: ['b'] };
    const changed = await driver.updateIssue(key, patch);
    const whole = { metadata: { kept: 1, new: ['x'] }, assignees: ['ann', 'ben'] };
    expect(sent).toEqual([{ title: 'Two', addLabels: ['b'], ...whole }]);
    expect(changed).toEqual(store.issue(key));
    expect([changed.title, changed.metadata, changed.labels]).toEqual(['Two', whole.metadata, ['a', 'b']]);
    expect(world.waits).toEqual([400]);
  });

  test('is written again when another writer has put an older state in its place', async () => {
    const { driver, sent } = replacing();
    const { sleep } = world;
    let late = 0;
    // somebody who has read before the change writes after it
    world.sleep = async (milliseconds) => {
      late += 1;
      if (late === 1) store.update(key, { metadata: { kept: 1, gone: 2, other: 3 }, assignees: ['me'] });
      await sleep(milliseconds);
    };
    const changed = await driver.updateIssue(key, { setMetadata: { new: 1 }, addAssignees: ['ben'], title: 'Two' });
    expect(changed.metadata).toEqual({ kept: 1, gone: 2, other: 3, new: 1 });
    expect(changed.assignees.map(({ id }) => id)).toEqual(['me', 'ben']);
    // the title is not sent once more: the other writer may have meant another one
    expect(sent.map(({ title }) => title)).toEqual(['Two', undefined]);
    expect(world.waits).toEqual([400, 200, 400]);
  });

  test('that a tracker does not take is not written for ever: the answer tells what is not there', async () => {
    const { driver, sent } = replacing();
    const stubborn = memoryDriver({ world, store, deltas: WHOLE });
    const updateIssue = (issue: string, patch: IssuePatch) => {
      sent.push(patch);
      return stubborn.getIssue(issue);
    };
    const deaf = concurrentEdits({ ...stubborn, updateIssue }, 'Memory', world);
    const answer = await deaf.updateIssue(key, { setMetadata: { new: 1 } });
    expect(answer.metadata).toEqual({ kept: 1, gone: 2 });
    expect(sent.length).toBe(3);
    expect((await driver.getIssue(key)).metadata).toEqual({ kept: 1, gone: 2 });
  });

  test('that is overwritten again and again ends with a conflict', async () => {
    const { driver, sent } = replacing();
    const { sleep } = world;
    world.sleep = async (milliseconds) => {
      store.update(key, { metadata: { theirs: world.waits.length } });
      await sleep(milliseconds);
    };
    const refused = await driver.updateIssue(key, { setMetadata: { mine: 1 } }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PaceError);
    expect(refused).toMatchObject({
      kind: 'conflict',
      operation: 'updateIssue',
      message: `Others change ${key} at the same time, and have overwritten this change 12 times.`,
      remedy: 'Please try again in a moment: Memory can only replace the whole.',
    });
    expect(sent.length).toBe(12);
  });

  test('waits longer where the way from look to write is longer, at most four seconds', async () => {
    for (const [spent, waited] of [
      [100, 400],
      [200, 400],
      [1000, 2000],
      [2000, 4000],
      [9000, 4000],
    ] as const) {
      world.waits.length = 0;
      const { driver } = replacing(() => world.advance(spent));
      await driver.updateIssue(key, { setMetadata: { [`after ${spent}`]: 1 } });
      expect(world.waits).toEqual([waited]);
    }
  });

  test('waits for its turn to write before it looks', async () => {
    const host = world.traffic.host('https://tracker.test');
    for (let write = 0; write < 20; write += 1) host.take('write', world.now(), { perSecond: 1, burst: 20 });
    const { driver } = replacing();
    await driver.updateIssue(key, { setMetadata: { new: 1 } });
    expect(world.waits).toEqual([1000, 400]);
  });

  test('of several issues goes by itself, and the others together, in their order', async () => {
    const other = store.create({ title: 'Other', body: '' }).key;
    const memory = memoryDriver({ world, store, deltas: WHOLE });
    const together: number[] = [];
    const batch: TrackerDriver['batch'] = {
      size: 10,
      update: (changes) => {
        together.push(changes.length);
        return Promise.all(changes.map((change) => memory.updateIssue(change.key, change.patch)));
      },
    };
    const driver = concurrentEdits({ ...memory, batch }, 'Memory', world);
    const answers = await driver.batch?.update?.([
      { key, patch: { setMetadata: { new: 1 } } },
      { key: other, patch: { title: 'Renamed' } },
      { key: '999', patch: { setMetadata: { new: 1 } } },
    ]);
    expect(together).toEqual([1]);
    const told = answers?.map((answer) => (answer instanceof PaceError ? answer.kind : answer.title));
    expect(told).toEqual(['One', 'Renamed', 'not-found']);
  });

  test('to a second person is refused where an issue has one', async () => {
    const alone = memoryDriver({ world, store, deltas: WHOLE, lacks: { 'several assignees': 'There is one.' } });
    const driver = concurrentEdits(alone, 'Memory', world);
    await expect(driver.updateIssue(key, { addAssignees: ['ben'] })).rejects.toMatchObject({
      kind: 'unsupported',
      message: 'Memory cannot assign an issue to several people.',
      remedy: 'There is one.',
    });
    expect((await driver.updateIssue(key, { addAssignees: ['ann'] })).assignees.length).toBe(1);
    const swapped = await driver.updateIssue(key, { addAssignees: ['ben'], removeAssignees: ['ANN'] });
    expect(swapped.assignees.map(({ id }) => id)).toEqual(['ben']);
  });
});

test.each([
  [{ addAssignees: ['ben'] }, ['u1', 'u2', 'ben']],
  [{ addAssignees: ['@U1', 'bob'] }, ['u1', 'u2']],
  [{ removeAssignees: ['Ann', 'nobody'] }, ['u2']],
  [{ removeAssignees: ['u1', 'u2'], addAssignees: ['u3', 'u3'] }, ['u3']],
  [{}, undefined],
])('people after %j are %j', (changes, expected) => {
  const now = [
    { id: 'u1', name: 'ann' },
    { id: 'u2', name: 'Bob' },
  ];
  expect(peopleAfter(now, changes)).toEqual(expected);
});

test('a key with null goes, and the others get what they are given', () => {
  expect(metadataAfter({ a: 1, b: 2 }, { b: null, c: { d: 0 }, e: null })).toEqual({ a: 1, c: { d: 0 } });
});
