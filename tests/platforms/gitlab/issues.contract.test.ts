import type { TrackerDriver } from '../../../core/ports/index.ts';
import { issueTrackerContract, type TrackerBench } from '../../contract/issue-tracker.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { oddAnswers, spoiling } from '../../support/odd-answers.ts';
import { expectDescribed, shellEnv, trackerIn } from './bench.ts';

const STATES =
  'open=status:todo, status:later; blocked=status:blocked, status:waiting; done=Shipped, Released; canceled=status:canceled, Dropped';

async function bench(server: GitLabServer): Promise<TrackerBench> {
  return {
    tracker: (await trackerIn(shellEnv(server))).tracker,
    // a comment moves the time of an issue once a minute at most
    facts: { manyIssues: true, people: ['ada', 'pace-bot'], untold: ['comment'] },
    moveAway: (key) => void server.moveAway(Number(key)),
    // the server's time is never the same twice
    tick: () => {},
    severalNames: async () => (await trackerIn(shellEnv(server), {}, { states: STATES })).tracker,
    another: async () => (await trackerIn(shellEnv(server))).tracker,
    ...oddAnswers(server),
    spoil: spoiling(server, 'iid'),
    dispose: async () => {
      expectDescribed(server.exchanges);
      await server.close();
    },
  };
}

issueTrackerContract('GitLab Free', async () => bench(await startGitLab({ role: 'Owner' })));

issueTrackerContract('GitLab Premium', async () => {
  const server = await startGitLab({ premium: true, role: 'Owner' });
  const common = await bench(server);
  return {
    ...common,
    tracker: withEpics(common.tracker, server),
    facts: { ...common.facts, parent: { type: 'epic' } },
    putIntoSprint: (key, sprint) => {
      const row = server.issues.find(({ iid }) => String(iid) === key);
      if (row) row.iteration = sprint;
    },
  };
});

/** Parents are epics, which people make in the group: here the suite's drafts of that type do. */
function withEpics(driver: TrackerDriver, server: GitLabServer): TrackerDriver {
  return {
    ...driver,
    createIssue: async (draft) => {
      if (draft.type !== 'epic') return driver.createIssue(draft);
      const iid = server.state.epics.length + 1;
      server.state.epics.push({ id: 500 + iid, iid, group: 'acme', title: draft.title });
      return { ...(await driver.createIssue({ title: draft.title, body: '' })), key: `&${iid}`, type: 'epic' };
    },
  };
}
