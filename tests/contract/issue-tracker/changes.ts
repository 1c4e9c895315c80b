/** What the time of change tells: whoever keeps two trackers in step asks only for what has changed since, and misses the rest. */
import { describe, expect } from 'vitest';
import type { Issue, LinkType } from '../../../core/ports/index.ts';
import { has, onlyReadsLinks } from './abilities.ts';
import { list, newIssue, type Suite } from './suite.ts';
import { unique } from './texts.ts';

type Change = (suite: Suite, issue: Issue) => Promise<unknown>;

const CHANGES = {
  title: ({ tracker }, { key }) => tracker.updateIssue(key, { title: `Renamed ${unique()}` }),
  body: ({ tracker }, { key }) => tracker.updateIssue(key, { body: `Other words ${unique()}.` }),
  labels: ({ tracker }, { key }) => tracker.updateIssue(key, { addLabels: [unique()] }),
  state: ({ tracker }, { key }) => tracker.transitionIssue(key, 'done'),
  comment: ({ tracker }, { key }) => tracker.addComment(key, 'Said.'),
} as const satisfies Record<string, Change>;

/** The issue with the change, and what is listed as changed since then. */
async function changed(suite: Suite, change: Change) {
  const before = await newIssue(suite, { body: 'Text.' });
  await suite.bench.tick?.();
  await change(suite, before);
  const after = await suite.tracker.getIssue(before.key);
  const since = await list(suite, {
    ...{ state: 'all', updatedSince: before.updatedAt },
    sort: { by: 'updated', direction: 'asc' },
  });
  expect(after.updatedAt).toBeGreaterThanOrEqual(before.updatedAt);
  expect(since.map(({ updatedAt }) => updatedAt)).toEqual(since.map(({ updatedAt }) => updatedAt).toSorted(ascending));
  // what nothing has been done to since is there as well where both are of one moment
  const listed = since.find(({ key }) => key === before.key);
  return { before, after, listed };
}

function ascending(one: number, other: number): number {
  return one - other;
}

export function changeCases(suite: Suite): void {
  describe('changes since a moment', () => {
    for (const [name, change] of Object.entries(CHANGES)) {
      suite.it(`${name}: found by the time of change, or known not to be`, async ({ skip }) => {
        if (name === 'comment' && !has(suite, 'comments')) skip(`${suite.name} keeps no comments`);
        const { before, after, listed } = await changed(suite, change);
        if (listed) expect(listed.updatedAt).toBe(after.updatedAt);
        const untold = suite.facts.untold.some((one) => one === name);
        if (untold) expect(after.updatedAt).toBe(before.updatedAt);
        else expect(listed, `${name} is told`).toBeDefined();
        if (!untold && suite.bench.tick) expect(after.updatedAt).toBeGreaterThan(before.updatedAt);
      });
    }

    suite.it('link: seen at both ends, and time never goes back', async ({ skip }) => {
      if (suite.can.unsupported.links !== undefined) skip(`${suite.name} has no links`);
      if (onlyReadsLinks(suite)) skip(`links of ${suite.name} are only read`);
      const [type = 'relates to' as LinkType] = suite.can.linkTypes;
      const other = await newIssue(suite);
      const { after } = await changed(suite, ({ tracker }, { key }) =>
        tracker.createLink(key, { type, target: other.key }),
      );
      expect((await suite.tracker.getIssueLinks(after.key)).map(({ target }) => target)).toEqual([other.key]);
      expect((await suite.tracker.getIssue(other.key)).updatedAt).toBeGreaterThanOrEqual(other.updatedAt);
    });

    suite.it('comments are counted where an issue tells how many it has', async ({ skip }) => {
      if (!has(suite, 'comments')) skip(`${suite.name} keeps no comments`);
      const { key, commentCount } = await newIssue(suite);
      const [listed] = (await list(suite)).filter((issue) => issue.key === key);
      if (commentCount === undefined && listed?.commentCount === undefined)
        skip(`${suite.name} does not count comments`);
      await suite.tracker.addComment(key, 'One.');
      await suite.tracker.addComment(key, 'Two.');
      const told = [await suite.tracker.getIssue(key), ...(await list(suite))].filter((issue) => issue.key === key);
      for (const issue of told) if (issue.commentCount !== undefined) expect(issue.commentCount).toBe(2);
    });
  });
}
