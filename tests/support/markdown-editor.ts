/**
 * What trackers with an editor of their own do to Markdown: they read it into a document, and write it anew with the signs that they
 * prefer. Nobody gets back what was sent.
 */
import { Marked, type Token, type Tokens } from 'marked';
import { seenText } from './seen-text.ts';

export interface Habits {
  /** Before an item. */
  readonly bullet: string;
  /** An empty line before every item. */
  readonly isLoose: boolean;
  /** `[a](<https://…>)`. */
  readonly hasAngles: boolean;
  /** Domains and addresses of mail become links, also in blocks of code. */
  readonly linksWords: boolean;
  /** Within a paragraph. */
  readonly lineEnd: string;
}

const MARKS: Readonly<Record<string, string>> = { strong: '**', em: '*', del: '~~' };

const reader = new Marked({ gfm: true });

export function rewritten(markdown: string, habits: Habits): string {
  // long texts of nothing but words take the library long
  if (/^[a-z\d][a-z\d ]*$/i.test(markdown)) return markdown.trim();
  try {
    const tokens = reader.lexer(markdown);
    const plain = writer({ ...habits, linksWords: false }).blocks(tokens);
    // where signs would be read otherwise when they are written so, the text stays as it was: nobody has written such a one
    return seenText(plain) === seenText(markdown) ? writer(habits).blocks(tokens) : withoutEdges(markdown);
  } catch (error) {
    // nested too deeply
    if (error instanceof RangeError) return markdown;
    throw error;
  }
}

function writer(habits: Habits) {
  function blocks(tokens: readonly Token[], between = '\n\n'): string {
    // only a list that starts at 1 goes on from a text
    const isClose = (token: Token) => token.type === 'list' && Number((token as Tokens.List).start || 1) === 1;
    const texts = tokens.map((token) => ({ text: block(token), isList: isClose(token) }));
    const seen = texts.filter(({ text }) => text !== '');
    return seen.map(({ text, isList }, at) => (at === 0 ? '' : isList ? between : '\n\n') + text).join('');
  }

  function block(token: Token): string {
    const known = token as Tokens.Generic;
    switch (known.type) {
      case 'paragraph':
      case 'text':
        return lines(inline(known.tokens ?? [known]));
      case 'heading':
        return `${'#'.repeat(Number(known['depth']))} ${inline(known.tokens ?? []).replaceAll('\n', ' ')}`.trim();
      case 'code':
        return code(String(known['text']), String(known['lang'] ?? ''));
      case 'list':
        return list(known as Tokens.List);
      case 'blockquote':
        return blocks(known.tokens ?? [])
          .replace(/^/gm, '> ')
          .replace(/ +$/gm, '');
      case 'table':
        return table(known as Tokens.Table);
      case 'hr':
        return '---';
      case 'html':
        return known.raw.includes('<!--') ? plain(withoutComments(known.raw).trim()) : known.raw.trim();
      case 'space':
      case 'def':
      case 'checkbox':
        return '';
      default:
        return known.raw.trim();
    }
  }

  function list({ ordered, start, items }: Tokens.List): string {
    const between = habits.isLoose ? '\n\n' : '\n';
    const texts = items.map(({ task, checked, tokens }, index) => {
      const sign = ordered ? `${Number(start) + index}. ` : habits.bullet;
      const text = (task ? `[${checked ? 'x' : ' '}] ` : '') + blocks(tokens, between);
      return (sign + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(sign.length)}`)).trimEnd();
    });
    return texts.join(between);
  }

  function table({ header, rows }: Tokens.Table): string {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    const texts = (row: readonly Tokens.TableCell[]) =>
      line(row.map(({ tokens }) => inline(tokens).replaceAll('|', '\\|')));
    return [texts(header), line(header.map(() => '--')), ...rows.map(texts)].join('\n');
  }

  function code(given: string, language: string): string {
    // the library counts an empty line at the end twice
    const text = given.replace(/\n$/, '');
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
    const fence = '`'.repeat(longest + 1);
    const inside = given === '' ? [] : [habits.linksWords ? linked(text) : text];
    return [`${fence}${language}`, ...inside, fence].join('\n');
  }

  /** A text in a document has each mark once, and marks that touch are one. */
  function inline(tokens: readonly Token[], around: readonly string[] = []): string {
    const texts = tokens.map((token) => ({ type: token.type, text: part(token, around) }));
    return texts.reduce((all, { type, text }, at) => {
      const sign = MARKS[type];
      const isMore = sign && !around.includes(type) && texts[at - 1]?.type === type;
      return isMore ? all.slice(0, -sign.length) + text.slice(sign.length) : all + text;
    }, '');
  }

  function part(token: Token, around: readonly string[]): string {
    const known = token as Tokens.Generic;
    const isInLink = around.includes('link');
    const inner = () => inline(known.tokens ?? [], [...around, known.type]);
    switch (known.type) {
      case 'strong':
      case 'em':
      case 'del':
        return around.includes(known.type) ? inner() : MARKS[known.type] + inner() + MARKS[known.type];
      case 'link':
        return link(known, around);
      case 'codespan':
        return known.raw.replaceAll('\n', ' ');
      case 'br':
        return habits.lineEnd;
      case 'html':
        return withoutComments(known.raw);
      case 'checkbox':
        return '';
      case 'text':
        if (known.tokens) return inner();
        // a sign within emphasis would end it
        return words(known.raw.replace(around.length > 0 ? /[\\*_`~]/g : /\\/g, '\\$&'), isInLink);
      default:
        return known.raw;
    }
  }

  function words(text: string, isInLink: boolean): string {
    if (isInLink) return text.replace(/[[\]]/g, '\\$&');
    return habits.linksWords ? linked(text) : text;
  }

  function link({ raw, href, text, tokens }: Tokens.Generic, around: readonly string[]): string {
    const isBare = !raw.startsWith('[');
    if (around.includes('link'))
      return isBare ? String(text).replace(/[\\`*_[\]~]/g, '\\$&') : inline(tokens ?? [], around);
    // a bracket would begin something in the words of the link
    if (isBare && (!habits.linksWords || /[[\]]/.test(raw))) return raw;
    const shown = isBare ? String(text).replace(/[\\`*_[\]~]/g, '\\$&') : inline(tokens ?? [], [...around, 'link']);
    const address = String(href).replace(/[<>]/g, encodeURIComponent).replaceAll('\\', '\\\\');
    return `[${shown}](${habits.hasAngles || /[\s()]/.test(address) ? `<${address}>` : address})`;
  }

  function linked(text: string): string {
    const pointed = (address: string) => (habits.hasAngles ? `<${address}>` : address);
    return text.replace(WORDS, (word) => {
      const scheme = /^https?:/.test(word) ? '' : word.includes('@') ? 'mailto:' : 'http://';
      return `[${word}](${pointed(scheme + word)})`;
    });
  }

  return { blocks };
}

/** Addresses, as far as tests have them. */
const WORDS =
  /(?<![\w@./:[\]\\<-])(?:https?:\/\/[\w./-]*\w|[\w.+-]+@(?:[a-z\d-]+\.)+[a-z]{2,}|(?:[a-z\d-]+\.)+(?:app|com|dev|io|net|org|sh))(?![\w@-])/gi;

/** Each on a line of its own, and nothing at the start of a line means more than it did. */
function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .map((line) =>
      line
        .replace(/^(?:[-+*](?=\s|$)|#{1,6}(?=\s|$)|>|=+$|-+$|\||`{3}|~{3}|<(?![a-z]+:|\S+@)(?=[a-z!/?]))/i, '\\$&')
        .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2'),
    )
    .join('\n');
}

/** What is behind a comment is text, as on every page. */
function plain(text: string): string {
  return lines(text.replace(/[\\`*_[\]~<!|]/g, '\\$&'));
}

function withoutEdges(markdown: string): string {
  return markdown.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd();
}

function withoutComments(html: string): string {
  return html.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
}
