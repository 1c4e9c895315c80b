/**
 * What is left out of the draw: sentences that only people read, where the code itself says that they are for people. A test that
 * repeats the sentence would notice the change, and would notice nothing else. Nothing but such text is left out: no condition, no
 * call, and no other string, as an empty path, key or header is a real fault.
 *
 * Sentences are strings and templates of three words or more that stand
 * - in a call of the log (`world.log.warn(…)`),
 * - in what makes an error (`new PaceError(…)`, `usageError(…)`), or in a property named `message`, `remedy` or `why`,
 * - in the words of a definition (`.describe(…)`, `.description(…)`), from which help, schema and docs are made.
 */
import type { Ignorer, NodePath } from '@stryker-mutator/api/ignore';

export const textsForPeople: Ignorer = {
  shouldIgnore(path) {
    const { node, parentPath } = path as SyntaxPath;
    if (!isSentence(node)) return undefined;
    return speaksToPeople(parentPath) ? 'a sentence for people' : undefined;
  },
};

/** As much of a Babel node as we look at. */
interface SyntaxNode {
  readonly type: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
  readonly callee?: SyntaxNode;
  readonly object?: SyntaxNode;
  readonly property?: SyntaxNode;
  readonly key?: SyntaxNode;
  readonly name?: string;
}

interface SyntaxPath extends NodePath {
  readonly node: SyntaxNode;
  readonly parentPath: SyntaxPath | null;
}

function isSentence({ type, value, quasis = [] }: SyntaxNode): boolean {
  const text =
    type === 'StringLiteral' ? value : type === 'TemplateLiteral' && quasis.map((q) => q.value.raw).join('x');
  return typeof text === 'string' && text.trim().split(/\s+/).length >= 3;
}

/** Through what only chooses or joins texts, up to what uses them. */
function speaksToPeople(path: SyntaxPath | null): boolean {
  for (let at = path; at !== null; at = at.parentPath) {
    const { node } = at;
    if (node.type === 'ObjectProperty' && /^(message|remedy|why)$/.test(node.key?.name ?? '')) return true;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') return isForPeople(node.callee);
    if (!PASSED.has(node.type)) return false;
  }
  return false;
}

const PASSED = new Set(['ConditionalExpression', 'BinaryExpression', 'ObjectProperty', 'ObjectExpression']);

function isForPeople(callee: SyntaxNode | undefined): boolean {
  if (callee?.type === 'Identifier') return /error$/i.test(callee.name ?? '');
  if (callee?.type !== 'MemberExpression') return false;
  const called = callee.property?.name ?? '';
  const owner = callee.object?.name ?? callee.object?.property?.name;
  return owner === 'log' || called === 'describe' || called === 'description';
}
