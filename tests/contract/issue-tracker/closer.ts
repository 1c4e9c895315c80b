import { describe, expect } from 'vitest';
import { newIssue, type Suite } from './suite.ts';

export function closerCases(suite: Suite): void {
  describe('who closed an issue', () => {
    suite.it(
      'is nobody while it is open, the one who did it, and nobody again once it is reopened',
      async ({ skip }) => {
        const { tracker } = suite;
        if (!tracker.closedBy) return skip(`${suite.name} does not tell who closed an issue`);
        const { key } = await newIssue(suite);
        expect(await tracker.closedBy(key)).toBeUndefined();
        await tracker.updateIssue(key, { title: 'Renamed' });
        expect(await tracker.closedBy(key)).toBeUndefined();
        await suite.bench.tick?.();
        await tracker.transitionIssue(key, 'done');
        expect((await tracker.closedBy(key))?.id).toBe((await tracker.getCurrentUser()).id);
        await suite.bench.tick?.();
        await tracker.transitionIssue(key, 'open');
        expect(await tracker.closedBy(key)).toBeUndefined();
      },
    );
  });
}
