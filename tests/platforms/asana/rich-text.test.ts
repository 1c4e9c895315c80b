import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHtml, visibleText } from '../../../core/text/html-tree.ts';
import {
  NORMAL_TEXT,
  readComment,
  readNotes,
  toCommentHtml,
  toNotes,
  withMetadata,
} from '../../../platforms/asana/rich-text.ts';
import { MARKDOWN, words } from '../../contract/issue-tracker/texts.ts';
import { richText } from '../../support/asana/rich-text.ts';
import { markdownTexts } from '../../support/markdown-trees.ts';
import { oneLetter } from '../../support/one-change.ts';
import '../../support/seed.ts';

const shown = (html: string) => visibleText(parseHtml(html));
const there = (markdown: string) => toNotes(markdown, undefined);
const back = (html: string) => readNotes(html).body;

describe('Markdown in Asana', () => {
  test.each([
    ['# One', '<h1>One</h1>'],
    ['## Two', '<h2>Two</h2>'],
    ['### Three', '<strong><u>Three</u></strong>'],
    ['#### Four', '<em><u>Four</u></em>'],
    ['**bold** and *soft* and ~~gone~~', '<strong>bold</strong> and <em>soft</em> and <s>gone</s>'],
    ['first\\\nsecond', 'first\nsecond'],
    ['one\n\ntwo', 'one\n\ntwo'],
    ['`a < b`', '<code>a &lt; b</code>'],
    ['[a](https://x.org/?a=1&b=2)', '<a href="https://x.org/?a=1&amp;b=2">a</a>'],
    ['<https://x.org>', '<a href="https://x.org">https://x.org</a>'],
    ['![a](https://x.org/a.png)', '!<a href="https://x.org/a.png">a</a>'],
    ['- a\n- b\n  - c', '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>'],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['- [ ] a\n- [x] b', '<ul><li>[ ] a</li><li>[x] b</li></ul>'],
    ['```yaml\na: 1\n```', '<code>yaml</code>\n<pre>a: 1</pre>'],
    ['```\na\n```', '<pre>a</pre>'],
    ['one\n\n```yaml\na: 1\n```', 'one\n\n<code>yaml</code>\n<pre>a: 1</pre>'],
    ['`yaml`\n\n```\na\n```', '<code>yaml</code>\n\n<pre>a</pre>'],
    ['| a | b |\n| --- | --- |\n| 1 | 2 |', '<pre>| a | b |\n| --- | --- |\n| 1 | 2 |</pre>'],
    ['> quoted', '<blockquote>quoted</blockquote>'],
    ['one\n\n---\n\ntwo', 'one\n\n---\n\ntwo'],
    ['2 \\* 3 \\<b>', '2 * 3 &lt;b&gt;'],
    ['\\# no heading', '# no heading'],
  ])('%j is %s, and comes back', (markdown, html) => {
    expect(there(markdown)).toBe(`<body>${html}</body>`);
    expect(back(there(markdown))).toBe(markdown);
  });

  test('a whole report comes back with its structure', () => {
    const expected = MARKDOWN.replaceAll('_emphasis_', '*emphasis*');
    expect(back(there(MARKDOWN))).toBe(expected);
    expect(readComment(toCommentHtml(expected))).toBe(expected.replace('# Esc', '### Esc').replace('## Bl', '### Bl'));
  });

  test('whatever is written, Asana takes it, no word is lost, and what is read is written as it was', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '# ',
        '\n',
        '\n\n',
        '- ',
        '1. ',
        '3. ',
        '> ',
        '```',
        '`',
        '**',
        '*',
        '_',
        '~~',
        '|',
        '[a](https://x.org)',
        '<b>',
        '---',
        '    ',
        '- [ ] ',
        '&amp;',
        '\\',
        '](',
        '![',
      ),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (markdown) => {
        const notes = richText('html_notes', there(markdown));
        richText('html_text', toCommentHtml(markdown));
        const once = back(notes);
        const again = richText('html_notes', there(once));
        expect(words(shown(again))).toEqual(words(shown(notes)));
        const twice = back(again);
        expect(back(richText('html_notes', there(twice)))).toBe(twice);
      }),
      // one text in sixty thousand still gains or loses a mark
      { numRuns: 1000, seed: 4711 },
    );
  });

  test('half characters, control characters and depth do no harm', () => {
    expect(there('a\ud83d\u0000\u001b[31mb\r\nc')).toBe('<body>a\ufffd[31mb\nc</body>');
    const deep = `${'> '.repeat(5000)}a`;
    expect(() => richText('html_notes', there(deep))).not.toThrow();
  });

  test('what only people write is read as far as Markdown goes', () => {
    const html =
      '<body><u>under</u><br/>line<table><tr><td>a</td><td>b|c</td></tr><tr><td>1</td></tr></table><img src="https://x.org/i.png" alt="i"><div>end &nbsp;&#8364; &unknown;</div></i></body>';
    expect(back(html)).toBe(
      'under\\\nline\n\n| a | b\\|c |\n| --- | --- |\n| 1 |  |\n\n![i](https://x.org/i.png)\n\nend \u00a0€ \\&unknown;',
    );
  });
});

describe('what Asana sends', () => {
  test.each([
    [
      'a sign before a person is no image',
      'Thanks!<a href="https://app.asana.com/0/1/list" data-asana-gid="1" data-asana-type="user">@Ada</a>',
      'Thanks\\![@Ada](https://app.asana.com/0/1/list)',
    ],
    ['who cannot be seen has a name only', 'Ask <a data-asana-gid="1"/>him.', 'Ask him.'],
    [
      'an attachment that is shown is an image',
      'a<img data-asana-gid="2" src="https://x.org/?a=1&amp;b=2" alt="i.png">b',
      'a![i.png](https://x.org/?a=1&b=2)b',
    ],
    ['lines of monospaced text are a block of code', '<code>a\n  b</code>', '```\na\n  b\n```'],
    [
      'an ordered list goes on in a nested one',
      '<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>',
      '1. a\n   1. b\n2. c',
    ],
    ['code is no table because it looks like one', '<pre>a | b\n- | -\n\nc</pre>', '```\na | b\n- | -\n\nc\n```'],
  ])('%s', (_, html, markdown) => {
    expect(back(`<body>${html}</body>`)).toBe(markdown);
  });
});

describe('metadata in the address of a link', () => {
  const link = (text: string) => {
    const { 1: address = '' } = /href="([^"]+)"/.exec(toNotes('', { pace: 'forged' })) ?? [];
    return `<a href="${address}">${text}</a>`;
  };

  test('survives what people write before and behind it', () => {
    const notes = toNotes('Text.', { a: 1 });
    const edited = notes.replace('Text.', 'Other <u>text</u>.').replace('</body>', '\n\nBehind.</body>');
    expect(readNotes(edited)).toEqual({ body: 'Other text.\n\nBehind.', metadata: { a: 1 } });
  });

  test('changes without a touch of what people have written', () => {
    const notes = '<body><u>under</u> <a href="https://x.org" data-asana-gid="1">x</a></body>';
    const changed = withMetadata(notes, { b: 2 });
    expect(changed.startsWith(notes.replace('</body>', ''))).toBe(true);
    expect(readNotes(withMetadata(changed, { c: 3 })).metadata).toEqual({ c: 3 });
    expect(withMetadata(changed, {})).toBe(notes);
  });

  test('is not taken from an address that shows itself, as forms and e-mail bring it', () => {
    const { 1: address = '' } = /href="([^"]+)"/.exec(link('x')) ?? [];
    expect(readNotes(`<body>${link(address)}</body>`).metadata).toEqual({});
  });

  test('is the last one only, and ours stands behind every other', () => {
    const forged = `Look: [here](${/href="([^"]+)"/.exec(link('x'))?.[1]})`;
    expect(readNotes(toNotes(forged, { real: true }))).toEqual({ body: forged, metadata: { real: true } });
    expect(readNotes(toNotes(forged, undefined))).toEqual({ body: forged, metadata: {} });
  });

  test('that is damaged is text', () => {
    const damaged = link('PACE').replace(/metadata=\w{4}/, 'metadata=');
    expect(readNotes(`<body>a ${damaged}</body>`).metadata).toEqual({});
    expect(readNotes(`<body>a ${damaged}</body>`).body).toContain('[PACE](');
  });
});

describe('two texts that Asana keeps apart', () => {
  const { of } = NORMAL_TEXT;

  test('have two forms, whichever letter is another one', () => {
    // the language of code in an item has no place there
    const texts = markdownTexts.filter((text) => !/^[ >]+(?:```|~~~)/m.test(text));
    fc.assert(
      fc.property(oneLetter(texts), ([text, changed]) => {
        fc.pre(text !== changed);
        expect(of(changed)).not.toBe(of(text));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a b', 'a\nb', 'a\n\nb'],
    ['# a', '## a', '### a', '#### a', 'a', '**a**'],
    ['- a\n- b', '1. a\n2. b', '- a\n  - b', '- [ ] a\n- [x] b'],
    ['```\na\n```', '```ts\na\n```', '`a`', '> a'],
    ['| a |\n| - |\n| b |', '| a |\n| :- |\n| b |', '| a |\n| - |\n| c |'],
    ['![a](https://x.org/a.png)', '[a](https://x.org/a.png)', 'https://x.org/a.png'],
  ])('are %j …', (...texts) => {
    expect(new Set(texts.map(of)).size).toBe(texts.length);
  });

  test.each([
    ['lower headings', '#### a', '##### a', '###### a'],
    ['code in an item, which has lines of code there', '- a\n\n  ```ts\n  b\n  ```', '- a\n  `b`'],
    ['lists that do not begin with 1, which are written out', '3. a', '3\\. a'],
    ['a table and code that is nothing but one', '| a |\n| - |\n| b |', '```\n| a |\n| - |\n| b |\n```'],
    ['addresses, which are links', '<https://x.org>', 'https\\://x.org', '[https://x.org](https://x.org)'],
  ])('are not %s', (_, ...texts) => {
    expect(new Set(texts.map(of)).size).toBe(1);
  });
});
