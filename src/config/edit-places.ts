/** Where keys, values and sections end in a YAML text, and how far they are indented. */
import { isCollection, isMap, isNode, isPair, isScalar, type Pair, visit, type YAMLMap } from 'yaml';
import { startOf } from '../../core/yaml/positions.ts';
import type { YamlFile } from '../../core/yaml/yaml-file.ts';

/** The value of `key:` with nothing behind it, or comments only. */
export function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.range?.[0] === node.range?.[1]);
}

/** Start and end of what is written for a node, without its anchor, tag and comments. */
export function spanOf(node: unknown): readonly [number, number] {
  const [start = 0, end = 0] = (isNode(node) && node.range) || [];
  return [start, end];
}

/** The end of the last thing that a node is made of. */
export function endOf(text: string, node: unknown): number {
  const last: unknown = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  if (isPair(last)) return endOfPair(text, last);
  if (last !== undefined) return endOf(text, last);
  const [start, end] = spanOf(node);
  if (!isScalar(node) || !node.type?.startsWith('BLOCK')) return end;
  // empty lines below a block belong to it only where it keeps them (`|+`)
  const block = text.slice(start, end);
  return /^[|>]\d?\+/.test(block) ? end : start + block.trimEnd().length;
}

export function endOfPair(text: string, pair: Pair): number {
  if (!isEmpty(pair.value)) return endOf(text, pair.value);
  return endOfColon(text, pair) ?? spanOf(pair.key)[1];
}

/** Behind the colon of a key, and behind an anchor or tag that follows it; `undefined` where no colon follows the key. */
export function endOfColon(text: string, { key }: Pair): number | undefined {
  const [, end] = spanOf(key);
  const colon = /^[ \t]*:(?:[ \t]+[&!][^\s,[\]{}]*)*/.exec(text.slice(end))?.[0];
  return colon === undefined ? undefined : end + colon.length;
}

/** The start of the next line; the end of a text that has none. An offset at the start of a line is there already. */
export function endOfLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Behind the comments below a line that are indented at least so far: they belong to the section above them. */
export function endOfComments(text: string, from: number, column: number): number {
  const comment = /(?:[ \t]*\r?\n)*( *)#[^\n]*(?:\n|$)/y;
  for (let end = from; ; end = comment.lastIndex) {
    comment.lastIndex = end;
    const indent = comment.exec(text)?.[1];
    if (indent === undefined || indent.length < column) return end;
  }
}

/** How far the keys of a mapping are indented. */
export function columnOf(text: string, map: YAMLMap): number {
  const start = startOf(map.items[0]?.key) ?? 0;
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}

/** How much deeper the file indents its sections; two spaces where it has none. */
export function indentStep({ text, document }: YamlFile): number {
  let step: number | undefined;
  visit(document, {
    Pair(_, { key, value }) {
      if (step !== undefined || !isMap(value) || value.flow || value.items.length === 0) return;
      const start = startOf(key) ?? 0;
      const deeper = columnOf(text, value) - (start - (text.lastIndexOf('\n', start - 1) + 1));
      if (deeper > 0) step = deeper;
    },
  });
  return step ?? 2;
}
