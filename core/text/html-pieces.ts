/** Which parts of an HTML tree stand by themselves: blocks, items, rows. Trees in, trees out. */
import { isEmphasis } from './html-inline.ts';
import { type Element, element, isBlock, type Node } from './html-tree.ts';

/** What stands between blocks: text, and what goes along with it. */
export interface InlineRun {
  readonly nodes: Node[];
}

/** Elements that stand by themselves, and what is between them. */
export function pieces(nodes: readonly Node[]): (Element | InlineRun)[] {
  const found: (Element | InlineRun)[] = [];
  /** Of items that are in no list. */
  let list: Element | undefined;
  for (const node of nodes.flatMap(unwrapped)) {
    if (list && isBlank(node)) continue;
    const last = found.at(-1);
    if (typeof node === 'object' && node.tag === 'li') {
      list ??= element('ul');
      list.children.push(node);
      if (last !== list) found.push(list);
      continue;
    }
    list = undefined;
    if (typeof node === 'object' && isBlock(node)) found.push(node);
    else if (last && 'nodes' in last) last.nodes.push(node);
    else found.push({ nodes: [node] });
  }
  return found;
}

/** Nothing that stands by itself is left in what goes along with text: emphasis and links go inside, as a browser shows them. */
function unwrapped(node: Node): Node[] {
  if (typeof node === 'string' || isBlock(node) || !node.hasBlocks) return [node];
  if (node.tag === 'code') return [element('pre', [node])];
  return isEmphasis(node) || node.tag === 'a' ? wrapped(node.children, node) : node.children.flatMap(unwrapped);
}

function wrapped(nodes: readonly Node[], by: Element): Node[] {
  const all: Node[] = [];
  let run: Node[] | undefined;
  for (const node of nodes.flatMap(unwrapped)) {
    if (typeof node === 'object' && isBlock(node)) {
      all.push(node.tag === 'pre' ? node : { ...node, children: wrapped(node.children, by) });
      run = undefined;
    } else if (run) {
      run.push(node);
    } else if (isBlank(node)) {
      all.push(node);
    } else {
      run = [node];
      all.push({ ...by, children: run, hasBlocks: false });
    }
  }
  return all;
}

export function isBlank(node: Node): boolean {
  return typeof node === 'string' && node.trim() === '';
}

/** Some editors put a list beside the item that it belongs to. */
export function itemsOf(children: readonly Node[]): Node[][] {
  const items: Node[][] = [];
  let isItem = false;
  for (const node of children.flatMap(unwrapped)) {
    const tag = typeof node === 'object' ? node.tag : '';
    if (isBlank(node) || tag === 'br') continue;
    const last = items.at(-1);
    if (last && (tag === 'ul' || tag === 'ol' || (tag !== 'li' && !isItem))) {
      last.push(node);
      continue;
    }
    isItem = tag === 'li';
    items.push(typeof node === 'object' && isItem ? [...node.children] : [node]);
  }
  return items;
}

export function rowsOf(nodes: readonly Node[]): { readonly rows: Node[][]; readonly others: Node[] } {
  const rows: Node[][] = [];
  const others: Node[] = [];
  for (const node of nodes.flatMap(unwrapped)) {
    if (typeof node === 'object' && node.tag === 'tr') rows.push(node.children.filter((child) => !isBlank(child)));
    else if (typeof node === 'object' && /^t(?:head|body|foot)$/.test(node.tag)) {
      const inside = rowsOf(node.children);
      for (const row of inside.rows) rows.push(row);
      for (const other of inside.others) others.push(other);
    } else others.push(node);
  }
  return { rows, others };
}
