/** A tracker whose issues tell the e-mails of people, beside one that has them in its list of people alone. */
import { expect, test } from 'vitest';
import type { Issue, IssueFilter, IssueTracker } from '../../../core/ports/index.ts';
import { syncBench } from '../../support/sync-bench.ts';

const bare = (issue: Issue): Issue => ({
  ...issue,
  assignees: issue.assignees.map(({ email: _, ...person }) => person),
});

function tellNoEmails(tracker: IssueTracker): void {
  const { getIssue, createIssue, updateIssue, listIssues } = tracker;
  const silent: Pick<IssueTracker, 'getIssue' | 'createIssue' | 'updateIssue' | 'listIssues'> = {
    getIssue: async (key) => bare(await getIssue(key)),
    createIssue: async (draft) => bare(await createIssue(draft)),
    updateIssue: async (key, patch) => bare(await updateIssue(key, patch)),
    listIssues: async function* (filter?: IssueFilter) {
      for await (const issue of listIssues(filter)) yield bare(issue);
    },
  };
  Object.assign(tracker, silent);
}

const ONE = { lacks: { 'several assignees': 'One only.' } };

test.each([
  ['several people', {}],
  ['one person', { a: ONE, b: ONE }],
])('whom an issue of %s is given to, and taken from, is so on both, and stays so', async (_, options) => {
  const bench = syncBench(options);
  const { a, b } = bench.trackers;
  tellNoEmails(b);
  const run = async () => {
    bench.world.advance(3_600_000);
    const { left } = await bench.run();
    const whole = await bench.run({ full: true });
    const of = async (tracker: IssueTracker) => (await tracker.getIssue('1')).assignees.map(({ id }) => id);
    return { left, again: whole.written, a: await of(a), b: await of(b) };
  };
  const quiet = { left: [], again: [] };
  await a.createIssue({ title: 'One', body: '', assignees: ['ben'] });
  expect(await run()).toEqual({ ...quiet, a: ['ben'], b: ['ben'] });
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    await from.updateIssue('1', { removeAssignees: ['ben'] });
    expect(await run()).toEqual({ ...quiet, a: [], b: [] });
    await from.updateIssue('1', { addAssignees: ['ben'] });
    // whom b alone was told is known to b alone: its issues tell no e-mail
    if (from === b) await to.updateIssue('1', { addAssignees: ['ben'] });
    expect(await run()).toEqual({ ...quiet, a: ['ben'], b: ['ben'] });
  }
});
