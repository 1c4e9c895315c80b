import { describe, expect } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../refusal.ts';
import { has, offers } from './abilities.ts';
import { NO_SUCH_ISSUE, newIssue, type Suite } from './suite.ts';

export function attachmentCases(suite: Suite): void {
  describe('attachments', () => {
    suite.it('are none at an issue without files, or it is said why there can be none', async () => {
      const list = (key: string) => collect(suite.tracker.listAttachments(key));
      if (!(await offers(suite, 'attachments', () => list(suite.facts.unknownKey)))) return;
      const { key } = await newIssue(suite, { body: 'See [the page](https://example.org/files/1).' });
      expect(await list(key)).toEqual([]);
    });

    suite.it('of an issue that is not there are refused', async () => {
      if (!has(suite, 'attachments')) return;
      const list = () => collect(suite.tracker.listAttachments(suite.facts.unknownKey));
      await refusal(list, { kinds: NO_SUCH_ISSUE });
    });
  });
}
