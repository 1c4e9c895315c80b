/** Comments as ClickUp keeps them, runs of text with attributes, as Markdown. https://developer.clickup.com/docs/comment-formatting */
import { isRecord } from '../../core/record.ts';
import { fencedCode, linkAddress } from '../../core/text/markdown-marks.ts';
import { imageLink, namedLink, tableRun } from './embeds.ts';
import type { Attributes, Run } from './run.ts';

interface Line {
  readonly text: string;
  /** The language of code; `undefined` for what is none. */
  readonly code?: string;
}

/** `undefined` when nothing is formatted: the plain text says it all then. */
export function toMarkdown(runs: readonly Run[]): string | undefined {
  if (!runs.some((run) => isEmbed(run) || Object.keys(run.attributes ?? {}).length > 0)) return undefined;
  const lines: Line[] = [];
  let line = '';
  const end = (attributes: Attributes) => {
    lines.push(wholeLine(line, attributes));
    line = '';
  };
  for (const run of runs) {
    const { attributes } = run;
    if (isBlock(run)) {
      // it stands on a line of its own, whatever its neighbours are
      if (line !== '') end({});
      lines.push(...blockOf(run));
      continue;
    }
    const [first = '', ...others] = isEmbed(run) ? [embedded(run)] : textOf(run).split('\n');
    line += isEmbed(run) ? first : inline(first, attributes ?? {});
    for (const other of others) {
      end(attributes ?? {});
      line = inline(other, attributes ?? {});
    }
  }
  if (line !== '') end({});
  return fenced(lines).join('\n').trimEnd();
}

function textOf({ text, insert }: Run): string {
  return text ?? (typeof insert === 'string' ? insert : '');
}

function isEmbed({ type }: Run): boolean {
  return typeof type === 'string' && type !== '' && type !== 'text';
}

const BLOCKS = ['attachment', 'table-embed', 'divider'];

function isBlock({ type }: Run): boolean {
  return BLOCKS.includes(type ?? '');
}

function blockOf(run: Run): Line[] {
  if (run.type === 'divider') return [{ text: '' }, { text: '---' }, { text: '' }];
  if (run.type === 'attachment') return [{ text: namedLink(run, 'attachment: ') }];
  // a table is one only between empty lines
  const rows = tableRun(run, (cell) => toMarkdown(cell) ?? cell.map(textOf).join(''));
  return rows.length === 0 ? [] : [{ text: '' }, ...rows.map((text) => ({ text })), { text: '' }];
}

/** What is within a line and no text: an address at least, else the words that ClickUp shows in its place. */
function embedded(run: Run): string {
  if (run.type === 'image') return imageLink(run);
  if (run.type === 'tag' || run.type === 'followers_tag') return mention(run);
  if (run.type === 'task_mention') return taskMention(run);
  return namedLink(run, '');
}

function mention(run: Run): string {
  const user: unknown = Reflect.get(run, 'user');
  const name = isRecord(user) && typeof user['username'] === 'string' ? user['username'] : '';
  return textOf(run).trim() || (name === '' ? '' : `@${name}`);
}

function taskMention(run: Run): string {
  const found: unknown = Reflect.get(run, 'task_mention');
  const id = isRecord(found) ? found['task_id'] : undefined;
  return textOf(run).trim() || (typeof id === 'string' ? `#${id}` : '');
}

function inline(text: string, { bold, italic, strike, code, link }: Attributes): string {
  const words = text.trim();
  if (words === '') return text;
  const address = typeof link === 'string' ? link : link?.url;
  const marked = code ? `\`${words}\`` : italic ? `_${words}_` : words;
  const struck = strike && !code ? `~~${marked}~~` : marked;
  const strong = bold ? `**${struck}**` : struck;
  return text.replace(words, () => (address ? `[${strong}](${linkAddress(address)})` : strong));
}

function wholeLine(text: string, attributes: Attributes): Line {
  const code = attributes['code-block'];
  if (code !== undefined && code !== null && code !== false) {
    const language = wordOf(code, 'code-block');
    return { text, code: language === 'plain' ? '' : language.replace(/[^\w+#.-]/g, '') };
  }
  return { text: `${markOf(attributes)}${text}` };
}

function markOf({ list, indent, header, blockquote }: Attributes): string {
  if (list) {
    const depth = Math.min(8, Math.max(0, Number(wordOf(indent, 'indent')) || 0));
    return `${'  '.repeat(depth)}${LIST_MARKS[wordOf(list, 'list')] ?? '- '}`;
  }
  const level = Number(wordOf(header, 'header')) || 0;
  if (level > 0) return `${'#'.repeat(Math.min(6, level))} `;
  return blockquote ? '> ' : '';
}

/** `{ "list": "checked" }` in some answers, `"checked"` in most. */
function wordOf(value: unknown, name: string): string {
  const inner: unknown = isRecord(value) ? value[name] : value;
  return typeof inner === 'string' || typeof inner === 'number' ? String(inner) : '';
}

const LIST_MARKS: Readonly<Record<string, string>> = {
  ordered: '1. ',
  checked: '- [x] ',
  unchecked: '- [ ] ',
};

/** Lines of code that follow each other are one block. */
function fenced(lines: readonly Line[]): string[] {
  const texts: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const { text = '', code } = lines[at] ?? {};
    if (code === undefined) {
      texts.push(text);
      at += 1;
      continue;
    }
    const start = at;
    while (lines[at]?.code === code) at += 1;
    const block = lines.slice(start, at).map((line) => line.text);
    texts.push(fencedCode(`${block.join('\n')}\n`, code));
  }
  return texts;
}
