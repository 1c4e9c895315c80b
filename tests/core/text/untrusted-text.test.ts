import fc from 'fast-check';
import { Marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { splitMetadata } from '../../../core/drivers/hidden-metadata.ts';
import {
  codeBlock,
  cut,
  cutBytes,
  cutMarkdown,
  inlineMarkdown,
  plainLine,
  plainText,
  quietLine,
} from '../../../core/text/untrusted-text.ts';
import { markdownToAdf } from '../../../platforms/jira/adf.ts';
import { hostileText, POWERS, QUICK_ACTION } from '../../support/hostile-text.ts';

const RUNS = { numRuns: 3000 };
const markdown = new Marked({ gfm: true, breaks: false });

function withoutJoiners(text: string): string {
  return text.replaceAll('\u2060', '');
}

function unescapeHtml(html: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", '#36': '$' };
  return html.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

/** Text of a document in ADF, and every type of node and mark that it has. */
function readAdf(value: unknown): { text: string; kinds: Set<string> } {
  const kinds = new Set<string>();
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) for (const one of node) visit(one);
    const { type, text, content, marks } = node as Record<string, unknown>;
    if (typeof type === 'string') kinds.add(type);
    if (typeof text === 'string') texts.push(text);
    visit(content);
    visit(marks);
  };
  visit(value);
  return { text: texts.join(''), kinds };
}

describe('plainText', () => {
  test.each([
    ['colours', 'a\u001b[1;31mb\u001b[0mc', 'abc'],
    ['8-bit sequences', 'a\u009b2Jb', 'ab'],
    ['titles and links', '\u001b]0;title\u0007a\u001b]8;;http://x.y\u001b\\link\u001b]8;;\u001b\\', 'alink'],
    ['device control strings', 'a\u001bP1$qm\u001b\\b\u0090x\u009cc', 'abc'],
    ['character sets', 'a\u001b(Bb', 'ab'],
    ['a sequence that never ends, without what follows it', 'a\u001b]0;b\nc', 'a0;b\nc'],
    ['line ends of every system', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['bidirectional and zero-width characters', 'a\u202eb\u2066c\u200bd\ufeffe\u00adf\u3164g\u{e0041}', 'abcdefg'],
    ['NUL and BEL', 'a\u0000b\u0007c', 'abc'],
    ['piled-up marks', `a${'\u0336'.repeat(50)}b`, `a${'\u0336'.repeat(4)}b`],
    ['half characters', 'a\ud800b', 'a\ufffdb'],
  ])('takes out %s', (_, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  test('keeps what people write', () => {
    const text = 'Grüße, Việt Nam, שָׁלוֹם, ภาษาไทย, 日本語, ❤️ 👍🏽\n\tx = 1';
    expect(plainText(text)).toBe(text);
  });

  test('finds nothing to do in its own result, and takes linear time', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const once = plainText(text);
        expect(plainText(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
      }),
      RUNS,
    );
    for (const hostile of ['\u001b]', '\u001b[', '\u009d', '\u001bP', '\u0301', '\u001b[0;']) {
      expect(plainText(hostile.repeat(200_000)).length).toBeLessThan(1_000_000);
    }
  });
});

test.each([
  ['every 7-bit string', '\u001bXa\u001b\\\u001b^b\u0007\u001b_c\u009c\u001bPd\u0007e', 'e'],
  ['every 8-bit string', '\u0098a\u009c\u009eb\u0007\u009fc\u001b\\\u0090d\u0007\u009d0;e\u0007f', 'f'],
  ['a string with a tab and more than Latin in it', '\u001b]0;a\tЖ日\u0007b', 'b'],
  ['sequences with parameters and with what stands between', 'a\u001b[?25lb\u001b[1;2 qc\u001b[!pd', 'abcd'],
  ['escapes of one or more characters', 'a\u001b7b\u001b#8c\u001b =d\u001bce', 'abcde'],
  ['the other line ends', 'a\u0085b\u2029c\n\rd', 'a\nb\nc\n\nd'],
  ['what is no character', 'a\ufdd0b\ufff9c\ufffbd\u{1ffff}e', 'abcde'],
])('plainText takes out %s', (_, text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test.each([
  ['  two\n\t words  ', undefined, 'two words'],
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  [`${' '.repeat(59)}x`, 3, 'x'],
  [`${' '.repeat(60)}x`, 3, '…'],
])('plainLine makes %j with at most %s characters %j', (text, max, expected) => {
  expect(plainLine(text, max)).toBe(expected);
});

test.each([
  ['@ann ＠ann ﹫ann @_a @-a @ a@', '@·ann ＠·ann ﹫·ann @·_a @·-a @ a@'],
  ['#1 !1 $1 &1 ^1 #a ! 1', '#·1 !·1 $·1 &·1 ^·1 #a ! 1'],
  ['~bug %"v 1" ~_a ~1 50% ~ x', '~·bug %·"v 1" ~·_a ~·1 50% ~ x'],
  ['[issue:1] *iteration:2 [a_b:] [x]', '[·issue:1] *·iteration:2 [·a_b:] [x]'],
  ['GH-1 gh-2 gh-x', 'GH·-1 gh·-2 gh-x'],
  ['https://a.b WWW.c.d', 'https:·//a.b WWW·.c.d'],
  ['/close a/b', '·/close a/b'],
])('quietLine splits %j', (text, expected) => {
  expect(quietLine(text)).toBe(expected.replaceAll('·', '\u2060'));
});

test('quietLine counts what was there before', () => {
  expect([quietLine('@ab', 3), quietLine('@abc', 3)]).toEqual(['@\u2060ab', '@\u2060a…']);
});

test.each([
  ['<b> & $x', '&lt;b&gt; &amp; &#36;x'],
  ['a*b_c`d`[e]|f~ g\\h', 'a\\*b\\_c\\`d\\`\\[e\\]\\|f\\~ g\\\\h'],
  ['- a', '\\- a'],
  ['+ a', '\\+ a'],
  ['= a', '\\= a'],
  ['# a', '\\# a'],
  [': a', '\\: a'],
  ['12. a', '12\\. a'],
  ['12) a', '12\\) a'],
  ['a - b + c = d # e : f 1. g', 'a - b + c = d # e : f 1. g'],
])('inlineMarkdown shows %j as %j', (text, expected) => {
  expect(inlineMarkdown(text)).toBe(expected);
});

test.each([
  ['a\nb\n\n', 'yaml', '```yaml\na\nb\n```'],
  ['a', undefined, '```\na\n```'],
  ['```\n \t~~~x\na ```', undefined, '```\n·```\n \t·~~~x\na ```\n```'],
  ['/close\n /LABEL x\n/usr/bin\na /close', undefined, '```\n·/close\n ·/LABEL x\n/usr/bin\na /close\n```'],
])('codeBlock makes of %j in %s %j', (text, language, expected) => {
  expect(codeBlock(text, language)).toBe(expected.replaceAll('·', '\u2060'));
});

describe('quietLine', () => {
  test('has no power on any platform and reads as before', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const line = quietLine(text);
        expect(withoutJoiners(line)).toBe(plainLine(text));
        for (const [power, pattern] of Object.entries(POWERS))
          expect(pattern.test(line), `${power}: ${line}`).toBe(false);
        expect(line).not.toMatch(QUICK_ACTION);
      }),
      RUNS,
    );
  });
});

describe('inlineMarkdown', () => {
  test('renders as exactly the plain text in a paragraph', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const html = markdown.parse(inlineMarkdown(text), { async: false }).trim();
        const shown = html.replace(/^<p>|<\/p>$/g, '');
        expect(shown).not.toContain('<');
        expect(withoutJoiners(unescapeHtml(shown))).toBe(plainLine(text));
      }),
      RUNS,
    );
  });

  test.each([
    ['a list item', '- ', /^<ul>\n<li>([^<]*)<\/li>\n<\/ul>$/],
    ['a quote', '> ', /^<blockquote>\n(?:<p>([^<]*)<\/p>\n)?<\/blockquote>$/],
    ['a heading', '## x ', /^<h2>x ?([^<]*)<\/h2>$/],
  ])('renders as exactly the plain text in %s', (_, before, shape) => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const html = markdown.parse(`${before}${inlineMarkdown(text)}`, { async: false }).trim();
        expect(html).toMatch(shape);
        expect(withoutJoiners(unescapeHtml(shape.exec(html)?.[1] ?? ''))).toBe(plainLine(text));
      }),
      RUNS,
    );
  });

  test('stays in its cell of a table', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (one, other) => {
        const table = `| a | b |\n| --- | --- |\n| ${inlineMarkdown(one)} | ${inlineMarkdown(other)} |`;
        const cells = [...markdown.parse(table, { async: false }).matchAll(/<td>([^<]*)<\/td>/g)];
        const shown = cells.map(([, cell = '']) => withoutJoiners(unescapeHtml(cell)));
        expect(shown).toEqual([plainLine(one), plainLine(other)]);
      }),
      RUNS,
    );
  });

  test('is plain text for Jira', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const { text: shown, kinds } = readAdf(markdownToAdf(inlineMarkdown(text)));
        expect(withoutJoiners(shown)).toBe(plainLine(text));
        expect([...kinds].filter((kind) => !['doc', 'paragraph', 'text'].includes(kind))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('has no power on any platform, escaped or rendered', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const source = inlineMarkdown(text);
        const rendered = unescapeHtml(markdown.parse(source, { async: false }).replace(/<\/?p>/g, ''));
        for (const [power, pattern] of Object.entries(POWERS)) {
          expect(pattern.test(rendered), `${power}: ${rendered}`).toBe(false);
        }
        expect(source).not.toMatch(QUICK_ACTION);
        expect(source).not.toContain('\n');
        expect(source).not.toContain('<!--');
      }),
      RUNS,
    );
  });
});

test('codeBlock takes from our own mark what makes it one, and from no other comment', () => {
  expect(codeBlock('<!-- pace:metadata e30= -->\n<!--pace:x--> <!-- note -->')).toBe(
    '```\n<\u2060!-- pace:metadata e30= -->\n<\u2060!--pace:x--> <!-- note -->\n```',
  );
});

describe('codeBlock', () => {
  test('cannot be left, in HTML and in Jira', () => {
    fc.assert(
      fc.property(hostileText({ maxLength: 12 }), (text) => {
        const block = `${codeBlock(text, 'yaml')}\n\nafter`;
        const html = markdown.parse(block, { async: false });
        const inside = /^<pre><code class="language-yaml">([^<]*)<\/code><\/pre>\n<p>after<\/p>\n$/.exec(html)?.[1];
        const plain = plainText(text).replace(/\n+$/, '');
        expect(withoutJoiners(unescapeHtml(inside ?? 'left')).trimEnd()).toBe(plain.trimEnd());
        const { kinds } = readAdf(markdownToAdf(block));
        expect([...kinds].sort()).toEqual(['codeBlock', 'doc', 'paragraph', 'text'].filter((kind) => kinds.has(kind)));
      }),
      RUNS,
    );
  });

  test('holds no quick action, whatever GitLab takes for the end of the block', () => {
    fc.assert(
      fc.property(hostileText({ maxLength: 12 }), (text) => {
        const [, ...inside] = codeBlock(text).split('\n');
        expect(inside.slice(0, -1).join('\n')).not.toMatch(QUICK_ACTION);
        expect(inside.slice(0, -1).join('\n')).not.toMatch(/^\s*```/m);
      }),
      RUNS,
    );
  });
});

describe('cutting', () => {
  test('never exceeds the limit, and never leaves half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, max) => {
        const whole = text.toWellFormed();
        const shown = cut(whole, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
    fc.assert(
      fc.property(hostileText({ maxLength: 30 }), fc.nat(300), (text, max) => {
        expect(Buffer.byteLength(cutBytes(text, max))).toBeLessThanOrEqual(max);
      }),
    );
  });

  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['a😀b', 3, 'a…'],
    ['a😀bc', 4, 'a😀…'],
  ])('of %j to %i leaves %j', (text, max, expected) => {
    expect(cut(text, max)).toBe(expected);
  });

  test.each([
    [18, 'one\ntwo\nthree\nfour'],
    [17, 'one\ntwo\nthree\n\nN'],
    [15, 'one\ntwo\n\nN'],
    [9, 'one\n\nN'],
    [5, 'N'],
    [0, 'N'],
  ])('of Markdown to %i characters keeps whole lines', (max, expected) => {
    expect(cutMarkdown('one\ntwo\nthree\nfour', (text) => text.length <= max, 'N')).toBe(expected);
  });

  test('counts bytes, and leaves nothing where not even the notice has room', () => {
    expect([cutBytes('ééé', 6), cutBytes('ééé', 5)]).toEqual(['ééé', '']);
    const notice = '*Cut here: the whole report is in `.pace/`.*';
    expect(cutBytes(`é\n${'x'.repeat(99)}`, 60)).toBe(`é\n\n${notice}`);
  });

  test('closes a block that it has cut', () => {
    const whole = `before\n\n${codeBlock('line\n'.repeat(100))}\n\nafter`;
    const shorter = cutMarkdown(whole, (text) => text.length <= 200);
    expect(shorter.length).toBeLessThanOrEqual(200);
    expect(markdown.parse(shorter, { async: false })).toMatch(
      /^<p>before<\/p>\n<pre><code>(?:line\n)+<\/code><\/pre>\n<p><em>Cut here: .*<\/em><\/p>\n$/,
    );
  });
});

test('no text that was quoted is taken for metadata of PACE', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      for (const body of [inlineMarkdown(text), codeBlock(text)]) expect(splitMetadata(body).metadata).toEqual({});
    }),
    RUNS,
  );
});

/** How GitLab looks for code that holds no quick action: not as Markdown does, the first fence ends the block. */
const GITLAB_CODE = /^```.+?\n```$/gms;

const nasty = fc
  .array(
    fc.constantFrom(
      '```',
      '~~~',
      '````',
      '`',
      ' ',
      '\t',
      '\n',
      '\n\n',
      '/close',
      'text',
      '> ',
      '>>>',
      '<pre>',
      '\r\n',
      '- ',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('a code block', () => {
  test('is one block in Markdown, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string()), (text) => {
        const tokens = markdown.lexer(`before\n\n${codeBlock(text, 'yaml')}\n\nafter`).map(({ type }) => type);
        expect(tokens.filter((type) => type !== 'space')).toEqual(['paragraph', 'code', 'paragraph']);
      }),
    );
  });

  test('leaves no line in which GitLab looks for quick actions', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const rest = `before\n\n${codeBlock(text, 'yaml')}\n\nafter`.replaceAll(GITLAB_CODE, '');
        expect(rest.split('\n').filter(Boolean)).toEqual(['before', 'after']);
      }),
    );
  });

  test('shows what it holds as it is, but for fences', () => {
    expect(codeBlock('a: `x`\n  ```\nb\n\n', 'yaml')).toBe('```yaml\na: `x`\n  \u2060```\nb\n```');
  });
});
