import { describe, expect } from 'vitest';
import { PaceError } from '../../../platforms/errors.ts';
import { acceptedOrRefused } from '../refusal.ts';
import { keys, REFUSED, type Suite } from './suite.ts';
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
