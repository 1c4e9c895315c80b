/** ADF text nodes with marks to one line of Markdown, escaped so that it reads back as the same nodes. */

import { isRecord } from '../../core/record.ts';
import { longestTicks, onOneLine } from '../../core/text/markdown-marks.ts';
import type { AdfMark, AdfNode } from './adf-node.ts';

/** `paragraph` may have lines; `line` (a heading) and `cell` may not. */
type Place = 'paragraph' | 'line' | 'cell';

/** A break between two lines with words is a line end; others would end the paragraph, or mean nothing. */
function isLineEnd(nodes: readonly AdfNode[], at: number): boolean {
  const hasWords = (node: AdfNode | undefined) =>
    node !== undefined && node.type !== 'hardBreak' && node.text?.trim() !== '';
  return nodes[at]?.type === 'hardBreak' && hasWords(nodes[at - 1]) && hasWords(nodes[at + 1]);
}

interface Span {
  readonly text: string;
  readonly marks: readonly AdfMark[];
  /** Already Markdown. */
  readonly raw?: boolean;
}

interface Open {
  readonly mark: AdfMark;
  readonly sign: string;
}

export function inlineToMarkdown(given: readonly AdfNode[], place: Place): string {
  const nodes = withoutLastBreaks(given);
  const spans = merged(
    nodes.flatMap((node, at) => spansOf(node, place === 'paragraph' && isLineEnd(nodes, at) ? 'lines' : place)),
  );
  const linked = spans.some(({ marks }) => marks.some((mark) => mark.type === 'link'));
  const lasts = lastWith(spans);
  const out = written();
  let open: Open[] = [];
  for (const [index, span] of spans.entries()) {
    const wanted = wantedMarks(span, open, spans[index + 1]);
    const kept = openUntil(open, wanted);
    out.addBeforeBlanks(inPlace(ends(open.slice(kept)), place));
    open = open.slice(0, kept);
    const blank = /^ +/.exec(span.raw ? '' : span.text)?.[0] ?? '';
    const added = byReach(
      // what would begin at the end of a line begins nothing
      wanted.filter((mark) => !span.raw && !open.some((other) => same(other.mark, mark))),
      (mark) => lasts(mark, index),
    ).map((mark) => ({ mark, sign: signOf(mark, out.end + blank, spans[lasts(mark, index)]) }));
    if (added.length > 0) out.add(blank + added.map(({ mark, sign }) => (mark.type === 'link' ? '[' : sign)).join(''));
    open.push(...added);
    const rest = added.length > 0 ? { ...span, text: span.text.slice(blank.length) } : span;
    out.add(textOf(rest, place, out.end, linked));
  }
  out.addBeforeBlanks(inPlace(ends(open), place));
  return trimmed(out.text(), place);
}

/** Nobody sees a break that nothing follows; in Markdown it would read as a backslash. */
function withoutLastBreaks(nodes: readonly AdfNode[]): readonly AdfNode[] {
  return nodes.slice(0, nodes.findLastIndex((node) => node.type !== 'hardBreak' && node.text?.trim() !== '') + 1);
}

/** What people see of a node, without signs of Markdown. */
export function visibleText(node: AdfNode): string {
  return spansOf(node, 'paragraph')
    .map(({ text, raw }) => (raw ? text.replace(/^<|>$/g, '') : text))
    .join('')
    .trim();
}

/** What is written, and its last characters: looking at all of it for each piece would take ever longer. */
function written(): {
  add(text: string): void;
  addBeforeBlanks(signs: string): void;
  text(): string;
  readonly end: string;
} {
  const pieces: string[] = [];
  let [end, blanks] = ['', ''];
  const push = (text: string) => {
    pieces.push(text);
    end = (end + text).slice(-2);
  };
  return {
    add(text) {
      let words = text.length;
      while (text[words - 1] === ' ') words -= 1;
      if (words > 0) {
        push(blanks + text.slice(0, words));
        blanks = '';
      }
      blanks += text.slice(words);
    },
    /** A blank at the end goes behind the signs. */
    addBeforeBlanks(signs) {
      if (signs !== '') push(signs);
    },
    text: () => pieces.join('') + blanks,
    get end() {
      return end + blanks.slice(-1);
    },
  };
}

/** Where, from a span on, the spans with a mark end: the first that has it no more. */
function lastWith(spans: readonly Span[]): (mark: AdfMark, start: number) => number {
  const known = new Map<string, number>();
  return (mark, start) => {
    const key = JSON.stringify([mark.type, mark.attrs]);
    let end = known.get(key) ?? start;
    if (end > start) return end;
    end = start;
    while (spans[end]?.marks.some((other) => same(other, mark))) end += 1;
    known.set(key, end);
    return end;
  };
}

/** Neighbours with the same marks as one span. */
function merged(spans: readonly Span[]): Span[] {
  const result: { span: Span; marks: string; texts: string[] }[] = [];
  for (const span of spans) {
    const marks = JSON.stringify(span.marks);
    const last = result.at(-1);
    if (last && !last.span.raw && !span.raw && last.marks === marks) last.texts.push(span.text);
    else result.push({ span, marks, texts: [span.text] });
  }
  return result.map(({ span, texts }) => ({ ...span, text: texts.join('') }));
}

const BREAKS = { lines: '\n', paragraph: '\\\n', line: '<br>', cell: '<br>' } as const;

function spansOf(node: AdfNode, place: keyof typeof BREAKS): Span[] {
  const { attrs = {}, marks = [] } = node;
  const shown = (value: unknown, otherwise = ''): Span[] => [{ text: String(value ?? otherwise), marks }];
  switch (node.type) {
    case 'text':
      return shown(node.text);
    case 'hardBreak':
      return [{ text: BREAKS[place], marks: [], raw: true }];
    case 'mention':
      return shown(attrs['text'], `@${attrs['id'] ?? 'someone'}`);
    case 'emoji':
      return shown(attrs['text'], String(attrs['shortName'] ?? ''));
    case 'status':
      return shown(attrs['text']);
    case 'date':
      return shown(isoDate(attrs['timestamp']));
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return cardSpans(attrs, marks);
    case 'media':
    case 'mediaInline':
      return [{ text: mediaName(attrs), marks: mediaMarks(attrs, marks) }];
    case 'taskItem':
    case 'blockTaskItem':
      return [{ text: attrs['state'] === 'DONE' ? '[x] ' : '[ ] ', marks: [] }, ...inside(node, place)];
    default:
      return node.content === undefined ? shown(nameOf(attrs)) : inside(node, place);
  }
}

function inside({ content = [] }: AdfNode, place: keyof typeof BREAKS): Span[] {
  return content.flatMap((child) => spansOf(child, place));
}

type Attributes = Readonly<Record<string, unknown>>;

/** What was only pasted has its address; what an app has filled in tells it in the words of the web. */
function cardSpans({ url, data }: Attributes, marks: readonly AdfMark[]): Span[] {
  const about: Attributes = isRecord(data) ? data : {};
  const address = [url, about['url'], about['@id']].find((text) => typeof text === 'string' && text !== '');
  if (typeof address === 'string') return [{ text: `<${address.replace(/[<>\s]/g, '')}>`, marks: [], raw: true }];
  return typeof about['name'] === 'string' ? [{ text: about['name'], marks }] : [];
}

/** A file in the text has a name at most; an image from elsewhere its address. */
function mediaName({ alt, url, __fileName: file }: Attributes): string {
  const name = [alt, file].find((text) => typeof text === 'string' && text.trim() !== '');
  const shown = typeof name === 'string' ? name.trim() : 'attachment';
  return typeof url === 'string' ? shown : `(${shown})`;
}

function mediaMarks({ url }: Attributes, marks: readonly AdfMark[]): readonly AdfMark[] {
  return typeof url === 'string' ? [{ type: 'link', attrs: { href: url } }] : marks;
}

/** What people see of things that apps put into a text, and of those that nobody has described yet. */
function nameOf({ text, title, extensionTitle, extensionKey }: Attributes): string {
  const name = [text, title, extensionTitle].find((value) => typeof value === 'string' && value.trim() !== '');
  if (typeof name === 'string') return name;
  return typeof extensionKey === 'string' ? `(${extensionKey})` : '';
}

function isoDate(timestamp: unknown): string {
  const milliseconds = Number(timestamp);
  return Math.abs(milliseconds) < 8.64e15 ? new Date(milliseconds).toISOString().slice(0, 10) : String(timestamp ?? '');
}

const SIGNS: Readonly<Record<string, string>> = { strong: '**', strike: '~~', em: '_', link: ']' };

/** The marks that Markdown has too, except code, which is written with its text. Blanks, breaks and code lie within what goes on. */
function wantedMarks({ marks, raw, text }: Span, open: readonly Open[], next: Span | undefined): AdfMark[] {
  const own = raw || text.trim() === '' ? [] : marks.filter((mark) => Object.hasOwn(SIGNS, mark.type));
  if (own.length > 0 && !isCode(marks)) return own;
  const through = open
    .map(({ mark }) => mark)
    .filter((mark) => next?.marks.some((other) => same(other, mark)))
    .filter((mark) => raw || marks.some((other) => same(other, mark)) || (isCode(marks) && mark.type !== 'link'));
  return [...through, ...own.filter((mark) => !through.some((other) => same(other, mark)))];
}

function isCode(marks: readonly AdfMark[]): boolean {
  return marks.some((mark) => mark.type === 'code');
}

function same(one: AdfMark, other: AdfMark): boolean {
  return one.type === other.type && JSON.stringify(one.attrs) === JSON.stringify(other.attrs);
}

function openUntil(open: readonly Open[], wanted: readonly AdfMark[]): number {
  const index = open.findIndex(({ mark }) => !wanted.some((other) => same(other, mark)));
  return index < 0 ? open.length : index;
}

function ends(ended: readonly Open[]): string {
  return ended
    .toReversed()
    .map(({ mark, sign }) => (mark.type === 'link' ? `](${address(String(mark.attrs?.['href'] ?? ''))})` : sign))
    .join('');
}

/** What stands in a cell may hold its sign in addresses as well. */
function inPlace(markdown: string, place: Place): string {
  return place === 'cell' ? markdown.replaceAll('|', '\\|') : markdown;
}

function address(href: string): string {
  return href.replace(/[\s<>()\\*_`]/g, (sign) => encodeURIComponent(sign).replace(/[()*_`]/g, percent));
}

function percent(sign: string): string {
  return sign === '_' || sign === '*' ? sign : `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The mark that lasts longest is opened first; a link always is. */
function byReach(marks: readonly AdfMark[], reach: (mark: AdfMark) => number): AdfMark[] {
  return marks.toSorted((one, other) => reach(other) - reach(one));
}

/** `_` within a word means nothing, so that `*` stands there. */
function signOf(mark: AdfMark, before: string, behind: Span | undefined): string {
  if (mark.type !== 'em') return SIGNS[mark.type] ?? '';
  const touching = /[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(behind?.text ?? '');
  return touching ? '*' : '_';
}

function textOf(span: Span, place: Place, before: string, linked: boolean): string {
  if (span.raw) return inPlace(span.text, place);
  if (isCode(span.marks)) return code(span.text, place);
  const line = span.text.replace(/[ \t\n\r]+/g, ' ');
  const words = escaped(line, linked);
  const safe = inPlace(words, place);
  return before === '' || before.endsWith('\n') ? escapeStart(safe) : safe;
}

function code(text: string, place: Place): string {
  const line = onOneLine(text);
  const fence = '`'.repeat(longestTicks(line) + 1);
  const padded = /^`|`$|^ .* $/.test(line) && line.trim() !== '' ? ` ${line} ` : line;
  return fence + inPlace(padded, place) + fence;
}

/** Beside a link every bracket is escaped, for it could pair with the link's own. */
function escaped(text: string, linked: boolean): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~]|$)/g, '\\\\')
    .replace(/[`*~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(linked ? /[[\]]|(?<=\])\(/g : /\](?=[([:])/g, '\\$&')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#\d{1,7};|#x[0-9a-f]{1,6};|\w+;)/gi, '&amp;');
}

/** What would start a block at the start of a line. */
function escapeStart(text: string): string {
  return text
    .replace(/^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$|[-=])|>|=|\||:?-)/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** A break at the end of a paragraph would read as a backslash. */
function trimmed(text: string, place: Place): string {
  const clean = text
    .replace(/(?<! ) +(?=\\?\n|<br>)/g, '')
    .replace(/(\n|<br>) +/g, '$1')
    .trim();
  if (place !== 'paragraph') return clean;
  let end = clean.endsWith('\n\\') ? clean.length - 1 : clean.length;
  while (end > 1 && clean.startsWith('\\\n', end - 2)) end -= 2;
  return clean.slice(0, end);
}
