/** Wiki text read into the blocks of a document: strictly, so that what is not markup stays text. */
import type { AdfNode } from './adf-node.ts';
import { plain } from './markdown-to-adf-inline.ts';
import { inlineFromWiki } from './wiki-to-adf-inline.ts';

/** Lines that are left to read. */
interface Source {
  readonly lines: string[];
  at: number;
  /** How often the rest of a line was left to read. */
  again: { readonly at: number; readonly times: number };
  /** The last line that holds a closing text: what opens behind it never ends. */
  readonly lasts: Map<string, number>;
}

function sourceOf(lines: string[]): Source {
  return { lines, at: 0, again: { at: 0, times: 0 }, lasts: new Map() };
}

/** So many blocks stand on one line; what follows is text. */
const MOST_ON_LINE = 50;

export function fromWiki(wiki: string): AdfNode[] {
  return piecesOf(wiki).flatMap(({ nodes }) => nodes);
}

/** A piece of the text, and the blocks that it is. */
export interface WikiPiece {
  readonly nodes: readonly AdfNode[];
  /** Without the line ends behind it. */
  readonly wiki: string;
  readonly behind: string;
}

/** The blocks of a text with the words that they were made of: all of the text but what stands before the first. */
export function piecesOf(wiki: string): WikiPiece[] {
  const text = plain(wiki);
  const lines = text.split('\n');
  const lengths = lines.map((line) => line.length);
  const starts: number[] = [];
  for (const [at, length] of lengths.entries())
    starts.push(at === 0 ? 0 : (starts[at - 1] ?? 0) + (lengths[at - 1] ?? length) + 1);
  const source = sourceOf(lines);
  // what is left of a line is its end
  const place = () =>
    source.at < lines.length
      ? (starts[source.at] ?? 0) + (lengths[source.at] ?? 0) - (lines[source.at] ?? '').length
      : text.length;
  const found: { readonly nodes: AdfNode[]; readonly at: number }[] = [];
  while (source.at < lines.length) {
    const line = lines[source.at] ?? '';
    const at = place();
    if (line.trim() === '') source.at += 1;
    else found.push({ at, nodes: withTasks(block(source, line, undefined)) });
  }
  return found.map(({ nodes, at }, index) => {
    const whole = text.slice(at, found[index + 1]?.at ?? text.length);
    const own = whole.trimEnd();
    return { nodes, wiki: own, behind: whole.slice(own.length) };
  });
}

/** The wiki has no tasks: a list whose items all start with a box is one. In a quote there are none. */
function withTasks(nodes: readonly AdfNode[]): AdfNode[] {
  return nodes.map((node) => {
    if (node.type === 'blockquote' || node.content === undefined) return node;
    if (!['bulletList', 'orderedList', 'listItem', 'expand'].includes(node.type)) return node;
    const content = withTasks(node.content);
    const tasks = node.type === 'bulletList' ? content.map(toTask) : [];
    const areTasks = tasks.length > 0 && tasks.every((task) => task !== undefined);
    return areTasks ? { type: 'taskList', content: tasks.flat() } : { ...node, content };
  });
}

const BOX = /^\[( |x)\](?: |$)/;

/** A task and the tasks below it; `undefined` for an item that is not one, or holds more than a line and tasks. */
function toTask({ content = [] }: AdfNode): AdfNode[] | undefined {
  const [line, ...below] = content;
  const [first, ...more] = line?.type === 'paragraph' ? (line.content ?? []) : [];
  const box = first?.marks ? undefined : BOX.exec(first?.text ?? '');
  if (!box || !first || below.some(({ type }) => type !== 'taskList')) return undefined;
  const text = (first.text ?? '').slice(box[0].length);
  const own = [...(text === '' ? [] : [{ ...first, text }]), ...more];
  return [{ type: 'taskItem', attrs: { state: box[1] === 'x' ? 'DONE' : 'TODO' }, content: own }, ...below];
}

const HEADING = /^\s*h([1-6])\.\s+(.*)$/;
const RULE = /^\s*-{4,}\s*$/;
const QUOTED_LINE = /^\s*bq\.\s+(.*)$/;
const LIST = /^\s*([*#]{1,20}|-)\s(.*)$/;
const TABLE = /^\s*\|.*\|\s*$/;
const RAW = /^\s*\{(code|noformat)(?::([^}]*))?\}\s*(.*)$/;
const FRAME = /^\s*\{(quote|panel|color)(?::([^}]*))?\}\s*(.*)$/;

function blocks(source: Source, end?: RegExp): AdfNode[] {
  const nodes: AdfNode[] = [];
  while (source.at < source.lines.length) {
    const line = source.lines[source.at] ?? '';
    if (end?.test(line)) break;
    if (line.trim() === '') source.at += 1;
    else for (const node of block(source, line, end)) nodes.push(node);
  }
  return nodes;
}

function block(source: Source, line: string, end: RegExp | undefined): AdfNode[] {
  const heading = HEADING.exec(line);
  if (heading)
    return taken(source, {
      type: 'heading',
      attrs: { level: Number(heading[1]) },
      content: inlineFromWiki(heading[2] ?? ''),
    });
  if (RULE.test(line)) return taken(source, { type: 'rule' });
  const quoted = QUOTED_LINE.exec(line);
  if (quoted) return taken(source, { type: 'blockquote', content: [paragraph(quoted[1] ?? '')] });
  return raw(source) ?? frame(source) ?? list(source, end) ?? table(source) ?? [text(source, end)];
}

function taken(source: Source, node: AdfNode): AdfNode[] {
  source.at += 1;
  return [node];
}

function paragraph(text: string): AdfNode {
  return { type: 'paragraph', content: inlineFromWiki(text) };
}

/** Lines up to one that starts something else. */
function text(source: Source, end: RegExp | undefined): AdfNode {
  const lines = [source.lines[source.at] ?? ''];
  source.at += 1;
  while (source.at < source.lines.length) {
    const line = source.lines[source.at] ?? '';
    if (line.trim() === '' || end?.test(line) || startsBlock(source, line)) break;
    lines.push(line);
    source.at += 1;
  }
  return paragraph(lines.join('\n'));
}

function startsBlock(source: Source, line: string): boolean {
  return (
    [HEADING, RULE, QUOTED_LINE, LIST, TABLE].some((start) => start.test(line)) ||
    RAW.test(line) ||
    isFrame(source, line)
  );
}

/** Code, up to where it ends; what never ends is text. */
function raw(source: Source): AdfNode[] | undefined {
  const opening = RAW.exec(source.lines[source.at] ?? '');
  if (!opening) return undefined;
  const [, macro = '', parameters = '', rest = ''] = opening;
  const lines = inside(source, `{${macro}}`, rest);
  if (!lines) return undefined;
  // the line of the opening and that of the closing hold nothing else, mostly
  if (lines[0] === '') lines.shift();
  if (lines.at(-1) === '' && lines.length > 0) lines.pop();
  return [codeBlock(lines.join('\n'), parameters)];
}

/** Whether it stands in the rest of this line, or below. */
function closes(source: Source, closing: string, rest: string): boolean {
  if (source.again.at === source.at && source.again.times >= MOST_ON_LINE) return false;
  if (rest.includes(closing)) return true;
  const known = source.lasts.get(closing);
  const last = known ?? source.lines.findLastIndex((line) => line.includes(closing));
  if (known === undefined) source.lasts.set(closing, last);
  return last > source.at;
}

/** This is left of the line. */
function leave(source: Source, after: string): void {
  source.lines[source.at] = after;
  for (const [closing, last] of source.lasts)
    if (last === source.at && !after.includes(closing)) source.lasts.set(closing, -1);
}

/** The lines up to the closing text, which may be the rest of this one; what follows it is left to read. `undefined` when nothing closes. */
function inside(source: Source, closing: string, rest: string): string[] | undefined {
  if (!closes(source, closing, rest)) return undefined;
  const lines: string[] = [];
  for (let at = source.at; at < source.lines.length; at += 1) {
    const line = at === source.at ? rest : (source.lines[at] ?? '');
    const stop = line.indexOf(closing);
    if (stop < 0) {
      lines.push(line);
      continue;
    }
    const after = line.slice(stop + closing.length);
    source.again = { at, times: at === source.again.at ? source.again.times + 1 : 1 };
    source.at = after.trim() === '' ? at + 1 : at;
    if (source.at === at) leave(source, after);
    return [...lines, line.slice(0, stop)];
  }
  return undefined;
}

function codeBlock(text: string, parameters: string): AdfNode {
  const given = parameters.split('|').map((one) => one.trim());
  const named =
    given.find((one) => one !== '' && !one.includes('=')) ??
    given.map((one) => /^(?:title|language)=([\w+#.-]+)$/.exec(one)?.[1]).find((one) => one !== undefined);
  const clean = text.replace(/\{\u2060/g, '{');
  return {
    type: 'codeBlock',
    ...(named === undefined || named === 'none' ? {} : { attrs: { language: named } }),
    ...(clean === '' ? {} : { content: [{ type: 'text', text: clean }] }),
  };
}

function isFrame(source: Source, line: string): boolean {
  const opening = FRAME.exec(line);
  if (!opening) return false;
  return closes(source, `{${opening[1]}}`, opening[3] ?? '');
}

/** A quote, or a panel, which reads as what can be opened and closed. */
function frame(source: Source): AdfNode[] | undefined {
  const [, macro = '', parameters = '', rest = ''] = FRAME.exec(source.lines[source.at] ?? '') ?? [];
  const lines = macro === '' ? undefined : inside(source, `{${macro}}`, rest);
  if (!lines) return undefined;
  const content = blocks(sourceOf(lines));
  if (macro === 'color') return content;
  const some = content.length > 0 ? content : [paragraph('')];
  if (macro === 'quote') return [{ type: 'blockquote', content: some }];
  const title = /(?:^|\|)title=([^|]*)/.exec(parameters)?.[1] ?? '';
  const own = /^title=[^|]*$|^$/.test(parameters) ? {} : { wiki: parameters };
  return [{ type: 'expand', attrs: { title: title.trim(), ...own }, content: some }];
}

interface Item {
  readonly markers: string;
  readonly blocks: AdfNode[];
  readonly start?: number;
}

function list(source: Source, end: RegExp | undefined): AdfNode[] | undefined {
  if (!LIST.test(source.lines[source.at] ?? '')) return undefined;
  const items: Item[] = [];
  while (source.at < source.lines.length) {
    const line = source.lines[source.at] ?? '';
    if (line.trim() === '' || end?.test(line)) break;
    const found = LIST.exec(line);
    if (found) {
      source.at += 1;
      items.push(listItem(source, (found[1] ?? '').replace('-', '*'), found[2] ?? '', end));
      continue;
    }
    if (HEADING.test(line) || RULE.test(line) || TABLE.test(line)) break;
    // what follows without a blank line belongs to the item
    for (const node of raw(source) ?? frame(source) ?? [text(source, end)]) items.at(-1)?.blocks.push(node);
  }
  return nested(items, 1);
}

function listItem(source: Source, markers: string, first: string, end: RegExp | undefined): Item {
  const anchor = /^\{anchor:start-(\d{1,9})\}(.*)$/s.exec(first);
  const lines = [anchor?.[2] ?? first];
  while (source.at < source.lines.length) {
    const line = source.lines[source.at] ?? '';
    if (line.trim() === '' || end?.test(line) || startsBlock(source, line)) break;
    lines.push(line);
    source.at += 1;
  }
  const content = inlineFromWiki(lines.join('\n'));
  return { markers, blocks: [{ type: 'paragraph', content }], ...(anchor ? { start: Number(anchor[1]) } : {}) };
}

/** Items with their markers, as lists in lists: the sign at a depth says of which kind the list there is. */
function nested(items: readonly Item[], depth: number): AdfNode[] {
  const lists: AdfNode[] = [];
  for (let at = 0; at < items.length; ) {
    const sign = items[at]?.markers.charAt(depth - 1);
    const hangs = isDeeper(items[at], depth);
    // what is deeper belongs to the item above it, whatever stands before its last sign
    const goesOn = (item: Item | undefined) =>
      isDeeper(item, depth) || (!hangs && item?.markers.charAt(depth - 1) === sign);
    let stop = at + 1;
    while (stop < items.length && goesOn(items[stop])) stop += 1;
    const own = items.slice(at, stop);
    // below nothing there is one level less
    for (const list of hangs ? nested(own, depth + 1) : [oneList(own, depth, sign === '#')]) lists.push(list);
    at = stop;
  }
  return lists;
}

function isDeeper(item: Item | undefined, depth: number): boolean {
  return (item?.markers.length ?? 0) > depth;
}

function oneList(items: readonly Item[], depth: number, isOrdered: boolean): AdfNode {
  const content: { type: string; content: AdfNode[] }[] = [];
  for (let at = 0; at < items.length; ) {
    let stop = at + 1;
    while (stop < items.length && isDeeper(items[stop], depth)) stop += 1;
    const below = nested(items.slice(at + 1, stop), depth + 1);
    content.push({ type: 'listItem', content: [...trimmed(items[at]?.blocks ?? []), ...below] });
    at = stop;
  }
  if (!isOrdered) return { type: 'bulletList', content };
  return { type: 'orderedList', attrs: { order: items[0]?.start ?? 1 }, content };
}

/** An item that is nothing but code has no empty line above it. */
function trimmed(blocks: readonly AdfNode[]): AdfNode[] {
  const [first, second] = blocks;
  return first?.content?.length === 0 && second?.type === 'codeBlock' ? blocks.slice(1) : [...blocks];
}

function table(source: Source): AdfNode[] | undefined {
  const rows: AdfNode[] = [];
  while (TABLE.test(source.lines[source.at] ?? '')) {
    rows.push(row((source.lines[source.at] ?? '').trim()));
    source.at += 1;
  }
  return rows.length > 0 ? [{ type: 'table', content: rows }] : undefined;
}

/** Bars part the cells, but not those that are escaped or stand in a link. */
function row(line: string): AdfNode {
  const cells: AdfNode[] = [];
  let text = '';
  let isHead = line.startsWith('||');
  let inLink = false;
  const lastEnd = line.lastIndexOf(']');
  for (let at = isHead ? 2 : 1; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === '\\') {
      text += sign + (line[at + 1] ?? '');
      at += 1;
    } else if (sign === '|' && !inLink) {
      cells.push({ type: isHead ? 'tableHeader' : 'tableCell', content: [paragraph(text.trim())] });
      text = '';
      isHead = line[at + 1] === '|';
      if (isHead) at += 1;
    } else {
      if (sign === '[') inLink = lastEnd > at;
      if (sign === ']') inLink = false;
      text += sign;
    }
  }
  return { type: 'tableRow', content: cells };
}
