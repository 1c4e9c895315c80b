import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { startGitea } from '../../support/gitea.ts';
import { oddAnswers } from '../../support/odd-answers.ts';
import { expectDescribed, shellEnv, trackerIn } from './bench.ts';

const STATES =
  'open=status:todo, status:later; blocked=status:blocked, status:waiting; done=Shipped, Released; canceled=status:canceled, Dropped';

for (const [name, options] of [
  ['Gitea', { flavour: 'gitea', release: 'newer' }],
  // as it was measured
  ['Forgejo', { flavour: 'forgejo', release: '1.22' }],
] as const) {
  issueTrackerContract(name, async () => {
    const server = await startGitea(options);
    const open = async () => (await trackerIn(shellEnv(server))).tracker;
    return {
      tracker: await open(),
      facts: { manyIssues: true, people: ['pace-bot', 'ada'] },
      another: open,
      severalNames: async () => (await trackerIn(shellEnv(server), {}, { states: STATES })).tracker,
      ...oddAnswers(server),
      tick: () => {
        server.state.ahead += 1000;
      },
      dispose: async () => {
        expectDescribed(server);
        await server.close();
      },
    };
  });
}
