/**
 * Asana's rich text in words of HTML: XML in which line ends are meant, with two headings and no tables. What Asana lacks has a look
 * of its own that `markdown-to-html.ts` gives it and that is known again here. https://developers.asana.com/docs/rich-text
 */
import { Lexer } from 'marked';
import type { HtmlDialect } from '../../core/text/html-to-markdown.ts';
import { type Element, element, isBlock, MARKDOWN, type Node, visibleText } from '../../core/text/html-tree.ts';

export const ASANA: HtmlDialect = { selfClosing: true, keepsBlanks: true, prepared, paragraph };

function prepared(nodes: readonly Node[]): Node[] {
  return withImages(withLanguages(nodes)).flatMap((node) => {
    if (typeof node === 'string') return withLineEnds(node);
    if (node.tag === 'pre') return [tableIn(node) ?? node];
    return node.tag === 'code' ? [node] : [{ ...node, children: prepared(node.children) }];
  });
}

function withLineEnds(text: string): Node[] {
  const [first = '', ...lines] = text.split('\n');
  const nodes: Node[] = first === '' ? [] : [first];
  for (const line of lines) {
    nodes.push(element('br'));
    if (line !== '') nodes.push(line);
  }
  return nodes;
}

/** The sign in front of a link says that it was an image. People whom Asana has linked are not. */
function withImages(nodes: readonly Node[]): Node[] {
  const all: Node[] = [];
  for (const node of nodes) {
    const before = all.at(-1);
    const href = typeof node === 'object' && node.tag === 'a' ? node.attributes.get('href') : undefined;
    const isImage = href !== undefined && typeof node === 'object' && !node.attributes.has('data-asana-gid');
    if (!isImage || typeof before !== 'string' || !before.endsWith('!')) {
      all.push(node);
      continue;
    }
    const attributes = new Map([
      ['src', href],
      ['alt', visibleText(node.children)],
    ]);
    all.splice(-1, 1, before.slice(0, -1), element('img', [], attributes));
  }
  return all;
}

/** A word of code, alone on the line right above a block of code, names its language. */
function withLanguages(nodes: readonly Node[]): Node[] {
  const all: Node[] = [];
  for (const node of nodes) {
    const language = typeof node === 'object' && node.tag === 'pre' ? languageAbove(all) : undefined;
    if (language === undefined || typeof node === 'string') all.push(node);
    else all.splice(-2, 2, { ...node, attributes: new Map([['class', `language-${language}`]]) });
  }
  return all;
}

function languageAbove(nodes: readonly Node[]): string | undefined {
  const [before, code, end] = [nodes.at(-3), nodes.at(-2), nodes.at(-1)];
  if (typeof code !== 'object' || code.tag !== 'code' || end !== '\n') return undefined;
  if (!endsParagraph(before, nodes.at(-4))) return undefined;
  const text = visibleText(code.children);
  return /^[\w+#.-]+$/.test(text) ? text : undefined;
}

function endsParagraph(node: Node | undefined, before: Node | undefined): boolean {
  if (node === undefined) return true;
  if (typeof node === 'object') return isBlock(node);
  const blank = node.slice(node.trimEnd().length);
  return (
    blank.split('\n').length > 2 || (blank === node && typeof before !== 'string' && endsParagraph(before, undefined))
  );
}

/** A table was written as it stands in Markdown; everything else is code. */
function tableIn({ children, attributes }: Element): Element | undefined {
  const text = visibleText(children).trim();
  const [head = '', frame = ''] = text.split('\n', 2);
  if (attributes.size > 0 || !head.includes('|') || !/^[\s|:-]+$/.test(frame)) return undefined;
  const [first, ...more] = new Lexer({ gfm: true }).blockTokens(text);
  const isTable = first?.type === 'table' && more.length === 0 && first.raw.trim() === text;
  return isTable ? element(MARKDOWN, [text]) : undefined;
}

/** Lower headings are bold or italic, and underlined, as Markdown itself never does it. */
function paragraph(nodes: readonly Node[]): Element | undefined {
  const [only, ...others] = nodes;
  if (only === undefined || others.length > 0) return undefined;
  if (typeof only === 'string') return only.trim() === '---' ? element('hr') : undefined;
  const [inner, ...more] = only.children;
  if (typeof inner !== 'object' || inner.tag !== 'u' || more.length > 0) return undefined;
  if (only.tag === 'strong') return element('h3', inner.children);
  return only.tag === 'em' ? element('h4', inner.children) : undefined;
}
