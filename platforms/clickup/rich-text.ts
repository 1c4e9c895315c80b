/** Comments as ClickUp keeps them, runs of text with attributes, as Markdown. https://developer.clickup.com/docs/comment-formatting */

export interface Run {
  readonly text?: string | null;
  readonly attributes?: Attributes | null;
}

interface Attributes {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly code?: boolean;
  readonly link?: string | { readonly url?: string };
  /** These stand at the end of a line and are about the whole of it. */
  readonly list?: { readonly list?: string };
  readonly 'code-block'?: unknown;
  readonly header?: number;
  readonly blockquote?: unknown;
}

/** `undefined` when nothing is formatted: the plain text says it all then. */
export function toMarkdown(runs: readonly Run[]): string | undefined {
  if (!runs.some(({ attributes }) => Object.keys(attributes ?? {}).length > 0)) return undefined;
  const lines: { text: string; isCode: boolean }[] = [];
  let line = '';
  for (const { text, attributes } of runs) {
    const [first = '', ...others] = (text ?? '').split('\n');
    line += inline(first, attributes ?? {});
    for (const other of others) {
      lines.push(wholeLine(line, attributes ?? {}));
      line = inline(other, attributes ?? {});
    }
  }
  if (line !== '') lines.push({ text: line, isCode: false });
  return fenced(lines).join('\n').trimEnd();
}

function inline(text: string, { bold, italic, code, link }: Attributes): string {
  const words = text.trim();
  if (words === '') return text;
  const address = typeof link === 'string' ? link : link?.url;
  const marked = code ? `\`${words}\`` : italic ? `_${words}_` : words;
  const strong = bold ? `**${marked}**` : marked;
  return text.replace(words, () => (address ? `[${strong}](${address})` : strong));
}

function wholeLine(text: string, attributes: Attributes): { text: string; isCode: boolean } {
  const { list, header, blockquote } = attributes;
  const mark = list
    ? (LIST_MARKS[list.list ?? ''] ?? '- ')
    : typeof header === 'number'
      ? `${'#'.repeat(header)} `
      : blockquote
        ? '> '
        : '';
  return { text: `${mark}${text}`, isCode: attributes['code-block'] !== undefined };
}

const LIST_MARKS: Readonly<Record<string, string>> = {
  ordered: '1. ',
  checked: '- [x] ',
  unchecked: '- [ ] ',
};

function fenced(lines: readonly { text: string; isCode: boolean }[]): string[] {
  return lines.flatMap(({ text, isCode }, place) => [
    ...(isCode && !lines[place - 1]?.isCode ? ['```'] : []),
    text,
    ...(isCode && !lines[place + 1]?.isCode ? ['```'] : []),
  ]);
}
