/** The part of Markdown that stands in lines, as HTML. The library `marked` reads the Markdown. */
import type { Token, Tokens } from 'marked';
import { decoded, encoded } from './entities.ts';

export interface InlineForm {
  /** A line end that people see. */
  readonly lineEnd: string;
  /** A line that was only wrapped ends as well, as on pages of most trackers; else it goes on. */
  readonly endsLines?: boolean;
  /** As a page shows it: links lead wherever they were written to, comments and definitions are nothing. Else all of it is text. */
  readonly asSeen?: boolean;
  /** `address` and `text` are encoded. */
  image(address: string, text: string): string;
}

const MARKS: Readonly<Record<string, string>> = { strong: 'strong', em: 'em', del: 's' };

export function inlineHtml(tokens: readonly Token[], form: InlineForm): string {
  return tokens.map((token) => inlinePart(token, form)).join('');
}

function inlinePart(token: Token, form: InlineForm): string {
  const known = token as Tokens.Generic;
  const mark = Object.hasOwn(MARKS, known.type) ? MARKS[known.type] : undefined;
  if (mark !== undefined) return `<${mark}>${inlineHtml(known.tokens ?? [], form)}</${mark}>`;
  switch (known.type) {
    case 'codespan':
      return `<code>${encoded(String(known['text']))}</code>`;
    case 'link':
    case 'image':
      return link(known, inlineHtml(known.tokens ?? [], form), form);
    case 'br':
      return form.lineEnd;
    case 'checkbox':
      // told by the item
      return '';
    case 'html':
      return encoded(form.asSeen ? withoutComments(known.raw) : known.raw);
    default:
      return known.tokens
        ? inlineHtml(known.tokens, form)
        : encoded(decoded(String(known['text'] ?? known.raw))).replace(/\n/g, form.endsLines ? form.lineEnd : ' ');
  }
}

/** Vendors take addresses of the web and of mail; others stay as they were written. */
function link({ type, raw, href }: Tokens.Generic, text: string, form: InlineForm): string {
  const address = decoded(String(href));
  if (!form.asSeen && !/^(https?:\/\/|mailto:)/i.test(address)) return encoded(raw.replace(/\n/g, ' '));
  const shown = text === '' ? encoded(address) : text;
  return type === 'image' ? form.image(encoded(address), shown) : `<a href="${encoded(address)}">${shown}</a>`;
}

export function withoutComments(html: string): string {
  return html.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
}
