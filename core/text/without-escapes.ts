/** Looks through the escapes of Markdown, JSON, HTML and addresses: a secret in an escaped text is the same secret. Pure. */

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Unescaped {
  readonly text: string;
  /** Where a range of it stands in the escaped text. */
  range(range: Range): Range;
}

/** A backslash before a sign or a letter of JSON, a character of a program's text by its number, or a line that goes on. */
const BACKSLASHED =
  /\\(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|x[0-9a-fA-F]{2}|[0-3][0-7]{2}|[!-/:-@[-`{-~nrtbf]|\r?\n)/u;
/** Characters of HTML by name and number. */
const ENTITY =
  /&(?:lt|gt|amp|quot|apos|nbsp|lowbar|hyphen|dash|equals|period|colon|sol|plus|#0{0,8}\d{1,7}|#[xX]0{0,8}[0-9a-fA-F]{1,6});/u;
/** What cannot be seen: the colours of a terminal, controls, and characters of no width. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours begin with
const UNSEEN = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?![\t\n\r])\p{Cc}|\p{DI}/u;
const ESCAPED = new RegExp(`${BACKSLASHED.source}|${ENTITY.source}|${UNSEEN.source}`, 'gu');
/** Several together are one character. https://url.spec.whatwg.org/#percent-encoded-bytes */
const PERCENT = /(?:%[0-9a-f]{2})+/gi;

const NAMED: Readonly<Record<string, string>> = {
  ...{ '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'", '&nbsp;': '\u00a0' },
  ...{ '&lowbar;': '_', '&hyphen;': '-', '&dash;': '-', '&equals;': '=', '&period;': '.', '&colon;': ':' },
  ...{ '&sol;': '/', '&plus;': '+' },
  ...{ '\\n': '\n', '\\r': '\n', '\\t': '\t', '\\b': '\b', '\\f': '\f' },
};
/** A text is written into another, and that into a third. */
const DEEPEST = 3;

/** The text as it was before it was made Markdown, HTML, JSON or part of an address, once and more often; none where it holds no escape. */
export function* withoutEscapes(text: string, depth = DEEPEST): Generator<Unescaped> {
  if (depth === 0) return;
  for (const [pattern, plain] of [[ESCAPED, unescaped] as const, [PERCENT, percentDecoded] as const]) {
    const view = replaced(text, pattern, plain);
    if (!view) continue;
    yield view;
    for (const deeper of withoutEscapes(view.text, depth - 1)) {
      yield { text: deeper.text, range: (range) => view.range(deeper.range(range)) };
    }
  }
}

/** The text as one line; `undefined` where it is one. */
export function withoutLineEnds(text: string): Unescaped | undefined {
  return replaced(text, /\r?\n/g, () => '');
}

/** The text with long lines of base64 as one; `undefined` where it holds none. */
export function withoutWraps(text: string): Unescaped | undefined {
  return replaced(text, /(?<=[A-Za-z0-9+/]{60})\r?\n(?=[A-Za-z0-9+/=]{2})/g, () => '');
}

function unescaped(written: string): string {
  const named = NAMED[written];
  if (named !== undefined) return named;
  if (/^\\[ux]/.test(written)) return character(Number.parseInt(written.replace(/^..\{?/, ''), 16));
  if (/^\\[0-3]/.test(written)) return character(Number.parseInt(written.slice(1), 8));
  if (written.startsWith('\\')) return written.endsWith('\n') ? '' : written.slice(1);
  if (!written.startsWith('&')) return '';
  const code = /^&#x/i.test(written) ? Number.parseInt(written.slice(3), 16) : Number.parseInt(written.slice(2), 10);
  return character(code);
}

function character(code: number): string {
  return code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd';
}

function percentDecoded(escapes: string): string {
  return Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8');
}

/** `undefined` where the pattern is not found. What one escape stands for, a range takes or leaves as a whole. */
function replaced(text: string, pattern: RegExp, plain: (written: string) => string): Unescaped | undefined {
  const pieces: string[] = [];
  /** Where pieces begin, there and here; an escape is a piece of its own. */
  const places: { readonly there: number; readonly here: number; readonly isEscape: boolean }[] = [];
  let [there, here] = [0, 0];
  const take = (piece: string, until: number, isEscape: boolean) => {
    if (piece !== '') places.push({ there, here, isEscape });
    pieces.push(piece);
    there += piece.length;
    here = until;
  };
  for (const { 0: written, index } of text.matchAll(pattern)) {
    take(text.slice(here, index), index, false);
    take(plain(written), index + written.length, true);
  }
  if (pieces.length === 0) return undefined;
  take(text.slice(here), text.length, false);
  places.push({ there, here: text.length, isEscape: false });
  const placeOf = (at: number) => places[lastAt(places, at)] ?? { there: 0, here: 0, isEscape: false };
  const startOf = (at: number) => {
    const place = placeOf(at);
    return place.isEscape ? place.here : place.here + at - place.there;
  };
  const endOf = (at: number) => {
    if (at === 0) return 0;
    const index = lastAt(places, at - 1);
    const place = places[index];
    if (!place?.isEscape) return (place?.here ?? 0) + at - (place?.there ?? 0);
    return places[index + 1]?.here ?? text.length;
  };
  return { text: pieces.join(''), range: ({ start, end }) => ({ start: startOf(start), end: endOf(end) }) };
}

/** The last one that begins at this place or before. */
function lastAt(places: readonly { readonly there: number }[], at: number): number {
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((places[middle]?.there ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
