import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adfToMarkdown, markdownToAdf, mergedDocument, normalAdf } from '../../../platforms/jira/adf.ts';
import { mergedText } from '../../../platforms/jira/adf-merge.ts';
import type { AdfNode } from '../../../platforms/jira/adf-node.ts';
import { toMarkdown } from '../../../platforms/jira/adf-to-markdown.ts';
import { toAdf } from '../../../platforms/jira/markdown-to-adf.ts';
import { markdownToWiki, mergedWiki, normalWiki, wikiToMarkdown } from '../../../platforms/jira/wiki.ts';
import { schemaProblems } from '../../support/jira/adf-schema.ts';
import { anyMarkdown } from '../../support/markdown-anything.ts';

const text = (value: string, ...marks: AdfNode['marks'] & object): AdfNode => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks } : {}),
});
const p = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content });
const ada: AdfNode = { type: 'mention', attrs: { id: '5b10', text: '@Ada Lovelace', accessLevel: '' } };
const day: AdfNode = { type: 'date', attrs: { timestamp: '1772409600000' } };
const late: AdfNode = { type: 'status', attrs: { text: 'LATE', color: 'red', localId: 's' } };
const card: AdfNode = { type: 'inlineCard', attrs: { url: 'https://example.org/a_b' } };
const file: AdfNode = { type: 'mediaInline', attrs: { type: 'file', id: 'f', collection: '', alt: 'trace.log' } };
const shot: AdfNode = {
  type: 'mediaSingle',
  attrs: { layout: 'center' },
  content: [{ type: 'media', attrs: { type: 'file', id: 'm', collection: '', alt: 'shot.png' } }],
};
const panel = (...content: AdfNode[]): AdfNode => ({ type: 'panel', attrs: { panelType: 'warning' }, content });
const toc: AdfNode = { type: 'extension', attrs: { extensionKey: 'toc', extensionType: 'com.atlassian.macro' } };
const item = (...content: AdfNode[]): AdfNode => ({ type: 'listItem', content });
const cell = (...content: AdfNode[]): AdfNode => ({ type: 'tableCell', attrs: { background: '#fff' }, content });
const head = (...content: AdfNode[]): AdfNode => ({ type: 'tableHeader', attrs: {}, content });
const row = (...content: AdfNode[]): AdfNode => ({ type: 'tableRow', content });
const table = (...content: AdfNode[]): AdfNode => ({ type: 'table', attrs: { layout: 'wide' }, content });
const columns = (...content: AdfNode[][]): AdfNode => ({
  type: 'layoutSection',
  content: content.map((blocks) => ({ type: 'layoutColumn', attrs: { width: 50 }, content: blocks })),
});

/** What comes of a document when `edit` changes its Markdown. */
function edited(
  before: AdfNode[],
  edit: (markdown: string) => string,
): { content: readonly AdfNode[]; lost: readonly string[] } {
  expect(schemaProblems({ version: 1, type: 'doc', content: before })).toEqual([]);
  const merged = mergedText(before, edit(toMarkdown(before)));
  expect(schemaProblems({ version: 1, type: 'doc', content: merged.content })).toEqual([]);
  return merged;
}

const replaced = (one: string, other: string) => (markdown: string) => {
  expect(markdown).toContain(one);
  return markdown.replace(one, other);
};

describe('an edit of a text in Jira', () => {
  it('leaves the blocks that nobody has changed as they are, the very nodes', () => {
    const before = [panel(p(text('Note '), ada)), p(text('a')), shot, toc, p(late)];
    const { content, lost } = edited(before, replaced('a\n', 'b\n'));
    expect([content, lost]).toEqual([[before[0], p(text('b')), shot, toc, p(late)], []]);
    for (const at of [0, 2, 3, 4]) expect(content[at]).toBe(before[at]);
  });

  it.each<[string, AdfNode[], string, string, AdfNode[]]>([
    ['a mention', [text('ask '), ada, text(' today')], 'ask', 'thank', [text('thank '), ada, text(' today')]],
    [
      'a mention that moves',
      [text('ask '), ada, text(' today')],
      'ask @Ada Lovelace',
      '@Ada Lovelace, ask',
      [ada, text(', ask today')],
    ],
    ['a date', [text('due '), day], 'due 2026-03-02', 'due by 2026-03-02!', [text('due by '), day, text('!')]],
    ['a status', [late, text(' so far')], 'so far', 'again', [late, text(' again')]],
    ['a card', [text('see '), card], 'see', 'read', [text('read '), card]],
    ['a file', [text('see '), file, text(' and think')], 'think', 'mend', [text('see '), file, text(' and mend')]],
    [
      'an underlined word',
      [text('one '), text('two', { type: 'underline' }), text(' three')],
      'three',
      'four',
      [text('one '), text('two', { type: 'underline' }), text(' four')],
    ],
    [
      'a coloured word that becomes bold',
      [text('one '), text('two', { type: 'textColor', attrs: { color: '#ff0000' } })],
      'two',
      '**two**',
      [text('one '), text('two', { type: 'strong' }, { type: 'textColor', attrs: { color: '#ff0000' } })],
    ],
    [
      'one of two equal mentions',
      [ada, text(' and '), ada, text(' go')],
      'go',
      'come',
      [ada, text(' and '), ada, text(' come')],
    ],
    [
      'an emoji without words',
      [text('a '), { type: 'emoji', attrs: { shortName: '' } }, text('b')],
      'b',
      'c',
      [text('a '), { type: 'emoji', attrs: { shortName: '' } }, text('c')],
    ],
  ])('keeps %s in a line whose other words change', (_, line, one, other, expected) => {
    const { content, lost } = edited([p(...line)], replaced(one, other));
    expect([content, lost]).toEqual([[p(...expected)], []]);
  });

  it('takes a mention away whose name is gone, and says nothing of it', () => {
    const { content, lost } = edited([p(text('ask '), ada)], replaced('ask @Ada Lovelace', 'ask somebody'));
    expect([content, lost]).toEqual([[p(text('ask somebody'))], []]);
  });

  it('keeps a panel around other words, and what else is in it', () => {
    const before = [panel({ type: 'heading', attrs: { level: 2 }, content: [text('Mind')] }, p(text('the gap')), shot)];
    const { content, lost } = edited(before, replaced('the gap', 'the step'));
    const [panelNow] = content;
    expect([panelNow?.attrs, panelNow?.content, lost]).toEqual([
      { panelType: 'warning' },
      [{ type: 'heading', attrs: { level: 2 }, content: [text('Mind')] }, p(text('the step')), shot],
      [],
    ]);
  });

  it('keeps what an expand, an item, a task, a decision and a cell hold beside a changed word', () => {
    const before: AdfNode[] = [
      { type: 'expand', attrs: { title: 'More' }, content: [p(ada, text(' one')), shot] },
      { type: 'bulletList', content: [item(p(text('a '), ada)), item(p(text('b')), shot)] },
      { type: 'taskList', attrs: { localId: 'l' }, content: [
        { type: 'taskItem', attrs: { localId: 'task-1', state: 'TODO' }, content: [text('do '), day] },
        { type: 'taskItem', attrs: { localId: 'x', state: 'DONE' }, content: [text('done')] },
      ] },
      { type: 'decisionList', attrs: { localId: 'd' }, content: [{ type: 'decisionItem', attrs: { localId: 'e', state: 'DECIDED' }, content: [text('go '), late] }] },
      table(row(head(p(text('Who'))), head(p(text('What')))), row(cell(p(ada)), cell(p(text('runs')), shot)), row(cell(p(text('x')), panel(p(text('y')))), cell(p(late, text(' now'))))),
    ]; // biome-ignore format: a tree
    const { content, lost } = edited(before, (markdown) =>
      markdown
        .replace('one', 'two')
        .replace('- a @', '- of @')
        .replace('[ ] do', '[x] did')
        .replace('go LATE', 'stay LATE')
        .replace('LATE now', 'LATE again'),
    );
    expect(lost).toEqual([]);
    expect(content).toEqual([
      { ...before[0], content: [p(ada, text(' two')), shot] },
      { ...before[1], content: [item(p(text('of '), ada)), item(p(text('b')), shot)] },
      { ...before[2], content: [
        { type: 'taskItem', attrs: { localId: 'task-1', state: 'DONE' }, content: [text('did '), day] },
        { type: 'taskItem', attrs: { localId: 'x', state: 'DONE' }, content: [text('done')] },
      ] },
      { ...before[3], content: [{ type: 'decisionItem', attrs: { localId: 'e', state: 'DECIDED' }, content: [text('stay '), late] }] },
      table(row(head(p(text('Who'))), head(p(text('What')))), row(cell(p(ada)), cell(p(text('runs')), shot)), row(cell(p(text('x')), panel(p(text('y')))), cell(p(late, text(' again'))))),
    ]); // biome-ignore format: a tree
  });

  it('keeps columns, whatever is written or taken away in them', () => {
    const before = [columns([p(text('left')), shot], [p(text('right '), ada)]), p(text('below'))];
    expect(edited(before, replaced('right', 'wrong')).content).toEqual([
      columns([p(text('left')), shot], [p(text('wrong '), ada)]),
      p(text('below')),
    ]);
    expect(edited(before, replaced('left\n\n', 'left\n\nnew\n\n')).content).toEqual([
      columns([p(text('left')), p(text('new')), shot], [p(text('right '), ada)]),
      p(text('below')),
    ]);
    expect(edited(before, replaced('right @Ada Lovelace\n\n', '')).content).toEqual([
      columns([p(text('left')), shot], [p()]),
      p(text('below')),
    ]);
    expect(edited(before, () => 'below').content).toEqual([p(text('below'))]);
  });

  it('gives new tasks ids that no other has', () => {
    const task = (localId: string, ...content: AdfNode[]) => ({
      type: 'taskItem',
      attrs: { localId, state: 'TODO' },
      content,
    });
    const before: AdfNode[] = [
      { type: 'taskList', attrs: { localId: 'task-1' }, content: [task('task-2', text('one'))] },
    ];
    expect(edited(before, (markdown) => `${markdown}\n- [ ] two\n\nnew\n\n- [ ] three`).content).toEqual([
      {
        type: 'taskList',
        attrs: { localId: 'task-1' },
        content: [task('task-2', text('one')), task('task-5', text('two'))],
      },
      p(text('new')),
      { type: 'taskList', attrs: { localId: 'task-6' }, content: [task('task-7', text('three'))] },
    ]);
  });

  it('changes the kind of a list, its start and the language of code', () => {
    const before: AdfNode[] = [
      { type: 'bulletList', content: [item(p(text('a '), ada))] },
      { type: 'codeBlock', attrs: { language: 'js', localId: 'c' }, content: [text('x')] },
    ];
    expect(
      edited(before, (markdown) => markdown.replace('- a', '4. a').replace('```js\nx', '```ts\ny')).content,
    ).toEqual([
      { type: 'orderedList', attrs: { order: 4 }, content: [item(p(text('a '), ada))] },
      { type: 'codeBlock', attrs: { language: 'ts', localId: 'c' }, content: [text('y')] },
    ]);
  });

  it('adds rows and columns to a table that keeps its headings and widths', () => {
    const before = [table(row(head(p(text('A'))), head(p(text('B')))), row(cell(p(ada)), cell(p(text('1')))))];
    const { content } = edited(
      before,
      () => '| A | New | B |\n| --- | --- | --- |\n| @Ada Lovelace | n | 1 |\n| x | y | z |',
    );
    const [grown] = content;
    expect(grown?.attrs).toEqual({ layout: 'wide' });
    expect(grown?.content?.map(({ content: cells = [] }) => cells.map(({ type }) => type))).toEqual([
      ['tableHeader', 'tableHeader', 'tableHeader'],
      ['tableCell', 'tableCell', 'tableCell'],
      ['tableCell', 'tableCell', 'tableCell'],
    ]);
    expect(grown?.content?.[1]?.content?.[0]).toEqual(cell(p(ada)));
  });

  it('gives a table the headings that it is to have, whichever row had them', () => {
    const kinds = (content: readonly AdfNode[]) =>
      content[0]?.content?.map(({ content: cells = [] }) => cells.map(({ type }) => type));
    const moved = edited([table(row(head(p(text('A')))))], () => '| New |\n| --- |\n| A |').content;
    expect(kinds(moved)).toEqual([['tableHeader'], ['tableCell']]);
    const bare = edited([table(row(cell(p(text('a')))))], replaced('|  |', '| H |')).content;
    expect(kinds(bare)).toEqual([['tableHeader'], ['tableCell']]);
  });

  it('keeps blanks that are no plain ones, and those in code', () => {
    const { content } = edited([p(text('a b'))], () => 'a\u00A0b `c  d`\u3000e');
    expect(content).toEqual([p(text('a\u00A0b '), text('c  d', { type: 'code' }), text('\u3000e'))]);
  });

  it('does not make a heading of a line that becomes bold', () => {
    const before: AdfNode[] = [{ type: 'heading', attrs: { level: 2 }, content: [text('A')] }];
    expect(edited(before, () => '**A**').content).toEqual([p(text('A', { type: 'strong' }))]);
  });

  it('names what cannot be kept although its words are still there', () => {
    const { content, lost } = edited([shot, p(text('a'))], replaced('(shot.png)', '(shot.png), from yesterday'));
    expect(content).toEqual([p(text('(shot.png), from yesterday')), p(text('a'))]);
    expect(lost).toEqual(['mediaSingle “(shot.png)”', 'media “(shot.png)”']);
  });
});

describe('any edit of any text', () => {
  const word = fc.constantFrom('one', 'two', 'three', 'LATE', '@Ada', 'x');
  const marked = fc
    .record({ value: word, kind: fc.constantFrom('', '', 'strong', 'underline', 'textColor', 'code') })
    .map(({ value, kind }) => {
      if (kind === '') return text(value);
      return text(value, kind === 'textColor' ? { type: kind, attrs: { color: '#ff0000' } } : { type: kind });
    });
  const thing = fc.constantFrom(ada, day, late, card, file, { type: 'hardBreak' });
  const line = fc
    .array(fc.oneof({ weight: 3, arbitrary: marked }, thing), { minLength: 1, maxLength: 5 })
    .map((nodes) => [
      text('A'),
      ...nodes.flatMap((node) => (node.type === 'hardBreak' ? [node, text('b')] : [text(' '), node])),
    ]);
  const paragraph = line.map((content) => p(...content));
  const block: fc.Arbitrary<AdfNode> = fc.oneof(
    paragraph,
    fc.constant(shot),
    fc.constant(toc),
    fc
      .array(fc.oneof(paragraph, fc.constant(shot)), { minLength: 1, maxLength: 2 })
      .map((content) => panel(...content)),
    fc
      .array(paragraph, { minLength: 1, maxLength: 3 })
      .map((all) => ({ type: 'bulletList', content: all.map((one) => item(one)) })),
    fc.array(line, { minLength: 1, maxLength: 2 }).map((lines) => ({
      type: 'taskList',
      attrs: { localId: 'l' },
      content: lines.map((content) => ({ type: 'taskItem', attrs: { localId: 't', state: 'TODO' }, content })),
    })),
    fc
      .tuple(paragraph, paragraph, fc.boolean())
      .map(([one, other, isHeaded]) =>
        table(...(isHeaded ? [row(head(p(text('H'))), head(p(text('I'))))] : []), row(cell(one, shot), cell(other))),
      ),
    fc.tuple(paragraph, paragraph).map(([one, other]) => columns([one, shot], [other])),
    paragraph.map((one) => ({ type: 'expand', attrs: { title: 'More' }, content: [one, shot] })),
  );
  const documents = fc.array(block, { maxLength: 5 });
  const edits = fc.array(
    fc.record({ at: fc.nat(40), kind: fc.constantFrom('word', 'drop', 'add', 'swap', 'append') }),
    { maxLength: 3 },
  );

  function change(markdown: string, all: readonly { at: number; kind: string }[]): string {
    return all.reduce((now, { at, kind }) => {
      const parts = now.split('\n\n');
      const place = at % parts.length;
      if (kind === 'drop') return parts.toSpliced(place, 1).join('\n\n');
      if (kind === 'add') return parts.toSpliced(place, 0, 'A new line').join('\n\n');
      if (kind === 'append') return `${now}\n\n- [ ] more`;
      if (kind === 'swap') return [...parts.slice(place), ...parts.slice(0, place)].join('\n\n');
      return now.replace(/\b(?:one|two|three|x)\b/, 'other');
    }, markdown);
  }

  it('loses nothing where nothing was changed', () => {
    fc.assert(
      fc.property(documents, (before) => {
        const { content, lost } = mergedText(before, toMarkdown(before));
        expect(content).toEqual(before);
        expect(lost).toEqual([]);
      }),
      { seed: 20261130, numRuns: 300 },
    );
  });

  it('is what was asked for where nothing of the old text is left', () => {
    const others = fc.sample(anyMarkdown, { numRuns: 80, seed: 20261130 });
    for (const [at, markdown] of others.entries()) {
      const before = markdownToAdf(others[at - 1] ?? '');
      const { text: document } = mergedDocument(before, markdown);
      expect(normalAdf(adfToMarkdown(document))).toBe(normalAdf(markdown));
      const wiki = mergedWiki(markdownToWiki(others[at - 1] ?? ''), markdown).text;
      expect(normalWiki(wikiToMarkdown(String(wiki)))).toBe(normalWiki(markdown));
    }
  });

  it('is what was asked for, and what Jira accepts', () => {
    fc.assert(
      fc.property(documents, edits, (before, all) => {
        expect(schemaProblems({ version: 1, type: 'doc', content: before })).toEqual([]);
        const markdown = change(toMarkdown(before), all);
        const { content } = mergedText(before, markdown);
        expect(schemaProblems({ version: 1, type: 'doc', content })).toEqual([]);
        expect(toMarkdown(toAdf(toMarkdown(content)))).toBe(toMarkdown(toAdf(markdown)));
      }),
      { seed: 20261130, numRuns: 400 },
    );
  });
});
