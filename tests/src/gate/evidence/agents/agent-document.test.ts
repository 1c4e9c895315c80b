import { expect, test } from 'vitest';
import { readAgentDocument } from '../../../../../src/gate/evidence/agents/agent-document.ts';
import { EvidenceFault } from '../../../../../src/gate/evidence/files/fault.ts';
import { findFiles } from '../../../../../src/gate/evidence/files/files.ts';
import { contextIn, workspace } from '../workspace.support.ts';

async function read(text: string, name = 'd.md') {
  const { files } = await findFiles({ path: name }, 'unit', contextIn(workspace({ [name]: text })));
  const [file] = files;
  if (!file) throw new Error('The file is there.');
  return readAgentDocument(file, (data) => 'wanted' in data);
}

async function fault(text: string, name?: string): Promise<string> {
  const error: unknown = await read(text, name).catch((caught: unknown) => caught);
  if (!(error instanceof EvidenceFault)) return 'none';
  const { line, column } = error.place;
  return `${[line, column].filter((part) => part !== undefined).join(':')} ${error.message.split(/[:(]/)[0]?.trim()}`;
}

test.each<[string, string, object, string]>([
  ['YAML alone', 'wanted: 1\nother: 2\n', { wanted: 1, other: 2 }, ''],
  ['YAML with marks around it', '%YAML 1.2\n---\nwanted: 1\n', { wanted: 1 }, ''],
  ['YAML under a comment', '# wanted\nwanted: 1\n', { wanted: 1 }, ''],
  ['YAML with a quoted key', '"wanted": 1\n', { wanted: 1 }, ''],
  ['YAML that quotes Markdown', 'wanted: |\n  # Title\n  ```yaml\n  wanted: 2\n  ```\n', { wanted: '# Title\n```yaml\nwanted: 2\n```\n' }, ''],
  ['Markdown', '# Title\n\nSome words: many of them\n', {}, '# Title\n\nSome words: many of them\n'],
  ['front matter', '---\nwanted: 1\n---\nText\n', { wanted: 1 }, 'Text\n'],
  ['front matter that ends with dots', '---\nwanted: 1\n...\nText', { wanted: 1 }, 'Text'],
  ['front matter with nothing after it', '---\nwanted: 1\n---\n', { wanted: 1 }, ''],
  ['front matter with nothing but space after it', '---\r\nwanted: 1\r\n---\r\n\r\n ', { wanted: 1 }, ''],
  ['a block', 'Text\n```yaml\nwanted: 1\n```\nMore', { wanted: 1 }, 'Text\nMore'],
  ['a block of another mark', 'Text\n~~~YML\nwanted: 1\n~~~\n', { wanted: 1 }, 'Text\n'],
  ['a block in a longer block of text', 'Text\n````text\n```yaml\nwanted: 1\n```\n````\n', {}, 'Text\n'],
  ['a block of another language', 'Text\n```js\n({ "unwanted": 1 })\n```\n', {}, 'Text\n'],
  ['a block that is not meant', 'Text\n```yaml\nother: 1\n```\n', {}, 'Text\n'],
  ['the block that is meant among others', 'Text\n```yaml\nother: 1\n```\n```yaml\nwanted: 2\n```\n', { wanted: 2 }, 'Text\n'],
  ['a block beside front matter', '---\nday: 3\n---\nText\n```yaml\nwanted: 1\n```\n', { day: 3, wanted: 1 }, 'Text\n'],
  ['a broken block beside the one that is meant', 'Text\n```yaml\nwanted: 1\n```\n```yaml\n[\n```\n', { wanted: 1 }, 'Text\n'],
  ['line ends of Windows', 'Text\r\n```yaml\r\nwanted: 1\r\n```\r\n', { wanted: 1 }, 'Text\n'],
  ['a heading over tasks', '# wanted: tasks\n- [ ] one\n', {}, '# wanted: tasks\n- [ ] one\n'],
])('%s', async (_, text, data, markdown) => {
  expect(await read(text)).toEqual({ data, markdown });
}); // biome-ignore format: a table

test.each<[string, string, string]>([
  ['two that are meant', 'T\n```yaml\nwanted: 1\n```\n```yaml\nwanted: 2\n```\n', '6 It holds more than one such document; keep only the one that counts.'],
  ['front matter and a block', '---\nwanted: 1\n---\nT\n```yaml\nwanted: 2\n```\n', '6 It holds more than one such document; keep only the one that counts.'],
  ['a broken block where no other is meant', 'T\n```yaml\na: [\n```\n', '3:5 This is not valid YAML'],
  ['a block without end', 'T\n\n```yaml\nwanted: 1\n', '3 This fenced block has no end.'],
  ['broken front matter', '---\nwanted: [\n---\nT\n', '2:10 This is not valid YAML'],
  ['a block that is a list', 'T\n```yaml\n- wanted\n```\n', '3:1 It is not a YAML mapping'],
  ['a key that stands twice, deep in it', 'wanted:\n  - a: 1\n    b: 2\n    a: 3\n', '4:5 This is not valid YAML'],
])('a fault is %s', async (_, text, expected) => {
  expect(await fault(text)).toMatch(expected);
}); // biome-ignore format: a table

test('a file that is not named as Markdown is YAML', async () => {
  expect((await read('wanted: 1\n', 'd.yaml')).data).toEqual({ wanted: 1 });
  expect(await fault('# Title\n\nText\n', 'd.yaml')).toBe('3:1 It is not a YAML mapping');
  expect((await read('# Title\n\nText\n', 'D.MD')).markdown).toBe('# Title\n\nText\n');
});

test('a part may stand a hundred times, its own place counted; more are taken for a bomb', async () => {
  const uses = (count: number) => `a: &a x\nwanted: [${Array.from({ length: count }, () => '*a').join(', ')}]\n`;
  expect((await read(uses(99))).data['wanted']).toHaveLength(99);
  expect(await fault(uses(100))).toBe('1 This YAML cannot be read');
});

const HEAD = 'wanted: 1\n';
test.each<[string, string, string, object, string]>([
  ['YAML with an empty document before it', 'd.yaml', `---\n---\n${HEAD}`, { wanted: 1 }, ''],
  ['YAML with comments alone before it', 'd.yaml', `# by GATE\n---\n${HEAD}`, { wanted: 1 }, ''],
  ['YAML with a closing mark', 'd.yaml', `---\n${HEAD}---\n`, { wanted: 1 }, ''],
  ['YAML with a closing mark and space', 'd.yaml', `${HEAD}--- \n\n`, { wanted: 1 }, ''],
  ['YAML with a closing mark and a comment', 'd.yaml', `---\n${HEAD}--- # end\n# of it\n`, { wanted: 1 }, ''],
  ['YAML that ends with dots', 'd.yml', `${HEAD}...\n`, { wanted: 1 }, ''],
  ['YAML after another document', 'd.yaml', `day: 3\nwanted2: 2\n---\n${HEAD}`, { day: 3, wanted2: 2, wanted: 1 }, ''],
  ['YAML before another document', 'd.yaml', `${HEAD}day: 2\n---\nday: 3\n`, { wanted: 1, day: 2 }, ''],
  ['YAML after front matter, named as Markdown', 'd.md', `---\nday: 3\n---\n${HEAD}`, { day: 3, wanted: 1 }, ''],
  ['YAML with a mark and a comment on it', 'd.md', `--- # GATE\n${HEAD}`, { wanted: 1 }, ''],
  ['YAML with a byte order mark', 'd.md', `\ufeff---\n${HEAD}---\n`, { wanted: 1 }, ''],
  ['YAML with line ends of Windows', 'd.md', '---\r\nwanted: |\r\n  a\r\n  b\r\n---\r\n', { wanted: 'a\nb\n' }, ''],
  ['YAML in a fence, named as YAML', 'd.yaml', `\`\`\`yaml\n${HEAD}\`\`\`\n`, { wanted: 1 }, ''],
  ['front matter and text, named as YAML', 'd.yaml', `---\n${HEAD}---\nSome text.\n`, { wanted: 1 }, 'Some text.\n'],
  ['front matter below empty lines', 'd.md', `\n\n---\n${HEAD}---\nText`, { wanted: 1 }, 'Text'],
  ['front matter over words with a colon', 'd.md', `---\n${HEAD}---\nSummary: all\nis well: [\n`, { wanted: 1 }, 'Summary: all\nis well: [\n'],
  ['front matter without a key', 'd.md', '---\n---\nText', {}, 'Text'],
  ['two lines that part the text', 'd.md', 'Text\n\n---\n\nwanted\n\n---\n', {}, 'Text\n\n---\n\nwanted\n\n---\n'],
  ['JSON', 'd.json', '{\n\t"wanted": 1,\n\t"list": [\n\t\t{ "a": null }\n\t]\n}\n', { wanted: 1, list: [{ a: null }] }, ''],
  ['JSON, named as Markdown', 'd.md', '{"wanted": 1}', { wanted: 1 }, ''],
  ['JSON in a fence', 'd.md', 'Text\n```json\n{ "wanted": 1 }\n```\n', { wanted: 1 }, 'Text\n'],
  ['a fence without a language', 'd.md', `Text\n\`\`\`\n${HEAD}\`\`\`\n`, { wanted: 1 }, 'Text\n'],
  ['a fence without a language under a word with a colon', 'd.md', `Here:\n\n~~~\n${HEAD}~~~\n`, { wanted: 1 }, 'Here:\n\n'],
  ['a fence without a language, after another one', 'd.md', `Text\n\`\`\`\n$ ls: x\n\`\`\`\n\`\`\`\n${HEAD}\`\`\`\n`, { wanted: 1 }, 'Text\n'],
  ['a fence without a language beside one with', 'd.md', 'T\n```\nwanted: 2\n```\n```yaml\nwanted: 1\n```\n', { wanted: 1 }, 'T\n'],
  ['a fence without a language beside front matter', 'd.md', `---\n${HEAD}---\nT\n\`\`\`\nwanted: 2\n\`\`\`\n`, { wanted: 1 }, 'T\n'],
  ['a fence with marks in it', 'd.md', `T\n\`\`\`yaml\n---\n${HEAD}---\n\`\`\``, { wanted: 1 }, 'T'],
  ['a fence with words after the language', 'd.md', `T\n\`\`\`yml title="a: b"\n${HEAD}\`\`\``, { wanted: 1 }, 'T'],
  ['a fence with a space before the language', 'd.md', `T\n\`\`\` yaml\n${HEAD}\`\`\`\``, { wanted: 1 }, 'T'],
  ['a fence in the words of Pandoc', 'd.md', `T\n~~~ {.yaml .numberLines}\n${HEAD}~~~`, { wanted: 1 }, 'T'],
  ['a fence in braces', 'd.md', `T\n\`\`\`{yaml}\n${HEAD}\`\`\``, { wanted: 1 }, 'T'],
  ['a fence in capitals', 'd.md', `T\n\`\`\`YAML\n${HEAD}\`\`\``, { wanted: 1 }, 'T'],
  ['a fence in a list', 'd.md', `- T\n\n    \`\`\`yaml\n    wanted: 1\n    b: 2\n    \`\`\`\n`, { wanted: 1, b: 2 }, '- T\n\n'],
  ['code in one line, which is not a fence', 'd.md', 'T ```\n```yaml wanted: 1```\nU\n', {}, 'T ```\n```yaml wanted: 1```\nU\n'],
  ['keys in other letters', 'd.yaml', 'Wanted: 1\nHold Reason: a\nx-y: b\n', { wanted: 1, hold_reason: 'a', x_y: 'b' }, ''],
  ['a longer mark at the end of a fence', 'd.md', `T\n\`\`\`yaml\n${HEAD}\`\`\`\`\`\nU`, { wanted: 1 }, 'T\nU'],
  ['a mark with words, which is not the end of a fence', 'd.md', 'T\n~~~js\na\n~~~ b\nc\n~~~\nU', {}, 'T\nU'],
  ['tildes with a code mark after them', 'd.md', `T\n~~~yaml \`a\`\n${HEAD}~~~\nU`, { wanted: 1 }, 'T\nU'],
  ['front matter with space after its marks', 'd.md', `---  \n${HEAD}...  \nText`, { wanted: 1 }, 'Text'],
  ['front matter with a mark in a text', 'd.md', '---\nwanted: a --- b\nb: ---c\n---\nText', { wanted: 'a --- b', b: '---c' }, 'Text'],
  ['a language that only begins like it', 'd.md', 'T\n```yamlish\nother: 1\n```\n', {}, 'T\n'],
  ['front matter over a heading and words', 'd.md', `---\n${HEAD}---\n# T\nSummary: a\n\nb\n`, { wanted: 1 }, '# T\nSummary: a\n\nb\n'],
  ['words with a colon over nothing', 'd.md', '# T\n', {}, '# T\n'],
  ['a file that only has it in its name', 'd.yaml.md', '# T\n\nText\n', {}, '# T\n\nText\n'],
  ['a file of another name', 'd.txt', `T\n\`\`\`yaml\n${HEAD}\`\`\``, { wanted: 1 }, 'T'],
])('%s', async (_, name, text, data, markdown) => {
  expect(await read(text, name)).toEqual({ data, markdown });
}); // biome-ignore format: a table

/** The whole message, with its place. */
async function words(text: string, name = 'd.md'): Promise<string> {
  const error: unknown = await read(text, name).catch((caught: unknown) => caught);
  if (!(error instanceof EvidenceFault)) return 'none';
  const { file, ...place } = error.place;
  return [name === file ? '' : 'another file: ', Object.values(place).join(':'), ' ', error.message].join('').trim();
}

const TWICE = 'It holds more than one such document; keep only the one that counts.';
const NOT_YAML = 'This is not valid YAML:';
test.each<[string, string, string, string]>([
  ['two documents that are meant', 'd.yaml', 'wanted: 1\n---\na: 1\n---\nwanted: 2\n', `5 ${TWICE}`],
  ['front matter and a document that are meant', 'd.md', '---\nwanted: 1\n---\nwanted: 2\n', `4 ${TWICE}`],
  ['two fences without a language', 'd.md', 'T\n```\nwanted: 1\n```\n```\nwanted: 2\n```\n', `6 ${TWICE}`],
  ['three fences, at the last', 'd.md', 'T\n```yaml\nwanted: 1\n```\n```yaml\nwanted: 2\n```\n```yaml\nwanted: 3\n```\n', `9 ${TWICE}`],
  ['a broken document after front matter', 'd.yaml', '---\nwanted: 1\n---\nblockers: [\n', `5:1 ${NOT_YAML} Flow sequence in block collection must be sufficiently indented and end with a ].`],
  ['a broken document after front matter, named as Markdown', 'd.md', '---\nwanted: 1\n---\nwanted: [\n', `5:1 ${NOT_YAML} Flow sequence in block collection must be sufficiently indented and end with a ].`],
  ['a broken document after one that is not meant', 'd.md', '---\nday: 3\n---\nwanted: [\n', `5:1 ${NOT_YAML} Flow sequence in block collection must be sufficiently indented and end with a ].`],
  ['words after the YAML', 'd.yaml', 'wanted: 1\n...\nand more\n', '3:1 It is not a YAML mapping (`key: value`).'],
  ['nothing', 'd.yaml', '# none\n---\n---\n', '1:1 It is not a YAML mapping (`key: value`).'],
  ['a tab', 'd.yaml', 'wanted:\n\t- a\n', `2:1 ${NOT_YAML} a tab is used for indentation, which takes spaces.`],
  ['a second colon', 'd.yaml', 'wanted: a: b\n', `1:9 ${NOT_YAML} a text with \`: \` in it needs quotation marks, and the keys of one mapping the same indentation.`],
  ['a code mark', 'd.yaml', 'wanted:\n  - `a` is\n', `2:5 ${NOT_YAML} a text that begins with \`\`\` needs quotation marks.`],
  ['an at sign', 'd.yaml', 'wanted: @ann\n', `1:9 ${NOT_YAML} a text that begins with \`@\` needs quotation marks.`],
  ['a box', 'd.yaml', 'wanted:\n  - [x] a\n  - [ ] b\n', `2:9 ${NOT_YAML} a text that begins with a box \`[ ]\` needs quotation marks.`],
  ['words after a quoted text', 'd.yaml', 'wanted: "a" b\n', `1:13 ${NOT_YAML} Unexpected scalar at node end.`],
  ['a line without a key', 'd.yaml', 'wanted: 1\nand so on\n', `2:1 ${NOT_YAML} this line should be \`key: value\`, or be indented under its key.`],
  ['an open text', 'd.yaml', 'wanted: "a\n', `2:1 ${NOT_YAML} Missing closing "quote.`],
  ['a key twice', 'd.yaml', 'wanted: 1\nb:\n  1: a\n  "1": b\n', `4:3 ${NOT_YAML} a key appears twice in one mapping.`],
  ['a key twice in other letters', 'd.yaml', '# a\nwanted: 1\nWanted: 2\n', '2:1 The key `wanted` stands twice in it, in different letters.'],
  ['no such anchor', 'd.yaml', 'wanted: *a\n', '1 This YAML cannot be read: Unresolved alias (the anchor must be set before the alias): a'],
  ['a fence of another language', 'd.md', 'T\n\n```text\nwanted: 1\n```\n', '3 The fence at line 3 needs the word `yaml`, in place of `text`, to be read.'],
  ['a fence of another language under a word with a colon', 'd.md', 'Here:\n\n```toml\n"wanted": 1\n```\n', '3 The fence at line 3 needs the word `yaml`, in place of `toml`, to be read.'],
  ['a broken fence without a language', 'd.md', 'T\n```\nwanted: 1\n\tb: 2\n```\n', `4:1 ${NOT_YAML} a tab is used for indentation, which takes spaces.`],
  ['a fence without a language and without end', 'd.md', 'T\n```\nwanted: 1\n', '2 This fenced block has no end.'],
  ['a broken JSON fence', 'd.md', 'T\n```json\n{\n "wanted": 1\n```\n', `4:13 ${NOT_YAML} Flow map must end with a }.`],
  ['a fence of a long language', 'd.md', `T\n\`\`\`${'x'.repeat(50)}\n  { "wanted" : 1 }\n\`\`\`\n`, `2 The fence at line 2 needs the word \`yaml\`, in place of \`${'x'.repeat(40)}\`, to be read.`],
  ['words and broken YAML in a file of another name', 'd.yml', 'T\n\nU\n', '1:1 It is not a YAML mapping (`key: value`).'],
  ['data among the text', 'd.md', '# T\n\nSome text.\n\nwanted: 1\n', 'Its data stands among the text. Put it in a fenced `yaml` block, or in front matter.'],
  ['broken YAML that quotes a fence', 'd.md', 'note: |\n  ```yaml\n  wanted: 1\n  ```\nb: [\n', `6:1 ${NOT_YAML} Flow sequence in block collection must be sufficiently indented and end with a ].`],
  ['broken YAML under a comment that quotes a fence', 'd.md', '# a\nnote: |\n  ```yaml\n  wanted: 1\n  ```\nb: [\n', `7:1 ${NOT_YAML} Flow sequence in block collection must be sufficiently indented and end with a ].`],
])('the fault of %s is told', async (_, name, text, expected) => {
  expect(await words(text, name)).toBe(expected);
}); // biome-ignore format: a table

test('too much nesting is told', async () => {
  expect(await words(`wanted: ${'['.repeat(20_000)}`)).toMatch(/^1:\d+ This is not valid YAML: it is nested too deeply\.$/);
}); // biome-ignore format: one line

test.each([
  ['a broken fence without a language', 'T\n```\nother: [\n```\n'],
  ['one without end', 'T\n```\nother: [\n'],
  ['a fence of another language', 'T\n```text\nother: 1\n```\n'],
  ['a fence of another language beside tasks', '- [ ] a\n```text\nwanted: 1\n```\n'],
  ['data among the text beside tasks', '- [ ] a\n\nwanted: 1\n'],
  ['a fence in a fence', 'T\n````md\n```\nwanted: 1\n```\n````\n'],
  ['a language that ends like it', 'T\n```noyaml\nother: [\n```\n'],
  ['a fence of another language with the key within a line', 'T\n```text\nthe wanted: 1\n```\n'],
  ['a key within a line', 'T wanted: 1\n'],
  ['an indented key', 'T\n  wanted: 1\n'],
])('%s is passed over where it is not what is meant', async (_, text) => {
  expect((await read(text)).data).toEqual({});
});
