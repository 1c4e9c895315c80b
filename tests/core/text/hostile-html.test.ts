/** Texts that took some converter the square of their length, or the stack: here more than a minute, where it shows as a time-out. */
import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../../core/text/html-to-markdown.ts';
import { readNotes } from '../../../platforms/asana/rich-text.ts';
import { fromHtml } from '../../../platforms/monday/rich-text.ts';

const SIZE = 300_000;
const filled = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length));

const HOSTILE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['<a ', '<', '&', '&am', '<!--', '<b>', '<b><i>', '</b>', '<p>a', '<br>', '<ul><li>', '<li>', '<blockquote>a'],
      ...[
        '<table><tr><td>',
        '<tr><td>a',
        '<b><p>a',
        '<a href=x><p>a',
        '<b>x</b>',
        '<a href=x>y</a>',
        '<script>',
        '<svg>',
      ],
      ...[
        '[',
        ']',
        '[]',
        '[a](',
        '`a',
        '<code>`',
        ' ',
        '\n',
        '!',
        '*',
        '_',
        '\\',
        '| ',
        '|\n',
        '# ',
        'https://',
        'a@b.',
      ],
    ].map((piece) => [JSON.stringify(piece), filled(piece)]),
  ),
  'blanks in a text': `a${' '.repeat(SIZE)}b`,
  'blanks in emphasis': `<b>a${' '.repeat(SIZE)}b</b>`,
  'blanks in code': `<code>a${filled(' b')}${' '.repeat(SIZE)}c</code>`,
  'a heading of signs': `<h1>${filled('# ')}a</h1>`,
  'ends that nothing begins': '<b>'.repeat(SIZE / 8) + '</i>'.repeat(SIZE / 8),
  'one wide row and many narrow ones': `<table><tr>${'<td>a'.repeat(SIZE / 10)}</tr>${'<tr><td>b'.repeat(SIZE / 18)}`,
  'lines in deep lists': '<ul><li>'.repeat(1000) + filled('a<br>'),
  'lines in deep quotes': '<blockquote>'.repeat(1000) + filled('a<br>'),
  'lines of code': `<pre>${filled('<div>a</div>')}</pre>`,
  'many attributes': `<a ${Array.from({ length: SIZE / 10 }, (_, index) => `a${index}=1`).join(' ')}>b`,
};

/** Where line ends and blanks are meant, and other looks have a meaning. */
const HOSTILE_IN_ASANA: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['<a ', '\n', '|\n', ' \n', '<b>\n', '!<a href="https://x.org">a</a>', '<code>a</code>\n<pre>b</pre>'].map(
      (piece) => [JSON.stringify(piece), filled(piece)],
    ),
  ),
  'blanks and no line end': `a\n${filled(' \t')}b`,
  'a table with a long row': `<pre>a | b\n- | -\n${filled('a | ')}</pre>`,
  'a table with many rows': `<pre>a | b\n- | -\n${filled('a | b\n')}</pre>`,
};

describe('hostile HTML', () => {
  test.each(Object.keys(HOSTILE))('takes time and space like its length: %s', (name) => {
    const html = HOSTILE[name] ?? '';
    expect(fromHtml(html).length).toBeLessThan(20 * html.length);
  });

  test.each(Object.keys(HOSTILE_IN_ASANA))('and so it does as the notes of a task: %s', (name) => {
    const html = HOSTILE_IN_ASANA[name] ?? '';
    expect(readNotes(`<body>${html}</body>`).body.length).toBeLessThan(20 * html.length);
  });

  test.each(['b', 'div', 'ul', 'blockquote', 'table', 'span', 'a', 'code', 'unknown'])(
    '100,000 elements in each other keep their text: %s',
    (tag) => {
      const deep = `${`<${tag}>`.repeat(100_000)}one <i>two</i>${`</${tag}>`.repeat(100_000)}`;
      expect(toMarkdown(`${deep}<p>three</p>`).match(/one|two|three/g)).toEqual(['one', 'two', 'three']);
    },
  );

  test('paragraphs that are too deep are still apart', () => {
    expect(toMarkdown(`${'<div>'.repeat(200)}<p>one</p><p>two</p>`)).toBe('one two');
  });
});
