/** Markdown within a line to ADF text nodes with marks. https://developer.atlassian.com/cloud/jira/platform/apis/document/marks/link/ */
import type { Token, Tokens } from 'marked';
import type { AdfMark, AdfNode } from './adf-node.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™', hellip: '…', mdash: '—',
  ndash: '–', rarr: '→', larr: '←', times: '×', deg: '°', bull: '•', middot: '·', laquo: '«', raquo: '»',
}; // biome-ignore format: a table

/** Half characters and control characters make Jira refuse the whole document. */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '');
}

/** A text node, or none for no text: Jira refuses empty ones, and line ends inside. */
export function textNode(text: string, marks: readonly AdfMark[] = []): AdfNode[] {
  const line = text.replace(/[ \t\n]+/g, ' ');
  if (line === '') return [];
  return [{ type: 'text', text: line, ...(marks.length > 0 ? { marks } : {}) }];
}

/** What stands in `<!-- … -->` is nothing that people see; one without an end is text. */
export function withoutComments(html: string): string {
  return html.replace(/<!--(?:-?>|[\s\S]*?-->)/g, '');
}

/** The nodes of a line of Markdown, without spaces at its ends or around its breaks. */
export function inlineToAdf(tokens: readonly Token[]): AdfNode[] {
  const nodes = mergeText(tokens.flatMap((token) => inline(token, [])));
  return nodes.flatMap((node, index) => {
    if (node.type !== 'text' || isCode(node)) return [node];
    const afterBreak = index === 0 || nodes[index - 1]?.type === 'hardBreak';
    const beforeBreak = index === nodes.length - 1 || nodes[index + 1]?.type === 'hardBreak';
    let text = node.text ?? '';
    if (afterBreak) text = text.replace(/^ +/, '');
    if (beforeBreak) text = text.replace(/ +$/, '');
    return text === '' ? [] : [{ ...node, text }];
  });
}

/** Neighbours with the same marks as one node, as Jira itself keeps them. */
export function mergeText(nodes: readonly AdfNode[]): AdfNode[] {
  const merged: AdfNode[] = [];
  let last: { readonly node: AdfNode; readonly marks: string; readonly texts: string[] } | undefined;
  const flush = () => {
    if (last) merged.push(last.texts.length > 1 ? { ...last.node, text: joined(last.node, last.texts) } : last.node);
    last = undefined;
  };
  for (const node of nodes) {
    if (node.type !== 'text') {
      flush();
      merged.push(node);
      continue;
    }
    const marks = JSON.stringify(node.marks) ?? '';
    if (last?.marks !== marks) {
      flush();
      last = { node, marks, texts: [] };
    }
    last.texts.push(node.text ?? '');
  }
  flush();
  return merged;
}

function joined(node: AdfNode, texts: readonly string[]): string {
  const text = texts.join('');
  return isCode(node) ? text : text.replace(/ {2,}/g, ' ');
}

function isCode(node: AdfNode): boolean {
  return node.marks?.some((mark) => mark.type === 'code') ?? false;
}

function inline(token: Token, marks: readonly AdfMark[]): AdfNode[] {
  const known = token as Tokens.Generic;
  const inside = (type: string) => (known.tokens ?? []).flatMap((child) => inline(child, withMark(marks, { type })));
  switch (known.type) {
    case 'strong':
      return inside('strong');
    case 'em':
      return inside('em');
    case 'del':
      return inside('strike');
    case 'codespan':
      // Jira lets code be a link and nothing else
      return code(String(known['text']), marks);
    case 'br':
      return [{ type: 'hardBreak' }];
    case 'link':
      return link(known as Tokens.Link, marks);
    case 'image':
      return link({ ...known, tokens: [imageText(known as Tokens.Image)] } as Tokens.Link, marks);
    case 'html':
      if (/^<br\s*\/?>$/i.test(known.raw.trim())) return [{ type: 'hardBreak' }];
      return textNode(withoutComments(known.raw), marks);
    case 'checkbox':
      return [];
    case 'escape':
      return textNode(String(known['text']), marks);
    default:
      if (known.tokens) return known.tokens.flatMap((child) => inline(child, marks));
      return lines(decodeEntities(String(known['text'] ?? known.raw)), marks);
  }
}

/** A line that ends here ends there: in the texts of trackers people mean it so. */
function lines(text: string, marks: readonly AdfMark[]): AdfNode[] {
  return text
    .split('\n')
    .flatMap((line, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...textNode(line, marks)]);
}

function code(text: string, marks: readonly AdfMark[]): AdfNode[] {
  const allowed = [...marks.filter((mark) => mark.type === 'link'), { type: 'code' }];
  return text === '' ? [] : [{ type: 'text', text: text.replaceAll('\n', ' '), marks: allowed }];
}

function imageText(token: Tokens.Image): Token {
  const text = token.text || token.href;
  return { type: 'escape', raw: text, text };
}

/** Jira refuses other schemes, and cannot follow a relative address: those become text. */
function link(token: Tokens.Link, marks: readonly AdfMark[]): AdfNode[] {
  const inside = token.tokens ?? [];
  if (!/^(?:https?:\/\/[^\s/]|mailto:.)/i.test(token.href) || marks.some((mark) => mark.type === 'link')) {
    const target = token.href === '' || token.href === token.text ? [] : textNode(` (${token.href})`, marks);
    return [...inside.flatMap((child) => inline(child, marks)), ...target];
  }
  const mark = { type: 'link', attrs: { href: token.href } };
  const nodes = inside.flatMap((child) => inline(child, withMark(marks, mark)));
  return nodes.length > 0 ? nodes : textNode(token.href, withMark(marks, mark));
}

const ORDER = ['link', 'strong', 'em', 'strike', 'code'];

/** One mark of a kind, always in the same order, so that equal texts have equal nodes. */
export function withMark(marks: readonly AdfMark[], mark: AdfMark): AdfMark[] {
  if (marks.some((other) => other.type === mark.type)) return [...marks];
  return [...marks, mark].sort((one, other) => ORDER.indexOf(one.type) - ORDER.indexOf(other.type));
}

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return (Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? plain(String.fromCodePoint(code)) : '\ufffd';
  });
}
