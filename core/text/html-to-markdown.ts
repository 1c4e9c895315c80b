/**
 * HTML to Markdown, for every vendor whose texts are HTML, also what only people's editors write. No character of a text becomes a
 * sign of Markdown, and it takes time that grows with the length of the text only. What a vendor does differently is its dialect.
 */
import { type InlineDialect, inline, inlineLine } from './html-inline.ts';
import { isBlank, itemsOf, pieces, rowsOf } from './html-pieces.ts';
import { type Element, type HtmlOptions, linesOf, MARKDOWN, type Node, parseHtml, visibleText } from './html-tree.ts';
import { fencedCode, startOfLine } from './markdown-marks.ts';

export interface HtmlDialect extends HtmlOptions, InlineDialect {
  /** What a text of the vendor means, where it is not what it seems. */
  readonly text?: (text: string) => string;
  /** The tree in plain HTML, for a vendor with a form of its own. */
  readonly prepared?: (nodes: readonly Node[]) => Node[];
  /** The element that a whole paragraph stands for, where the vendor lacks it. */
  readonly paragraph?: (nodes: readonly Node[]) => Element | undefined;
}

export function toMarkdown(html: string, dialect: HtmlDialect = {}): string {
  const { text, prepared } = dialect;
  const parsed = parseHtml(html, dialect);
  const nodes = text ? withTexts(parsed, text) : parsed;
  return together(blocks(prepared?.(nodes) ?? nodes, dialect));
}

function withTexts(nodes: readonly Node[], text: (text: string) => string): Node[] {
  return nodes.map((node) =>
    typeof node === 'string' ? text(node) : { ...node, children: withTexts(node.children, text) },
  );
}

/** A piece of Markdown that stands by itself. */
interface Part {
  readonly text: string;
  /** `close`: may stand on the line below a paragraph. */
  readonly kind: 'paragraph' | 'close' | 'apart';
  /** What a reader tells a list by from the next one: `-`, `*`, `.` or `)`. */
  readonly marker?: string;
}

function together(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('\n\n');
}

function blocks(nodes: readonly Node[], dialect: HtmlDialect): Part[] {
  const parts: Part[] = [];
  addBlocks(nodes, dialect, parts);
  return parts;
}

function addBlocks(nodes: readonly Node[], dialect: HtmlDialect, parts: Part[]): void {
  for (const piece of pieces(nodes)) {
    const made = 'tag' in piece ? block(piece, dialect, parts.at(-1)) : paragraphs(piece.nodes, dialect);
    // what only holds others goes on in the same row
    if (made === undefined && 'tag' in piece) addBlocks(piece.children, dialect, parts);
    for (const part of made ?? []) if (part.text !== '') parts.push(part);
  }
}

/** Two line ends in a row, or more, are what people make between paragraphs. */
function paragraphs(nodes: readonly Node[], dialect: HtmlDialect): Part[] {
  const all: Node[][] = [[]];
  let ends = 0;
  for (const node of nodes) {
    if (typeof node === 'object' && node.tag === 'br') ends += 1;
    else if (!isBlank(node)) {
      if (ends > 1) all.push([]);
      ends = 0;
    }
    all.at(-1)?.push(node);
  }
  return all.map((each) => paragraph(each, dialect));
}

function paragraph(nodes: readonly Node[], dialect: HtmlDialect): Part {
  const seen = nodes.filter((node) => !isBlank(node) && (typeof node === 'string' || node.tag !== 'br'));
  const meant = dialect.paragraph?.(seen);
  if (meant) return { text: together(blocks([meant], dialect)), kind: 'apart' };
  const [only, ...others] = seen;
  if (typeof only === 'object' && only.tag === 'code' && others.length === 0) {
    const text = linesOf(only.children);
    if (text.includes('\n')) return { text: fencedCode(text, languageOf([only])), kind: 'close' };
  }
  return { text: lines(inline(nodes, dialect)), kind: 'paragraph' };
}

/** Every line end is one that people see. */
function lines(text: string): string {
  const kept = text
    .split('\n')
    .map((line) => startOfLine(line.trim()))
    .filter((line) => line !== '');
  return kept.join('\\\n');
}

/** `undefined`: it only holds others. */
function block(node: Element, dialect: HtmlDialect, before: Part | undefined): Part[] | undefined {
  const { tag, children } = node;
  if (/^h[1-6]$/.test(tag)) return [title(Number(tag.charAt(1)), inlineLine(children, dialect))];
  switch (tag) {
    case 'pre':
      return [preformatted(node, dialect)];
    case 'ul':
    case 'ol':
      return [list(node, dialect, before?.marker)];
    case 'blockquote':
      return [{ text: quoted(together(blocks(children, dialect))), kind: 'close' }];
    case 'hr':
      return [{ text: '---', kind: 'apart' }];
    case 'table':
      return table(children, dialect);
    case MARKDOWN:
      return [{ text: visibleText(children), kind: 'apart' }];
    default:
      return undefined;
  }
}

function title(level: number, text: string): Part {
  // signs at the end would read as the heading's frame
  const shown = text.replace(/(^|\s)(#+)$/, '$1\\$2');
  return { text: text === '' ? '' : `${'#'.repeat(level)} ${shown}`, kind: 'apart' };
}

function preformatted(pre: Element, { keepsBlanks }: HtmlDialect): Part {
  const [first, ...others] = pre.children;
  // HTML does not count a line end right behind the tag
  const isHidden = !keepsBlanks && typeof first === 'string' && /^\r?\n/.test(first);
  const text = linesOf(isHidden ? [first.replace(/^\r?\n/, ''), ...others] : pre.children);
  return { text: fencedCode(text, languageOf([pre, ...pre.children])), kind: 'close' };
}

/** `language-yaml`, on the block or on the code in it. https://html.spec.whatwg.org/#the-code-element */
function languageOf(nodes: readonly Node[]): string {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    const name = /(?:^|\s)lang(?:uage)?-([\w+#.-]+)(?:\s|$)/.exec(node.attributes.get('class') ?? '')?.[1];
    const language = name ?? node.attributes.get('data-language');
    if (language !== undefined && /^[\w+#.-]+$/.test(language)) return language;
  }
  return '';
}

function quoted(text: string): string {
  if (text === '') return '';
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function list({ tag, attributes, children }: Element, dialect: HtmlDialect, before: string | undefined): Part {
  const first = tag === 'ol' ? startOf(attributes.get('start')) : undefined;
  const [usual, other] = first === undefined ? ['-', '*'] : ['.', ')'];
  // two lists in a row need different markers, or they read as one
  const marker = before === usual ? other : usual;
  const items = itemsOf(children).map((item, index) => {
    const sign = first === undefined ? marker : `${first + index}${marker}`;
    const blank = ' '.repeat(sign.length + 1);
    const inside = itemText(item, dialect).replace(/\n(?=[^\n])/g, `\n${blank}`);
    // signs alone in a row are a rule
    return /^(?:[-*] ?){2,}(?:\n|$)/.test(inside) ? `${sign}\n${blank}${inside}` : `${sign} ${inside}`.trimEnd();
  });
  const text = items.join('\n');
  // a sign alone below a text is the line under a heading, and only a 1 begins a list there
  const isClose = (first ?? 1) === 1 && /^\S+ /.test(text);
  return { text, kind: isClose ? 'close' : 'apart', marker };
}

/** Markdown counts from any number of up to nine digits. */
function startOf(start: string | undefined): number {
  return start !== undefined && /^\d{1,8}$/.test(start) ? Number(start) : 1;
}

function itemText(nodes: readonly Node[], { paragraph: _, ...dialect }: HtmlDialect): string {
  const [first, ...others] = blocks(nodes, dialect);
  let before = first;
  const texts = [first?.text.replace(/^\\?\[([ xX])\\?\] +(?=\S)/, '[$1] ') ?? ''];
  for (const part of others) {
    texts.push(before?.kind === 'paragraph' && part.kind === 'close' ? '\n' : '\n\n', part.text);
    before = part;
  }
  return texts.join('');
}

/** So many columns are filled up in every row; in wider tables that would be most of the text. */
const FULL_COLUMNS = 16;

/** The first row is the head, as Markdown wants one. What is in no row stands above. */
function table(nodes: readonly Node[], dialect: HtmlDialect): Part[] {
  const { rows, others } = rowsOf(nodes);
  const cells = rows.map((row) => row.map((node) => cell(node, dialect))).filter((row) => row.length > 0);
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const [head = '', ...body] = cells.map((row, index) => {
    const missing = index === 0 || width <= FULL_COLUMNS ? width - row.length : 0;
    return `| ${[...row, ...Array.from({ length: missing }, () => '')].join(' | ')} |`;
  });
  const above = blocks(others, dialect);
  if (cells.length === 0) return above;
  return [...above, { text: [head, `|${' --- |'.repeat(width)}`, ...body].join('\n'), kind: 'apart' }];
}

function cell(node: Node, dialect: HtmlDialect): string {
  const isCell = typeof node === 'object' && (node.tag === 'td' || node.tag === 'th');
  return inlineLine(isCell ? node.children : [node], dialect).replaceAll('|', '\\|');
}
