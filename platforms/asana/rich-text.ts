/** Texts in Asana's own form: what people see is formatted, and what it was comes back. */

import type { Metadata, NormalText } from '../../core/ports/index.ts';
import { type HtmlDialect, toMarkdown } from '../../core/text/html-to-markdown.ts';
import { withoutOwnNames } from '../../core/text/markdown-form.ts';
import { settledText } from '../../core/text/normal-text.ts';
import { ASANA } from './html-dialect.ts';
import { toHtml } from './markdown-to-html.ts';
import { splitMark, withMark } from './metadata.ts';

/** The `html_notes` of a task. */
export function toNotes(markdown: string, metadata: Metadata | undefined): string {
  return `<body>${withMark(toHtml(storable(markdown), { headings: true }), metadata)}</body>`;
}

/** The same notes with other metadata; what people have written is not touched. */
export function withMetadata(notes: string, metadata: Metadata): string {
  return `<body>${withMark(splitMark(inside(notes)).html, metadata)}</body>`;
}

export function readNotes(notes: string): { body: string; metadata: Metadata } {
  const { html, metadata } = splitMark(inside(notes));
  return { body: toMarkdown(html, ASANA), metadata };
}

/** The `html_text` of a comment, which has no headings of its own. */
export function toCommentHtml(markdown: string): string {
  return `<body>${toHtml(storable(markdown), { headings: false })}</body>`;
}

export function readComment(html: string): string {
  return toMarkdown(inside(html), ASANA);
}

/** What becomes of a text in the notes of a task. Whoever changes one of the two ways gives it another number. */
export const NORMAL_TEXT: NormalText = {
  version: 1,
  of: (markdown) => settledText(markdown, (text) => toMarkdown(toHtml(storable(text), { headings: true }), NORMAL)),
};

/** An address is a link in Asana, whether it was written as one or not. */
const NORMAL: HtmlDialect = { ...ASANA, prepared: (nodes) => withoutOwnNames(ASANA.prepared?.(nodes) ?? nodes) };

function inside(html: string): string {
  return html.replace(/^\s*<body[^>]*>/, '').replace(/<\/body>\s*$/, '');
}

/** Text as XML can hold it: no control characters, no half characters. https://www.w3.org/TR/xml/#charsets */
export function storable(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  );
}
