import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../../platforms/clickup/rich-text.ts';
import type { Run } from '../../../platforms/clickup/run.ts';

const end = (more: object = {}): Run => ({ text: '\n', attributes: { 'block-id': 'block', ...more } }) as Run;
const file = (name: string, more: object = {}): Run =>
  ({
    type: 'attachment',
    text: name,
    attachment: { title: name, url: `https://files.example.org/${name}`, ...more },
  }) as Run;

describe('a comment in ClickUp', () => {
  test.each<[string, object[], string]>([
    ['a link with a preview', [{ text: 'In ' }, { type: 'link_mention', text: '', link_mention: { url: 'https://example.org/8' } }, end()], 'In <https://example.org/8>'],
    ['a bookmark with its words', [{ type: 'bookmark', text: 'The plan', bookmark: { service: 'link', url: 'https://example.org/p' } }, end()], '[The plan](https://example.org/p)'],
    ['a bookmark that keeps its address as its id', [{ type: 'bookmark', bookmark: { id: 'https://example.org/p' } }, end()], '<https://example.org/p>'],
    ['a frame', [{ type: 'frame', frame: { src: 'https://video.example.org/1', service: 'loom' } }, end()], '<https://video.example.org/1>'],
    ['boxes, as words', [{ text: 'a' }, end({ list: 'checked' }), { text: 'b' }, end({ list: 'unchecked' })], '- [x] a\n- [ ] b'],
    ['boxes, as objects', [{ text: 'a' }, end({ list: { list: 'checked' } }), { text: 'b' }, end({ list: { list: 'unchecked' } })], '- [x] a\n- [ ] b'],
    ['lists in lists', [{ text: 'a' }, end({ list: 'bullet' }), { text: 'b' }, end({ list: 'ordered', indent: 1 })], '- a\n  1. b'],
    ['an image', [{ type: 'image', text: 'x.png', image: { name: 'Marcin%20T.png', url: 'https://files.example.org/x.png' } }, end()], '![Marcin T.png](https://files.example.org/x.png)'],
    ['an image that has no address', [{ type: 'image', text: 'x.png', image: {} }, end()], '(attachment: x.png)'],
    ['files, each on its line', [{ text: 'See ' }, file('a.pdf'), file('b [1].pdf')], 'See \n[attachment: a.pdf](https://files.example.org/a.pdf)\n[attachment: b \\[1\\].pdf](<https://files.example.org/b [1].pdf>)'],
    ['a file without an address', [file('a.pdf', { url: null })], '(attachment: a.pdf)'],
    ['a file whose name is no address', [file('50%', { title: '50%' })], '[attachment: 50%](https://files.example.org/50%)'],
    ['people', [{ type: 'tag', text: '@Ada', user: { id: 1 } }, { text: ' and ' }, { type: 'tag', text: '', user: { username: 'Bo' } }, end()], '@Ada and @Bo'],
    ['a task', [{ type: 'task_mention', text: '', task_mention: { task_id: '86c1' } }, end()], '#86c1'],
    ['an emoji', [{ type: 'emoticon', text: '🎉', emoticon: { code: '1f389' } }, end()], '🎉'],
    ['what nobody knows yet, by its words', [{ type: 'new_thing', text: 'words' }, end()], 'words'],
    ['a line across', [{ text: 'a' }, end(), { type: 'divider', text: '---' }, { text: 'b' }, end()], 'a\n\n---\n\nb'],
    ['code with its language', [{ text: 'a: `1`' }, end({ 'code-block': { 'code-block': 'yaml' } }), { text: '' }, end({ 'code-block': 'yaml' })], '```yaml\na: `1`\n\n```'],
    ['code that is not code', [{ text: 'a' }, end({ 'code-block': false })], 'a'],
    ['headings and quotes', [{ text: 'a' }, end({ header: { header: 2 } }), { text: 'b' }, end({ blockquote: {} })], '## a\n> b'],
    ['words with marks', [{ text: 'a ', attributes: { bold: true, italic: true } }, { text: 'b', attributes: { strike: true } }, { text: 'c d', attributes: { link: { url: 'https://example.org/(x)' } } }, end()], '**_a_** ~~b~~[c d](<https://example.org/(x)>)'],
  ])('tells %s', (_, runs, markdown) => {
    expect(toMarkdown(runs as Run[])).toBe(markdown);
  }); // biome-ignore format: a table

  test('is a table where it holds one', () => {
    const cell = (text: string) => ({ content: [{ insert: text }, { insert: '\n', attributes: {} }] });
    const table = {
      rows: [{}, {}],
      columns: [{}, {}],
      cells: {
        '1:1': cell('Name'),
        '1:2': cell('a|b'),
        '2:2': { content: [{ insert: 'x', attributes: { bold: true } }] },
      },
    };
    const runs = [{ text: 'See' }, { type: 'table-embed', 'table-embed': table }, { text: 'below' }, end()];
    expect(toMarkdown(runs as Run[])).toBe('See\n\n| Name | a\\|b |\n| --- | --- |\n|  | **x** |\n\nbelow');
  });

  test.each([
    {},
    { rows: [{}] },
    { rows: [{}], columns: [{}], cells: {} },
    { cells: { '1:1': null, '99999999:1': {} } },
    { cells: 'x' },
  ])('goes on behind a table that is none: %j', (table) => {
    const runs = [{ type: 'table-embed', 'table-embed': table }, { text: 'below' }, end()] as Run[];
    expect(toMarkdown(runs)).toMatch(/^(?:\n?\| {2}\|\n\| --- \|\n\n)?below$/);
  });

  test('is left to its plain text where nothing is formatted', () => {
    expect(toMarkdown([{ text: 'a' }, { text: '\n', attributes: {} }, { type: 'text', text: 'b' }])).toBeUndefined();
  });
});
