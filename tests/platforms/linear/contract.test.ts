import { createTracker } from '../../../platforms/linear/issues.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { isMutation, startLinear } from '../../support/linear.ts';
import { oddAnswers, spoiling } from '../../support/odd-answers.ts';
import { testWorld } from '../../support/world.ts';
import { settingsFor } from './bench.ts';

// each query is executed against the vendor's own schema, which checks it and its answer
issueTrackerContract('Linear', async () => {
  const server = await startLinear();
  const settings = settingsFor(server, { project: 'Website' });
  return {
    tracker: await createTracker(testWorld(), settings),
    facts: {
      // nobody has promised otherwise
      untold: ['comment'],
      bodyFidelity: 'equivalent',
      manyIssues: true,
      people: ['ada', 'grace'],
      unknownKey: 'PACE-999999',
    },
    another: () => createTracker(testWorld(), settings),
    ...oddAnswers(server, isMutation),
    spoil: spoiling(server, 'identifier'),
    moveAway: (key) => server.moveAway(key),
    putIntoSprint: (key, name) => server.putIntoCycle(key, name),
    gaps: { 'changes a milestone, also on its issues, or refuses it': 'a milestone closes by itself' },
    tick: () => new Promise((resolve) => setTimeout(resolve, 5)),
    dispose: () => server.close(),
  };
});
