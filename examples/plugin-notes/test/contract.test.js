/** The suite that every tracker of PACE passes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueTrackerContract, testWorld } from 'pace-gate/testing';
import { createPlugin } from '../index.js';

issueTrackerContract('Notes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notes-'));
  const world = testWorld();
  const plugin = createPlugin({ folder });
  await plugin.initialize(world);
  return {
    tracker: plugin.getTracker(),
    world,
    facts: { people: ['ann', 'bob'], anybody: true, manyIssues: true, oneNamePerState: true },
    tick: () => world.advance(1000),
    dispose: () => rm(folder, { recursive: true }),
  };
});
