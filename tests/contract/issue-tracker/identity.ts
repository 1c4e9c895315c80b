/** By what issues and their place are known for ever: trackers are kept in step by it. */
import { describe, expect } from 'vitest';
import { list, newIssue, type Suite } from './suite.ts';
import { unique } from './texts.ts';

export function identityCases(suite: Suite): void {
  describe('identity', () => {
    suite.it('tells the place of its issues by one id, in one request at most', async () => {
      // an embedded one is there from its first issue on
      await newIssue(suite);
      const before = suite.bench.requests?.();
      const id = await suite.tracker.containerId();
      expect(id.trim()).not.toBe('');
      expect(await suite.tracker.containerId()).toBe(id);
      const after = suite.bench.requests?.();
      if (before && after) expect(after.all - before.all).toBeLessThanOrEqual(1);
      if (before && after) expect(after.writes).toBe(before.writes);
      expect(await (await suite.another()).containerId()).toBe(id);
    });

    suite.it('an issue has one id in every answer, or its key is that', async () => {
      const label = unique();
      const one = await newIssue(suite, { title: `One ${label}` });
      const other = await newIssue(suite, { title: `Other ${label}` });
      const ids = [one, other].map(({ id, key }) => id ?? key);
      expect(new Set(ids).size).toBe(2);
      const edited = await suite.tracker.updateIssue(one.key, { title: `Renamed ${label}` });
      const read = await suite.tracker.getIssue(one.key);
      const closed = await suite.tracker.transitionIssue(one.key, 'done');
      expect([edited.id, read.id, closed.id]).toEqual([one.id, one.id, one.id]);
      const listed = (await list(suite)).filter(({ title }) => title.endsWith(label));
      expect(new Set(listed.map(({ id, key }) => id ?? key))).toEqual(new Set(ids));
    });
  });
}
