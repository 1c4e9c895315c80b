/** Faults that are valid YAML and still cannot become plain data. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from 'yaml';
import { keyText, startOf } from './positions.ts';

/** More aliases than this, or more values after unfolding them, is an attack or a mistake. */
const MAX_ALIASES = 1000;
const MAX_UNFOLDED = 100_000;

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export type Targets = ReadonlyMap<unknown, Node | undefined>;
type TreeFault = { offset: number; message: string };

/** Keys and aliases that no configuration needs; with the offset of each. */
export function treeFaults(document: Document): TreeFault[] {
  const targets = aliasTargets(document);
  const faults: TreeFault[] = [];
  visit(document, {
    Map(_, map) {
      for (const pair of repeatedKeys(map)) {
        const message = 'This key appears here twice. Please remove one of them.';
        faults.push({ offset: startOf(pair.key) ?? 0, message });
      }
    },
    Pair(_, pair) {
      const message = keyFault(targets, pair);
      if (message !== undefined) faults.push({ offset: startOf(pair.key) ?? startOf(pair.value) ?? 0, message });
    },
    Alias(_, alias) {
      const message = aliasFault(targets, alias);
      if (message !== undefined) faults.push({ offset: startOf(alias) ?? 0, message });
    },
  });
  if (faults.length > 0 || targets.size === 0) return faults;
  const small = targets.size <= MAX_ALIASES && sizeOf(targets, document.contents, new Map()) <= MAX_UNFOLDED;
  return small
    ? []
    : [{ offset: 0, message: 'The aliases (`*name`) here stand for too many values. Please write them out.' }];
}

/** What each alias stands for: the last anchor of its name above it. */
export function aliasTargets(document: Document): Targets {
  const anchors = new Map<string, Node>();
  const targets = new Map<unknown, Node | undefined>();
  visit(document, (_, node) => {
    if (isAlias(node)) targets.set(node, anchors.get(node.source));
    else if (isNode(node) && node.anchor) anchors.set(node.anchor, node);
  });
  return targets;
}

// the parser's own check compares each key with every other
function repeatedKeys(map: YAMLMap): Pair[] {
  const seen = new Set<string | undefined>();
  return map.items.filter((pair) => {
    const key = keyText(pair);
    const repeated = seen.has(key) && key !== undefined && key !== '<<';
    seen.add(key);
    return repeated;
  });
}

function keyFault(targets: Targets, pair: Pair): string | undefined {
  const key = keyText(pair);
  if (key === undefined) return 'A key must be plain text, not a list or mapping.';
  if (FORBIDDEN_KEYS.has(key)) return `\`${key}\` cannot be a key.`;
  if (key !== '<<') return undefined;
  const merged = targets.get(pair.value) ?? pair.value;
  const sources = isSeq(merged) ? merged.items : [merged];
  const allMaps = sources.every((item) => isMap(targets.get(item) ?? item));
  return allMaps ? undefined : '`<<` takes a mapping, an alias of one, or a list of aliases.';
}

function aliasFault(targets: Targets, alias: Alias): string | undefined {
  const target = targets.get(alias);
  if (!target) return 'There is no anchor (`&name`) of this name above. A text that begins with `*` needs quotes.';
  const [start, , end] = target.range ?? [0, 0, 0];
  const at = startOf(alias) ?? -1;
  return start <= at && at < end ? 'This alias contains itself.' : undefined;
}

/** Values after unfolding every alias, counted once per anchor so that a bomb costs nothing. */
function sizeOf(targets: Targets, node: unknown, known: Map<unknown, number>): number {
  const target = targets.get(node) ?? node;
  const before = known.get(target);
  if (before !== undefined) return before;
  const children = isMap(target) ? target.items.map(({ value }) => value) : isSeq(target) ? target.items : [];
  const size = children.reduce<number>((sum, item) => sum + sizeOf(targets, item, known), 1);
  known.set(target, size);
  return size;
}
