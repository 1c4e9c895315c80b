import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adfToMarkdown, markdownToAdf, measureAdf } from '../../../platforms/jira/adf.ts';
import type { AdfNode } from '../../../platforms/jira/adf-node.ts';
import { adfProblems } from '../../support/jira/adf.ts';
import { schemaProblems } from '../../support/jira/adf-schema.ts';

const text = (value: string, ...marks: string[]): AdfNode =>
  marks.length > 0
    ? { type: 'text', text: value, marks: marks.map((type) => ({ type })) }
    : { type: 'text', text: value };
const linked = (value: string, href: string): AdfNode => ({
  type: 'text',
  text: value,
  marks: [{ type: 'link', attrs: { href } }],
});
const p = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content });
const br: AdfNode = { type: 'hardBreak' };

/** Markdown, its blocks, and the Markdown that they read back as where it differs. */
const pairs: [name: string, markdown: string, blocks: AdfNode[], back?: string][] = [
  ['nothing', '', []],
  ['headings', '# One\n\n###### Six', [
    { type: 'heading', attrs: { level: 1 }, content: [text('One')] },
    { type: 'heading', attrs: { level: 6 }, content: [text('Six')] },
  ]],
  ['marks, also nested', '**a _b ~~c~~_ d** `x*y`', [
    p(text('a ', 'strong'), text('b ', 'strong', 'em'), text('c', 'strong', 'em', 'strike'), text(' d', 'strong'), text(' '), text('x*y', 'code')),
  ]],
  ['code that Jira does not let be bold', '**a `b` c**', [p(text('a ', 'strong'), text('b', 'code'), text(' c', 'strong'))]],
  ['links', '[PACE](https://example.org/a?b=1&c=2) and https://example.org', [
    p(linked('PACE', 'https://example.org/a?b=1&c=2'), text(' and '), linked('https://example.org', 'https://example.org')),
  ], '[PACE](https://example.org/a?b=1&c=2) and [https://example.org](https://example.org)'],
  ['addresses that Jira cannot follow as text', '[here](docs/a.md) [x](javascript:alert(1))', [
    p(text('here (docs/a.md) x (javascript:alert(1))')),
  ], 'here (docs/a.md) x (javascript:alert(1))'],
  ['images as links', '![shot](https://example.org/a.png)', [p(linked('shot', 'https://example.org/a.png'))], '[shot](https://example.org/a.png)'],
  ['line ends and breaks', 'a\nb  \nc\\\nd<br>e', [p(text('a'), br, text('b'), br, text('c'), br, text('d'), br, text('e'))], 'a\nb\nc\nd\ne'],
  ['lines that look like blocks', 'a\n\\- b\n\\# c\n1\\. d\n\\> e\n\\=', [
    p(text('a'), br, text('- b'), br, text('# c'), br, text('1. d'), br, text('> e'), br, text('=')),
  ]],
  ['empty lines of a paragraph', 'a<br><br>b', [p(text('a'), br, br, text('b'))], 'a\\\n\\\nb'],
  ['a template of an issue', 'Expected: a\nActual: b\n<!-- what\ncame -->\n- [ ] one\n- [ ]\n- [x]', [
    p(text('Expected: a'), br, text('Actual: b')),
    { type: 'taskList', attrs: { localId: 'task-1' }, content: [
      { type: 'taskItem', attrs: { localId: 'task-2', state: 'TODO' }, content: [text('one')] },
      { type: 'taskItem', attrs: { localId: 'task-3', state: 'TODO' }, content: [] },
      { type: 'taskItem', attrs: { localId: 'task-4', state: 'DONE' }, content: [] },
    ] },
  ], 'Expected: a\nActual: b\n\n- [ ] one\n- [ ]\n- [x]'],
  ['boxes of which one is none', '- [ ]\n- a [ ]', [
    { type: 'bulletList', content: [
      { type: 'listItem', content: [p(text('[ ]'))] },
      { type: 'listItem', content: [p(text('a [ ]'))] },
    ] },
  ]],
  ['comments that begin and do not end', 'a <!-- b\n\n<!-- c', [p(text('a <!-- b')), p(text('<!-- c'))], 'a \\<!-- b\n\n\\<!-- c'],
  ['words beside comments', '<!-- a --> b <!---> c\n\nd <!-- e\nf --> g', [p(text('b c')), p(text('d g'))], 'b c\n\nd g'],
  ['lists in lists, with their start', '- a\n\n  3. b\n     - c\n\n- d', [
    { type: 'bulletList', content: [
      { type: 'listItem', content: [p(text('a')), { type: 'orderedList', attrs: { order: 3 }, content: [
        { type: 'listItem', content: [p(text('b')), { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('c'))] }] }] },
      ] }] },
      { type: 'listItem', content: [p(text('d'))] },
    ] },
  ]],
  ['tasks in tasks', '- [ ] open\n  - [x] under it\n- [x] done', [
    { type: 'taskList', attrs: { localId: 'task-1' }, content: [
      { type: 'taskItem', attrs: { localId: 'task-2', state: 'TODO' }, content: [text('open')] },
      { type: 'taskList', attrs: { localId: 'task-3' }, content: [{ type: 'taskItem', attrs: { localId: 'task-4', state: 'DONE' }, content: [text('under it')] }] },
      { type: 'taskItem', attrs: { localId: 'task-5', state: 'DONE' }, content: [text('done')] },
    ] },
  ]],
  ['tasks among other items as text', '- [ ] a\n- b', [
    { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('[ ] a'))] }, { type: 'listItem', content: [p(text('b'))] }] },
  ]],
  ['code, its language and its fences', '````md\n```\na\n```\n````', [
    { type: 'codeBlock', attrs: { language: 'md' }, content: [{ type: 'text', text: '```\na\n```' }] },
  ]],
  ['empty code', '```\n```', [{ type: 'codeBlock' }]],
  ['tables', '| a | b |\n| --- | --- |\n| `x\\|y` | c<br>**d** |\n|  |  |', [
    { type: 'table', content: [
      { type: 'tableRow', content: [{ type: 'tableHeader', content: [p(text('a'))] }, { type: 'tableHeader', content: [p(text('b'))] }] },
      { type: 'tableRow', content: [{ type: 'tableCell', content: [p(text('x|y', 'code'))] }, { type: 'tableCell', content: [p(text('c'), br, text('d', 'strong'))] }] },
      { type: 'tableRow', content: [{ type: 'tableCell', content: [p()] }, { type: 'tableCell', content: [p()] }] },
    ] },
  ]],
  ['quotes', '> a\n>\n> - b', [{ type: 'blockquote', content: [p(text('a')), { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('b'))] }] }] }]],
  ['a quote in a quote by its words', '> a\n> > b', [{ type: 'blockquote', content: [p(text('a')), p(text('b'))] }], '> a\n>\n> b'],
  ['a heading in an item as bold text', '- # a', [{ type: 'bulletList', content: [{ type: 'listItem', content: [p(text('a', 'strong'))] }] }], '- **a**'],
  ['a rule', 'a\n\n---\n\nb', [p(text('a')), { type: 'rule' }, p(text('b'))]],
  ['details as an expand', '<details>\n<summary>Full report</summary>\n\n- a\n\n</details>', [
    { type: 'expand', attrs: { title: 'Full report' }, content: [{ type: 'bulletList', content: [{ type: 'listItem', content: [p(text('a'))] }] }] },
  ]],
  ['details on one line', '<details><summary>S</summary>a **b**</details>', [
    { type: 'expand', attrs: { title: 'S' }, content: [p(text('a '), text('b', 'strong'))] },
  ], '<details>\n<summary>S</summary>\n\na **b**\n\n</details>'],
  ['details that never end as text', '<details>\n\na', [p(text('<details>')), p(text('a'))], '\\<details>\n\na'],
  ['HTML as text', 'a <b>c</b> <!-- d -->\n\n<div>\ne\n</div>', [
    p(text('a <b>c</b>')), p(text('<div>'), br, text('e'), br, text('</div>')),
  ], 'a \\<b>c\\</b>\n\n\\<div>\ne\n\\</div>'],
  ['the door for raw ADF of other converters as text', '<adf>{"type":"mention"}</adf>', [p(text('<adf>{"type":"mention"}</adf>'))], '\\<adf>{"type":"mention"}\\</adf>'],
  ['entities and escapes', '&lt;b&gt; \\*x\\* &amp;amp; &#65; &unknown;', [p(text('<b> *x* &amp; A &unknown;'))], '\\<b> \\*x\\* &amp;amp; A &amp;unknown;'],
  ['text that looks like blocks', '\\# a\n\n1\\. b\n\n\\- c\n\n\\> d', [p(text('# a')), p(text('1. b')), p(text('- c')), p(text('> d'))]],
  ['names with underscores and lines of findings', '- [adv-1] snake_case_name is 2 * 3', [
    { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('[adv-1] snake_case_name is 2 * 3'))] }] },
  ], '- [adv-1] snake_case_name is 2 \\* 3'],
]; // biome-ignore format: a table

describe('Atlassian’s own schema', () => {
  const doc = (...content: unknown[]) => ({ version: 1, type: 'doc', content });

  it.each<[string, unknown, boolean]>([
    ['a paragraph', p(text('a')), true],
    ['a heading of no level', { type: 'heading', attrs: { level: 7 }, content: [] }, false],
    ['a link to nowhere', p({ type: 'text', text: 'a', marks: [{ type: 'link', attrs: {} }] }), false],
    ['code that is bold', p(text('a', 'code', 'strong')), false],
    ['an attribute of nobody', { type: 'codeBlock', attrs: { lang: 'yaml' } }, false],
    ['a node of nobody', { type: 'somethingNew', content: [] }, false],
    ['a task in a list of items', { type: 'bulletList', content: [{ type: 'taskItem', content: [] }] }, false],
  ])('tells %s', (_, node, valid) => {
    expect(schemaProblems(doc(node)).length === 0).toBe(valid);
  });
});

describe('Markdown to ADF and back', () => {
  for (const [name, markdown, blocks, back] of pairs) {
    it(`keeps ${name}`, () => {
      const document = markdownToAdf(markdown);
      expect(document).toEqual({ version: 1, type: 'doc', content: blocks });
      expect(adfProblems(document)).toEqual([]);
      const returned = adfToMarkdown(document);
      expect(returned).toBe(back ?? markdown);
      expect(markdownToAdf(returned)).toEqual(document);
    });
  }

  const word = fc.stringMatching(/^[a-zA-Z0-9ü🚦]{1,8}$/u);
  const odd = fc.constantFrom(
    '*',
    '_',
    'a_b',
    '`',
    '~',
    '[x]',
    '(y)',
    '<b>',
    '&amp;',
    '&',
    '#',
    '1.',
    '-',
    '+',
    '>',
    '|',
    '\\',
    '!',
    'a*b*c',
    'http',
    '=',
    '---',
    '[a](b)',
    '[a]:',
    '\\*',
    ':-',
  );
  const plainText = fc
    .array(fc.oneof({ weight: 4, arbitrary: word }, odd), { minLength: 1, maxLength: 6 })
    .map((words) => words.join(' '));
  const marked = fc.record({
    text: plainText,
    kind: fc.constantFrom('', '', 'strong', 'em', 'strike', 'code', 'link', 'strong em'),
  });
  const line = fc
    .array(marked, { minLength: 1, maxLength: 5 })
    .map((spans) =>
      spans.flatMap(({ text: value, kind }, index) => [
        ...(index > 0 ? [text(' ')] : []),
        kind === 'link'
          ? linked(value, 'https://example.org/a_b?c=(d)&e=*')
          : text(value, ...kind.split(' ').filter(Boolean)),
      ]),
    );
  const paragraph = fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((lines) => p(...lines.flatMap((one, index) => [...(index > 0 ? [br] : []), ...one])));
  const code = fc
    .record({ language: fc.constantFrom('', 'yaml'), value: fc.stringMatching(/^[a-z`~\n <&|*]{0,20}[a-z]$/) })
    .map(
      ({ language, value }): AdfNode => ({
        type: 'codeBlock',
        ...(language ? { attrs: { language } } : {}),
        content: [{ type: 'text', text: value }],
      }),
    );
  const { list } = fc.letrec<{ list: AdfNode; item: AdfNode }>((tie) => ({
    list: fc
      .record({ order: fc.option(fc.nat(20)), items: fc.array(tie('item'), { minLength: 1, maxLength: 3 }) })
      .map(
        ({ order, items }): AdfNode =>
          order === null
            ? { type: 'bulletList', content: items }
            : { type: 'orderedList', attrs: { order }, content: items },
      ),
    item: fc
      .record({
        first: paragraph,
        more: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          fc.constant([]),
          fc.array(fc.oneof({ maxDepth: 2 }, paragraph, code, tie('list')), { maxLength: 2 }),
        ),
      })
      .map(({ first, more }): AdfNode => ({ type: 'listItem', content: [first, ...more] })),
  }));
  const table = fc.array(fc.tuple(line, line), { minLength: 1, maxLength: 3 }).map(
    (rows): AdfNode => ({
      type: 'table',
      content: rows.map((cells, row) => ({
        type: 'tableRow',
        content: cells.map((cell) => ({ type: row === 0 ? 'tableHeader' : 'tableCell', content: [p(...cell)] })),
      })),
    }),
  );
  const quote = fc
    .array(fc.oneof(paragraph, code, list), { minLength: 1, maxLength: 2 })
    .map((content): AdfNode => ({ type: 'blockquote', content }));
  const heading = fc
    .tuple(fc.integer({ min: 1, max: 6 }), line)
    .map(([level, content]): AdfNode => ({ type: 'heading', attrs: { level }, content }));
  const block = fc.oneof(paragraph, code, list, table, quote, heading, fc.constant<AdfNode>({ type: 'rule' }));
  const expand = fc
    .array(block, { minLength: 1, maxLength: 3 })
    .map((content): AdfNode => ({ type: 'expand', attrs: { title: 'More' }, content }));
  const documents = fc
    .array(fc.oneof({ weight: 8, arbitrary: block }, expand), { maxLength: 5 })
    .map((content) => ({ version: 1, type: 'doc', content }));

  it('settles after one round trip, whatever people have written', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const markdown = adfToMarkdown(document);
        const once = markdownToAdf(markdown);
        expect(adfProblems(once)).toEqual([]);
        expect(markdownToAdf(adfToMarkdown(once))).toEqual(once);
        expect(adfToMarkdown(once)).toBe(markdown);
      }),
      { numRuns: 300 },
    );
  });

  it('makes a valid document of any text', () => {
    const piece = fc.constantFrom(
      '# ',
      '- ',
      '  ',
      '    ',
      '1. ',
      '> ',
      '```',
      '\n',
      '\n\n',
      '|',
      '| - |',
      '[ ] ',
      '[x](',
      ')',
      '<br>',
      '<details>',
      '<summary>',
      '</summary>',
      '</details>',
      '**',
      '_',
      '~~',
      '`',
      '&#0;',
      '&#x1f6a6;',
      '\u0000',
      '\ud83d',
      '---',
      'word',
      '![',
      ']',
      'https://a.b',
      '<!--',
      '\\',
      '\t',
      '=',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        ),
        (markdown) => {
          const document = markdownToAdf(markdown);
          expect(adfProblems(document)).toEqual([]);
          expect(adfProblems(markdownToAdf(adfToMarkdown(document)))).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes text that is nested beyond measure', () => {
    for (const hostile of ['>'.repeat(20_000), '- '.repeat(5_000), `${'['.repeat(20_000)}`, '*'.repeat(20_000)]) {
      expect(adfProblems(markdownToAdf(`${hostile}x`))).toEqual([]);
    }
  });
});

describe('ADF to Markdown', () => {
  it('reads what only people’s editors write', () => {
    const content = [
      { type: 'panel', attrs: { panelType: 'info' }, content: [p(text('note'))] },
      p(
        { type: 'mention', attrs: { id: '1', text: '@Mia' } },
        text(' '),
        { type: 'emoji', attrs: { shortName: ':ok:', text: '👌' } },
        text(' '),
        { type: 'date', attrs: { timestamp: '1772442000000' } },
        text(' '),
        { type: 'status', attrs: { text: 'LATE' } },
        text(' '),
        { type: 'inlineCard', attrs: { url: 'https://example.org/a' } },
      ),
      { type: 'mediaSingle', content: [{ type: 'media', attrs: { type: 'file', id: 'x', alt: 'shot.png' } }] },
      {
        type: 'decisionList',
        attrs: { localId: 'd' },
        content: [{ type: 'decisionItem', attrs: { localId: 'e' }, content: [text('go')] }],
      },
      { type: 'somethingNew', content: [p(text('inside'))] },
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [
              {
                type: 'tableCell',
                content: [
                  p(text('a')),
                  { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('b'))] }] },
                ],
              },
            ],
          },
        ],
      },
    ];
    expect(adfToMarkdown({ version: 1, type: 'doc', content })).toBe(
      [
        '> note',
        '@Mia 👌 2026-03-02 LATE <https://example.org/a>',
        '(shot.png)',
        '- go',
        'inside',
        '|  |\n| --- |\n| a<br>b |',
      ].join('\n\n'),
    );
  });

  it('reads no backslash where a paragraph ends with a break', () => {
    const content = [p(text('a'), br), p(text('b'), br, text(' '), br), p(br)];
    expect(adfToMarkdown({ version: 1, type: 'doc', content })).toBe('a\n\nb');
  });

  it('takes no document, and the plain text of old versions', () => {
    expect([adfToMarkdown(null), adfToMarkdown(undefined), adfToMarkdown('h1. old'), adfToMarkdown(7)]).toEqual([
      '',
      '',
      'h1. old',
      '',
    ]);
  });
});

it('measures the document, not the Markdown', () => {
  expect(measureAdf('a')).toBe(
    '{"version":1,"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]}]}'.length,
  );
});
