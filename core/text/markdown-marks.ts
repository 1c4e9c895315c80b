/** Signs of Markdown around text, and text that holds such signs without meaning them. Pure, and linear in the length of the text. */

/** Text in which nothing is a sign of Markdown, but for what means something at the start of a line only. */
export function escapedText(text: string): string {
  return escapedBrackets(escapedSigns(text));
}

/** The same inside a link, which no bracket may end. */
export function escapedInLink(text: string): string {
  return escapedSigns(text).replace(/[[\]]/g, '\\$&');
}

function escapedSigns(text: string): string {
  return (
    text
      .replace(/[\\`*~]/g, '\\$&')
      .replace(/_/g, (sign, at: number, whole: string) => (isInWord(whole, at) ? sign : `\\${sign}`))
      .replace(/<(?=[a-z/!?])/gi, '\\<')
      .replace(/&(?=#?\w{1,31};)/g, '\\&')
      // what is no link there is none here
      .replace(/(?<=[\w.+-])@(?=[\w-]+\.\w)/g, '\\@')
      .replace(/(https?|ftp)(?=:\/\/)|\b(www)(?=\.)/gi, '$&\\')
  );
}

function isInWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at + 1] ?? '');
}

/** `[text]` is a link or the name of one before some characters, and at the end of a line, where more may follow. */
function escapedBrackets(text: string): string {
  if (!text.includes(']')) return text;
  const pieces: string[] = [];
  let isEnd = true;
  let closes = false;
  let end = text.length;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const sign = text.charAt(at);
    if (sign === '\n') closes = false;
    if (sign === ']') closes = isEnd || /^[([:]/.test(text.charAt(at + 1));
    if (closes && (sign === ']' || sign === '[')) {
      pieces.push(`\\${text.slice(at, end)}`);
      end = at;
    }
    isEnd = sign === '\n' || (isEnd && sign.trim() === '');
  }
  return text.slice(0, end) + pieces.reverse().join('');
}

/** A line that does not begin a heading, a list, a quote, a rule or a table. */
export function startOfLine(line: string): string {
  return line
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|={1,}\s*$|-[-\s|:]*$|\|)/, '\\$&')
    .replace(/^:(?=-)/, '\\:');
}

/** The characters next to a text; `''` where there are none. */
export interface Around {
  readonly before: string;
  readonly behind: string;
}

/** `**text**` on every line of it; blanks at the ends stay outside, where they do not hinder. */
export function emphasized(text: string, sign: string, { before, behind }: Around): string {
  const lines = text.split('\n');
  return lines
    .map((line, at) => {
      const inner = line.trim();
      const left = line.slice(0, line.length - line.trimStart().length);
      const right = line.slice(line.trimEnd().length);
      const opens = canStand(left || (at === 0 ? before : ''), inner.charAt(0));
      const closes = canStand(right || (at === lines.length - 1 ? behind : ''), inner.at(-1) ?? '');
      return inner !== '' && opens && closes ? `${left}${sign}${inner}${sign}${right}` : line;
    })
    .join('\n');
}

/** Between a letter and a sign, Markdown takes no mark for one. https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run */
function canStand(outside: string, inside: string): boolean {
  return !/[\p{L}\p{N}]/u.test(outside) || /[\p{L}\p{N}]/u.test(inside);
}

export function inlineCode(text: string): string {
  const flat = onOneLine(text);
  if (flat === '') return '';
  const ticks = '`'.repeat(longestTicks(flat) + 1);
  const isPadded = flat.startsWith(' ') && flat.endsWith(' ') && flat.trim() !== '';
  const pad = isPadded || flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${flat}${pad}${ticks}`;
}

/** Its lines with one blank between them. */
export function onOneLine(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n');
  const inner = lines.slice(1, -1).map((line) => line.trim());
  const [first = '', last = ''] = [lines[0]?.trimEnd(), lines.at(-1)?.trimStart()];
  return [first, ...inner.filter((line) => line !== ''), last].join(' ');
}

/** A block of code, in a fence that is longer than any in it. */
export function fencedCode(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}${language}\n${text.replace(/\n$/, '')}${text === '' ? '' : '\n'}${fence}`;
}

export function longestTicks(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** Where a link leads, as Markdown holds it. */
export function linkAddress(href: string): string {
  const address = href.replace(/&(?=#?\w{1,31};)/g, '&amp;').replace(/[<>\r\n\\]/g, encodeURIComponent);
  return /[\s()<>]/.test(address) || address === '' ? `<${address}>` : address;
}
