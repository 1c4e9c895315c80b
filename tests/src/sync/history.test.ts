/** Random histories of two trackers in memory: what sync promises holds at the end of each. */
import { expect, test } from 'vitest';
import { sidesOf } from '../../../src/sync/values.ts';
import { type MemoryOptions, memoryDriver } from '../../support/memory-driver.ts';
import { createStore } from '../../support/memory-store.ts';
import { SEED } from '../../support/seed.ts';
import { type HistoryOptions, type HistorySide, liveHistory } from '../../support/sync-history.ts';
import type { TestWorld } from '../../support/world.ts';

function inMemory(world: TestWorld, options: MemoryOptions): HistorySide {
  const store = createStore(world.now);
  return {
    name: 'Memory',
    open: () => memoryDriver({ world, store, ...options }),
    people: ['me', 'ann', 'ben'],
  };
}

async function expectAllWell(options: HistoryOptions): Promise<void> {
  const { problems, told } = await liveHistory(options);
  expect(problems, `seed ${options.seed}\n${told.slice(-40).join('\n')}`).toEqual([]);
}

/** One for each who may win in the end. */
const HISTORIES = 3;
const EDITS = 40;

const SETS: Readonly<Record<string, { a?: MemoryOptions; b?: MemoryOptions; blows?: number }>> = {
  'that can do everything, and nothing goes wrong': { blows: 0 },
  'that can do everything': {},
  'of which one has no filters': { b: { filters: [], sorts: [] } },
  'of which one lacks fields': {
    b: { lacks: { milestone: 'None.', parent: 'None.', storyPoints: 'None.', 'several assignees': 'One only.' } },
  },
  'of which one has fewer states, types and priorities': {
    b: { narrower: { states: ['open', 'in_progress', 'done'], types: ['task', 'epic'], priorities: [1, 2, 3] } },
  },
  'that keep no metadata': {
    a: { lacks: { metadata: 'None.' } },
    b: { lacks: { metadata: 'None.' } },
  },
  'that take whole lists only': { a: { deltas: [] }, b: { deltas: [] } },
};

for (const [name, { blows, ...options }] of Object.entries(SETS)) {
  test.each(Array.from({ length: HISTORIES }, (_, index) => SEED + index))(
    `two trackers ${name}: with the seed %i they are in step at the end, and nothing is lost`,
    async (seed) => {
      await expectAllWell({
        ...{ seed, edits: EDITS },
        ...(blows !== undefined && { blows }),
        sides: (world) => sidesOf((side) => inMemory(world, options[side] ?? {})),
      });
    },
  );
}
