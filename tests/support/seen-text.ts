/** What people see of a Markdown text, by a reader that is not ours: two texts that look different are never to be taken for one. */
import { Marked, type Token, type Tokens } from 'marked';
import { decoded } from '../../core/text/entities.ts';

const reader = new Marked({ gfm: true });

type Seen = string | readonly Seen[];

/**
 * The page, without what is only in the source: comments, titles of links, frames of tables, how many blanks or empty lines there are,
 * how far apart items stand. A link that is called as it leads counts as its words.
 */
export function seenText(markdown: string): string {
  return JSON.stringify(blocks(reader.lexer(markdown)));
}

function blocks(tokens: readonly Token[]): Seen[] {
  const all: Seen[] = [];
  for (const token of tokens) {
    const seen = block(token);
    const last = all.at(-1);
    if (seen.length === 0) continue;
    // without the signs of their items two lists are one
    if (isList(seen) && last !== undefined && isList(last) && isOrdered(seen) === isOrdered(last))
      all[all.length - 1] = [...last, ...seen.slice(1)];
    else all.push(seen);
  }
  return all;
}

function isList(seen: Seen): seen is readonly Seen[] {
  return typeof seen !== 'string' && /^list/.test(String(seen[0]));
}

function isOrdered([kind]: readonly Seen[]): boolean {
  return kind !== 'list';
}

function block(token: Token): Seen {
  const known = token as Tokens.Generic;
  switch (known.type) {
    case 'paragraph':
    case 'text':
      return inline(known.tokens ?? [known]);
    case 'heading':
      return named(`heading ${known['depth']}`, flat(inline(known.tokens ?? [])));
    case 'code': {
      const language = /^[\w+#.-]+/.exec(String(known['lang'] ?? ''))?.[0] ?? '';
      return ['code', language, String(known['text']).trimEnd()];
    }
    case 'list': {
      const { ordered, start, items } = known as Tokens.List;
      const box = (item: Tokens.ListItem) => (item.task ? [item.checked ? '[x]' : '[ ]'] : []);
      const seen = items.map((item) => ['item', ...box(item), ...blocks(item.tokens)]);
      return [ordered ? `list from ${start}` : 'list', ...seen];
    }
    case 'blockquote':
      return named('quote', blocks(known.tokens ?? []));
    case 'table': {
      const { header, rows } = known as Tokens.Table;
      return ['table', ...[header, ...rows].map((row) => row.map(({ tokens }) => inline(tokens)))];
    }
    case 'hr':
      return ['rule'];
    case 'html':
      return inline([{ type: 'html', raw: known.raw }]);
    default:
      return [];
  }
}

/** What has nothing in it is not seen. */
function named(name: string, inside: readonly Seen[]): Seen {
  return inside.length === 0 ? [] : [name, ...inside];
}

function inline(tokens: readonly Token[]): Seen[] {
  const all: Seen[] = [];
  for (const seen of tokens.flatMap(spans)) {
    const last = all.at(-1);
    if (typeof seen === 'string' && typeof last === 'string') all[all.length - 1] = last + seen;
    else all.push(seen);
  }
  const texts = all.map((seen) =>
    typeof seen === 'string' ? seen.replace(/ *\n\s*/g, '\n').replace(/[ \t]+/g, ' ') : seen,
  );
  return texts
    .map((seen, at) => (typeof seen !== 'string' ? seen : at === 0 ? seen.trimStart() : seen))
    .map((seen, at) => (typeof seen !== 'string' ? seen : at === texts.length - 1 ? seen.trimEnd() : seen))
    .filter((seen) => seen !== '');
}

/** On one line. */
function flat(seen: readonly Seen[]): Seen[] {
  return seen.map((each) => (typeof each === 'string' ? each.replaceAll('\n', ' ') : each));
}

function spans(token: Token): Seen[] {
  const known = token as Tokens.Generic;
  switch (known.type) {
    case 'strong':
    case 'em':
    case 'del':
      return [[known.type, ...inline(known.tokens ?? [])]];
    case 'link': {
      const words = flat(inline(known.tokens ?? []));
      const isOwnName = words.length === 1 && plain(words[0]) === plain(String(known['href']));
      return isOwnName ? words : [['link', String(known['href']), ...words]];
    }
    case 'image':
      return [['image', String(known['href']), String(known['text']).replace(/\s+/g, ' ').trim()]];
    case 'br':
      return ['\n'];
    case 'codespan':
      return [['code', String(known['text']).trim().replace(/\s+/g, ' ')]];
    case 'html':
      return [known.raw.replace(/<!--[\s\S]*?(?:-->|$)/g, '')];
    case 'text':
      return known.tokens ? inline(known.tokens) : [decoded(known.raw)];
    case 'escape':
      return [String(known['text'])];
    default:
      return [];
  }
}

function plain(text: Seen | undefined): string {
  return String(text)
    .replace(/^(?:https?:\/\/|mailto:)/i, '')
    .replace(/\/$/, '');
}
