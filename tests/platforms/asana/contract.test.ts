import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { startAsana } from '../../support/asana.ts';
import { oddAnswers, spoiling } from '../../support/odd-answers.ts';
import { expectDescribed, trackerFor } from './bench.ts';

/** Several stand for one state, and two for none. */
const SECTIONS = [
  ...['To do', 'Backlog', 'Ideas', 'Doing', 'In progress', 'In review', 'Blocked'],
  ...['Done', 'Complete', 'Canceled', 'Won’t do'],
];

issueTrackerContract('Asana', async () => {
  let ahead = 0;
  const server = await startAsana({ sections: SECTIONS, now: () => Date.now() + ahead });
  const open = () => trackerFor(server).tracker;
  return {
    tracker: open(),
    facts: {
      untold: ['comment'],
      bodyFidelity: 'equivalent',
      // the two headings that notes have
      commentForm: (form) => form.replace(/^#{1,2} /gm, '### '),
      manyIssues: true,
      people: [server.state.users[0]?.gid ?? ''],
      unknownKey: '999999',
    },
    another: open,
    ...oddAnswers(server),
    spoil: spoiling(server, 'gid'),
    tick: () => {
      ahead += 1000;
    },
    gaps: {
      'of what is open have the newest first, and cost one page to whoever stops within it':
        'Asana lists tasks as people have dragged them: newest first is known when all are read',
      'go on over more than one page, each issue once, and may be left early':
        'Asana lists tasks as people have dragged them: newest first is known when all are read',
    },
    dispose: async () => {
      expectDescribed(server);
      await server.close();
    },
  };
});
