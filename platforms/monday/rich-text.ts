/** Updates are HTML: what PACE writes is shown formatted, and what people write with monday's editor is read as Markdown. */
import { type HtmlDialect, toMarkdown } from '../../core/text/html-to-markdown.ts';
import { toHtml as plainHtml } from '../../core/text/markdown-to-html.ts';

const MONDAY: HtmlDialect = {
  // monday makes links of addresses
  linksAddresses: true,
  // its editor leaves marks of the cursor, and blanks that do not break
  text: (text) => text.replaceAll('\uFEFF', '').replaceAll('\u00a0', ' '),
};

export function toHtml(markdown: string): string {
  return plainHtml(markdown.toWellFormed().replaceAll('\0', ''));
}

export function fromHtml(html: string): string {
  return toMarkdown(html, MONDAY);
}
