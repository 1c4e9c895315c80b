/** ADF text nodes with marks to one line of Markdown, escaped so that it reads back as the same nodes. */
import type { AdfMark, AdfNode } from './adf-node.ts';

/** `paragraph` may have lines; `line` (a heading) and `cell` may not. */
type Place = 'paragraph' | 'line' | 'cell';

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

export function inlineToMarkdown(nodes: readonly AdfNode[], place: Place): string {
  const spans = merged(nodes.flatMap((node) => spansOf(node, place)));
  const linked = spans.some(({ marks }) => marks.some((mark) => mark.type === 'link'));
  let out = '';
  let open: Open[] = [];
  for (const [index, span] of spans.entries()) {
    const wanted = wantedMarks(span, open, spans[index + 1]);
    const kept = openUntil(open, wanted);
    out = closed(out, open.slice(kept));
    open = open.slice(0, kept);
    const blank = /^ +/.exec(span.raw ? '' : span.text)?.[0] ?? '';
    const added = byReach(
      wanted.filter((mark) => !open.some((other) => same(other.mark, mark))),
      spans,
      index,
    ).map((mark) => ({ mark, sign: signOf(mark, out + blank, spans, index) }));
    out += added.length > 0 ? blank + added.map(({ mark, sign }) => (mark.type === 'link' ? '[' : sign)).join('') : '';
    open.push(...added);
    const rest = added.length > 0 ? { ...span, text: span.text.slice(blank.length) } : span;
    out += written(rest, place, out, linked);
  }
  return trimmed(closed(out, open), place);
}

/** Neighbours with the same marks as one span. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    const alike = last && !last.raw && !span.raw && JSON.stringify(last.marks) === JSON.stringify(span.marks);
    if (alike) result[result.length - 1] = { ...last, text: last.text + span.text };
    else result.push(span);
  }
  return result;
}

function spansOf(node: AdfNode, place: Place): Span[] {
  const { attrs = {}, marks = [] } = node;
  const shown = (value: unknown, otherwise = ''): Span[] => [{ text: String(value ?? otherwise), marks }];
  switch (node.type) {
    case 'text':
      return shown(node.text);
    case 'hardBreak':
      return [{ text: place === 'paragraph' ? '\\\n' : '<br>', marks: [], raw: true }];
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
      return typeof attrs['url'] === 'string'
        ? [{ text: `<${attrs['url'].replace(/[<>\s]/g, '')}>`, marks: [], raw: true }]
        : [];
    default:
      return (node.content ?? []).flatMap((child) => spansOf(child, place));
  }
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

/** The text with these marks ended; a blank at its end goes behind the signs. */
function closed(out: string, ended: readonly Open[]): string {
  if (ended.length === 0) return out;
  const blank = / +$/.exec(out)?.[0] ?? '';
  const signs = ended
    .toReversed()
    .map(({ mark, sign }) => (mark.type === 'link' ? `](${address(String(mark.attrs?.['href'] ?? ''))})` : sign))
    .join('');
  return out.slice(0, out.length - blank.length) + signs + blank;
}

function address(href: string): string {
  return href.replace(/[\s<>()\\*_`]/g, (sign) => encodeURIComponent(sign).replace(/[()*_`]/g, percent));
}

function percent(sign: string): string {
  return sign === '_' || sign === '*' ? sign : `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The mark that lasts longest is opened first; a link always is. */
function byReach(marks: readonly AdfMark[], spans: readonly Span[], start: number): AdfMark[] {
  const reach = (mark: AdfMark) => {
    let end = start;
    while (spans[end]?.marks.some((other) => same(other, mark))) end += 1;
    return end;
  };
  return marks.toSorted((one, other) => reach(other) - reach(one));
}

/** `_` within a word means nothing, so that `*` stands there. */
function signOf(mark: AdfMark, before: string, spans: readonly Span[], start: number): string {
  if (mark.type !== 'em') return SIGNS[mark.type] ?? '';
  let end = start;
  while (spans[end]?.marks.some((other) => same(other, mark))) end += 1;
  const touching = /[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(spans[end]?.text ?? '');
  return touching ? '*' : '_';
}

function written(span: Span, place: Place, before: string, linked: boolean): string {
  if (span.raw) return span.text;
  if (isCode(span.marks)) return code(span.text, place);
  const line = span.text.replace(/[ \t\n\r]+/g, ' ');
  const words = escaped(line, linked);
  const safe = place === 'cell' ? words.replaceAll('|', '\\|') : words;
  return before === '' || before.endsWith('\\\n') ? escapeStart(safe) : safe;
}

function code(text: string, place: Place): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padded = /^`|`$|^ .* $/.test(line) && line.trim() !== '' ? ` ${line} ` : line;
  return fence + (place === 'cell' ? padded.replaceAll('|', '\\|') : padded) + fence;
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
    .replace(/ +(?=\\\n|<br>)/g, '')
    .replace(/(\\\n|<br>) +/g, '$1')
    .trim();
  return place === 'paragraph' ? clean.replace(/(?:\\\n|\\$(?<=\n\\))+$/g, '') : clean;
}
