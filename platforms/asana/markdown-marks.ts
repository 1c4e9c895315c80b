/** Signs of Markdown around text, and text that holds such signs without meaning them. Pure. */

/** Text in which nothing is a sign of Markdown, but for what means something at the start of a line only. */
export function escapedText(text: string): string {
  return text
    .replace(/[\\`*~]/g, '\\$&')
    .replace(/_/g, (sign, at: number, whole: string) => (isInWord(whole, at) ? sign : `\\${sign}`))
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w{1,31};)/g, '\\&')
    .replace(/\[(?=[^\]\n]*\](?:[([:]|\s*$))|\](?=[([:]|\s*$)/gm, '\\$&');
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

/** `**text**` on every line of it; blanks at the ends stay outside, where they do not hinder. */
export function emphasized(text: string, sign: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, before = '', inner = '', behind = ''] = /^(\s*)(.*?)(\s*)$/.exec(line) ?? [];
      return inner === '' ? line : `${before}${sign}${inner}${sign}${behind}`;
    })
    .join('\n');
}

export function inlineCode(text: string): string {
  const flat = text.replace(/\s*\n\s*/g, ' ');
  if (flat === '') return '';
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .*[^ ].* $/.test(flat) ? ' ' : '';
  return `${ticks}${pad}${flat}${pad}${ticks}`;
}
