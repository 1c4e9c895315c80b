/** The lines of a Markdown text, and of which of them nothing but text is to be read: code, comments, what stands in lists. Pure, and linear. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * `text`: may be a heading, a field, a row. `list`: belongs to an item of a list, its first line included. `quote`: a line of a quotation.
 * `code` and `comment`: nothing of ours. `kept`: between the two lines that say that whatever stands there is text; these two are `fence`.
 */
export type LineKind = 'text' | 'list' | 'quote' | 'code' | 'comment' | 'kept' | 'fence';

export interface Line extends Span {
  /** Where the next one begins. */
  readonly next: number;
  /** Without its end. */
  readonly text: string;
  readonly kind: LineKind;
}

export interface Lines {
  readonly all: readonly Line[];
  /** Where code or a comment begins that nothing ends. */
  readonly unclosed: readonly { readonly line: number; readonly what: 'code' | 'comment' }[];
}

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const ITEM = /^( *)(?:[-*+]|\d{1,9}[.)])(?:( {1,4})(?=\S)|[ \t]|$)/;
const RAW = /^ {0,3}<(pre|script|style|textarea)(?=[\s>]|$)/i;
const KEPT = /^<!-- pace:text( \d+)? -->$/;

/** Text that must not be read as anything else stands between these two lines; the number is one that the text itself does not end with. */
export function keptFence(number: number): { readonly first: string; readonly last: string } {
  const tail = number === 0 ? '' : ` ${number}`;
  return { first: `<!-- pace:text${tail} -->`, last: `<!-- /pace:text${tail} -->` };
}

export function linesOf(text: string): Lines {
  const plain = split(text);
  const all: Line[] = [];
  const unclosed: { line: number; what: 'code' | 'comment' }[] = [];
  const ends = lastPlaces(plain);
  const put = (from: number, to: number, kind: LineKind) => {
    for (const line of plain.slice(from, to)) all.push({ ...line, kind });
  };
  /** Up to and with the line that ends it; else up to the last line. */
  const through = (from: number, to: number, kind: 'code' | 'comment') => {
    if (to < 0) unclosed.push({ line: from, what: kind });
    put(from, to < 0 ? plain.length : to + 1, kind);
  };
  let item = -1;
  for (let at = frontMatter(plain, (end) => put(0, end, 'code')); at < plain.length; at = all.length) {
    const { text: line } = plain[at] as Plain;
    const kept = KEPT.exec(line);
    const end = kept ? (ends.get(`<!-- /pace:text${kept[1] ?? ''} -->`) ?? -1) : -1;
    const fence = FENCE.exec(line)?.[1];
    const raw = RAW.exec(line)?.[1];
    if (end > at) {
      const last = nextOf(plain, at + 1, (one) => one === plain[end]?.text);
      put(at, at + 1, 'fence');
      put(at + 1, last, 'kept');
      put(last, last + 1, 'fence');
      item = -1;
    } else if (fence !== undefined) {
      through(at, nextOf(plain, at + 1, closes(fence)), 'code');
    } else if (/^ {0,3}<!--/.test(line)) {
      const from = line.indexOf('<!--') + 4;
      const isOne = /^-?>/.test(line.slice(from)) || line.includes('-->', from);
      through(at, isOne ? at : nextOf(plain, at + 1, (one) => one.includes('-->')), 'comment');
    } else if (raw !== undefined) {
      const close = `</${raw.toLowerCase()}>`;
      through(
        at,
        line.toLowerCase().includes(close) ? at : nextOf(plain, at + 1, (one) => one.toLowerCase().includes(close)),
        'code',
      );
    } else {
      item = itemAfter(item, line);
      put(at, at + 1, kindOf(line, item));
    }
  }
  return { all, unclosed };
}

type Plain = Omit<Line, 'kind'>;

function split(text: string): Plain[] {
  const lines: Plain[] = [];
  const ends = /\r\n|\r|\n/g;
  // the mark of the byte order is no part of the first line
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let end = ends.exec(text); end; end = ends.exec(text)) {
    lines.push({ start, end: end.index, next: ends.lastIndex, text: text.slice(start, end.index) });
    start = ends.lastIndex;
  }
  if (start < text.length) lines.push({ start, end: text.length, next: text.length, text: text.slice(start) });
  return lines;
}

/** What could end a kept text, and where it stands last: so that none is looked for in vain. */
function lastPlaces(lines: readonly Plain[]): ReadonlyMap<string, number> {
  return new Map(lines.flatMap(({ text }, at) => (text.startsWith('<!-- /pace:text') ? [[text, at] as const] : [])));
}

function nextOf(lines: readonly Plain[], from: number, isIt: (text: string) => boolean): number {
  for (let at = from; at < lines.length; at += 1) if (isIt(lines[at]?.text ?? '')) return at;
  return -1;
}

function closes(fence: string): (line: string) => boolean {
  const sign = fence[0] ?? '`';
  return (line) => {
    const bare = line.trim();
    return (
      bare.length >= fence.length &&
      bare[0] === sign &&
      /^ {0,3}\S/.test(line) &&
      [...bare].every((one) => one === sign)
    );
  };
}

function frontMatter(lines: readonly Plain[], put: (end: number) => void): number {
  if (lines[0]?.text.trimEnd() !== '---') return 0;
  const end = nextOf(lines, 1, (text) => /^(?:---|\.\.\.)\s*$/.test(text));
  // a line of a page, where no key stands behind it
  if (end < 0 || end > 200 || !/^[A-Za-z_][\w-]*\s*:/.test(lines[1]?.text ?? '')) return 0;
  put(end + 1);
  return end + 1;
}

/** Where the text of the outermost item begins; -1 outside of lists. */
function itemAfter(item: number, line: string): number {
  if (line.trim() === '') return item;
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  if (item >= 0 && indent >= item) return item;
  const found = ITEM.exec(line);
  if (!found || indent > 3) return -1;
  return indent + found[0].trimStart().length;
}

function kindOf(line: string, item: number): LineKind {
  if (item >= 0 && line.trim() !== '') return 'list';
  if (/^ {0,3}>/.test(line)) return 'quote';
  return /^(?: {4}| {0,3}\t)/.test(line) && line.trim() !== '' ? 'code' : 'text';
}
