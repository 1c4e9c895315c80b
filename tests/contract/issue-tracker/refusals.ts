import { describe } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../refusal.ts';
import { NO_SUCH_ISSUE, type Suite } from './suite.ts';

export function refusalCases(suite: Suite): void {
  describe('refusals', () => {
    const calls: Record<string, (key: string) => Promise<unknown>> = {
      getIssue: (key) => suite.tracker.getIssue(key),
      updateIssue: (key) => suite.tracker.updateIssue(key, { title: 'Never' }),
      transitionIssue: (key) => suite.tracker.transitionIssue(key, 'done'),
      listComments: (key) => collect(suite.tracker.listComments(key)),
      addComment: (key) => suite.tracker.addComment(key, 'Never.'),
    };
    for (const [operation, call] of Object.entries(calls)) {
      suite.it(`${operation} names itself and a remedy when there is no such issue`, async () => {
        await refusal(() => call(suite.facts.unknownKey), { kinds: ['not-found'], operation });
      });
    }

    suite.it('turn down every key that cannot be one', async () => {
      for (const key of suite.facts.malformedKeys) {
        for (const call of Object.values(calls)) await refusal(() => call(key), { kinds: NO_SUCH_ISSUE });
      }
    });
  });
}
