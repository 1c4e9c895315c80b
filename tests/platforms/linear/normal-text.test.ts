import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownForm } from '../../../core/text/markdown-form.ts';
import { normalised } from '../../support/linear/state.ts';
import { markdownTexts } from '../../support/markdown-trees.ts';

test('law', () => {
  fc.assert(
    fc.property(markdownTexts, (text) => {
      const of = markdownForm(text);
      expect(markdownForm(of)).toBe(of);
      expect(markdownForm(normalised(text) ?? '')).toBe(of);
    }),
    { numRuns: 2000 },
  );
});
