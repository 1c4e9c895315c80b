import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../../core/text/html-to-markdown.ts';
import { toHtml } from '../../../core/text/markdown-to-html.ts';
import { MARKDOWN } from '../../contract/issue-tracker/texts.ts';

describe('Markdown as HTML', () => {
  test.each([
    ['# One', '<h1>One</h1>'],
    ['one\n\ntwo', '<p>one</p><p>two</p>'],
    ['one\\\ntwo', '<p>one<br>two</p>'],
    ['**bold** and *soft* and ~~gone~~', '<p><strong>bold</strong> and <em>soft</em> and <s>gone</s></p>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['[a](https://x.org/?a=1&b=2)', '<p><a href="https://x.org/?a=1&amp;b=2">a</a></p>'],
    ['![a \\*b\\*](https://x.org/a.png)', '<p><img src="https://x.org/a.png" alt="a *b*"></p>'],
    ['- a\n- b\n  1. c\n     - d', '<ul><li>a</li><li>b<ol><li>c<ul><li>d</li></ul></li></ol></li></ul>'],
    ['3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['- [ ] a\n- [x] b', '<ul><li>[ ] a</li><li>[x] b</li></ul>'],
    ['- a\n\n  b', '<ul><li><p>a</p><p>b</p></li></ul>'],
    ['```yaml\na:\n  b: 1\n```', '<pre><code class="language-yaml">a:<br>  b: 1</code></pre>'],
    ['```\n\na\n\n\nb\n```', '<pre><code><br>a<br><br><br>b</code></pre>'],
    [
      '| a | b\\|c |\n| --- | --- |\n| 1 | **2** |',
      '<table><thead><tr><th>a</th><th>b|c</th></tr></thead><tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>',
    ],
    ['> a\n>\n> - b', '<blockquote><p>a</p><ul><li>b</li></ul></blockquote>'],
    ['one\n\n---\n\ntwo', '<p>one</p><hr><p>two</p>'],
    ['2 \\* 3 \\<b>', '<p>2 * 3 &lt;b&gt;</p>'],
    ['\\# no heading', '<p># no heading</p>'],
  ])('%j is %s, and comes back', (markdown, html) => {
    expect(toHtml(markdown)).toBe(html);
    expect(toMarkdown(html)).toBe(markdown);
  });

  test('all named entities are characters', () => {
    expect(toHtml('&hellip;&NotEqualTilde; `&hellip;` &copy &unknown;')).toBe(
      '<p>…≂̸ <code>&amp;hellip;</code> &amp;copy &amp;unknown;</p>',
    );
  });

  test('what is no address of the web, and what is HTML, is shown as it was written', () => {
    expect(toHtml('[a](javascript:alert) <b>\n\n<p onclick="a">b</p>')).toBe(
      '<p>[a](javascript:alert) &lt;b&gt;</p><p>&lt;p onclick=&quot;a&quot;&gt;b&lt;/p&gt;</p>',
    );
  });

  test('a whole report comes back with its structure', () => {
    expect(toMarkdown(toHtml(MARKDOWN))).toBe(MARKDOWN.replaceAll('_emphasis_', '*emphasis*'));
  });

  test('the box of a task is told once, also where items are apart', () => {
    const markdown = '- [ ] a\n\n  b\n- [x] c';
    expect(toMarkdown(toHtml(markdown))).toBe(markdown);
  });

  test('a text with nothing to be seen is not lost, nor one that is too deep', () => {
    expect(toHtml('#')).toBe('<pre>#</pre>');
    expect(toHtml(' \n')).toBe('');
    expect(toHtml('> '.repeat(20_000))).toMatch(/^<(?:pre|blockquote)>/);
  });
});
