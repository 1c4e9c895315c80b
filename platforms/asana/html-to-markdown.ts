/** Asana's HTML to Markdown, also what only people's editors write. What `markdown-to-html.ts` makes of the result is the same again. */
import { Marked } from 'marked';
import { attribute, type Element, type Node, parseHtml, textOf } from './html.ts';
import { type Around, emphasized, escapedText, inlineCode, startOfLine } from './markdown-marks.ts';

const reader = new Marked({ gfm: true, breaks: false });

const BLOCKS = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'ul',
  'ol',
  'blockquote',
  'hr',
  'table',
  'div',
  'p',
]);

/** `html` is the inside of `<body>`. */
export function toMarkdown(html: string): string {
  return blocks(parseHtml(html));
}

interface Run {
  readonly nodes: Node[];
}

function blocks(nodes: readonly Node[]): string {
  const parts: string[] = [];
  let previousList = '';
  let other = false;
  for (const piece of pieces(nodes)) {
    const isList = 'tag' in piece && (piece.tag === 'ul' || piece.tag === 'ol');
    // two lists in a row need different markers, or they read as one
    other = isList && previousList === piece.tag ? !other : false;
    const made = 'tag' in piece ? [block(piece, other)] : paragraphs(piece);
    const texts = made.filter((text) => text !== '');
    if (texts.length > 0) previousList = isList ? piece.tag : '';
    parts.push(...texts);
  }
  return labelled(parts);
}

/** Elements that stand by themselves, and what is between them. */
function pieces(nodes: readonly Node[]): (Element | Run)[] {
  const found: (Element | Run)[] = [];
  for (const node of nodes) {
    const last = found.at(-1);
    if (typeof node !== 'string' && BLOCKS.has(node.tag)) found.push(node);
    else if (last && 'nodes' in last) last.nodes.push(node);
    else found.push({ nodes: [node] });
  }
  return found;
}

/** Stands for the name of a language until its block is there. */
const LABEL = '\u0000';

function paragraphs({ nodes }: Run): string[] {
  const all: Node[][] = [[]];
  for (const node of nodes) {
    if (typeof node !== 'string') {
      all.at(-1)?.push(node);
      continue;
    }
    const [first = '', ...others] = node.split(/\n[\t ]*\n\s*/);
    all.at(-1)?.push(first);
    for (const other of others) all.push([other]);
  }
  const texts = all.map(paragraph).filter((text) => text !== '');
  const language = label(all.at(-1) ?? []);
  return language === undefined ? texts : [...texts.slice(0, -1), `${LABEL}${language}`];
}

/** A word of code, alone on the line right above a block of code. */
function label(nodes: readonly Node[]): string | undefined {
  const begin = nodes.findIndex((node) => typeof node !== 'string' || node.trim() !== '');
  const [code, end, ...more] = nodes.slice(Math.max(0, begin));
  if (typeof code !== 'object' || code.tag !== 'code' || end !== '\n' || more.length > 0) return undefined;
  const text = textOf(code.children);
  return /^[\w+#.-]+$/.test(text) ? text : undefined;
}

function labelled(parts: readonly string[]): string {
  const done: string[] = [];
  let language = '';
  for (const part of parts) {
    if (part.startsWith(LABEL)) {
      language = part.slice(1);
      continue;
    }
    const fence = /^`{3,}(?=\n)/.exec(part)?.[0];
    if (language !== '' && fence === undefined) done.push(inlineCode(language));
    done.push(language !== '' && fence !== undefined ? `${fence}${language}${part.slice(fence.length)}` : part);
    language = '';
  }
  return [...done, ...(language === '' ? [] : [inlineCode(language)])].join('\n\n');
}

function paragraph(nodes: readonly Node[]): string {
  const [only, ...others] = nodes.filter((node) => typeof node !== 'string' || node.trim() !== '');
  if (typeof only === 'object' && others.length === 0) {
    const [inner, ...more] = only.children;
    const isUnderlined = typeof inner === 'object' && inner.tag === 'u' && more.length === 0;
    if (isUnderlined && only.tag === 'strong') return title(3, inner.children);
    if (isUnderlined && only.tag === 'em') return title(4, inner.children);
  }
  const text = lines(inline(nodes));
  // a rule is written like that
  return text === '\\---' ? '---' : text;
}

/** Every line end is one that people see. */
function lines(text: string): string {
  const kept = text
    .split('\n')
    .map((line) => startOfLine(line.trim()))
    .filter((line) => line !== '');
  return kept.join('\\\n');
}

function title(level: number, nodes: readonly Node[]): string {
  const text = inline(nodes).replace(/\s+/g, ' ').trim();
  // signs at the end would read as the heading's frame
  return text === '' ? '' : `${'#'.repeat(level)} ${text.replace(/(^|\s)(#+)$/, '$1\\$2')}`;
}

function block(element: Element, other: boolean): string {
  const { tag, children } = element;
  if (/^h[1-6]$/.test(tag)) return title(Number(tag.slice(1)), children);
  switch (tag) {
    case 'pre':
      return preformatted(textOf(children));
    case 'ul':
    case 'ol':
      return list(element, other);
    case 'blockquote':
      return prefixed(blocks(children));
    case 'hr':
      return '---';
    case 'table':
      return table(children);
    default:
      return blocks(children);
  }
}

/** A table was written as it stands in Markdown; everything else is code. */
function preformatted(text: string): string {
  const [first, ...more] = reader.lexer(text);
  if (first?.type === 'table' && more.length === 0 && first.raw.trim() === text.trim()) return text.trim();
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.replace(/\n$/, '')}${text === '' ? '' : '\n'}${fence}`;
}

function prefixed(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function list({ tag, children }: Element, other: boolean): string {
  const items = children.filter((node): node is Element => typeof node === 'object');
  let count = 0;
  return items
    .map((item) => {
      // some editors put a list beside the item that it belongs to
      if (item.tag !== 'li') return indented(block(item, false), 3);
      count += 1;
      const sign = tag === 'ol' ? `${count}${other ? ')' : '.'}` : other ? '*' : '-';
      return `${sign} ${indentedRest(listItem(item), sign.length + 1)}`.trimEnd();
    })
    .join('\n');
}

function listItem({ children }: Element): string {
  const made = pieces(children).map((piece) =>
    'tag' in piece ? block(piece, false) : lines(inline(piece.nodes)).replace(/^\\?\[([ xX])\\?\] (?=\S)/, '[$1] '),
  );
  return made.filter((text) => text !== '').join('\n');
}

function indented(text: string, width: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(width));
}

function indentedRest(text: string, width: number): string {
  return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(width)}`);
}

/** People can make tables in some places. The first row is the head, as Markdown wants one. */
function table(nodes: readonly Node[]): string {
  const rows = elements(nodes, 'tr').map((row) =>
    row.children.filter((node): node is Element => typeof node === 'object').map(({ children }) => cell(children)),
  );
  const width = Math.max(1, ...rows.map((row) => row.length));
  const [head = '', ...body] = rows.map(
    (row) => `| ${Array.from({ length: width }, (_, at) => row[at] ?? '').join(' | ')} |`,
  );
  return rows.length === 0 ? '' : [head, `|${' --- |'.repeat(width)}`, ...body].join('\n');
}

function cell(nodes: readonly Node[]): string {
  return inline(nodes).replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

function elements(nodes: readonly Node[], tag: string): Element[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    return node.tag === tag ? [node] : elements(node.children, tag);
  });
}

const SIGNS: Readonly<Record<string, string>> = { strong: '**', b: '**', em: '*', i: '*', s: '~~' };

/** `open` are the signs that stand around it already. */
function inline(nodes: readonly Node[], open = ''): string {
  const all = merged(nodes);
  let text = '';
  for (const [index, node] of all.entries()) {
    const next = all[index + 1];
    const around = { before: text.at(-1) ?? '', behind: textOf(next === undefined ? [] : [next]).charAt(0) };
    text += typeof node === 'string' ? escapedText(node) : inlineElement(node, open, around);
  }
  return text;
}

/** Two of a kind side by side are one: their signs would run together. */
function merged(nodes: readonly Node[]): Node[] {
  const all: Node[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    const isSame = typeof node === 'object' && typeof last === 'object' && last.tag === node.tag && node.tag in SIGNS;
    if (isSame) all[all.length - 1] = { ...last, children: [...last.children, ...node.children] };
    else all.push(node);
  }
  return all;
}

function inlineElement(element: Element, open: string, around: Around): string {
  const { tag, children } = element;
  const sign = SIGNS[tag];
  if (sign !== undefined && open.includes(`${sign} `)) return inline(children, open);
  if (sign !== undefined) return emphasized(inline(children, `${open}${sign} `), sign, around);
  if (tag === 'code') return inlineCode(textOf(children));
  if (tag === 'br') return '\n';
  if (tag === 'a') return link(attribute(element, 'href'), children);
  if (tag === 'img') return `!${link(attribute(element, 'src'), [attribute(element, 'alt')])}`;
  return inline(children, open);
}

function link(href: string, children: readonly Node[]): string {
  const shown = inline(children).replace(/\s+/g, ' ').trim();
  if (href === '') return shown;
  // a bracket would end the text of the link; in code nothing can be escaped
  const text = shown.includes('`') ? shown : shown.replace(/(?<!\\)[[\]]/g, '\\$&');
  if (textOf(children) === href && /^https?:\/\/[^\s<>]+$/.test(href)) return `<${href}>`;
  const address = /[\s()<>\\]/.test(href) ? `<${href.replace(/[<>\n\\]/g, encodeURIComponent)}>` : href;
  return `[${text || escapedText(href)}](${address})`;
}
