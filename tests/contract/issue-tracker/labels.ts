import { describe, expect } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { acceptedOrRefused } from '../refusal.ts';
import { keys, newIssue, REFUSED, type Suite } from './suite.ts';
import { unique } from './texts.ts';

export function labelCases(suite: Suite): void {
  describe('labels', () => {
    suite.it('are created when the tracker does not know them', async () => {
      const labels = [unique(), unique()];
      const created = await suite.tracker.createIssue({ title: 'New labels', body: '', labels });
      expect([...created.labels].sort()).toEqual([...labels].sort());
    });

    suite.it('that are new may be used by two issues at the same time', async () => {
      const labels = [unique()];
      const drafts = ['One', 'Two'].map((title) => ({ title, body: '', labels }));
      const created = await Promise.all(drafts.map((draft) => suite.tracker.createIssue(draft)));
      expect(created.map((issue) => issue.labels)).toEqual([labels, labels]);
      expect((await keys(suite, { labels })).sort()).toEqual(created.map((issue) => issue.key).sort());
    });

    suite.it('are added and removed beside others', async () => {
      const [kept, gone, added] = [unique(), unique(), unique()];
      const { key } = await newIssue(suite, { body: 'Text.', labels: [kept, gone] });
      const changed = await suite.tracker.updateIssue(key, {
        addLabels: [added, kept],
        removeLabels: [gone, unique()],
      });
      expect([...changed.labels].sort()).toEqual([kept, added].sort());
      const found = await suite.tracker.getIssue(key);
      expect([...found.labels].sort()).toEqual([kept, added].sort());
      expect([found.body, found.state]).toEqual(['Text.', 'open']);
      expect((await suite.tracker.updateIssue(key, { removeLabels: [kept, added] })).labels).toEqual([]);
      expect((await suite.tracker.updateIssue(key, { addLabels: [gone] })).labels).toEqual([gone]);
    });

    suite.it('are added by two at the same time without a loss, where the tracker can', async ({ skip }) => {
      if (!suite.bench.another) skip(`${suite.name} has no second process here`);
      const { key } = await newIssue(suite, { labels: [unique()] });
      const other = await suite.another();
      const [one, two] = [unique(), unique()];
      await Promise.all([
        suite.tracker.updateIssue(key, { addLabels: [one] }),
        other.updateIssue(key, { addLabels: [two] }),
      ]);
      const { labels } = await suite.tracker.getIssue(key);
      if (suite.bench.tracker.deltas?.includes('labels')) expect(labels).toEqual(expect.arrayContaining([one, two]));
      // elsewhere the time between look and write matters: at least one of them, and never a label of nobody
      expect(labels.length).toBeGreaterThanOrEqual(2);
      expect(labels.includes(one) || labels.includes(two)).toBe(true);
    });

    suite.it('collapse when given twice', async () => {
      const label = unique();
      const { key } = await suite.tracker.createIssue({ title: 'Twice', body: '', labels: [label, label] });
      expect((await suite.tracker.getIssue(key)).labels).toEqual([label]);
    });

    for (const [what, suffix] of [
      ['a comma', 'a,b'],
      ['a space', 'a b'],
      ['quotes', `a"b'c`],
      ['a slash, a question mark and a hash', 'a/b?c#d'],
      ['letters that are not ASCII', 'größe'],
    ]) {
      suite.it(`with ${what} come back as they are, or are refused`, async () => {
        const label = `${unique()} ${suffix}`.replace(' ', what === 'a space' ? ' ' : '-');
        const call = () => suite.tracker.createIssue({ title: `Label with ${what}`, body: '', labels: [label] });
        const created = await acceptedOrRefused(call, REFUSED);
        if (created instanceof PaceError) return;
        expect(created.labels).toEqual([label]);
        expect(await keys(suite, { labels: [label] })).toEqual([created.key]);
      });
    }
  });
}
