import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../../core/text/html-to-markdown.ts';

function words(text: string): string[] {
  return (text.match(/w\d+/g) ?? []).toSorted();
}

describe('HTML as Markdown', () => {
  test.each([
    ['<h1>One</h1><h6>Six #</h6>', '# One\n\n###### Six \\#'],
    ['<p>one<br>line</p><p>two</p>', 'one\\\nline\n\ntwo'],
    ['one<br><br/>two <br>\n<br> <br> three', 'one\n\ntwo\n\nthree'],
    ['<div>one</div><div><div>two</div>three</div>', 'one\n\ntwo\n\nthree'],
    ['a\n   b&nbsp;c', 'a b\u00a0c'],
    ['<hr>', '---'],
    ['<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    ['<b>bold</b> <i>soft</i> <del>gone</del>', '**bold** *soft* ~~gone~~'],
    ['<strong><em>both</em></strong>', '***both***'],
    ['<b>a </b>b<i> c</i>', '**a** b *c*'],
    ['<b>a<br>b</b>', '**a**\\\n**b**'],
    ['<b>a</b><strong>b</strong>', '**ab**'],
    ['<b>a <b>b</b></b>', '**a b**'],
    ['x<b>(a)</b>y', 'x(a)y'],
    ['<a href="https://x.org/?a=1&amp;b=2">a [b]</a>', '[a \\[b\\]](https://x.org/?a=1&b=2)'],
    ['<a href="https://x.org/a b(c)">a</a>', '[a](<https://x.org/a b(c)>)'],
    ['<a href="https://x.org">https://x.org</a>', '<https://x.org>'],
    ['<a href="mailto:a@x.org">a@x.org</a>', '<a@x.org>'],
    ['<a name="here">a</a> <a href="https://x.org"></a>', 'a [https\\://x.org](https://x.org)'],
    ['Look!<a href="https://x.org">a</a>', 'Look\\![a](https://x.org)'],
    ['<img src="https://x.org/i.png" alt="an [i]">', '![an \\[i\\]](https://x.org/i.png)'],
    ['<a href="https://x.org"><img src="i.png" alt="i"></a>', '[![i](i.png)](https://x.org)'],
    ['<img alt="no address">', 'no address'],
    ['<code>a `b`</code> <kbd>c</kbd>', '`` a `b` `` `c`'],
    ['<u>a</u><sub>b</sub><unknown-tag x="y">c</unknown-tag>', 'abc'],
    ['<style>p { a: b }</style><script>if (a < b) c("</p>")</script><p>d</p><!-- e -->f', 'd\n\nf'],
  ])('%s is %j', (html, markdown) => {
    expect(toMarkdown(html)).toBe(markdown);
  });

  describe('code', () => {
    test.each([
      ['<pre>a\n  b\n\nc</pre>', '```\na\n  b\n\nc\n```'],
      ['<pre>\na\n</pre>', '```\na\n```'],
      ['<pre><code class="hljs language-c++">a</code></pre>', '```c++\na\n```'],
      ['<pre class="lang-sh" spellcheck="false">a</pre>', '```sh\na\n```'],
      ['<pre data-language="yaml">a</pre>', '```yaml\na\n```'],
      ['<pre class="language-`x`">a</pre>', '```\na\n```'],
      ['<pre>a<br>&nbsp;b<br />c</pre>', '```\na\n\u00a0b\nc\n```'],
      ['<pre><div>a</div><div><b>b</b></div></pre>', '```\na\nb\n```'],
      ['<pre>```</pre>', '````\n```\n````'],
      ['<p><code>a<br>b</code></p>', '```\na\nb\n```'],
      ['<code><p>a</p><p>b</p></code>', '```\na\nb\n```'],
      ['<b>x<pre>a*b</pre></b>', '**x**\n\n```\na*b\n```'],
    ])('%s keeps its lines and its language', (html, markdown) => {
      expect(toMarkdown(html)).toBe(markdown);
    });
  });

  describe('lists', () => {
    test.each([
      ['<ul><li>a</li><li>b<ol><li>c<ul><li>d</li></ul></li></ol></li></ul>', '- a\n- b\n  1. c\n     - d'],
      ['<ol start="9"><li>a</li><li>b<p>c</p></li></ol>', '9. a\n10. b\n\n    c'],
      ['<ol start="-3"><li>a</li></ol>', '1. a'],
      ['<ul><li>a</ul><ul><li>b</ul><ol><li>c</ol><ol><li>d</ol>', '- a\n\n* b\n\n1. c\n\n1) d'],
      ['<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>', '- a\n  - b\n- c'],
      ['<ul>stray<li>a<li>b</ul>', '- stray\n- a\n- b'],
      ['<li>a</li> <li>b</li>', '- a\n- b'],
      ['<ul><li><p>a</p><pre>b\nc</pre></li></ul>', '- a\n  ```\n  b\n  c\n  ```'],
      ['<ul><li>a<ol start="2"><li>b</li></ol></li></ul>', '- a\n\n  2. b'],
      ['<ul><li><input type="checkbox" checked> a</li><li>[ ]  b</li></ul>', '- [x] a\n- [ ] b'],
      ['<ul><li><ul><li></li></ul></li></ul>', '- -'],
    ])('%s keep their depth and their numbers', (html, markdown) => {
      expect(toMarkdown(html)).toBe(markdown);
    });
  });

  describe('tables', () => {
    test.each([
      [
        '<table><thead><tr><th>a</th><th>b|c</th></tr></thead><tbody><tr><td><b>1</b></td><td>2</td></tr></tbody></table>',
        '| a | b\\|c |\n| --- | --- |\n| **1** | 2 |',
      ],
      ['<table><tr><td>a<td>b<tr><td>1</table>', '| a | b |\n| --- | --- |\n| 1 |  |'],
      ['<table><tr><td><p>a</p><p>b</p><ul><li>c</ul></td></tr></table>', '| a b c |\n| --- |'],
      ['<table><caption>Title</caption>x<tr><td>a</td></tr></table>', 'Title\n\nx\n\n| a |\n| --- |'],
      ['<table><tr></tr></table><p>a</p>', 'a'],
      ['<b><table><tr><td>a</td></tr></table></b>', '| **a** |\n| --- |'],
    ])('%s are tables', (html, markdown) => {
      expect(toMarkdown(html)).toBe(markdown);
    });
  });

  describe('entities', () => {
    test.each([
      ['&lt;p&gt; &amp;amp; &quot;&apos;', '\\<p> \\&amp; "\''],
      ['&eacute; &hellip; &Sscr; &NotEqualTilde; &CounterClockwiseContourIntegral;', 'é … 𝒮 ≂̸ ∳'],
      ['&#8364; &#x1F6A6; &#128;', '€ 🚦 €'],
      ['&#0; &#xD800; &#x110000; &#99999999999;', '\ufffd \ufffd \ufffd \ufffd'],
      ['&copy 1 &unknown; & &; &#; &#x;', '© 1 \\&unknown; & &; &#; \\&#x;'],
      ['<a href="https://x.org/?a=1&copy=2&amp;lt;=3">a</a>', '[a](https://x.org/?a=1&copy=2&amp;lt;=3)'],
    ])('%s are characters, and broken ones stay', (html, markdown) => {
      expect(toMarkdown(html)).toBe(markdown);
    });
  });

  describe('broken tags', () => {
    test.each([
      ['<p>a<p>b', 'a\n\nb'],
      ['<b>a <i>b</b> c</i>', '**a *b*** c'],
      ['<b>a<ul><li>b</b>c</li></ul>d</b>e', '**a**\n\n- **bc**\n\n**d**e'],
      ['</b></p></ul>a', 'a'],
      ['a<br/>b</br>c', 'a\\\nb\\\nc'],
      ['<a href="https://x.org"><p>a</p><ul><li>b</ul></a>', '[a](https://x.org)\n\n- [b](https://x.org)'],
      ['<span>a<p>b</p>c</span>', 'a\n\nb\n\nc'],
      ['a < b, c > d, <3', 'a < b, c > d, <3'],
      ['<B>a</B><BR>b', '**a**\\\nb'],
      ["<a title='>\"' HREF=https://x.org>a</a>", '[a](https://x.org)'],
    ])('%s are read as browsers do', (html, markdown) => {
      expect(toMarkdown(html)).toBe(markdown);
    });
  });

  describe('text', () => {
    test.each([
      ['*a* _b_ `c` ~d~ \\', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\\\'],
      ['snake_case', 'snake_case'],
      ['[a](b) [c] d [e', '\\[a\\](b) [c] d [e'],
      ['![a](b)', '!\\[a\\](b)'],
      ['[a]: b', '\\[a\\]: b'],
      ['&lt;b&gt;', '\\<b>'],
      ['# a', '\\# a'],
      ['- a', '\\- a'],
      ['1. a', '1\\. a'],
      ['&gt; a', '\\> a'],
      ['a<br>---', 'a\\\n\\---'],
      ['| a |<br>--- | ---', '\\| a |\\\n\\--- | ---'],
      ['https://x.org www.x.org a@x.org', 'https\\://x.org www\\.x.org a\\@x.org'],
    ])('%s stays text', (html, markdown) => {
      expect(toMarkdown(html)).toBe(markdown);
    });
  });

  const TAGS =
    'p div span b i s u a code pre ul ol li blockquote table thead tr td th h1 h3 hr br unknown details'.split(' ');

  test('no word is lost, whatever tags stand around it', () => {
    const tag = fc.constantFrom(...TAGS);
    const attributes = fc.constantFrom('', ' href="https://x.org"', ' class="language-sh"', ' start=3', ' /');
    const piece = fc.oneof(
      fc.tuple(tag, attributes).map(([name, more]) => `<${name}${more}>`),
      tag.map((name) => `</${name}>`),
      fc.nat(99).map((n) => `w${n}`),
      fc.constantFrom(' ', '\n', '<!-- x -->', '&nbsp;'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const html = pieces.join(' ');
        expect(words(toMarkdown(html))).toEqual(words(html));
      }),
      { numRuns: 1000 },
    );
  });

  test('nothing that is sent makes it fail', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...TAGS.flatMap((tag) => [`<${tag}>`, `</${tag}>`, `<${tag}`])),
      fc.constantFrom(
        '<',
        '>',
        '"',
        "='",
        '&',
        '&#',
        '<!--',
        '-->',
        '<![CDATA[',
        '<?',
        '<!doctype',
        '<svg>',
        '<script>',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(typeof toMarkdown(pieces.join(''))).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });
});
