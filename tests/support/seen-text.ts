/** What people see of a Markdown text, by a reader that is not ours: two texts that look different are never to be taken for one. */
import { Marked, type Token, type Tokens } from 'marked';
import { decoded } from '../../core/text/entities.ts';

const reader = new Marked({ gfm: true });

/** The page as nested lists, without what is only in its source: comments, titles of links, frames of tables, how far apart items stand. */
export function seenText(markdown: string): string {
  return JSON.stringify(blocks(reader.lexer(markdown)));
}

type Seen = string | readonly Seen[];

function blocks(tokens: readonly Token[]): Seen[] {
  const all: Seen[] = [];
  for (const token of tokens) {
    const seen = block(token);
    if (seen !== undefined && seen !== '') all.push(seen);
  }
  return all;
}

function block(token: Token): Seen | undefined {
  const known = token as Tokens.Generic;
  switch (known.type) {
    case 'paragraph':
    case 'text':
      return inline(known.tokens ?? [known]).map(trimmed);
    case 'heading': {
      const text = inline(known.tokens ?? []);
      return text.join('') === '' ? undefined : ['heading', String(known['depth']), ...text];
    }
    case 'code':
      return [
        'code',
        /^[\w+#.-]+/.exec(String(known['lang'] ?? ''))?.[0] ?? '',
        String(known['text']).replace(/\n$/, ''),
      ];
    case 'list': {
      const { ordered, start, items } = known as Tokens.List;
      return [ordered ? `ordered ${start}` : 'bullets', ...items.map((item) => blocks(item.tokens))];
    }
    case 'blockquote':
      return ['quote', ...blocks(known.tokens ?? [])];
    case 'table': {
      const { header, rows } = known as Tokens.Table;
      return ['table', ...[header, ...rows].map((row) => row.map(({ tokens }) => inline(tokens)))];
    }
    case 'hr':
      return ['rule'];
    case 'html':
      return withoutComments(known.raw).trim();
    case 'checkbox':
      return known['checked'] ? '[x]' : '[ ]';
    default:
      return undefined;
  }
}
function trimmed(seen: Seen): Seen {
  return seen;
}

function inline(tokens: readonly Token[]): Seen[] {
  const all: Seen[] = [];
  for (const token of tokens) {
    for (const seen of spans(token)) {
      const last = all.at(-1);
      if (typeof seen === 'string' && typeof last === 'string') all[all.length - 1] = last + seen;
      else all.push(seen);
    }
  }
  return all.filter((seen) => seen !== '').map((s) => (typeof s === 'string' ? s.replace(/ *\n */g, '\n') : s));
}

function spans(token: Token): Seen[] {
  const known = token as Tokens.Generic;
  switch (known.type) {
    case 'strong':
    case 'em':
    case 'del':
      return [[known.type, ...inline(known.tokens ?? [])]];
    case 'link': {
      const text = inline(known.tokens ?? []);
      const bare = (a: string) => a.replace(/^(https?:\/\/|mailto:)/, '').replace(/\/$/, '');
      return typeof text[0] === 'string' && text.length === 1 && bare(text[0]) === bare(String(known['href']))
        ? text
        : [['link', String(known['href']), ...text]];
    }
    case 'image':
      return [['image', String(known['href']), String(known['text'])]];
    case 'br':
      return ['\n'];
    case 'codespan':
      return [['code', String(known['text'])]];
    case 'escape':
      return [String(known['text'])];
    case 'html':
      return [withoutComments(known.raw)];
    case 'text':
      return known.tokens ? inline(known.tokens) : [decoded(String(known.raw))];
    default:
      return [known.raw];
  }
}

function withoutComments(html: string): string {
  return html.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
}
