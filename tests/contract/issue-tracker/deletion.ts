import { describe, expect } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { acceptedOrRefused, refusal } from '../refusal.ts';
import { has, offers } from './abilities.ts';
import { keys, NO_SUCH_ISSUE, newIssue, type Suite } from './suite.ts';
import { unique } from './texts.ts';

export function deletionCases(suite: Suite): void {
  describe('deletion', () => {
    suite.it('takes an issue away with its comments, and leaves the others', async () => {
      const labels = [unique()];
      if (!(await offers(suite, 'delete issues', () => suite.tracker.deleteIssue(suite.facts.unknownKey)))) return;
      const [stays, goes] = [await newIssue(suite, { labels }), await newIssue(suite, { labels })];
      if (has(suite, 'comments')) await suite.tracker.addComment(goes.key, 'Said.');
      await suite.tracker.deleteIssue(goes.key);
      await refusal(() => suite.tracker.getIssue(goes.key), { kinds: ['not-found'] });
      await refusal(() => collect(suite.tracker.listComments(goes.key)), { kinds: ['not-found'] });
      await refusal(() => suite.tracker.updateIssue(goes.key, { title: 'Never' }), { kinds: ['not-found'] });
      expect(await keys(suite, { labels })).toEqual([stays.key]);
      expect(await suite.tracker.getIssue(stays.key)).toEqual(stays);
    });

    suite.it('of what is deleted already is not-found', async () => {
      if (!has(suite, 'delete issues')) return;
      const { key } = await newIssue(suite);
      await suite.tracker.deleteIssue(key);
      await refusal(() => suite.tracker.deleteIssue(key), { kinds: ['not-found'] });
    });

    suite.it('of what never was an issue deletes nothing', async () => {
      if (!has(suite, 'delete issues')) return;
      const { key } = await newIssue(suite);
      for (const wrong of [suite.facts.unknownKey, ...suite.facts.malformedKeys])
        await refusal(() => suite.tracker.deleteIssue(wrong), { kinds: NO_SUCH_ISSUE });
      expect((await suite.tracker.getIssue(key)).key).toBe(key);
    });

    suite.it('never gives its key to another issue', async () => {
      if (!has(suite, 'delete issues')) return;
      const { key } = await newIssue(suite);
      await suite.tracker.deleteIssue(key);
      expect((await newIssue(suite)).key).not.toBe(key);
    });

    suite.it('of one end takes the link away from the other', async () => {
      const [type] = suite.can.linkTypes;
      if (!has(suite, 'delete issues') || !has(suite, 'links') || type === undefined) return;
      const [one, other] = [await newIssue(suite), await newIssue(suite)];
      await suite.tracker.createLink(one.key, { type, target: other.key });
      await suite.tracker.deleteIssue(other.key);
      expect(await suite.tracker.getIssueLinks(one.key)).toEqual([]);
    });

    suite.it('of a parent deletes nothing that stands below it', async () => {
      if (!has(suite, 'delete issues') || !has(suite, 'parent')) return;
      const { parent: asParent, child: asChild } = suite.facts;
      const above = await newIssue(suite, asParent);
      const below = await newIssue(suite, { ...asChild, parent: above.key });
      const outcome = await acceptedOrRefused(() => suite.tracker.deleteIssue(above.key), ['validation']);
      const left = await suite.tracker.getIssue(below.key);
      expect(left.title).toBe(below.title);
      expect(left.parent).toBe(outcome === undefined ? undefined : above.key);
      await suite.tracker.deleteIssue(below.key);
      // where what stands above is something else than an issue (GitLab's epics), it is refused again
      const again = outcome && (await acceptedOrRefused(() => suite.tracker.deleteIssue(above.key), ['validation']));
      if (again === undefined) await refusal(() => suite.tracker.getIssue(above.key), { kinds: ['not-found'] });
    });
  });
}
