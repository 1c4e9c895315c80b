/**
 * Whatever texts from outside go through ends on hostile texts that no pattern of a quadratic kind would end on within the time of a
 * test. `node bench/linear-text.ts` measures the growth.
 */
import { expect, test } from 'vitest';
import { hostileRepeats } from '../../support/hostile-repeats.ts';
import { textFunctions } from '../../support/text-functions.ts';

/** The library that reads Markdown takes seconds for lists in lists in lists, though no more than twice for twice as many. */
const SLOW = /"(?:\\n)?- "/;

test.each(Object.entries(textFunctions))(
  '%s ends on any repetition',
  (name, work) => {
    for (const { name: kind, text } of hostileRepeats(20_000)) {
      if (name === 'toHtml' && SLOW.test(kind)) continue;
      expect(() => work(text), kind).not.toThrow();
    }
  },
  120_000,
);

test.each(['\n', ' ', '\r\n', '…', '\u001b[', '_a', '&#38;', '::'])(
  'a megabyte of %j ends, too',
  (piece) => {
    const text = `${piece.repeat(1_000_000 / piece.length)}x!`;
    for (const [name, work] of Object.entries(textFunctions)) {
      if (name === 'toHtml' || name === 'toMarkdown') continue;
      expect(() => work(text), name).not.toThrow();
    }
  },
  120_000,
);
