/** Markdown of every kind, as it comes from elsewhere: a corpus of known troubles, and whole texts made of pieces. For property tests. */
import fc from 'fast-check';

/** Each is a text of its own: what other tools have stumbled over, and what looks like something of ours. */
export const CORPUS: readonly string[] = [
  // ends of lines, blanks, empty lines
  'one\r\ntwo\r\n\r\nthree\r\n', 'one\rtwo', 'a break  \nof two blanks', 'a break\\\nof a backslash', 'trailing blank \nand tab\t\nend   ', '\n\n  leading\n\n', 'a\n\n\n\nb', 'tab\tinside\n\n\tindented by a tab', ' one blank\n  two blanks\n   three blanks', 'a\n \nb\n\t\nc', '',  ' ', '\n', 'line\u2028separator\u2029here', 'a&nbsp;b\u00A0c',
  // headings
  '# One\n## Two ##\n###### Six\n####### seven\n#no heading', 'Title\n=====\n\nSecond\n---', '#', '# `code` and **bold**', 'a\n# b\nc',
  // lists
  '- a\n- b\n- c', '* a\n* b', '+ a\n+ b', '- a\n\n- b\n\n- c', '- a\n  - b\n    - c\n      - d', '- a\n    - four blanks\n- c', '1. one\n2. two\n3. three', '1. one\n1. two\n1. three', '3) three\n4) four', '7. seven\n8. eight', '0. zero\n1. one', '- a\n\n  paragraph of a\n\n  ```js\n  code\n\n  more\n  ```\n- b', '- a\n- \n- c', '-', '- - a', '1. a\n   - b\n   - c\n2. d', '- a\n* b\n+ c', '- a\n1. b', 'text\n- list\n- directly below\ntext again', '- a\nlazy line\n- b', '10. ten\n    inside ten', '- > quote in item\n- # heading in item', '-   wide\n-   wide', '- [ ] open\n- [x] done\n- [X] Done', '- [ ] a\n  - [x] b\n  - [ ] c\n- d without', '1. [ ] numbered task\n2. [x] done', '- [ ]\n- [x]', '* [ ] star\n+ [x] plus', '- [x](not a task)', '- a  \n  break in item\n- b\\\n  c',
  // code
  '```\nplain\n```', '```ts title="x"\nconst a: List<String> = [];\n```', '~~~yaml\na: 1\n\nb: *x*\n~~~', '````\n```\nnested fence\n```\n````', '    indented\n\n    code with a gap\n\ntext', '```\n\n  blank first and last\n\n```', '```\n# no heading\n- no list\n[x](y) <b>\nhttps://example.org a@example.org\n```', '```\nunclosed\n# still code', '```\n```', '`a`` b`', '`` a`b ``', '` `', '`a  b`', '`\\`', '`<b>` `&amp;` `*x*`', '`a\nb`', '```\ntrailing blanks   \n\ttab\n```', '```diff\n- a\n+ b\n```', '<pre>\na\n\n b\n</pre>', '{code}\nx\n{code}\n{noformat}y{noformat}',
  // quotes
  '> one\n> two', '> one\nlazy', '> a\n>\n> b', '>> nested\n> out', '> - list\n> - in quote', '> ```\n> code\n> ```', '> # heading', '> [!NOTE]\n> An alert.', '>no blank', '> | a | b |\n> | - | - |\n> | 1 | 2 |', '> - [ ] task in quote', '> ---\n> a',
  // tables
  '| a | b |\n| --- | --- |\n| 1 | 2 |', 'a | b\n- | -\n1 | 2', '| l | c | r |\n|:--|:-:|--:|\n| 1 | 2 | 3 |', '| a |\n|---|\n| `x|y` \\| z |', '| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |', '| a |\n| - |', '| **b** | [l](https://example.org/a_(b)) |\n|---|---|\n| a<br>b | ![i](https://example.org/i.png) |', '|a|b|\n|-|-|\n||x|', '- a\n\n  | t | u |\n  | - | - |\n  | 1 | 2 |',
  // links and images
  '[a](https://example.org)', '[a](https://example.org "a title")', "[a](https://example.org 'it''s')", '[a](<https://example.org/a b>)', '[a](https://example.org/x_(y)_z)', '[a [b] c](https://example.org)', '[a](https://example.org/?q=[x]&y={z})', '[a\\]b](https://example.org/\\)x)', '[ref][one] and [one]\n\n[one]: https://example.org/ref "Title"', '[]()', '[a]()', '[](https://example.org)', '[not a link] (https://example.org)', '[a](relative/path.md#x)', '[a](#anchor)', '[a](mailto:a@example.org)', '[a](javascript:alert(1))', '![alt](https://example.org/i.png)', '![](https://example.org/i.png)', '![a *b*](https://example.org/i.png "t")', '[![build](https://example.org/b.svg)](https://example.org/ci)', '![shot](/uploads/0123456789abcdef/shot.png)', '<img src="https://example.org/i.png" width="100" alt="x">', '<https://example.org/a>', '<a@example.org>', 'https://example.org/a_b_c?x=1&y=2#z.', '(https://example.org/a)', 'see www.example.org, and example.org, and a.b.example.co.uk/path', 'write to first.last+tag@example.org now', 'https://example.org/über/路径', '**https://example.org/bold**', 'HTTPS://EXAMPLE.ORG/A', 'ftp://example.org', 'https://example.org/*a*', '[https://example.org/a](https://example.org/a)', '[https://example.org/a](https://example.org/b)', '[a](https://example.org/a|b)', '[a|b](https://example.org)', 'foo.rs and readme.md and node.js', '^[1] footnote[^1]\n\n[^1]: The note.',
  // emphasis
  '**b** __b__ *i* _i_ ***bi*** ~~s~~ **_bi_** *a **b** c*', 'snake_case_name and __init__ and 2*3*4', '**a**b *a*b a*b*c', '** no ** * no * _ no _', '*a\nb*', '**a\n\nb**', '~one~ ~~two~~ ~~~three~~~', '*a*_b_**c**', '\\*no\\* \\_no\\_ \\`no\\` \\[no\\](x) \\# \\- \\> \\!', '**bold `code` _em_**', '_a*b_c*', '****', '**', '* *', '"*quoted*"', '中文**粗体**中文', '**「括号」**です', 'a ** b', '*(a)*', '**a:**b', '==mark== ^sup^ ++ins++ H~2~O', '-struck- +inserted+ ^up^ ~down~ {{mono}} ??cite??',
  // HTML
  '<!-- a comment -->', 'text <!-- inline --> text', '<!-- several\n\nlines -->\nafter', '<!--> odd --> x', '<details>\n<summary>More</summary>\n\nHidden **text**\n\n- a\n\n</details>', '<details><summary>One</summary>two</details>', '<b>bold</b> <i>i</i> <u>u</u> <kbd>Ctrl</kbd> <sub>2</sub>', 'a<br>b<br/>c<br />d', 'List<String> and Map<K, V> and <T>', 'a < b > c && d <= e', '<div align="center">\n\n# In a div\n\n</div>', '<script>alert(1)</script>', '<p>para</p>', '</closing>', '<a href="https://example.org">x</a>', '<', '<>', '<3 and >_<', '<table><tr><td>a</td></tr></table>', '<hr>', '<?php echo 1 ?>', '<![CDATA[x]]>', '<!DOCTYPE html>', '<custom-element attr=1>', 'x <span style="color:red">red</span>',
  // entities and odd signs
  '&amp; &lt;b&gt; &quot; &copy; &#35; &#x1F6A6; &unknown; &', '&amp;amp; &amp;lt;', 'a\\\\b C:\\dir\\file \\\\server\\share', '100% $HOME $ {x} {{x}} {x} %20', 'a|b||c', '---', '***', '___', 'a\n---\nb', 'a\n\n---\n\nb', '- - -', '===', '--', 'a -- b --- c ... d', '(c) (r) (tm) +-', ':smile: :+1: :) ;-) (/) (x) (!) (y)', '!', '!x!', '[x]', '[ ]', '[^x] [~user] [#x]', 'h1. No heading', 'bq. No quote', '# \\# #', '1\\. no list', '1986\\. A great year', '1986. A great year', '+1 for this', '- ', '\\', 'a\\', 'ends with two blanks  ', '~user ^top', 'x = y\n= z', '||head||\n|cell|',
  // people, numbers, commands
  '@octocat and @team/name and a@b', '#12 GH-12 octo/repo#12 !34 %5 $6 PROJ-12', '/close\n/label ~bug', 'Fixes #1, closes octo/repo#2', '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  // letters of the world
  '🚦 👩‍👩‍👧 🇩🇪 ❤️ ☎︎', 'שלום **עולם** מה', 'مرحبا بالعالم', '\u202Eright to left\u202C \u200Fmark', '漢字かな交じり文。全角　空白', 'e\u0301 \u00E9 \uFB01 \u212B', 'zero\u200Bwidth\u200Cjoin\u200Dno\u2060break\uFEFF', 'soft\u00ADhyphen', '\uFEFFbom', '\u0000nul \u0007bell \u001B[31mred', 'half \uD83D sign', '𝓈𝒸𝓇𝒾𝓅𝓉', 'ﷺ', 'Z̸̢a̷l̶g̴o̵',
  // what is ours, or looks like it
  'Text.\n\n_In step with [github octo-org/octo-repo#12](https://github.com/octo-org/octo-repo/issues/12). What stands below this line stays here._\n\nOwn text.', '_In step with [jira PROJ#PROJ-12](https://jira.example.org/browse/PROJ-12). What stands below this line stays here._', 'Said.\n\n_Ann on [github octo-org/octo-repo#12](https://github.com/octo-org/octo-repo/issues/12#issuecomment-4567), comment 4567._', '<!-- pace:metadata e30= -->', 'before\n\n<!-- pace:metadata eyJhIjoxfQ== -->\n\nbehind', '<!-- pace:metadata broken -->\ntext', '```pace\ne30=\n```', '<!-- pace:claim agent -->', '[//]: # (hidden)',
  // front matter, math, diagrams
  '---\ntitle: x\ntags: [a]\n---\n\nBody', '$a_b$ and $$\nx^2\n$$', '```mermaid\nflowchart TD\n  A --> B\n```',
  // all together
  '## Steps\n1. Run `npm test`\n   ```sh\n   npm test -- --run\n   ```\n2. See:\n   > it **fails**\n\n| A | B |\n|---|---|\n| x | y |\n\n- [ ] fix\n  - [x] found\n\n***\n\nThanks!',
  `${'word '.repeat(800)}end`, `${'x'.repeat(3000)}`, `- ${'nested\n  '.repeat(1)}- a`, Array.from({ length: 60 }, (_, at) => `${'  '.repeat(at % 6)}- item ${at}`).join('\n'), `${'> '.repeat(8)}deep`, `https://example.org/${'a/'.repeat(200)}`,
]; // biome-ignore format: a list

const word = fc.stringMatching(/^[a-zA-Z0-9äß]{1,8}$/u);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
const odd = fc.constantFrom(
  '*', '**', '_', '__', '~~', '`', '\\', '[', ']', '(', ')', '<', '>', '!', '|', '#', '-', '+', '1.', '{', '}', '&amp;', '&', '\u00A0', '\u200B', '🚦', 'a_b', 'x*y', '  ', '\t', '--', ':', '"', "'", '^', '@ann', '#12', '<b>', '</b>', '<br>', '<!-- c -->', 'List<String>', 'node.js', 'a@example.org', 'https://example.org/a_b', 'www.example.org', '{code}', 'h1.', '(/)', '=', '[ ]', '[x]', '\\*', '\\[', '&#35;', '漢字', 'שלום',
); // biome-ignore format: a list
const href = fc.constantFrom(
  'https://example.org', 'https://example.org/a_(b)', '<https://example.org/a b>', 'mailto:a@example.org', '#x', 'a/b.md', 'https://example.org/?a=[b]&c=*d*', 'https://example.org "title"',
); // biome-ignore format: a list

const span: fc.Arbitrary<string> = fc.letrec<{ span: string; line: string }>((tie) => ({
  span: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    words,
    words,
    odd,
    fc.constantFrom('`a`', '`` a`b ``', '`*x*`', '` a `', '`a  b`', '`<b>`', '`|`', '`\\`'),
    fc.tuple(fc.constantFrom('*', '_', '**', '__', '~~', '***'), tie('line')).map(([sign, text]) => sign + text + sign),
    fc.tuple(tie('line'), href).map(([text, address]) => `[${text}](${address})`),
    fc.tuple(words, href).map(([text, address]) => `![${text}](${address})`),
    fc.constantFrom('<https://example.org/c>', 'https://example.org/d.', '<u>u</u>', '[ref]'),
  ),
  line: fc.tuple(fc.array(tie('span'), { minLength: 1, maxLength: 3 }), fc.constantFrom(' ', ' ', '')).map(([all, gap]) => all.join(gap)),
})).span; // biome-ignore format: one tree
const line = fc.array(span, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
const lineEnd = fc.constantFrom('\n', '\n', '  \n', '\\\n', ' \n', '\r\n', '<br>', '   \n  ');
const paragraph = fc
  .array(fc.tuple(line, lineEnd), { minLength: 1, maxLength: 3 })
  .map((lines) => lines.map(([text, end]) => text + end).join(''));

const codeText = fc
  .array(
    fc.constantFrom('a', '# x', '- y', '', '  b', '\tc', '*d*', '<e>', '```', '~~~', '{code}', 'https://example.org', '> q', '| t |', 'f  ', '&amp;'),
    { maxLength: 5 },
  )
  .map((all) => all.join('\n')); // biome-ignore format: a list
const code = fc.oneof(
  fc
    .tuple(codeText, fc.constantFrom('', 'ts', 'c++', 'sh title="x"'), fc.constantFrom('```', '~~~', '````'))
    .map(([text, language, fence]) => `${fence}${language}\n${text}\n${fence}`),
  codeText.map((text) => text.replace(/^/gm, '    ')),
);

const heading = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([level, text]) => `${'#'.repeat(level)} ${text}`),
  fc.tuple(words, fc.constantFrom('===', '---')).map(([text, under]) => `${text}\n${under}`),
);

const table = fc
  .tuple(fc.array(fc.tuple(line, line), { minLength: 1, maxLength: 3 }), fc.constantFrom('| --- | --- |', '|:-:|--:|'))
  .map(([rows, rule]) => {
    const [head, ...body] = rows.map((cells) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`);
    return [head, rule, ...body].join('\n');
  });

function indented(text: string, width: number): string {
  return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(width)}`);
}

const blocks = fc.letrec<{ block: string; list: string; quote: string }>((tie) => ({
  list: fc
    .record({
      sign: fc.constantFrom('-', '*', '+', '1.', '2)', '10.', '- [ ]', '- [x]', '* [ ]'),
      gap: fc.constantFrom('\n', '\n', '\n\n'),
      items: fc.array(fc.tuple(line, fc.option(tie('block'))), { minLength: 1, maxLength: 3 }),
    })
    .map(({ sign, gap, items }) =>
      items
        .map(([text, below]) => {
          const width = sign.replace(/ \[.\]$/, '').length + 1;
          return `${sign} ${indented(below === null ? text : `${text}${gap}${below}`, width)}`;
        })
        .join(gap),
    ),
  quote: fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((all) => all.join('\n\n').replace(/^/gm, '> ')),
  block: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    paragraph,
    paragraph,
    heading,
    code,
    table,
    fc.constantFrom('---', '* * *', '<!-- hidden -->', '[ref]: https://example.org', '<div>\n\nx\n\n</div>'),
    fc.constantFrom(...CORPUS.filter((text) => text.length < 300)),
    tie('list'),
    tie('list'),
    tie('quote'),
  ),
}));

/** A whole text of such pieces; several ends of lines in one. */
export const anyMarkdown = fc
  .tuple(fc.array(fc.tuple(blocks.block, fc.constantFrom('\n\n', '\n\n', '\n', '\n\n\n', '\r\n\r\n', '\n \n')), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([all, crlf]) => {
    const text = all.map(([one, gap]) => one + gap).join('');
    return crlf ? text.replace(/\r?\n/g, '\r\n') : text;
  }); // biome-ignore format: one call
