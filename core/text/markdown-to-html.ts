/** Markdown to plain HTML, for vendors that take all of it. What `html-to-markdown.ts` makes of it is the same again. */
import type { Token, Tokens } from 'marked';
import { encoded } from './entities.ts';
import { type InlineForm, inlineHtml } from './markdown-inline.ts';
import { markdownReader } from './markdown-reader.ts';

const FORM: InlineForm = {
  lineEnd: '<br>',
  image: (address, text) => `<img src="${address}" alt="${text.replace(/<[^>]*>/g, '')}">`,
};

/** Text that is nested too deeply to be read, or has nothing that is seen, comes as it is. */
export function toHtml(markdown: string): string {
  try {
    const html = blocks(markdownReader.lexer(markdown));
    return html === '' && markdown.trim() !== '' ? asItIs(markdown) : html;
  } catch (error) {
    if (error instanceof RangeError) return asItIs(markdown);
    throw error;
  }
}

function asItIs(markdown: string): string {
  return `<pre>${preformatted(markdown)}</pre>`;
}

/** Line ends are told as such: not everybody keeps those of the text. */
function preformatted(text: string): string {
  return encoded(text).replaceAll('\n', '<br>');
}

function blocks(tokens: readonly Token[]): string {
  return tokens.map(block).join('');
}

function block(token: Token): string {
  const known = token as Tokens.Generic;
  switch (known.type) {
    case 'paragraph':
    case 'text':
      return `<p>${inlineHtml(known.tokens ?? [known], FORM)}</p>`;
    case 'heading':
      return heading(known as Tokens.Heading);
    case 'code':
      return code(known as Tokens.Code);
    case 'list':
      return list(known as Tokens.List);
    case 'blockquote':
      return `<blockquote>${blocks(known.tokens ?? [])}</blockquote>`;
    case 'table':
      return table(known as Tokens.Table);
    case 'hr':
      return '<hr>';
    case 'space':
    case 'checkbox':
      return '';
    default:
      // raw HTML and link definitions: the reader gets to see the text
      return `<p>${encoded(known.raw.trim()).replace(/\n+/g, '<br>')}</p>`;
  }
}

function heading({ depth, tokens }: Tokens.Heading): string {
  const text = inlineHtml(tokens, FORM).trim();
  return text === '' ? '' : `<h${depth}>${text}</h${depth}>`;
}

function code({ text, lang }: Tokens.Code): string {
  const language = /^[\w+#.-]+/.exec(lang ?? '')?.[0];
  const name = language === undefined ? '' : ` class="language-${encoded(language)}"`;
  return `<pre><code${name}>${preformatted(text)}</code></pre>`;
}

function list({ ordered, start, items }: Tokens.List): string {
  const begin = !ordered ? '<ul>' : Number(start) === 1 ? '<ol>' : `<ol start="${Number(start)}">`;
  return `${begin}${items.map(listItem).join('')}${ordered ? '</ol>' : '</ul>'}`;
}

/** A text alone, or before lists, needs no paragraph around it. */
function listItem({ task, checked, tokens }: Tokens.ListItem): string {
  const [first, ...others] = tokens.filter(({ type }) => type !== 'checkbox' && type !== 'space');
  const box = task ? `[${checked ? 'x' : ' '}] ` : '';
  if (first?.type !== 'text' && first?.type !== 'paragraph')
    return `<li>${box}${blocks(first ? [first, ...others] : [])}</li>`;
  const text = box + inlineHtml((first as Tokens.Text).tokens ?? [first], FORM);
  const isPlain = others.every(({ type }) => type === 'list');
  return `<li>${isPlain ? text : `<p>${text}</p>`}${blocks(others)}</li>`;
}

function table({ header, rows }: Tokens.Table): string {
  const cells = (row: readonly Tokens.TableCell[], tag: string) =>
    `<tr>${row.map(({ tokens }) => `<${tag}>${inlineHtml(tokens, FORM)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => cells(row, 'td')).join('');
  return `<table><thead>${cells(header, 'th')}</thead>${body === '' ? '' : `<tbody>${body}</tbody>`}</table>`;
}
