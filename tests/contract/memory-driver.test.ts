import { memoryDriver } from '../support/memory-driver.ts';
import { testWorld } from '../support/world.ts';
import { issueTrackerContract } from './issue-tracker.ts';

issueTrackerContract('memory', async () => {
  const world = testWorld();
  const tracker = memoryDriver({ world });
  return {
    tracker,
    facts: { manyIssues: true, people: ['ann', 'ben', 'me'] },
    world,
    another: () => memoryDriver({ world, store: tracker.store, wire: tracker.wire }),
    tick: () => world.advance(1000),
    putIntoSprint: tracker.store.setSprint,
    requests: tracker.requests,
    answerNext: tracker.answerNext,
    dispose: async () => undefined,
  };
});
