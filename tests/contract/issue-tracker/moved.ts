import { describe, expect } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { Issue, IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { acceptedOrRefused } from '../refusal.ts';
import { list, newIssue, type Suite, withoutTimes } from './suite.ts';
import { unique } from './texts.ts';

const WRITES: Record<string, (tracker: IssueTracker, key: string) => Promise<unknown>> = {
  updateIssue: (tracker, key) => tracker.updateIssue(key, { title: 'Written after the move', body: 'Anew.' }),
  transitionIssue: (tracker, key) => tracker.transitionIssue(key, 'done'),
  addComment: (tracker, key) => tracker.addComment(key, 'Said after the move.'),
};

export function movedCases(suite: Suite): void {
  /** An issue that somebody has taken elsewhere, with a comment. */
  async function moved(): Promise<{ before: Issue; comment: string }> {
    const before = await newIssue(suite, { title: `Moves ${unique()}`, body: 'Text.' });
    const comment = await suite.tracker.addComment(before.key, 'Said before the move.');
    await suite.bench.moveAway?.(before.key);
    return { before, comment: comment.body };
  }

  /** All issues of this place but one, with their comments. */
  async function others(except: readonly string[]): Promise<unknown[]> {
    const issues = (await list(suite)).filter(({ title }) => !except.includes(title));
    const told = issues.map(async (issue) => ({
      ...withoutTimes(issue),
      comments: (await collect(suite.tracker.listComments(issue.key))).map(({ body }) => body),
    }));
    return Promise.all(told);
  }

  describe('an issue that was moved', () => {
    suite.it('is followed, and told by the key and the address that it has now', async ({ skip }) => {
      if (!suite.bench.moveAway) return skip(`issues of ${suite.name} cannot be moved`);
      const { before, comment } = await moved();
      const after = await suite.tracker.getIssue(before.key);
      expect(after.title).toBe(before.title);
      expect([after.key, after.url]).not.toContain(before.key);
      expect(after.url).not.toBe(before.url);
      expect(withoutTimes(await suite.tracker.getIssue(after.key))).toEqual(withoutTimes(after));
      expect((await collect(suite.tracker.listComments(after.key))).map(({ body }) => body)).toEqual([comment]);
    });

    suite.it('is written to by its new key', async ({ skip }) => {
      if (!suite.bench.moveAway) return skip(`issues of ${suite.name} cannot be moved`);
      const { before, comment } = await moved();
      const { tracker } = suite;
      const { key } = await tracker.getIssue(before.key);
      const untouched = await others([before.title]);
      const title = `Renamed ${unique()}`;
      expect(await tracker.updateIssue(key, { title })).toMatchObject({ key, title });
      expect(await tracker.transitionIssue(key, 'done')).toMatchObject({ key, state: 'done' });
      if (tracker.closedBy) expect((await tracker.closedBy(key))?.id).toBe((await tracker.getCurrentUser()).id);
      const added = await tracker.addComment(key, 'Said after the move.');
      expect(await collect(tracker.listComments(key))).toEqual([expect.objectContaining({ body: comment }), added]);
      if (suite.can.unsupported['edit comments'] === undefined)
        expect((await tracker.updateComment(key, added.id, 'Said again.')).body).toBe('Said again.');
      if (suite.can.unsupported['delete comments'] === undefined) {
        await tracker.deleteComment(key, added.id);
        expect((await collect(tracker.listComments(key))).length).toBe(1);
      }
      expect(await tracker.getIssue(key)).toMatchObject({ key, title, state: 'done' });
      expect(await others([before.title, title])).toEqual(untouched);
    });

    for (const [operation, write] of Object.entries(WRITES)) {
      suite.it(
        `by its old key: ${operation} reaches it, or is refused with its new place, and no other issue`,
        async ({ skip }) => {
          if (!suite.bench.moveAway) return skip(`issues of ${suite.name} cannot be moved`);
          const { before } = await moved();
          const mine = [before.title, 'Written after the move'];
          const untouched = await others(mine);
          const answer = await acceptedOrRefused(() => write(suite.tracker, before.key), ['not-found']);
          if (answer instanceof PaceError) {
            const { key } = await suite.tracker.getIssue(before.key);
            expect(answer.message).toContain(`issue ${before.key} was moved to ${key}`);
          }
          expect(await others(mine)).toEqual(untouched);
        },
      );
    }
  });
}
