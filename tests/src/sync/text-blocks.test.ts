import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, between, blocksOf } from '../../../src/sync/text-blocks.ts';

function textsOf(text: string): string[] {
  return blocksOf(text).blocks.map((block) => block.text);
}

describe('a text is cut', () => {
  test.each<[string, string, string[]]>([
    ['into nothing where it is blank', '', []],
    ['into nothing where it has blank lines only', ' \n\t\n', []],
    ['at blank lines', 'one\nstill one\n\ntwo\n \n\nthree\n', ['one\nstill one', 'two', 'three']],
    ['and keeps the line ends of others', 'one\r\nstill one\r\n\r\ntwo\r\n', ['one\r\nstill one', 'two']],
    [
      'at headings',
      '# one\ntext\n## two\n   ###\n####### no\n#no',
      ['# one', 'text', '## two', '   ###', '####### no\n#no'],
    ],
    ['at the beginning of a list', 'text\n- a\n- b', ['text', '- a\n- b']],
    [
      'nowhere within a list',
      '- a\n\n- b\n\n  more\n\n\tmore\nlazy\n* c\n\n1. d',
      ['- a\n\n- b\n\n  more\n\n\tmore\nlazy\n* c\n\n1. d'],
    ],
    ['nowhere within a list with numbers', '12) a\n\n13) b', ['12) a\n\n13) b']],
    ['behind a list, whatever comes', '- a\n\nsome  text\tmore', ['- a', 'some  text\tmore']],
    ['behind a list', '- a\n\ntext\n\n12) b\n# heading', ['- a', 'text', '12) b', '# heading']],
    ['nowhere within a fence', 'a\n```js\n\n# x\n\n- y\n```\nb', ['a', '```js\n\n# x\n\n- y\n```', 'b']],
    ['nor one of tildes', '~~~ `x`\n\n```\n~~\n~~~~\nb', ['~~~ `x`\n\n```\n~~\n~~~~', 'b']],
    ['nor a longer one', '````\n```\n\n````\nb', ['````\n```\n\n````', 'b']],
    ['nor one in a list', '- a\n  ```\n\nx\n  ```\n- b\n\ntext', ['- a\n  ```\n\nx\n  ```\n- b', 'text']],
    ['nor one beside the mark of a list', '12. - ~~~\n\nx\n   ~~~\n\nb', ['12. - ~~~\n\nx\n   ~~~', 'b']],
    ['at a fence behind a list', '- a\n```\n\nx\n```\nb', ['- a', '```\n\nx\n```', 'b']],
    [
      'but not in a list that is moved in as far as a fence is',
      '- a\n  # b\n\n  ```\n  ```\n',
      ['- a\n  # b\n\n  ```\n  ```'],
    ],
    ['at no fence of code in a line', '```a``` b\n\n``\n\nc', ['```a``` b', '``', 'c']],
    [
      'nor at one that is moved in as code is',
      'a\n    ```\nb\n\nc\n\n    ```\n\nd',
      ['a\n    ```\nb', 'c', '    ```', 'd'],
    ],
    ['at no line below a heading, nor at dashes without a text', 'a\n---\n-\n--- b', ['a\n---\n-\n--- b']],
    ['and a fence that nothing closes has the rest', 'a\n\n```\n\nb\n', ['a', '```\n\nb']],
  ])('%s', (_, text, blocks) => {
    expect(textsOf(text)).toEqual(blocks);
  });
});

test('a block knows what it is, and what stands before it', () => {
  expect(blocksOf('\n\none\n- two\n\n# three\n```\nfour\n\n')).toEqual({
    blocks: [
      { kind: 'text', before: '\n\n', text: 'one', isOpen: false },
      { kind: 'list', before: '\n', text: '- two', isOpen: false },
      { kind: 'whole', before: '\n\n', text: '# three', isOpen: false },
      { kind: 'whole', before: '\n', text: '```\nfour\n', isOpen: true },
    ],
    end: '\n',
  });
  expect(blocksOf('\n \n')).toEqual({ blocks: [], end: '\n \n' });
  expect(blocksOf('- ```\n  x').blocks).toEqual([{ kind: 'list', before: '', text: '- ```\n  x', isOpen: true }]);
});

const line = fc.constantFrom(
  ...[
    '',
    ' ',
    'text',
    '# heading',
    '- item',
    '  more',
    '1. one',
    '```',
    '~~~~',
    '  ```',
    '    code',
    '> quote',
    '- ```',
    '\t',
  ],
);
const text = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 12 })
  .map((lines) => lines.flat().join(''))
  .chain((whole) => fc.constantFrom(whole, whole.trimEnd()));

test('nothing is lost: the blocks and what stands between them are the text', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (whole) => {
      const { blocks, end } = blocksOf(whole);
      expect(blocks.map((block) => block.before + block.text).join('') + end).toBe(whole);
      for (const block of blocks) expect(block.text.trim()).not.toBe('');
    }),
  );
});

test('a block by itself is one block, of the same kind', () => {
  fc.assert(
    fc.property(text, (whole) => {
      for (const block of blocksOf(whole).blocks) {
        expect(blocksOf(block.text).blocks).toEqual([{ ...block, before: '' }]);
      }
    }),
  );
});

describe('between two blocks', () => {
  const block = (kind: Block['kind'], before = ''): Block => ({ kind, before, text: 'x', isOpen: false });

  test.each<[string, Block, Block, string]>([
    ['stands a blank line', block('text'), block('text'), '\n\n'],
    ['where one line end does not part them', block('text'), block('text', '\n'), '\n\n'],
    ['nor a text from the list before it', block('list'), block('text', '\n'), '\n\n'],
    ['nor two lists', block('list'), block('list', '\n'), '\n\n'],
    ['stays what parts them', block('text'), block('text', '\r\n\r\n'), '\r\n\r\n'],
    ['however much it is', block('text'), block('text', '\n \n\n'), '\n \n\n'],
    ['a line end is enough behind a heading', block('whole'), block('text', '\n'), '\n'],
    ['and before one', block('list'), block('whole', '\n'), '\n'],
    ['and before a list that a text leads to', block('text'), block('list', '\n'), '\n'],
    ['nothing is not', block('whole'), block('whole'), '\n\n'],
  ])('%s', (_, one, next, expected) => {
    expect(between(one, next)).toBe(expected);
  });
});

test('however long a text is, it takes no more than its length', () => {
  for (const piece of ['\n', '- ', '- a\n', '```\n', '#', '`', ' ', '1. ', '~~~ \n', '> ', '- ```\n\n']) {
    const whole = piece.repeat(1_000_000 / piece.length);
    const { blocks, end } = blocksOf(whole);
    expect(blocks.reduce((sum, block) => sum + block.before.length + block.text.length, end.length)).toBe(whole.length);
  }
});
