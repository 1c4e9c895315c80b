/**
 * One Markdown text for all that say the same: for trackers that read a text into a form of their own, and write Markdown anew whenever
 * they are asked. Whatever signs such a tracker prefers, this form is the same. Pure, and linear in the length of the text.
 */
import { toMarkdown } from './html-to-markdown.ts';
import { type Element, element, linesOf, type Node, visibleText } from './html-tree.ts';
import type { InlineForm } from './markdown-inline.ts';
import { PLAIN_HTML, toHtml } from './markdown-to-html.ts';
import { settledText } from './normal-text.ts';
import { storable } from './storable.ts';

export interface MarkdownForm {
  /** Blanks stay as many as they are; else several are one, as in HTML. */
  readonly keepsBlanks?: boolean;
}

/**
 * Without what nobody sees: comments of HTML, how far a line was indented, whether items stand apart, which sign begins them, empty
 * lines. A line that was wrapped is one that was ended. What is only a link because the tracker has made one of it is text.
 */
export function markdownForm(markdown: string, { keepsBlanks = true }: MarkdownForm = {}): string {
  const dialect = { keepsBlanks, prepared: edited };
  return settledText(storable(markdown), (text) => toMarkdown(toHtml(text, FORM), dialect));
}

const FORM: InlineForm = { ...PLAIN_HTML, endsLines: true, asSeen: true };

/** The tree with the words alone in place of links that are called as they lead: the tracker may have made them of the words. */
export function withoutOwnNames(nodes: readonly Node[]): Node[] {
  return joined(nodes.flatMap(words));
}

function words(node: Node): Node[] {
  if (typeof node === 'string' || node.tag === 'pre') return [node];
  const children = withoutOwnNames(node.children);
  return isOwnName(node) ? children : [element(node.tag, children, node.attributes)];
}

function isOwnName({ tag, attributes, children }: Element): boolean {
  return tag === 'a' && plainAddress(attributes.get('href') ?? '') === plainAddress(visibleText(children));
}

function plainAddress(address: string): string {
  return address.replace(/^(?:https?:\/\/|mailto:)/i, '').replace(/\/$/, '');
}

/** What trackers with an editor make of a tree, or may make of it. */
function edited(nodes: readonly Node[]): Node[] {
  return joined(
    withoutOwnNames(nodes).map((node) => {
      if (typeof node === 'string') return node;
      const { tag, children, attributes } = node;
      return element(tag, tag === 'pre' ? [codeOf(children)] : edited(children), attributes);
    }),
  );
}

/** Trackers make links of addresses also where they stand in code. */
const LINK_IN_CODE = /\[([^[\]\s]+)\]\(<?(?:https?:\/\/|mailto:)?\1\/?>?\)/g;

/** Without empty lines at its end: of code that nobody has ended it is not known how many there were. */
function codeOf(nodes: readonly Node[]): Element {
  const [code] = nodes;
  const attributes = typeof code === 'object' ? code.attributes : undefined;
  const lines = linesOf(nodes).replace(/\s+$/, '').replace(LINK_IN_CODE, '$1');
  return element('code', lines === '' ? [] : [lines], attributes);
}

/** Text beside text is one, and so are two lists of a kind: with the signs of the tracker they cannot be told apart. */
function joined(nodes: readonly Node[]): Node[] {
  const all: Node[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    if (typeof node === 'string' && typeof last === 'string') all[all.length - 1] = last + node;
    else if (isList(node) && isList(last) && node.tag === last.tag)
      for (const item of node.children) last.children.push(item);
    else all.push(isList(node) ? element(node.tag, [...node.children], node.attributes) : node);
  }
  return all;
}

function isList(node: Node | undefined): node is Element {
  return typeof node === 'object' && (node.tag === 'ul' || node.tag === 'ol');
}
