import { describe, expect } from 'vitest';
import type { Suite } from './suite.ts';
import { NESTED, unique } from './texts.ts';

export function updatingCases(suite: Suite): void {
  describe('updating', () => {
    suite.it('changes the title and nothing else', async () => {
      const draft = { title: 'Before', body: 'Text.', labels: [unique()], metadata: NESTED };
      const created = await suite.tracker.createIssue(draft);
      await suite.tracker.updateIssue(created.key, { title: 'After' });
      const { updatedAt: _, ...found } = await suite.tracker.getIssue(created.key);
      const { updatedAt: __, ...before } = created;
      expect(found).toEqual({ ...before, title: 'After' });
    });

    suite.it('replaces the labels', async () => {
      const [kept, dropped, added] = [unique(), unique(), unique()];
      const { key } = await suite.tracker.createIssue({ title: 'Labels', body: 'Text.', labels: [kept, dropped] });
      const updated = await suite.tracker.updateIssue(key, { labels: [kept, added] });
      expect([...updated.labels].sort()).toEqual([kept, added].sort());
      expect((await suite.tracker.getIssue(key)).body).toBe('Text.');
      expect((await suite.tracker.updateIssue(key, { labels: [] })).labels).toEqual([]);
    });

    suite.it('takes an empty patch', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Same', body: 'Text.', metadata: { a: 1 } });
      const updated = await suite.tracker.updateIssue(key, {});
      expect([updated.title, updated.body, updated.metadata]).toEqual(['Same', 'Text.', { a: 1 }]);
    });

    suite.it('can empty the body', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Emptied', body: 'Text.', metadata: { a: 1 } });
      await suite.tracker.updateIssue(key, { body: '' });
      const found = await suite.tracker.getIssue(key);
      expect([found.body, found.metadata]).toEqual(['', { a: 1 }]);
    });
  });
}
