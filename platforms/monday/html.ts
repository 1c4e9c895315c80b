/**
 * Updates are HTML. What PACE writes goes in as it is, with its line breaks, so that it comes back as it was; what people have
 * written with monday's editor is read as Markdown.
 */

export function toHtml(markdown: string): string {
  const escaped = markdown
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)
    // HTML knows one space
    .replace(/ (?= )|^ /gm, '&nbsp;');
  return escaped.replace(/\r?\n/g, '<br>');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What an element becomes before and behind its content. */
const MARKS: Readonly<Record<string, readonly [string, string]>> = {
  strong: ['**', '**'],
  b: ['**', '**'],
  em: ['_', '_'],
  i: ['_', '_'],
  code: ['`', '`'],
  p: ['', '\n\n'],
  div: ['', '\n'],
  li: ['- ', '\n'],
  ul: ['', '\n'],
  ol: ['', '\n'],
  h1: ['# ', '\n\n'],
  h2: ['## ', '\n\n'],
  h3: ['### ', '\n\n'],
  blockquote: ['> ', '\n\n'],
};

export function fromHtml(html: string): string {
  const text = html
    .replace(/\r?\n|\uFEFF/g, '')
    .replace(/<!--.*?-->/g, '')
    .replace(/<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gi, (_, href: string, words: string) => link(href, words))
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/gi, (_, end: string, name: string) => markOf(name, end !== ''))
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => characterOf(name) ?? whole);
  return text.replace(/\n{3,}$/, '\n\n').replace(/\n+$/, '');
}

function markOf(name: string, isEnd: boolean): string {
  return MARKS[name.toLowerCase()]?.[isEnd ? 1 : 0] ?? '';
}

/** monday makes links of addresses. */
function link(href: string, words: string): string {
  const text = words.replace(/<[^>]*>/g, '');
  return text === href || text === '' ? href : `[${text}](${href})`;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (code === 160) return ' ';
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
