/** Text nodes with marks as a line of wiki text, escaped so that it reads back as the same nodes. */
import type { AdfMark, AdfNode } from './adf-node.ts';
import { mergeText } from './markdown-to-adf-inline.ts';

/** A `paragraph` may have lines; a `line` (a heading, a cell) may not. */
type Place = 'paragraph' | 'line';

/** What stands before and behind a marked text. */
interface Frame {
  readonly open: string;
  readonly close: string;
}

const frame = (sign: string): Frame => ({ open: `{${sign}}`, close: `{${sign}}` });

/** In the order in which they enclose each other. */
const FRAMES: readonly ((mark: AdfMark) => Frame | undefined)[] = [
  ({ type, attrs }) =>
    type === 'textColor'
      ? { open: `{color:${String(attrs?.['color']).replace(/[{}\s]/g, '')}}`, close: '{color}' }
      : undefined,
  ({ type }) => (type === 'strong' ? frame('*') : undefined),
  ({ type }) => (type === 'em' ? frame('_') : undefined),
  ({ type }) => (type === 'strike' ? frame('-') : undefined),
  ({ type }) => (type === 'underline' ? frame('+') : undefined),
  ({ type, attrs }) => (type === 'subsup' ? frame(attrs?.['type'] === 'sub' ? '~' : '^') : undefined),
];

export function inlineToWiki(nodes: readonly AdfNode[], place: Place): string {
  const merged = mergeText(nodes);
  const pieces: string[] = [];
  let open: Frame[] = [];
  const add = (text: string) => {
    if (text !== '') pieces.push(text);
  };
  for (const [index, node] of merged.entries()) {
    const isBreak = node.type === 'hardBreak';
    const wanted = isBreak ? [] : signed(node);
    const kept = commonLength(open, wanted);
    // marks do not begin or end with blanks in the wiki, nor do they within a word: braces make them do so
    for (const { close } of open.slice(kept).toReversed()) add(close);
    for (const begun of wanted.slice(kept)) add(begun.open);
    open = wanted;
    if (isBreak) add(lineBreak(merged, index, place));
    else add(ownWords(node) ?? piece(node, pieces.at(-1)?.endsWith('\n') ?? true));
  }
  for (const { close } of open.toReversed()) add(close);
  return plainSigns(pieces.join(''));
}

function signed({ marks = [] }: AdfNode): Frame[] {
  return FRAMES.flatMap((of) => marks.flatMap((mark) => of(mark) ?? []));
}

/** A thing that the wiki has words for and Markdown has none. */
function ownWords({ attrs }: AdfNode): string | undefined {
  return typeof attrs?.['wiki'] === 'string' ? attrs['wiki'] : undefined;
}

function commonLength(one: readonly Frame[], other: readonly Frame[]): number {
  let length = 0;
  while (length < one.length && one[length]?.open === other[length]?.open) length += 1;
  return length;
}

/** A line end breaks the line, two would end the paragraph. */
function lineBreak(nodes: readonly AdfNode[], index: number, place: Place): string {
  const alone = nodes[index - 1]?.type === 'text' && nodes[index + 1]?.type === 'text';
  return place === 'paragraph' && alone ? '\n' : '\\\\';
}

function piece(node: AdfNode, startsLine: boolean): string {
  const text = node.text ?? '';
  const marks = node.marks ?? [];
  const inner = marks.some(({ type }) => type === 'code') ? `{{${escaped(text)}}}` : escaped(text);
  const href = marks.find(({ type }) => type === 'link')?.attrs?.['href'];
  if (typeof href !== 'string') return startsLine && inner === escaped(text) ? escapedStart(inner) : inner;
  const address = href.replace(/[\s|[\]{}\\^]/g, (sign) => encodeURIComponent(sign).replace(/[^%\w]/g, percent));
  return inner === escaped(href) && address === href ? `[${address}]` : `[${inner}|${address}]`;
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Everything that could mean something anywhere in a line. */
function escaped(text: string): string {
  return text
    .replace(/&(?=#\d{1,7};|#x[0-9a-f]{1,6};|\w+;)/gi, '&amp;')
    .replace(/\\/g, '&#92;')
    .replace(/[{}[\]|*^~]|\?\?/g, (signs) => signs.replace(/./g, '\\$&'))
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/(?<![\p{L}\p{N}\s])[-+]|[-+](?![\p{L}\p{N}\s])|(?<!\S)[-+](?=\S)|(?<=\S)[-+](?!\S)/gu, '\\$&')
    .replace(/!(?=\S)/g, '\\!')
    .replace(/\((?=(?:[/x!?+*iny-]|on|off|\\.|flagoff|flag)[\w*]*\))/g, '\\(')
    .replace(/(?<=^|\s)([:;])(?=[()DPpB|-])/g, '\\$1')
    .replace(/\bhttps?:(?=\/\/)|\bmailto:/gi, (scheme) => scheme.replace(':', '&#58;'));
}

/** What would start a block at the start of a line. */
function escapedStart(text: string): string {
  return text
    .replace(/^(\s*)([-*#]+)(?=\s|$)/, (_, blank: string, signs: string) => blank + signs.replace(/./g, '\\$&'))
    .replace(/^(\s*)(h[1-6]|bq)\./i, '$1$2&#46;');
}

/** Braces round a sign where the neighbours make them needless: `{*}bold{*}` reads better as `*bold*`. */
function plainSigns(text: string): string {
  return text.replace(
    /(?<=^|[\s(])\{([*_+^~-])\}(?=[\p{L}\p{N}])([^{}\\\n]*[\p{L}\p{N}])\{\1\}(?=$|[\s).,;:!?])/gu,
    (whole, sign: string, inner: string) => (isPlain(inner) ? sign + inner + sign : whole),
  );
}

/** Without signs of its own. */
function isPlain(text: string): boolean {
  return !/[*_+^~[\]{}|-]/.test(text);
}
