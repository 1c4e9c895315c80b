/** What a merge must see to: ids that stay unique, and whether something is gone that nobody has taken away. Pure. */
import type { AdfNode } from './adf-node.ts';
import { toMarkdown } from './adf-to-markdown.ts';
import { visibleText } from './adf-to-markdown-inline.ts';

export function idsIn(nodes: readonly AdfNode[]): ReadonlySet<string> {
  return new Set([...all(nodes)].map(({ attrs }) => String(attrs?.['localId'] ?? '')));
}

/** The same nodes; those with an id that is taken have one of their own. */
export function withFreeIds(nodes: readonly AdfNode[], taken: ReadonlySet<string>): AdfNode[] {
  let last = 0;
  const free = (): string => {
    last += 1;
    return taken.has(`task-${last}`) ? free() : `task-${last}`;
  };
  const renamed = (node: AdfNode): AdfNode => {
    const attrs = node.attrs?.['localId'] === undefined ? {} : { attrs: { ...node.attrs, localId: free() } };
    return { ...node, ...attrs, ...(node.content ? { content: node.content.map(renamed) } : {}) };
  };
  return nodes.map(renamed);
}

/** What Markdown has words for. */
const PLAIN = new Set([
  ...[
    'paragraph',
    'heading',
    'bulletList',
    'orderedList',
    'listItem',
    'taskList',
    'taskItem',
    'codeBlock',
    'blockquote',
  ],
  ...['rule', 'table', 'tableRow', 'tableHeader', 'tableCell', 'expand', 'text', 'hardBreak'],
]);

/** What is there no more although people still see its words, or never saw it. Whoever has deleted the words meant to. */
export function lostIn(before: readonly AdfNode[], after: readonly AdfNode[], markdown: string): string[] {
  const left = new Map<string, number>();
  for (const node of all(after)) left.set(nameOf(node), (left.get(nameOf(node)) ?? 0) + 1);
  const lost: string[] = [];
  for (const node of all(before)) {
    if (PLAIN.has(node.type)) continue;
    const count = left.get(nameOf(node)) ?? 0;
    if (count > 0) left.set(nameOf(node), count - 1);
    else if (isStillMeant(node, markdown)) lost.push(words(node));
  }
  return [...new Set(lost)];
}

function nameOf({ type, attrs }: AdfNode): string {
  return JSON.stringify([type, attrs]);
}

function isStillMeant(node: AdfNode, markdown: string): boolean {
  const seen = [visibleText(node), toMarkdown([node])].map((text) => text.trim().split('\n')[0] ?? '');
  return seen.every((text) => text === '') || seen.some((text) => text !== '' && markdown.includes(text));
}

/** `mention “@Ada”`. */
function words(node: AdfNode): string {
  const text = visibleText(node).replace(/\s+/g, ' ').trim().slice(0, 40);
  return text === '' ? node.type : `${node.type} “${text}”`;
}

function* all(nodes: readonly AdfNode[]): Generator<AdfNode> {
  for (const node of nodes) {
    yield node;
    yield* all(node.content ?? []);
  }
}
