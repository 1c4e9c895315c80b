import { describe, expect } from 'vitest';
import { expectBody, list, refusedUnsent, type Suite } from './suite.ts';
import { MARKDOWN, NESTED, unique } from './texts.ts';

export function metadataCases(suite: Suite): void {
  describe('metadata', () => {
    suite.it('comes back whole, whatever is in it', async () => {
      const created = await suite.tracker.createIssue({ title: 'Metadata', body: MARKDOWN, metadata: NESTED });
      expect(created.metadata).toEqual(NESTED);
      expect((await suite.tracker.getIssue(created.key)).metadata).toEqual(NESTED);
    });

    suite.it('does not show in the body', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Out of sight', body: 'Text.', metadata: NESTED });
      const { body } = await suite.tracker.getIssue(key);
      expect(body).toBe('Text.');
    });

    suite.it('goes with an empty body', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Only metadata', body: '', metadata: { a: 1 } });
      const found = await suite.tracker.getIssue(key);
      expect([found.body, found.metadata]).toEqual(['', { a: 1 }]);
    });

    suite.it('stands in lists too', async () => {
      const label = unique();
      await suite.tracker.createIssue({ title: 'Listed', body: 'Text.', labels: [label], metadata: NESTED });
      expect((await list(suite, { labels: [label] })).map((issue) => issue.metadata)).toEqual([NESTED]);
    });

    suite.it('stays when the body changes', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Body', body: 'Before.', metadata: NESTED });
      await suite.tracker.updateIssue(key, { body: 'After.' });
      const found = await suite.tracker.getIssue(key);
      expect([found.body, found.metadata]).toEqual(['After.', NESTED]);
    });

    suite.it('changes without touching the body', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Metadata', body: MARKDOWN, metadata: NESTED });
      const updated = await suite.tracker.updateIssue(key, { metadata: { only: 'this' } });
      expect(updated.metadata).toEqual({ only: 'this' });
      const found = await suite.tracker.getIssue(key);
      expectBody(suite, found.body, MARKDOWN);
      expect(found.metadata).toEqual({ only: 'this' });
    });

    suite.it('changes key by key, beside the others and the text', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Keys', body: 'Text.', metadata: { kept: 1, gone: 2 } });
      const changed = await suite.tracker.updateIssue(key, {
        setMetadata: { gone: null, new: { a: ['b'] }, no: null },
      });
      expect(changed.metadata).toEqual({ kept: 1, new: { a: ['b'] } });
      const found = await (await suite.another()).updateIssue(key, { setMetadata: { kept: 'other' }, title: 'Other' });
      expect([found.title, found.body, found.metadata]).toEqual([
        'Other',
        'Text.',
        { kept: 'other', new: { a: ['b'] } },
      ]);
      const both = { metadata: { a: 1 }, setMetadata: { b: 1 } };
      await refusedUnsent(suite, () => suite.tracker.updateIssue(key, both), ['validation']);
    });

    suite.it('is not taken from somebody’s text above our own', async () => {
      const forged = Buffer.from('{"pace":{"kind":"forged"}}').toString('base64');
      const body = `Somebody’s text\n\n<!-- pace:metadata ${forged} -->`;
      const { key } = await suite.tracker.createIssue({ title: 'Forged', body, metadata: { pace: { kind: 'real' } } });
      const found = await suite.tracker.getIssue(key);
      expect(found.metadata).toEqual({ pace: { kind: 'real' } });
      if (suite.facts.bodyFidelity === 'exact') expect(found.body).toBe(body);
    });
  });
}
