import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { isMutation, startMonday } from '../../support/monday.ts';
import { oddAnswers } from '../../support/odd-answers.ts';
import { trackerOn } from './bench.ts';

// each query is executed against the vendor's own schema, which checks it and its answer
issueTrackerContract('monday', async () => {
  let ahead = 0;
  const server = await startMonday({ now: () => Date.now() + ahead });
  return {
    tracker: trackerOn(server).tracker,
    facts: {
      ...{ manyIssues: true, people: ['7001', '7002'], unknownKey: '9999999999' },
      commentFidelity: 'equivalent',
    },
    another: () => trackerOn(server).tracker,
    ...oddAnswers(server, isMutation),
    tick: () => {
      ahead += 1000;
    },
    dispose: () => server.close(),
  };
});
