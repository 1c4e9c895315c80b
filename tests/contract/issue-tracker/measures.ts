import { describe, expect } from 'vitest';
import type { Suite } from './suite.ts';
import { MARKDOWN, NESTED } from './texts.ts';

export function measureCases(suite: Suite): void {
  describe('measures', () => {
    suite.it('are there', () => {
      expect(suite.tracker.platform).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
      expect(suite.tracker.titleLimit).toBeGreaterThanOrEqual(100);
      expect(suite.tracker.bodyLimit.max).toBeGreaterThanOrEqual(10_000);
    });

    suite.it('count the metadata and every character', () => {
      expect(suite.tracker.measureBody('some text')).toBeGreaterThanOrEqual(9);
      expect(suite.tracker.measureBody('some more text')).toBeGreaterThan(suite.tracker.measureBody('some text'));
      expect(suite.tracker.measureBody('some text', NESTED)).toBeGreaterThan(suite.tracker.measureBody('some text'));
    });

    suite.it('come with the vendor’s form of a text', () => {
      const formatted = suite.tracker.formatDescription(MARKDOWN);
      if (suite.facts.bodyFidelity === 'exact') expect(formatted).toBe(MARKDOWN);
      else expect(JSON.stringify(formatted)).toContain('unit tests');
    });
  });
}
