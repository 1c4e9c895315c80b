/**
 * Whatever texts from outside go through ends on hostile texts that no pattern of a quadratic kind would end on within the time of a
 * test. `node bench/linear-text.ts` measures the growth.
 */
import { expect, test } from 'vitest';
import { adfToMarkdown } from '../../../platforms/jira/adf.ts';
import { hostileRepeats } from '../../support/hostile-repeats.ts';
import { textFunctions, vendorTexts } from '../../support/text-functions.ts';

/** The library that reads Markdown takes seconds for lists in lists in lists, though no more than twice for twice as many. */
const SLOW = /^"(?:\\n)?(?:- |1\. |>)"/;
const READ_MARKDOWN = [
  ...['toHtml', 'markdownToAdf', 'measureAdf', 'markdownToWiki', 'toMondayHtml', 'toCommentHtml', 'toNotes'],
  'toMarkdown',
];

test.each(Object.entries(textFunctions))(
  '%s ends on any repetition',
  (name, work) => {
    for (const { name: kind, text } of hostileRepeats(name in vendorTexts ? 8_000 : 20_000)) {
      if (READ_MARKDOWN.includes(name) && SLOW.test(kind)) continue;
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
      if (READ_MARKDOWN.includes(name) || name in vendorTexts) continue;
      expect(() => work(text), name).not.toThrow();
    }
  },
  120_000,
);

test('lists and quotes in one another, however deep, end as some text', () => {
  const deep = Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n');
  const details = `${'<details>\n\n'.repeat(2_000)}a\n\n${'</details>\n\n'.repeat(2_000)}`;
  for (const [name, work] of Object.entries(textFunctions)) {
    for (const text of [deep, details, '> '.repeat(3_000), `${'*'.repeat(3_000)} a`]) {
      expect(() => work(text), name).not.toThrow();
    }
  }
});

test('a tree of a tracker, however deep, keeps its text', () => {
  let node: { type: string; content: unknown[] } = { type: 'paragraph', content: [{ type: 'text', text: 'told' }] };
  for (let depth = 0; depth < 20_000; depth += 1)
    node = { type: depth % 2 ? 'bulletList' : 'listItem', content: [node] };
  expect(adfToMarkdown({ version: 1, type: 'doc', content: [node] })).toContain('told');
});
