/**
 * One Markdown text for all that say the same: for trackers that read a text into a form of their own, and write Markdown anew whenever
 * they are asked. Whatever signs such a tracker prefers, this form is the same. Pure, and linear in the length of the text.
 */
import { type HtmlDialect, toMarkdown } from './html-to-markdown.ts';
import { type Element, element, linesOf, type Node, visibleText } from './html-tree.ts';
import type { InlineForm } from './markdown-inline.ts';
import { PLAIN_HTML, toHtml } from './markdown-to-html.ts';
import { settledText } from './normal-text.ts';
import { storable } from './storable.ts';

/**
 * Without what nobody sees: comments of HTML, how far a line was indented, whether items stand apart, which sign begins them, empty
 * lines. A line that was wrapped is one that was ended. What is only a link because the tracker has made one of it is text.
 */
export function markdownForm(markdown: string): string {
  return settledText(storable(markdown), (text) => toMarkdown(toHtml(text, FORM), DIALECT));
}

const FORM: InlineForm = { ...PLAIN_HTML, endsLines: true, asSeen: true };
const DIALECT: HtmlDialect = { keepsBlanks: true, prepared: (nodes) => withoutOwnNames(nodes).reduce(edited, []) };

/** The tree with the words alone in place of links that are called as they lead: the tracker may have made them of the words. */
export function withoutOwnNames(nodes: readonly Node[]): Node[] {
  return nodes.flatMap(words).reduce(withText, []);
}

function words(node: Node): Node[] {
  if (typeof node === 'string' || node.tag === 'pre') return [node];
  const children = withoutOwnNames(node.children);
  return isOwnName(node) ? children : [element(node.tag, children, node.attributes)];
}

/** Text beside text is one. */
function withText(all: Node[], node: Node): Node[] {
  const last = all.at(-1);
  if (typeof node === 'string' && typeof last === 'string') all[all.length - 1] = last + node;
  else all.push(node);
  return all;
}

function isOwnName({ tag, attributes, children }: Element): boolean {
  return tag === 'a' && plainAddress(attributes.get('href') ?? '') === plainAddress(visibleText(children));
}

function plainAddress(address: string): string {
  return address.replace(/^(?:https?:\/\/|mailto:)/i, '').replace(/\/$/, '');
}

/** With the signs of the tracker two lists of a kind cannot be told apart, where nothing is between them. */
function edited(all: Node[], node: Node): Node[] {
  const last = all.at(-1);
  if (typeof node === 'string') all.push(node);
  else if (isList(node) && isList(last) && node.tag === last.tag) node.children.reduce(edited, last.children);
  else all.push(inside(node));
  return all;
}

function inside({ tag, children, attributes }: Element): Element {
  return element(tag, tag === 'pre' ? [codeOf(children)] : children.reduce(edited, []), attributes);
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

function isList(node: Node | undefined): node is Element {
  return typeof node === 'object' && (node.tag === 'ul' || node.tag === 'ol');
}
