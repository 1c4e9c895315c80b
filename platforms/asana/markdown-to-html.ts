/**
 * Markdown to Asana's subset of HTML, which has line ends instead of paragraphs, two headings, and no tables. The library `marked`
 * reads the Markdown. What Asana lacks gets a look of its own that `html-dialect.ts` knows again: lower headings are bold or
 * italic and underlined (Markdown itself never underlines), a code's language stands above it, a table stays as it was written.
 */
import type { Token, Tokens } from 'marked';
import { encoded } from '../../core/text/entities.ts';
import { type InlineForm, inlineHtml } from '../../core/text/markdown-inline.ts';
import { markdownReader } from '../../core/text/markdown-reader.ts';

const FORM: InlineForm = {
  lineEnd: '\n',
  endsLines: true,
  // the sign in front makes the link an image again
  image: (address, text) => `!<a href="${address}">${text}</a>`,
};

export interface HtmlOptions {
  /** Whether `h1` and `h2` may be used. */
  readonly headings: boolean;
}

/** The inside of `<body>`. Text that is nested too deeply to be read comes as it is. */
export function toHtml(markdown: string, options: HtmlOptions): string {
  try {
    return blocks(markdownReader.lexer(markdown), options);
  } catch (error) {
    if (error instanceof RangeError) return `<pre>${encoded(markdown)}</pre>`;
    throw error;
  }
}

/** What is only text is parted by an empty line; an element stands on lines of its own by itself. */
function blocks(tokens: readonly Token[], options: HtmlOptions): string {
  let html = '';
  let before: string | undefined;
  for (const token of tokens) {
    const made = block(token, options);
    if (made === '') continue;
    if (before !== undefined) html += isText(before) && needsDistance(before, made) ? '\n\n' : '\n';
    html += made;
    before = made;
  }
  return html;
}

/** The name of a language stands in a paragraph of its own. */
function needsDistance(before: string, made: string): boolean {
  return isText(made) || made.startsWith('<code>') || seemsLabel(before, made);
}

function isText(html: string): boolean {
  return !ELEMENT.test(html);
}

const ELEMENT = /^(?:<code>[\w+#.-]+<\/code>\n)?<(?:h1|h2|pre|ul|ol|blockquote)>/;

/** A word of code by itself above a block of code does not name its language. */
function seemsLabel(before: string, made: string): boolean {
  return made.startsWith('<pre>') && /^<code>[\w+#.-]+<\/code>$/.test(before);
}

function block(token: Token, options: HtmlOptions): string {
  const known = token as Tokens.Generic;
  switch (known.type) {
    case 'paragraph':
    case 'text':
      return inlineHtml(known.tokens ?? [known], FORM);
    case 'heading':
      return heading(known as Tokens.Heading, options);
    case 'code':
      return code(String(known['text']), String(known['lang'] ?? ''));
    case 'list':
      return list(known as Tokens.List);
    case 'blockquote':
      return `<blockquote>${blocks(known.tokens ?? [], { headings: false })}</blockquote>`;
    case 'table':
      return `<pre>${encoded(known.raw.trim())}</pre>`;
    case 'hr':
      return '---';
    case 'space':
    case 'checkbox':
      return '';
    default:
      // raw HTML and link definitions: the reader gets to see the text
      return encoded(known.raw.trim().replace(/\n{2,}/g, '\n'));
  }
}

function heading({ depth, tokens }: Tokens.Heading, { headings }: HtmlOptions): string {
  const text = inlineHtml(tokens, FORM).replaceAll('\n', ' ').trim();
  if (text === '') return '';
  if (headings && depth < 3) return `<h${depth}>${text}</h${depth}>`;
  const mark = depth < 4 ? 'strong' : 'em';
  return `<${mark}><u>${text}</u></${mark}>`;
}

function code(text: string, info: string): string {
  const language = /^[\w+#.-]+/.exec(info)?.[0];
  const label = language === undefined ? '' : `<code>${encoded(language)}</code>\n`;
  return `${label}<pre>${encoded(text)}</pre>`;
}

/** Asana counts from 1: another beginning is written out. */
function list({ ordered, start, items }: Tokens.List): string {
  const first = Number(start);
  if (ordered && first !== 1) return items.map((item, index) => `${first + index}. ${listItem(item)}`).join('\n');
  const tag = ordered ? 'ol' : 'ul';
  return `<${tag}>${items.map((item) => `<li>${listItem(item)}</li>`).join('')}</${tag}>`;
}

/** An item holds text and lists. */
function listItem({ task, checked, tokens }: Tokens.ListItem): string {
  const box = task ? `[${checked ? 'x' : ' '}] ` : '';
  const parts = tokens.filter(({ type }) => type !== 'checkbox' && type !== 'space').map(itemPart);
  return (
    box +
    parts.reduce(
      (html, part) => html + (html === '' || part.startsWith('<ul>') || part.startsWith('<ol>') ? '' : '\n') + part,
      '',
    )
  );
}

function itemPart(token: Token): string {
  if (token.type === 'list') return list(token as Tokens.List);
  if (token.type === 'text' || token.type === 'paragraph')
    return inlineHtml((token as Tokens.Text).tokens ?? [token], FORM);
  const text = token.type === 'code' ? String((token as Tokens.Code).text) : token.raw.trim();
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => (token.type === 'code' ? `<code>${encoded(line)}</code>` : encoded(line))).join('\n');
}
