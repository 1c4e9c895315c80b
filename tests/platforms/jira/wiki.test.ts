import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adfToMarkdown, markdownToAdf } from '../../../platforms/jira/adf.ts';
import type { AdfNode } from '../../../platforms/jira/adf-node.ts';
import { markdownToWiki, mergedWiki, wikiToMarkdown } from '../../../platforms/jira/wiki.ts';
import { adfProblems } from '../../support/jira/adf.ts';
import { markdownTexts } from '../../support/markdown-trees.ts';

/** Markdown, the wiki text for it, and the Markdown that it reads back as where it differs. */
const pairs: [name: string, markdown: string, wiki: string, back?: string][] = [
  ['nothing', '', ''],
  ['headings', '# One\n\n###### Six', 'h1. One\n\nh6. Six'],
  ['marks', '**a** _b_ ~~c~~ `d`', '*a* _b_ -c- {{d}}'],
  ['marks in marks and within words', '**a _b_** x**y**z', '{*}a {_}b{_}{*} x{*}y{*}z'],
  ['links', '[PACE](https://example.org/a?b=1|2) [https://example.org](https://example.org)', '[PACE|https://example.org/a?b=1%7C2] [https://example.org]', '[PACE](https://example.org/a?b=1%7C2) [https://example.org](https://example.org)'],
  ['images as links', '![shot](https://example.org/a.png)', '[shot|https://example.org/a.png]', '[shot](https://example.org/a.png)'],
  ['line breaks', 'a\nb', 'a\nb'],
  ['breaks that are written out', 'a\\\nb', 'a\nb', 'a\nb'],
  ['a template of an issue', 'Expected: a\nActual: b\n<!-- hint -->\n- [ ] one\n- [ ]', 'Expected: a\nActual: b\n\n* \\[ \\] one\n* \\[ \\] ', 'Expected: a\nActual: b\n\n- [ ] one\n- [ ]'],
  ['several line breaks', 'a<br><br>b', 'a\\\\\\\\b', 'a\\\n\\\nb'],
  ['lists in lists', '- a\n  1. b\n     - c\n- d', '* a\n*# b\n*#* c\n* d'],
  ['the start of a list', '7. a\n8. b', '# {anchor:start-7}a\n# b'],
  ['lists beside lists', '- a\n\n* b', '* a\n\n* b'],
  ['tasks in tasks', '- [ ] open\n  - [x] under it\n- [x] done', '* \\[ \\] open\n** \\[x\\] under it\n* \\[x\\] done'],
  ['code with its language', '```yaml\na: 1\n```', '{code:yaml}\na: 1\n{code}'],
  ['code without', '```\na\n\nb\n```', '{noformat}\na\n\nb\n{noformat}'],
  ['code in a language that Jira does not know', '```rust\nfn a() {}\n```', '{code:title=rust}\nfn a() {}\n{code}'],
  ['code with the end of code in it', '```\n{noformat}\n```', '{noformat}\n{\u2060noformat}\n{noformat}'],
  ['code in an item', '- a\n\n  ```\n  b\n  ```\n\n- c', '* a\n{noformat}\nb\n{noformat}\n* c'],
  ['tables', '| a | b |\n| --- | --- |\n| `x\\|y` | c<br>**d** |\n|  |  |', '||a||b||\n|{{x\\|y}}|c\\\\{*}d{*}|\n| | |'],
  ['quotes', '> a\n>\n> - b', '{quote}\na\n\n* b\n{quote}'],
  ['rules', 'a\n\n---\n\nb', 'a\n\n----\n\nb'],
  ['details', '<details>\n<summary>Full report</summary>\n\na\n\n</details>', '{panel:title=Full report}\na\n{panel}'],
  ['signs of the wiki', '{a} [b] c\\*d\\* !e! x^2^ \\~f\\~ h1. | -g- +h+ (x) :) ??i??', '\\{a\\} \\[b\\] c\\*d\\* \\!e! x\\^2\\^ \\~f\\~ h1. \\| \\-g\\- \\+h\\+ \\(x) \\:) \\?\\?i\\?\\?', '{a} [b] c\\*d\\* !e! x^2^ \\~f\\~ h1. | -g- +h+ (x) :) ??i??'],
  ['signs at the start of a line', '\\# a\n\n\\- b\n\nh1. c\n\nbq. d', '\\# a\n\n\\- b\n\nh1&#46; c\n\nbq&#46; d', '\\# a\n\n\\- b\n\nh1. c\n\nbq. d'],
  ['ordinary words as they are', 'a well-known snake_case name, 2 + 2, and "quotes"', 'a well-known snake_case name, 2 + 2, and "quotes"'],
  ['backslashes and entities', 'C:\\\\temp & &amp;amp;', 'C:&#92;temp & &amp;amp;', 'C:\\temp & &amp;amp;'],
]; // biome-ignore format: a table

describe('Markdown to wiki text and back', () => {
  for (const [name, markdown, wiki, back = markdown] of pairs) {
    it(`keeps ${name}`, () => {
      expect(markdownToWiki(markdown)).toBe(wiki);
      expect(wikiToMarkdown(wiki)).toBe(back);
      expect(markdownToWiki(back)).toBe(wiki);
    });
  }

  it('loses nothing that people write', () => {
    fc.assert(
      fc.property(markdownTexts, (markdown) => {
        const usual = adfToMarkdown(markdownToAdf(markdown));
        const wiki = markdownToWiki(markdown);
        expect(wikiToMarkdown(wiki)).toBe(usual);
        expect(markdownToWiki(usual)).toBe(wiki);
      }),
      { numRuns: 500 },
    );
  });
});

/** What a reader sees, whatever frames it. */
function textOf({ text = '', content = [] }: AdfNode): string {
  return [text, ...content.map(textOf)].join(' ').replace(/\s+/g, ' ').trim();
}

describe('Markdown to ADF and back', () => {
  it('loses nothing that people write, and settles after one round', () => {
    fc.assert(
      fc.property(markdownTexts, (markdown) => {
        const document = markdownToAdf(markdown);
        expect(adfProblems(document)).toEqual([]);
        const usual = adfToMarkdown(document);
        const again = markdownToAdf(usual);
        expect(textOf(again)).toBe(textOf(document));
        expect(adfToMarkdown(again)).toBe(usual);
      }),
      { numRuns: 500 },
    );
  });
});

describe('Wiki text of people', () => {
  const read: [name: string, wiki: string, markdown: string][] = [
    ['headings, also with blanks before them', ' h2.  Plan ', '## Plan'],
    ['emphasis only between words', '*a* 2*3*4 snake_case_name -gone- a-b-c +new+ ^up^', '**a** 2\\*3\\*4 snake_case_name ~~gone~~ a-b-c new up'],
    ['what never closes as text', '*a _b {code} {quote} [c !d', '\\*a \\_b {code} {quote} [c !d'],
    ['monospace with effects in it as it is', '{{*a* \\{b\\}}}', '`*a* {b}`'],
    ['dashes as bullets', '- a\n- b', '- a\n- b'],
    ['lines of one paragraph', 'a\r\nb\\\\c', 'a\nb\nc'],
    ['a list below a line', 'a:\n* b', 'a:\n\n- b'],
    ['a paragraph that goes on in an item', '# a\nb\n# c', '1. a\n   b\n2. c'],
    ['bare addresses', 'see https://example.org/a?b=c, or (https://example.org).', 'see [https://example.org/a?b=c](https://example.org/a?b=c), or ([https://example.org](https://example.org)).'],
    ['people, attachments and anchors', '[~mia] [^log.txt] [#here] !a.png|width=3!', '@mia (log.txt) [#here] (a.png)'],
    ['colours', '{color:red}FAIL{color} x{color:#fff}y{color}', 'FAIL\n\nxy'],
    ['code on one line, with text after it', '{code}a{code} b', '```\na\n```\n\nb'],
    ['code with parameters', '{code:title=Pay.java|borderStyle=solid}\nx\n{code}\n{code:java|title=x}\ny\n{code}', '```Pay.java\nx\n```\n\n```java\ny\n```'],
    ['a quoted line', 'bq. a *b*', '> a **b**'],
    ['rows with a heading at their left', '||a|b|\n||c|d|', '|  |  |\n| --- | --- |\n| a | b |\n| c | d |'],
    ['a link in a cell', '|[a|https://example.org/b]|c|', '|  |  |\n| --- | --- |\n| [a](https://example.org/b) | c |'],
    ['links to what is no web page as text', '[x|file:///etc/passwd] [y|javascript:alert(1)]', '[x|file:///etc/passwd] [y|javascript:alert(1)]'],
  ]; // biome-ignore format: a table
  for (const [name, wiki, markdown] of read) {
    it(`reads ${name}`, () => {
      expect(wikiToMarkdown(wiki)).toBe(markdown);
    });
  }

  it('is read whatever it is, and then stays', () => {
    const piece = fc.constantFrom(
      '*', '**', '# ', '* ', '- ', '----', '||', '|', '{', '}', '{{', '}}', '{code}', '{code:java}', '{noformat}', '{quote}', '{panel:title=a}', '{panel}', '{color:red}', '{color}', '[', ']', '[a|https://b.c]',
      '\\', '\\\\', '\n', '\n\n', 'h1. ', 'bq. ', '_', '+', '^', '~', '!', 'word', ' ', '&#42;', '{anchor:start-5}', '{*}', 'https://a.b/c', '\u2060', '\u0000', '\ud83d',
    ); // biome-ignore format: a list
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        ),
        (wiki) => {
          const markdown = wikiToMarkdown(wiki);
          const once = markdownToWiki(wikiToMarkdown(markdownToWiki(markdown)));
          expect(markdownToWiki(wikiToMarkdown(once))).toBe(once);
          expect(adfProblems(markdownToAdf(markdown))).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is read in time, however hostile', () => {
    for (const hostile of [
      '*a ',
      '{*}',
      '[',
      '{quote}\n',
      '{code}\n',
      '{{',
      '|',
      '!a',
      '{quote}{panel}\n',
      '*'.repeat(50),
      '\\',
      'https://a',
    ])
      expect(wikiToMarkdown(hostile.repeat(32_000 / hostile.length)).length).toBeGreaterThanOrEqual(0);
  });
});

describe('An edit of a wiki text', () => {
  const TEXT = [
    'h2. Why\n',
    'Ask [~mia] about {color:red}red{color} and +this+, see [^log.txt] {status:colour=Red|title=LATE}.\n',
    '{panel:title=Note|borderStyle=solid}\nold words\n{panel}\n',
    '* one\n* two\n|a|b|\n',
    '{code:java|title=x}\nint a;\n{code}\n',
    '!shot.png|thumbnail!',
  ].join('\n');

  it('keeps every other piece to the letter', () => {
    const { text, lost } = mergedWiki(TEXT, wikiToMarkdown(TEXT).replace('## Why', '## Why not'));
    expect(text).toBe(TEXT.replace('h2. Why', 'h2. Why not'));
    expect(lost).toEqual([]);
  });

  it('changes nothing where nothing was changed', () => {
    expect(mergedWiki(TEXT, wikiToMarkdown(TEXT))).toEqual({ text: TEXT, lost: [] });
  });

  it.each([
    ['a person, a colour, a file and a macro in a line', 'Ask', 'Please ask'],
    ['the look of a panel', 'old words', 'new words'],
    ['a file in front of new words', '(shot.png)', '(shot.png) shows it'],
  ])('keeps %s', (_, one, other) => {
    const markdown = wikiToMarkdown(TEXT);
    expect(markdown).toContain(one);
    const { text, lost } = mergedWiki(TEXT, markdown.replace(one, other));
    const [before, after] = one.startsWith('(') ? ['thumbnail!', 'thumbnail! shows it'] : [one, other];
    expect([text, lost]).toEqual([TEXT.replace(before, after), []]);
  });

  it('reads as what was asked for', () => {
    const markdown = wikiToMarkdown(TEXT).replace('- one', '- one more').replace('about', 'of');
    expect(wikiToMarkdown(mergedWiki(TEXT, markdown).text as string)).toBe(markdown);
  });

  it('says what is gone although its name is still there, and takes away what was taken away', () => {
    const markdown = wikiToMarkdown(TEXT);
    const gone = mergedWiki(TEXT, markdown.replace('@mia', 'mia'));
    expect([gone.text, gone.lost]).toEqual([TEXT.replace('[~mia]', 'mia'), ['[~mia]']]);
    const nobody = mergedWiki(TEXT, markdown.replace('@mia', 'somebody'));
    expect([nobody.text, nobody.lost]).toEqual([TEXT.replace('[~mia]', 'somebody'), []]);
  });

  it('writes a first text as any other', () => {
    expect(mergedWiki('', 'a\n\n**b**')).toEqual({ text: 'a\n\n*b*', lost: [] });
    expect(mergedWiki(' \n\n', 'a')).toEqual({ text: 'a', lost: [] });
  });
});
