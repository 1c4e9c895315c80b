/** Updates are HTML: what PACE writes is shown formatted, and what people write with monday's editor is read as Markdown. */
import type { NormalText } from '../../core/ports/index.ts';
import { type HtmlDialect, toMarkdown } from '../../core/text/html-to-markdown.ts';
import { withoutOwnNames } from '../../core/text/markdown-form.ts';
import { PLAIN_HTML, toHtml as plainHtml } from '../../core/text/markdown-to-html.ts';
import { settledText } from '../../core/text/normal-text.ts';

const MONDAY: HtmlDialect = {
  // monday makes links of addresses
  linksAddresses: true,
  // its editor leaves marks of the cursor, and blanks that do not break
  text: (text) => text.replaceAll('\uFEFF', '').replaceAll('\u00a0', ' '),
};

export function toHtml(markdown: string): string {
  return plainHtml(markdown.toWellFormed().replaceAll('\0', ''), { ...PLAIN_HTML, endsLines: true });
}

export function fromHtml(html: string): string {
  return toMarkdown(html, MONDAY);
}

/** What becomes of a text in an update. The column with an item's own text keeps its characters as they are. */
export const NORMAL_TEXT: NormalText = {
  version: 1,
  of: (markdown) => settledText(markdown, (text) => toMarkdown(toHtml(text), { ...MONDAY, prepared: withoutOwnNames })),
};
