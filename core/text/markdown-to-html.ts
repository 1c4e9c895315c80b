/** Markdown to plain HTML, for vendors that take all of it. What `html-to-markdown.ts` makes of it is the same again. */
import type { Token, Tokens } from 'marked';
import { encoded } from './entities.ts';
import { type InlineForm, inlineHtml, withoutComments } from './markdown-inline.ts';
import { markdownReader } from './markdown-reader.ts';

export const PLAIN_HTML: InlineForm = {
  lineEnd: '<br>',
  image: (address, text) => `<img src="${address}" alt="${text.replaceAll('<br>', ' ').replace(/<[^>]*>/g, '')}">`,
};

/** Text that is nested too deeply to be read, or has nothing that is seen, comes as it is. */
export function toHtml(markdown: string, form = PLAIN_HTML): string {
  try {
    const html = blocks(markdownReader.lexer(markdown), form);
    return html === '' && markdown.trim() !== '' && !form.asSeen ? asItIs(markdown) : html;
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

function blocks(tokens: readonly Token[], form: InlineForm): string {
  return tokens.map((token) => block(token, form)).join('');
}

function block(token: Token, form: InlineForm): string {
  const known = token as Tokens.Generic;
  switch (known.type) {
    case 'paragraph':
    case 'text':
      return `<p>${inlineHtml(known.tokens ?? [known], form)}</p>`;
    case 'heading':
      return heading(known as Tokens.Heading, form);
    case 'code':
      return code(known as Tokens.Code);
    case 'list':
      return list(known as Tokens.List, form);
    case 'blockquote':
      return `<blockquote>${blocks(known.tokens ?? [], form)}</blockquote>`;
    case 'table':
      return table(known as Tokens.Table, form);
    case 'hr':
      return '<hr>';
    case 'space':
    case 'checkbox':
      return '';
    default:
      // raw HTML and link definitions: the reader gets to see the text
      if (!form.asSeen) return textAlone(known.raw);
      return known.type === 'def' ? '' : textAlone(withoutComments(known.raw));
  }
}

function textAlone(raw: string): string {
  return `<p>${encoded(raw.trim()).replace(/\n+/g, '<br>')}</p>`;
}

function heading({ depth, tokens }: Tokens.Heading, form: InlineForm): string {
  const text = inlineHtml(tokens, form).trim();
  return text === '' ? '' : `<h${depth}>${text}</h${depth}>`;
}

function code({ text, lang }: Tokens.Code): string {
  const language = /^[\w+#.-]+/.exec(lang ?? '')?.[0];
  const name = language === undefined ? '' : ` class="language-${encoded(language)}"`;
  return `<pre><code${name}>${preformatted(text)}</code></pre>`;
}

function list({ ordered, start, items }: Tokens.List, form: InlineForm): string {
  const begin = !ordered ? '<ul>' : Number(start) === 1 ? '<ol>' : `<ol start="${Number(start)}">`;
  return `${begin}${items.map((item) => listItem(item, form)).join('')}${ordered ? '</ol>' : '</ul>'}`;
}

/** A text alone, or before lists, needs no paragraph around it. */
function listItem({ task, checked, tokens }: Tokens.ListItem, form: InlineForm): string {
  const [first, ...others] = tokens.filter(({ type }) => type !== 'checkbox' && type !== 'space');
  const box = task ? `[${checked ? 'x' : ' '}] ` : '';
  if (first?.type !== 'text' && first?.type !== 'paragraph')
    return `<li>${box}${blocks(first ? [first, ...others] : [], form)}</li>`;
  const text = box + inlineHtml((first as Tokens.Text).tokens ?? [first], form);
  const isPlain = others.every(({ type }) => type === 'list');
  return `<li>${isPlain ? text : `<p>${text}</p>`}${blocks(others, form)}</li>`;
}

function table({ header, rows }: Tokens.Table, form: InlineForm): string {
  const cells = (row: readonly Tokens.TableCell[], tag: string) =>
    `<tr>${row.map(({ tokens }) => `<${tag}>${inlineHtml(tokens, form)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => cells(row, 'td')).join('');
  return `<table><thead>${cells(header, 'th')}</thead>${body === '' ? '' : `<tbody>${body}</tbody>`}</table>`;
}
