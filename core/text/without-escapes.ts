/** Looks through the escapes of Markdown and JSON: a secret in an escaped text is the same secret. Pure. */

export interface Range {
  readonly start: number;
  readonly end: number;
}

const ESCAPED = /\\[!-/:-@[-`{-~nrt]|\u2060|&(?:lt|gt|amp|#36);/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&#36;': '$',
  '\\n': '\n',
  '\\r': '\n',
  '\\t': '\t',
};

/**
 * The text as it was before it was made Markdown or JSON, and where its ranges are in what it is now; `undefined` when there
 * is no escape in it.
 */
export function withoutEscapes(text: string): { text: string; range: (range: Range) => Range } | undefined {
  const starts: number[] = [];
  let plain = '';
  let from = 0;
  const copy = (until: number) => {
    for (; from < until; from += 1) {
      if (starts.length === plain.length) starts.push(from);
      plain += text[from];
    }
  };
  for (const { 0: escaped, index } of text.matchAll(ESCAPED)) {
    copy(index);
    if (starts.length === plain.length) starts.push(index);
    plain += ENTITIES[escaped] ?? (escaped.startsWith('\\') ? escaped.slice(1) : '');
    from = index + escaped.length;
  }
  if (from === 0) return undefined;
  copy(text.length);
  if (starts.length === plain.length) starts.push(text.length);
  return { text: plain, range: ({ start, end }) => ({ start: starts[start] ?? 0, end: starts[end] ?? text.length }) };
}
