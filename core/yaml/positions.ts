/** Where a piece of data stands in the YAML text. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair } from 'yaml';

/** Keys and list indices from the root. */
export type DataPath = readonly PropertyKey[];

/** Start and end of the key or the value at the path; of the nearest parent's where the path leads nowhere. */
export function rangeAt(document: Document, path: DataPath, part: 'key' | 'value'): readonly [number, number] {
  let node: unknown = document.contents;
  let range = rangeOf(node) ?? [0, 0];
  for (const [depth, step] of path.entries()) {
    const next = child(resolved(document, node), step);
    if (next === undefined) return range;
    const wanted = depth === path.length - 1 && part === 'key' ? rangeOf(next.key) : undefined;
    range = wanted ?? rangeOf(next.value) ?? rangeOf(next.key) ?? range;
    node = next.value;
  }
  return range;
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function child(node: unknown, step: PropertyKey): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const item: unknown = node.items[Number(step)];
    return item === undefined ? undefined : { key: undefined, value: item };
  }
  if (!isMap(node)) return undefined;
  // the last one wins, as in the data
  return node.items.findLast((pair: Pair) => keyText(pair) === String(step));
}

/** The key of a pair as text; `undefined` when it is a list or mapping. */
export function keyText(pair: Pair): string | undefined {
  // the parser turns the key `<<` into a symbol
  if (isScalar(pair.key))
    return typeof pair.key.value === 'symbol' ? pair.key.value.description : String(pair.key.value);
  return typeof pair.key === 'string' ? pair.key : undefined;
}

/** Offset of the first character of a node, if it has a place in the text and is not empty. */
export function startOf(node: unknown): number | undefined {
  return rangeOf(node)?.[0];
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  return start === end ? undefined : [start, end];
}
