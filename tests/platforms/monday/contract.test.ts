import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { isMutation, startMonday, USUAL_LABELS } from '../../support/monday.ts';
import { oddAnswers, spoiling } from '../../support/odd-answers.ts';
import { trackerOn } from './bench.ts';

/** Several stand for one state; an item without any is open, as one that is not started. */
const LABELS = {
  ...USUAL_LABELS,
  Status: ['Not Started', 'Working on it', 'Doing', 'Done*', 'Closed*', 'Stuck', 'In review', 'Canceled'],
};

// each query is executed against the vendor's own schema, which checks it and its answer
issueTrackerContract('monday', async () => {
  let ahead = 0;
  const server = await startMonday({ labels: LABELS, now: () => Date.now() + ahead });
  return {
    tracker: trackerOn(server).tracker,
    facts: {
      // nobody has promised otherwise
      untold: ['comment'],
      ...{ manyIssues: true, people: ['7001', '7002'], unknownKey: '9999999999' },
      commentFidelity: 'equivalent',
    },
    another: () => trackerOn(server).tracker,
    ...oddAnswers(server, isMutation),
    spoil: spoiling(server, 'id'),
    tick: () => {
      ahead += 1000;
    },
    dispose: () => server.close(),
  };
});
