import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { startClickUp } from '../../support/clickup.ts';
import { oddAnswers, spoiling } from '../../support/odd-answers.ts';
import { expectDescribed, trackerOn } from './bench.ts';

/** Several stand for one state. */
const STATUSES = [
  { status: 'to do', type: 'open' },
  { status: 'backlog', type: 'unstarted' },
  { status: 'in progress', type: 'custom' },
  { status: 'fixing', type: 'custom' },
  { status: 'in review', type: 'custom' },
  { status: 'blocked', type: 'custom' },
  { status: 'cancelled', type: 'done' },
  { status: 'rejected', type: 'done' },
  { status: 'shipped', type: 'done' },
  { status: 'complete', type: 'closed' },
];

issueTrackerContract('ClickUp', async () => {
  const server = await startClickUp({ statuses: STATUSES });
  const open = async () => (await trackerOn(server)).tracker;
  return {
    tracker: await open(),
    facts: {
      // nobody has promised otherwise
      untold: ['comment'],
      bodyFidelity: 'equivalent',
      manyIssues: true,
      people: ['183', '812'],
      defaults: { type: 'task' },
      types: ['task', 'bug', 'story'],
    },
    another: open,
    ...oddAnswers(server),
    spoil: spoiling(server, 'id'),
    gaps: {
      'come back from more than one page':
        'ClickUp gives the newest comment first: the oldest is known when all pages are there (see issues.test.ts)',
    },
    tick: () => {
      server.state.ahead += 1000;
    },
    dispose: async () => {
      expectDescribed(server);
      await server.close();
    },
  };
});
