import { describe, expect } from 'vitest';
import { collect } from '../../../platforms/lists.ts';
import { expectBody, type Suite } from './suite.ts';
import { MARKDOWN, NESTED } from './texts.ts';

export function commentCases(suite: Suite): void {
  describe('comments', () => {
    suite.it('come back in the order of writing', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Comments', body: '' });
      expect(await collect(suite.tracker.listComments(key))).toEqual([]);
      const first = await suite.tracker.addComment(key, 'First.');
      await suite.bench.tick?.();
      const second = await suite.tracker.addComment(key, 'Second, with `code` and 🚦.');
      expect(await collect(suite.tracker.listComments(key))).toEqual([first, second]);
      expectBody(suite, second.body, 'Second, with `code` and 🚦.');
      expect(first.id).not.toBe(second.id);
    });

    suite.it('leave the issue as it is', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Untouched', body: 'Text.', metadata: NESTED });
      await suite.tracker.addComment(key, MARKDOWN);
      const found = await suite.tracker.getIssue(key);
      expect([found.body, found.metadata, found.state]).toEqual(['Text.', NESTED, 'open']);
    });

    suite.it('come back from more than one page', async ({ skip }) => {
      if (!suite.facts.manyIssues) skip(`writing many comments to ${suite.name} is slow`);
      const { key } = await suite.tracker.createIssue({ title: 'Many comments', body: '' });
      const written: string[] = [];
      for (let index = 0; index < 120; index += 1)
        written.push((await suite.tracker.addComment(key, `No. ${index}`)).id);
      expect((await collect(suite.tracker.listComments(key))).map((comment) => comment.id)).toEqual(written);
    });
  });
}
