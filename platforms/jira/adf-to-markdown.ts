/** ADF blocks to Markdown, also those that only people's editors write (panels, mentions, cards, media). */
import { longestTicks } from '../../core/text/markdown-marks.ts';
import type { AdfNode } from './adf-node.ts';
import { inlineToMarkdown } from './adf-to-markdown-inline.ts';

/** Markdown for these blocks. What `markdown-to-adf.ts` makes of the result are the same blocks again. */
export function toMarkdown(nodes: readonly AdfNode[]): string {
  const parts: string[] = [];
  let previous: AdfNode | undefined;
  let alternate = false;
  for (const node of nodes) {
    // two lists in a row need different markers, or they read as one
    alternate = isList(node) && previous !== undefined && marksAlike(previous, node) ? !alternate : false;
    const text = block(node, alternate);
    if (text === '') continue;
    parts.push(text);
    previous = node;
  }
  return parts.join('\n\n');
}

function isList(node: AdfNode): boolean {
  return ['bulletList', 'taskList', 'decisionList', 'orderedList'].includes(node.type);
}

function marksAlike(one: AdfNode, other: AdfNode): boolean {
  return isList(one) && (one.type === 'orderedList') === (other.type === 'orderedList');
}

function block(node: AdfNode, alternate = false): string {
  const content = node.content ?? [];
  switch (node.type) {
    case 'paragraph':
      return inlineToMarkdown(content, 'paragraph');
    case 'heading':
      return `${'#'.repeat(level(node.attrs?.['level']))} ${headingText(content)}`.trim();
    case 'bulletList':
    case 'decisionList':
      return list(node, () => (alternate ? '*' : '-'));
    case 'orderedList':
      return list(node, (index) => `${number(node.attrs?.['order'], 1) + index}${alternate ? ')' : '.'}`);
    case 'taskList':
      return taskList(node, alternate ? '*' : '-');
    case 'codeBlock':
      return codeBlock(node);
    case 'blockquote':
    case 'panel':
      return prefixed(toMarkdown(content), '> ');
    case 'rule':
      return '---';
    case 'table':
      return table(content);
    case 'expand':
    case 'nestedExpand':
      return details(node);
    case 'mediaSingle':
      return content.map(inline).filter(Boolean).join('\n');
    case 'mediaGroup':
      return content.map(inline).filter(Boolean).join('\n\n');
    default:
      return content.length > 0 && !isInline(content) ? toMarkdown(content) : inlineToMarkdown([node], 'paragraph');
  }
}

const INLINE = new Set([
  ...['text', 'hardBreak', 'mention', 'emoji', 'inlineCard', 'date', 'status', 'mediaInline', 'placeholder'],
  'inlineExtension',
]);

export function isInline(content: readonly AdfNode[]): boolean {
  return content.some((node) => INLINE.has(node.type));
}

function inline(node: AdfNode): string {
  return inlineToMarkdown([node], 'paragraph');
}

/** Signs at the end of a heading would read as its frame. */
function headingText(content: readonly AdfNode[]): string {
  return inlineToMarkdown(content, 'line').replace(/(^|\s)(#+)$/, '$1\\$2');
}

function level(value: unknown): number {
  return Math.min(6, Math.max(1, number(value, 1)));
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
}

function prefixed(text: string, prefix: string): string {
  return (
    text
      .split('\n')
      // blanks at the end of a line of code are code
      .map((line) => (line === '' ? prefix.trimEnd() : prefix + line))
      .join('\n')
  );
}

function indented(text: string, width: number): string {
  return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(width)}`);
}

function list(node: AdfNode, marker: (index: number) => string): string {
  const items = node.content ?? [];
  const loose = items.some((item) => (item.content ?? []).some((child, index) => index > 0 && !followsText(child)));
  const texts = items.map((item, index) => {
    const sign = marker(index);
    const inner = isInline(item.content ?? [])
      ? inlineToMarkdown(item.content ?? [], 'paragraph')
      : itemText(item.content ?? [], loose);
    return `${sign} ${indented(inner, sign.length + 1)}`.trimEnd();
  });
  return texts.join(loose ? '\n\n' : '\n');
}

/** Only a list that starts with text and at 1 may follow a line directly. */
function followsText(node: AdfNode): boolean {
  const first = node.content?.[0]?.content ?? [];
  return isList(node) && number(node.attrs?.['order'], 1) === 1 && first.length > 0 && first[0]?.content?.length !== 0;
}

function itemText(content: readonly AdfNode[], loose: boolean): string {
  if (loose) return toMarkdown(content);
  return content.map((child, index) => block(child, index > 0 && index % 2 === 0)).join('\n');
}

function taskList(node: AdfNode, sign: string): string {
  const lines = (node.content ?? []).map((child) => {
    if (child.type === 'taskList') return `  ${indented(taskList(child, sign), 2)}`;
    const box = child.attrs?.['state'] === 'DONE' ? '[x]' : '[ ]';
    return `${sign} ${box} ${indented(inlineToMarkdown(child.content ?? [], 'paragraph'), 2)}`.trimEnd();
  });
  return lines.join('\n');
}

function codeBlock(node: AdfNode): string {
  const text = (node.content ?? []).map((child) => child.text ?? '').join('');
  const fence = '`'.repeat(Math.max(2, longestTicks(text)) + 1);
  const language = String(node.attrs?.['language'] ?? '').replace(/[^\w+#.-]/g, '');
  return `${fence}${language}\n${text}${text === '' ? '' : '\n'}${fence}`;
}

/** A Markdown table has one line of headings: the first row, or an empty one. */
function table(rows: readonly AdfNode[]): string {
  const cells = rows.map((row) => (row.content ?? []).map(cell));
  const width = cells.reduce((widest, row) => Math.max(widest, row.length), 1);
  const headed = rows[0]?.content?.every((child) => child.type === 'tableHeader') ?? false;
  const lines = headed ? cells : [[], ...cells];
  const [head = [], ...body] = lines.map((row) => `| ${[...row, ...blanks(width - row.length)].join(' | ')} |`);
  return [head, `|${' --- |'.repeat(width)}`, ...body].join('\n');
}

function blanks(count: number): string[] {
  return Array.from({ length: count }, () => '');
}

function cell(node: AdfNode): string {
  return (node.content ?? []).map(cellText).filter(Boolean).join('<br>');
}

/** A cell is one line: its blocks are parted by breaks, and what holds text shows it. */
function cellText(node: AdfNode): string {
  if (node.type === 'paragraph' || node.type === 'heading') return inlineToMarkdown(node.content ?? [], 'cell');
  if (node.type === 'codeBlock') {
    const texts = (node.content ?? []).map((child) => ({ ...child, marks: [{ type: 'code' }] }));
    return inlineToMarkdown(texts, 'cell');
  }
  if (node.type === 'taskItem' || node.content === undefined || isInline(node.content))
    return inlineToMarkdown([node], 'cell');
  return [titleOf(node), ...node.content.map(cellText)].filter(Boolean).join('<br>');
}

/** What an expand is called stands above what it hides. */
function titleOf({ attrs }: AdfNode): string {
  const title = typeof attrs?.['title'] === 'string' ? attrs['title'].trim() : '';
  return title === '' ? '' : inlineToMarkdown([{ type: 'text', text: title, marks: [{ type: 'strong' }] }], 'cell');
}

function details(node: AdfNode): string {
  const title = String(node.attrs?.['title'] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const summary = title === '' ? '' : `\n<summary>${title.replace(/[<>]/g, '')}</summary>`;
  return `<details>${summary}\n\n${toMarkdown(node.content ?? [])}\n\n</details>`.replace(
    /\n{3,}<\/details>$/,
    '\n\n</details>',
  );
}
