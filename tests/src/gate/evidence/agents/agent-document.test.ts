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
  ['a block of another language', 'Text\n```json\n{"wanted": 1}\n```\n', {}, 'Text\n'],
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
  expect(await fault('# Title\n\nText\n', 'd.yaml')).toBe('1:1 It is not a YAML mapping');
  expect((await read('# Title\n\nText\n', 'D.MD')).markdown).toBe('# Title\n\nText\n');
});

test('a part may stand a hundred times, its own place counted; more are taken for a bomb', async () => {
  const uses = (count: number) => `a: &a x\nwanted: [${Array.from({ length: count }, () => '*a').join(', ')}]\n`;
  expect((await read(uses(99))).data['wanted']).toHaveLength(99);
  expect(await fault(uses(100))).toBe('1 This YAML cannot be read');
});
