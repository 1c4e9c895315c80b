import { describe, expect } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../refusal.ts';
import { has, offers, saying } from './abilities.ts';
import { expectBody, newIssue, type Suite } from './suite.ts';
import { MARKDOWN, NESTED, unique } from './texts.ts';

export function commentCases(suite: Suite): void {
  const say = saying(suite);
  describe('comments', () => {
    suite.it('are kept, or refused in words', async () => {
      const { key } = await newIssue(suite);
      const add = () => suite.tracker.addComment(key, 'Said.');
      if (await offers(suite, 'comments', add)) return void (await add());
      expect(await collect(suite.tracker.listComments(key))).toEqual([]);
      for (const change of ['edit comments', 'delete comments'] as const) expect(has(suite, change)).toBe(false);
    });

    say.it('come back in the order of writing', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Comments', body: '' });
      expect(await collect(suite.tracker.listComments(key))).toEqual([]);
      const first = await suite.tracker.addComment(key, 'First.');
      await suite.bench.tick?.();
      const second = await suite.tracker.addComment(key, 'Second, with `code` and 🚦.');
      expect(await collect(suite.tracker.listComments(key))).toEqual([first, second]);
      expectBody(suite, second.body, 'Second, with `code` and 🚦.');
      expect(first.id).not.toBe(second.id);
    });

    say.it('leave the issue as it is', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Untouched', body: 'Text.', metadata: NESTED });
      await suite.tracker.addComment(key, MARKDOWN);
      const found = await suite.tracker.getIssue(key);
      expect([found.body, found.metadata, found.state]).toEqual(['Text.', NESTED, 'open']);
    });

    say.it('come back from more than one page', async ({ skip }) => {
      if (!suite.facts.manyIssues) skip(`writing many comments to ${suite.name} is slow`);
      const { key } = await suite.tracker.createIssue({ title: 'Many comments', body: '' });
      const written: string[] = [];
      for (let index = 0; index < 120; index += 1)
        written.push((await suite.tracker.addComment(key, `No. ${index}`)).id);
      const before = suite.bench.requests?.().all ?? 0;
      const found = await collect(suite.tracker.listComments(key));
      const asked = (suite.bench.requests?.().all ?? 0) - before;
      expect(found.map((comment) => comment.id)).toEqual(written);
      const [first] = await collect(suite.tracker.listComments(key), 1);
      expect(first?.id).toBe(written[0]);
      // a list that is left early asks for no further page
      const early = (suite.bench.requests?.().all ?? 0) - before - asked;
      if (asked > 1) expect(early).toBeLessThan(asked);
    });

    say.it('say who wrote them, and when', async () => {
      const { key } = await newIssue(suite);
      const { author, createdAt } = await suite.tracker.addComment(key, 'Mine.');
      const me = await suite.tracker.getCurrentUser();
      expect(author?.id).toBe(me.id);
      expect(createdAt).toBeGreaterThan(Date.UTC(2000, 0));
      const [record] = await suite.tracker.getIssueComments(key);
      expect(record).toEqual({
        id: expect.stringMatching(/./),
        body: 'Mine.',
        author: author?.name,
        created: new Date(createdAt).toISOString(),
      });
    });

    say.it('can be edited, or refuse it', async () => {
      const { key } = await newIssue(suite);
      const first = await suite.tracker.addComment(key, 'First.');
      await suite.bench.tick?.();
      const second = await suite.tracker.addComment(key, 'Second.');
      const edit = () => suite.tracker.updateComment(key, first.id, 'First, **edited**.');
      if (!(await offers(suite, 'edit comments', edit))) return;
      const edited = await edit();
      expect([edited.id, edited.createdAt]).toEqual([first.id, first.createdAt]);
      expectBody(suite, edited.body, 'First, **edited**.');
      expect(await collect(suite.tracker.listComments(key))).toEqual([edited, second]);
    });

    say.it('can be deleted, or refuse it', async () => {
      const { key } = await newIssue(suite);
      const first = await suite.tracker.addComment(key, 'First.');
      await suite.bench.tick?.();
      const second = await suite.tracker.addComment(key, 'Second.');
      const remove = () => suite.tracker.deleteComment(key, first.id);
      if (!(await offers(suite, 'delete comments', remove))) return;
      await remove();
      expect(await collect(suite.tracker.listComments(key))).toEqual([second]);
    });

    say.it('of one issue are not those of another', async () => {
      const [one, other] = [await newIssue(suite), await newIssue(suite)];
      const comment = await suite.tracker.addComment(one.key, 'Here.');
      expect(await collect(suite.tracker.listComments(other.key))).toEqual([]);
      expect(await collect(suite.tracker.listComments(one.key))).toEqual([comment]);
    });

    say.it('of another issue are neither changed nor deleted by this one’s key', async () => {
      const [one, other] = [await newIssue(suite), await newIssue(suite)];
      const comment = await suite.tracker.addComment(one.key, 'Of the first.');
      const edit = () => suite.tracker.updateComment(other.key, comment.id, 'Changed.');
      const remove = () => suite.tracker.deleteComment(other.key, comment.id);
      const kinds = ['not-found', 'validation', 'unsupported'] as const;
      await refusal(edit, { kinds });
      await refusal(remove, { kinds });
      expect(await collect(suite.tracker.listComments(one.key))).toEqual([comment]);
    });

    say.it('are none of what the tracker notes down itself', async () => {
      const { key } = await newIssue(suite);
      await suite.tracker.updateIssue(key, { title: 'Renamed', labels: [unique()] });
      await suite.tracker.transitionIssue(key, 'done');
      await suite.tracker.transitionIssue(key, 'open');
      expect(await collect(suite.tracker.listComments(key))).toEqual([]);
    });
  });
}
