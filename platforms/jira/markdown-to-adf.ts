/**
 * Markdown to ADF blocks. The library `marked` reads the Markdown; this file says which node stands for which token, and keeps
 * to what Jira accepts where: it refuses a whole issue for one misplaced node. https://unpkg.com/@atlaskit/adf-schema
 */
import type { Token, Tokens } from 'marked';
import { markdownReader } from '../../core/text/markdown-reader.ts';
import type { AdfMark, AdfNode } from './adf-node.ts';
import { inlineToAdf, mergeText, plain, textNode, withoutComments } from './markdown-to-adf-inline.ts';

/** `quote` and `item` take few kinds of blocks; `nested` is a cell or the inside of an expand. */
export type Place = 'top' | 'nested' | 'quote' | 'item';

interface Context {
  readonly place: Place;
  /** Numbers for `localId`, which must be unique in a document. */
  readonly ids: { last: number };
  readonly depth: number;
}

/** Nobody reads what is nested deeper, and each level is indented once more. */
const DEEPEST = 32;

/** Blocks for a Markdown text, as they may stand in that place. Text that is nested too deeply to be read comes back as it is, in a code block. */
export function toAdf(markdown: string, place: Place = 'top'): AdfNode[] {
  const text = plain(markdown);
  try {
    return blocks(markdownReader.lexer(text), { place, ids: { last: 0 }, depth: 0 });
  } catch (error) {
    if (error instanceof RangeError) return [codeBlock(text, '')];
    throw error;
  }
}

function blocks(tokens: readonly Token[], above: Context): AdfNode[] {
  if (above.depth > DEEPEST) throw new RangeError('nested too deeply');
  const context = { ...above, depth: above.depth + 1 };
  const nodes: AdfNode[] = [];
  const ends = detailsIn(tokens);
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    const details = token.type === 'html' ? detailsAt(tokens, index, ends) : undefined;
    for (const node of details ? expand(details, context) : block(token, context)) nodes.push(node);
    index = details?.end ?? index;
  }
  return nodes;
}

function block(token: Token, context: Context): AdfNode[] {
  const known = token as Tokens.Generic;
  switch (known.type) {
    case 'paragraph':
    case 'text':
      return [paragraph(inlineToAdf(known.tokens ?? [known]))];
    case 'heading':
      return heading(known as Tokens.Heading, context);
    case 'code':
      // an empty last line comes with one line end too many
      return [codeBlock(String(known['text']).replace(/\n$/, ''), String(known['lang'] ?? ''))];
    case 'list':
      return list(known as Tokens.List, context);
    case 'blockquote':
      return blockquote(known as Tokens.Blockquote, context);
    case 'table':
      return table(known as Tokens.Table, context);
    case 'hr':
      return context.place === 'quote' || context.place === 'item' ? [] : [{ type: 'rule' }];
    case 'space':
    case 'checkbox':
      return [];
    default:
      // raw HTML and link definitions: Jira renders neither, so the reader gets to see the text
      return visible(known.type === 'html' ? withoutComments(known.raw) : known.raw);
  }
}

function paragraph(content: AdfNode[]): AdfNode {
  return { type: 'paragraph', content };
}

function visible(raw: string): AdfNode[] {
  const texts = raw.split('\n').map((text) => text.trim());
  const all = texts.slice(texts.findIndex(Boolean), texts.findLastIndex(Boolean) + 1);
  if (all.length === 0) return [];
  return [paragraph(all.flatMap((text, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...textNode(text)]))];
}

function codeBlock(text: string, info: string): AdfNode {
  const language = info.split(/\s/)[0];
  return {
    type: 'codeBlock',
    ...(language ? { attrs: { language } } : {}),
    ...(text === '' ? {} : { content: [{ type: 'text', text }] }),
  };
}

function heading(token: Tokens.Heading, { place }: Context): AdfNode[] {
  const content = inlineToAdf(token.tokens);
  if (place === 'top' || place === 'nested') return [{ type: 'heading', attrs: { level: token.depth }, content }];
  return [paragraph(inlineToAdf([{ type: 'strong', raw: token.raw, text: token.text, tokens: token.tokens }]))];
}

/** A quote or a list item cannot hold a quote: its blocks take its place. */
function blockquote(token: Tokens.Blockquote, context: Context): AdfNode[] {
  if (context.place === 'quote' || context.place === 'item') return blocks(token.tokens, context);
  const content = blocks(token.tokens, { ...context, place: 'quote' });
  return [{ type: 'blockquote', content: content.length > 0 ? content : [paragraph([])] }];
}

function list(token: Tokens.List, context: Context): AdfNode[] {
  // a list of tasks may not stand in a quote
  if (context.place !== 'quote' && isTaskList(token)) return [taskList(token, context)];
  const content = token.items.map((item) => listItem(item, context));
  if (!token.ordered) return [{ type: 'bulletList', content }];
  return [{ type: 'orderedList', attrs: { order: Number(token.start) || (token.start === 0 ? 0 : 1) }, content }];
}

/** An item starts with a paragraph or code. A box that no task list can hold becomes text. */
function listItem(item: Tokens.ListItem, context: Context): AdfNode {
  const content = blocks(item.tokens, { ...context, place: 'item' });
  const box = item.task ? textNode(item.checked ? '[x] ' : '[ ] ') : [];
  const [first] = content;
  if (first?.type === 'paragraph') content[0] = paragraph(mergeText([...box, ...(first.content ?? [])]));
  else if (first?.type !== 'codeBlock' || box.length > 0) content.unshift(paragraph(box));
  return { type: 'listItem', content };
}

/** Jira's tasks are lines of text, with lists of tasks under them at most. */
function isTaskList(token: Tokens.List): boolean {
  return (
    !token.ordered &&
    token.items.every(
      (item) =>
        boxOf(item) !== undefined &&
        taskLines(item).length <= 1 &&
        item.tokens.every((child) =>
          child.type === 'list'
            ? isTaskList(child as Tokens.List)
            : ['text', 'paragraph', 'checkbox', 'space'].includes(child.type),
        ),
    )
  );
}

function taskLines(item: Tokens.ListItem): Token[] {
  return item.tokens.filter((child) => child.type === 'text' || child.type === 'paragraph');
}

/** For Markdown a box without words is text; people mean a task that they have not written yet. */
const EMPTY_BOX = /^\[([ xX])\]$/;

/** Whether it is done; `undefined` where there is no box. */
function boxOf(item: Tokens.ListItem): boolean | undefined {
  if (item.task) return item.checked === true;
  const [line, ...more] = taskLines(item);
  const box = more.length === 0 ? EMPTY_BOX.exec(line?.raw.trim() ?? '')?.[1] : undefined;
  return box === undefined ? undefined : box !== ' ';
}

function taskList(token: Tokens.List, context: Context): AdfNode {
  const attrs = { localId: nextId(context) };
  const content = token.items.flatMap((item) => {
    const words = item.task ? taskLines(item) : [];
    const inline = words.flatMap((child) => ('tokens' in child ? (child.tokens ?? []) : []));
    const task = {
      type: 'taskItem',
      attrs: { localId: nextId(context), state: boxOf(item) ? 'DONE' : 'TODO' },
      content: inlineToAdf(inline.filter((child) => child.type !== 'checkbox')),
    };
    const below = item.tokens.filter((child) => child.type === 'list');
    return [task, ...below.map((child) => taskList(child as Tokens.List, context))];
  });
  return { type: 'taskList', attrs, content };
}

function nextId({ ids }: Context): string {
  ids.last += 1;
  return `task-${ids.last}`;
}

function table(token: Tokens.Table, { place }: Context): AdfNode[] {
  if (place === 'quote' || place === 'item') return [codeBlock(token.raw.trim(), '')];
  const cell = (type: string) => (source: Tokens.TableCell) => ({
    type,
    content: [paragraph(inlineToAdf(source.tokens))],
  });
  const rows = [token.header.map(cell('tableHeader')), ...token.rows.map((row) => row.map(cell('tableCell')))];
  return [{ type: 'table', content: rows.map((content) => ({ type: 'tableRow', content })) }];
}

interface Details {
  readonly title: string;
  readonly inside: readonly Token[];
  /** Index of the last token that belongs to it. */
  readonly end: number;
}

const DETAILS = /^\s*<details[^>]*>\s*(?:<summary[^>]*>([\s\S]*?)<\/summary>)?([\s\S]*)$/i;
const CLOSING = /<\/details>\s*$/i;

/** Of each token that opens a `<details>` the one that closes it. */
function detailsIn(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'html') continue;
    if (DETAILS.test(token.raw)) open.push(index);
    const start = CLOSING.test(token.raw) ? open.pop() : undefined;
    if (start !== undefined) ends.set(start, index);
  }
  return ends;
}

/** The `<details>` that opens at this token, when the same list of tokens closes it. */
function detailsAt(tokens: readonly Token[], start: number, ends: ReadonlyMap<number, number>): Details | undefined {
  const opening = DETAILS.exec(tokens[start]?.raw ?? '');
  const end = ends.get(start);
  if (!opening || end === undefined) return undefined;
  const title = plain(opening[1] ?? '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const rest = opening[2] ?? '';
  if (end === start) return { title, inside: markdownReader.lexer(rest.replace(CLOSING, '').trim()), end };
  const last = (tokens[end]?.raw ?? '').replace(CLOSING, '').trim();
  const inside = [...markdownReader.lexer(rest.trim()), ...tokens.slice(start + 1, end), ...markdownReader.lexer(last)];
  return { title, inside, end };
}

/** Only the document itself holds expands; elsewhere the title stands above what it would have hidden. */
function expand({ title, inside }: Details, context: Context): AdfNode[] {
  if (context.place !== 'top') {
    const named = title === '' ? [] : [paragraph(textNode(title, [{ type: 'strong' } satisfies AdfMark]))];
    return [...named, ...blocks(inside, context)];
  }
  const content = blocks(inside, { ...context, place: 'nested' });
  return [{ type: 'expand', attrs: { title }, content: content.length > 0 ? content : [paragraph([])] }];
}
