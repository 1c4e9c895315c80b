import { describe } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../refusal.ts';
import { has } from './abilities.ts';
import { NO_SUCH_ISSUE, type Suite } from './suite.ts';

const NOT_FOUND = ['not-found'] as const;
const UNSUPPORTED = ['unsupported'] as const;

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
        if (operation === 'addComment' && !has(suite, 'comments'))
          return void (await refusal(() => call('1'), { kinds: UNSUPPORTED }));
        await refusal(() => call(suite.facts.unknownKey), { kinds: NOT_FOUND, operation });
      });
    }

    suite.it('turn down every key that cannot be one', async () => {
      for (const key of suite.facts.malformedKeys) {
        for (const [operation, call] of Object.entries(calls)) {
          const isKept = operation !== 'addComment' || has(suite, 'comments');
          await refusal(() => call(key), { kinds: isKept ? NO_SUCH_ISSUE : UNSUPPORTED });
        }
      }
    });
  });
}
