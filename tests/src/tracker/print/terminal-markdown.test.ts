/** Markdown at a terminal. */
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { terminalMarkdown } from '../../../../src/tracker/print/terminal-markdown.ts';

const plain = (markdown: string, width = 40) => terminalMarkdown(markdown, { width, colour: false });
const coloured = (markdown: string) => terminalMarkdown(markdown, { width: 40, colour: true });

test.each<[string, string]>([
  ['', ''],
  ['A *b* **c** ~~d~~ `e`', 'A b c d e'],
  ['# Title\n\ntext\n## Two', '# Title\n\ntext\n\n## Two'],
  ['one\ntwo  \nthree', 'one two\nthree'],
  ['- a\n- b\n  - c\n- d', '• a\n• b\n  • c\n• d'],
  ['3. a\n4. b', '3. a\n4. b'],
  ['- [ ] a\n- [x] b', '• [ ] a\n• [x] b'],
  ['- a\n\n  more\n\n- b', '• a\n\n  more\n• b'],
  ['> quoted\n> text', '│ quoted text'],
  ['```js\nlet x = 1;\n\n  y\n```', '    let x = 1;\n\n      y'],
  ['[words](https://x.example/a)', 'words (https://x.example/a)'],
  ['<https://x.example/a>', 'https://x.example/a'],
  ['![alt](https://x.example/a.png)', '[alt] (https://x.example/a.png)'],
  ['| a | b |\n| --- | ---: |\n| 日本 | 1 |\n| c | 22 |', 'a      b\n────  ──\n日本   1\nc     22'],
  ['a\n\n---\n\nb', `a\n\n${'─'.repeat(40)}\n\nb`],
  ['<b>x</b> &amp; y', '<b>x</b> & y'],
  ['<div>\nx\n</div>', '<div>\nx\n</div>'],
])('%j is %j', (markdown, expected) => {
  expect(plain(markdown)).toBe(expected);
});

test('lines are broken at blanks, also within lists, by what they take', () => {
  expect(plain('aaaa bbbb cccc **dd**dd', 10)).toBe('aaaa bbbb\ncccc dddd');
  expect(plain('- aaaaaaaa bbbbbbbb cccccccc dd', 22)).toBe('• aaaaaaaa bbbbbbbb\n  cccccccc dd');
  expect(plain('日本語 日本語', 10)).toBe('日本語\n日本語');
  expect(plain('x'.repeat(50), 20)).toBe('x'.repeat(50));
  expect(plain('y '.repeat(100).trim(), 500).split('\n')[0]).toHaveLength(99);
});

test('has colour where there is any', () => {
  expect(coloured('# T\n\n**b** *i* `c` [w](https://x.example)')).toBe(
    '\u001b[1;4mT\u001b[0m\n\n\u001b[1mb\u001b[0m \u001b[3mi\u001b[0m \u001b[36mc\u001b[0m \u001b[4mw\u001b[0m \u001b[2m(https://x.example)\u001b[0m',
  );
  expect(coloured('***x***')).toBe('\u001b[3;1mx\u001b[0m');
});

test('only our own escapes come out, and nothing is lost of words', () => {
  const harmless = plain('a\u001b[31mred\u001b]0;x\u0007 `\u009b2J` &#27;[31m &#x9b;2J');
  expect(harmless).not.toMatch(/\p{Cc}/u);
  expect(harmless.startsWith('ared')).toBe(true);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(stripVTControlCharacters(coloured(text))).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }),
  );
  expect(plain(`${'> '.repeat(5000)}deep`)).toContain('deep');
});
