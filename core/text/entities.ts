/** Characters that mean something in HTML. The library `entities` knows all of HTML's names. */
import { decodeHTMLStrict } from 'entities/decode';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function encoded(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** Markdown has the same entities, but only whole ones: what lacks its semicolon stays. https://spec.commonmark.org/0.31.2/#entity-references */
export function decoded(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}
