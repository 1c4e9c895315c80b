/**
 * A text as it stands, changed to what its Markdown says now. Blocks whose Markdown is as it was stay the nodes that they were, whatever
 * Markdown lacks words for; in what has changed, the parts that have not stay too. Pure.
 */

import { idsIn, lostIn, withFreeIds } from './adf-merge-check.ts';
import { mergedInline } from './adf-merge-inline.ts';
import { mergedTable } from './adf-merge-table.ts';
import type { AdfNode } from './adf-node.ts';
import { isInline, toMarkdown } from './adf-to-markdown.ts';
import { type Place, toAdf } from './markdown-to-adf.ts';
import { canonical, mergedList, type OldNode } from './merged-list.ts';

export interface MergedText {
  readonly content: readonly AdfNode[];
  /** What could not be kept although its words are still there, in words. */
  readonly lost: readonly string[];
}

export function mergedText(before: readonly AdfNode[], markdown: string): MergedText {
  const after = withFreeIds(toAdf(markdown), idsIn(before));
  const content = blocks(before, after, 'top');
  return { content, lost: lostIn(before, content, markdown) };
}

function blocks(before: readonly AdfNode[], after: readonly AdfNode[], place: Place): AdfNode[] {
  const slots = mergedList({
    before: leaves(before).map((node) => ({ node, units: unitsOf(node, place) })),
    after,
    fits: (old, now) => fits(old, now, place),
    merge: (old, now) => merged(old, now, place),
  });
  return [...(slots.shift() ?? []), ...filled(before, slots)];
}

/** Frames around blocks, which show nothing themselves: what stands in columns reads like what stands below each other. */
function isFrame({ type, content = [] }: AdfNode): boolean {
  return !KNOWN.has(type) && content.length > 0 && !isInline(content);
}

const KNOWN = new Set([
  ...['paragraph', 'heading', 'bulletList', 'orderedList', 'taskList', 'decisionList', 'codeBlock', 'blockquote'],
  ...['panel', 'rule', 'table', 'expand', 'nestedExpand', 'mediaSingle', 'mediaGroup', 'wikiPiece'],
]);

function leaves(nodes: readonly AdfNode[]): AdfNode[] {
  return nodes.flatMap((node) => (isFrame(node) ? leaves(node.content ?? []) : [node]));
}

/** The frames again, with what is in the place of each leaf now. */
function filled(nodes: readonly AdfNode[], slots: AdfNode[][]): AdfNode[] {
  return nodes.flatMap((node) => {
    if (!isFrame(node)) return slots.shift() ?? [];
    const content = filled(node.content ?? [], slots);
    if (node.type === 'layoutColumn') return [{ ...node, content }];
    if (node.type !== 'layoutSection') return content.length > 0 ? [{ ...node, content }] : [];
    // a column may not be empty; a section of nothing but such is none
    if (content.every((column) => column.content?.length === 0)) return [];
    return [
      {
        ...node,
        content: content.map((column) => (column.content?.length === 0 ? { ...column, content: [EMPTY] } : column)),
      },
    ];
  });
}

const EMPTY: AdfNode = { type: 'paragraph', content: [] };

function unitsOf(node: AdfNode, place: Place): string[] {
  return toAdf(toMarkdown([node]), place).map(canonical);
}

/** What a node can become, by the types of both. */
const BECOMES: Readonly<Record<string, readonly string[]>> = {
  paragraph: ['paragraph'],
  heading: ['heading', 'paragraph'],
  codeBlock: ['codeBlock'],
  blockquote: ['blockquote'],
  panel: ['blockquote'],
  expand: ['expand'],
  bulletList: ['bulletList', 'orderedList'],
  orderedList: ['bulletList', 'orderedList'],
  decisionList: ['bulletList'],
  taskList: ['taskList'],
  table: ['table'],
  listItem: ['listItem'],
  decisionItem: ['listItem'],
  taskItem: ['taskItem'],
};

function fits(old: AdfNode, now: AdfNode, place: Place): boolean {
  if (!(BECOMES[old.type] ?? []).includes(now.type)) return false;
  // where headings cannot stand they are read as a bold line
  if (old.type === 'heading' && now.type === 'paragraph')
    return isStrong(now) && (place === 'quote' || place === 'item');
  return old.type !== 'decisionItem' || (now.content?.length === 1 && now.content[0]?.type === 'paragraph');
}

function isStrong({ content = [] }: AdfNode): boolean {
  return content.length > 0 && content.every(({ marks = [] }) => marks.some(({ type }) => type === 'strong'));
}

function withoutStrong(content: readonly AdfNode[]): AdfNode[] {
  return content.map((node) => {
    const marks = node.marks?.filter(({ type }) => type !== 'strong') ?? [];
    const { marks: _, ...rest } = node;
    return marks.length > 0 ? { ...rest, marks } : rest;
  });
}

function merged(old: AdfNode, now: AdfNode, place: Place): AdfNode {
  const [before, after] = [old.content ?? [], now.content ?? []];
  switch (old.type) {
    case 'paragraph':
      return { ...old, content: mergedInline(before, after) };
    case 'heading':
      if (now.type === 'paragraph') return { ...old, content: mergedInline(before, withoutStrong(after)) };
      return { ...old, attrs: { ...old.attrs, ...now.attrs }, content: mergedInline(before, after) };
    case 'codeBlock':
      return code(old, now);
    case 'blockquote':
    case 'panel':
      return { ...old, content: blocks(before, after, 'quote') };
    case 'expand':
      return { ...old, attrs: { ...old.attrs, ...now.attrs }, content: blocks(before, after, 'nested') };
    case 'table':
      return mergedTable(old, now);
    case 'listItem':
      return { ...old, content: blocks(before, after, 'item') };
    case 'decisionItem':
      return { ...old, content: mergedInline(before, after[0]?.content ?? []) };
    case 'taskItem':
      return { ...old, attrs: { ...old.attrs, state: now.attrs?.['state'] }, content: mergedInline(before, after) };
    default:
      return items(old, now, place);
  }
}

function code({ attrs = {}, content: _, ...old }: AdfNode, { attrs: now, content }: AdfNode): AdfNode {
  const { language: __, ...others } = attrs;
  const all = { ...others, ...now };
  return { ...old, ...(Object.keys(all).length > 0 ? { attrs: all } : {}), ...(content ? { content } : {}) };
}

/** A list of either kind can become one of the other, but for decisions. */
function items(old: AdfNode, now: AdfNode, place: Place): AdfNode {
  const before = (old.content ?? []).map((node): OldNode => ({ node, units: itemUnits(old, node, place) }));
  const content = mergedList({
    before,
    after: now.content ?? [],
    fits: (item, next) => fits(item, next, place),
    merge: (item, next) => merged(item, next, place),
  }).flat();
  if (old.type === 'decisionList' || old.type === now.type) {
    const attrs = { ...old.attrs, ...(now.attrs?.['order'] === undefined ? {} : { order: now.attrs['order'] }) };
    return { ...old, ...(Object.keys(attrs).length > 0 ? { attrs } : {}), content };
  }
  return { ...now, content };
}

function itemUnits(list: AdfNode, item: AdfNode, place: Place): string[] {
  if (item.type === 'taskList') return unitsOf(item, place);
  const alone = toAdf(toMarkdown([{ ...list, content: [item] }]), place);
  return alone.flatMap(({ content = [] }) => content).map(canonical);
}
