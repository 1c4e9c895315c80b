/** The suite against the driver in memory: one that can do everything, one that leaves all the looking to us, one that can do little. */
import { ABILITIES } from '../../core/ports/capabilities.ts';
import { type MemoryOptions, memoryDriver } from '../support/memory-driver.ts';
import { testWorld } from '../support/world.ts';
import { issueTrackerContract, type TrackerBench } from './issue-tracker.ts';

const KEPT = ['labels', 'assignees', 'metadata'];

const variants: [string, MemoryOptions][] = [
  ['memory', {}],
  ['memory without filters', { filters: [], sorts: [], pageSize: 100 }],
  [
    'memory with little',
    {
      lacks: Object.fromEntries(ABILITIES.filter((name) => !KEPT.includes(name)).map((name) => [name, `No ${name}.`])),
      narrower: { states: ['open', 'done'] },
    },
  ],
];

function bench(options: MemoryOptions): TrackerBench {
  const world = testWorld();
  const tracker = memoryDriver({ ...options, world });
  return {
    tracker,
    facts: { manyIssues: true, people: ['ann', 'ben', 'me'], oneNamePerState: true },
    world,
    another: () => memoryDriver({ ...options, world, store: tracker.store, wire: tracker.wire }),
    tick: () => world.advance(1000),
    putIntoSprint: tracker.store.setSprint,
    requests: tracker.requests,
    answerNext: tracker.answerNext,
    dispose: async () => undefined,
  };
}

for (const [name, options] of variants) issueTrackerContract(name, async () => bench(options));
