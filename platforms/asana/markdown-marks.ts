/** Signs of Markdown around text, and text that holds such signs without meaning them. Pure. */

/** Text in which nothing is a sign of Markdown, but for what means something at the start of a line only. */
export function escapedText(text: string): string {
  return (
    text
      .replace(/[\\`*~]/g, '\\$&')
      .replace(/_/g, (sign, at: number, whole: string) => (isInWord(whole, at) ? sign : `\\${sign}`))
      .replace(/<(?=[a-z/!?])/gi, '\\<')
      // Asana makes links of addresses itself: what is none there is none here
      .replace(/(https?|ftp)(?=:\/\/)|\b(www)(?=\.)/gi, '$&\\')
      .replace(/&(?=#?\w{1,31};)/g, '\\&')
      .replace(/\[(?=[^\]\n]*\](?:[([:]|\s*$))|\](?=[([:]|\s*$)/gm, '\\$&')
  );
}

function isInWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at + 1] ?? '');
}

/** A line that does not begin a heading, a list, a quote, a rule or a table. */
export function startOfLine(line: string): string {
  return line
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|={1,}\s*$|-[-\s]*$|\|)/, '\\$&')
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
      const [, left = '', inner = '', right = ''] = /^(\s*)(.*?)(\s*)$/.exec(line) ?? [];
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
  const flat = text.replace(/\s*\n\s*/g, ' ');
  if (flat === '') return '';
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .*[^ ].* $/.test(flat) ? ' ' : '';
  return `${ticks}${pad}${flat}${pad}${ticks}`;
}
