import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownForm } from '../../../core/text/markdown-form.ts';
import { markdownTexts } from '../../support/markdown-trees.ts';
import { oneChange, oneLetter } from '../../support/one-change.ts';
import { seenText } from '../../support/seen-text.ts';
import '../../support/seed.ts';

describe('Markdown that says the same has one form', () => {
  test.each([
    ['signs of items', ['- a\n- b', '* a\n* b', '+ a\n+ b', '- a\n\n* b']],
    ['numbers of items', ['1. a\n2. b', '1. a\n1. b', '1) a\n2) b', '1. a\n\n1) b']],
    ['how far items stand apart', ['- a\n- b\n  - c', '- a\n\n- b\n\n  - c', '* a\n* b\n\n    * c']],
    ['signs of emphasis', ['**a** *b*', '__a__ _b_']],
    ['emphasis in emphasis of its own kind', ['*a b*', '*a _b_*']],
    ['indentation of a line', ['a\n\nb', '  a\n\n   b', 'a\n\n\n\nb\n']],
    ['ends of lines', ['a\nb', 'a  \nb', 'a\\\nb', 'a\r\n  b']],
    ['headings', ['# a\n\n## b', 'a\n===\nb\n---', '# a #\n## b ##']],
    ['fences', ['```ts\na\n```', '~~~ts\na\n~~~', '```ts\na']],
    ['code that is indented', ['    a\n    b', '```\na\nb\n```']],
    ['tables', ['| a | b |\n| --- | :-: |\n| 1 | 2 |', 'a|b\n-|-\n1|2']],
    ['rules', ['a\n\n---\n\nb', 'a\n\n* * *\n\nb', 'a\n***\nb']],
    ['where a link leads', ['[a](https://x.org)', '[a](<https://x.org>)', '[a](https://x.org "Title")']],
    ['links by their name', ['[a](https://x.org)', '[a][1]\n\n[1]: https://x.org']],
    ['a link that is called as it leads', ['x.org', '[x.org](http://x.org)', '[x.org](<https://x.org/>)']],
    ['an address of the web', ['https://x.org/a_b', '<https://x.org/a_b>', '[https://x.org/a_b](https://x.org/a_b)']],
    ['an address of mail', ['a@x.org', '<a@x.org>', '[a@x.org](<mailto:a@x.org>)']],
    ['a link in code', ['```\nhost: x.org\n```', '```\nhost: [x.org](<http://x.org>)\n```']],
    ['comments', ['a\n\nb', 'a\n\n<!-- c -->\n\nb', 'a\n\n<!-- c\n\nd -->\n\nb']],
    ['signs that mean nothing', ['a * b _ c', 'a \\* b \\_ c', 'a &#42; b \\_ c']],
    ['tasks', ['- [ ] a\n- [x] b', '* [ ] a\n* [X] b']],
  ])('%s', (_, texts) => {
    expect(new Set(texts.map(markdownForm)).size).toBe(1);
  });

  test('and it is its own form', () => {
    fc.assert(
      fc.property(markdownTexts, (text) => {
        const form = markdownForm(text);
        expect(markdownForm(form)).toBe(form);
      }),
    );
  });

  test('and nothing but comments has none', () => {
    expect(markdownForm('<!-- a -->\n\n[b]: https://x.org')).toBe('');
    expect(markdownForm('`<!-- a -->`')).toBe('`<!-- a -->`');
  });
});

describe('Markdown that looks different has two forms', () => {
  test.each([
    ['a b', 'a\nb', 'a\n\nb', 'a  b', 'ab'],
    ['1. a', '2. a', '- a', '- [ ] a', '- [x] a', 'a'],
    ['- a\n- b', '- a\n  - b', '- a\n\n  b', '- a\n\nb'],
    ['[a](https://x.org)', '[a](https://x.org/b)', '[b](https://x.org)', '[a](b.md)', '\\[a](https://x.org)'],
    ['![a](https://x.org/a.png)', '[a](https://x.org/a.png)', '![b](https://x.org/a.png)'],
    ['`a`', 'a', '```\na\n```', '```ts\na\n```', '```\na\n\nb\n```'],
    ['**a** b', '*a* b', '~~a~~ b', 'a b', '**a b**'],
    ['| a |\n| - |\n| b |', '| a |\n| - |\n| c |', '| a | b |\n| - | - |'],
    ['> a', '> > a', 'a', '> a\n\nb'],
    ['<b>a</b>', '**a**', 'a', '&lt;b>'],
    ['`[a.b](http://a.b)`', '`a.b`'],
  ])('%j …', (...texts) => {
    expect(new Set(texts.map(markdownForm)).size).toBe(texts.length);
  });

  test('whichever letter is another one', () => {
    fc.assert(
      fc.property(oneLetter(markdownTexts), ([text, changed]) => {
        fc.pre(text !== changed);
        expect(markdownForm(changed)).not.toBe(markdownForm(text));
      }),
      { numRuns: 300 },
    );
  });

  test('whatever is put in or taken out, if people see that', () => {
    fc.assert(
      fc.property(oneChange(markdownTexts), ([text, changed]) => {
        // a box is a box, whichever way its brackets are written
        fc.pre(!/\\\[[ x]\\?\] /i.test(text + changed));
        if (markdownForm(changed) === markdownForm(text)) expect(seenText(changed)).toBe(seenText(text));
      }),
      { numRuns: 500 },
    );
  });
});
