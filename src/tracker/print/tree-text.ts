/** A tree of issues, and how people see it. Pure. */
import { plainLine } from '../../../core/text/untrusted-text.ts';

export interface TreeNode {
  readonly key: string;
  /** `null` where nobody can see it. */
  readonly title: string | null;
  readonly state: string | null;
  readonly depth: number;
  /** How it belongs to the one it stands under. */
  readonly relation: 'top' | 'child' | 'waits for';
  /** What is below it stands elsewhere in the tree already. */
  readonly repeated: boolean;
  /** It stands above itself here. */
  readonly cycle: boolean;
}

export interface Tree {
  /** Of the issue that was named, the highest first. */
  readonly above: readonly { readonly key: string; readonly title: string }[];
  readonly nodes: readonly TreeNode[];
  /** Each as keys, of which the last waits for the first, or stands above it. */
  readonly cycles: readonly (readonly string[])[];
  /** There is more than is shown. */
  readonly truncated: boolean;
}

export function treeText({ above, nodes }: Tree): string {
  const way = above.map(({ key, title }) => `${plainLine(key)} ${plainLine(title, 60)}`).join(' / ');
  const lines = nodes.map((node, place) => `${branches(nodes, place)}${nodeText(node)}\n`);
  return `${way === '' ? '' : `below ${way}\n`}${lines.join('')}`;
}

/** The lines that lead to a node from those above it. */
function branches(nodes: readonly TreeNode[], place: number): string {
  const depth = nodes[place]?.depth ?? 0;
  let drawn = '';
  for (let level = 1; level <= depth; level += 1) {
    const goesOn = hasLaterSibling(nodes, place, level);
    if (level < depth) drawn += goesOn ? '│  ' : '   ';
    else drawn += goesOn ? '├─ ' : '└─ ';
  }
  return drawn;
}

function hasLaterSibling(nodes: readonly TreeNode[], place: number, level: number): boolean {
  for (let next = place + 1; next < nodes.length; next += 1) {
    const { depth = 0 } = nodes[next] ?? {};
    if (depth <= level) return depth === level;
  }
  return false;
}

function nodeText({ key, title, state, relation, repeated, cycle }: TreeNode): string {
  const how = relation === 'waits for' ? 'waits for ' : '';
  const more = cycle ? ' (cycle)' : repeated ? ' (see above)' : '';
  const words = title === null ? '(cannot be seen)' : `${state ?? ''}  ${plainLine(title, 120)}`;
  return `${how}${plainLine(key)}  ${words}${more}`;
}
