/** Markdown as a person reads it at a terminal. Whatever it holds, only our own escapes come out. Loaded only there. Pure. */
import type { Token, Tokens } from 'marked';
import { displayWidth, padToWidth } from '../../../core/text/display-width.ts';
import { decoded } from '../../../core/text/entities.ts';
import { markdownReader } from '../../../core/text/markdown-reader.ts';
import { paint } from '../../../core/text/paint.ts';
import { plainLine, plainText } from '../../../core/text/untrusted-text.ts';

export interface Page {
  readonly width: number;
  readonly colour: boolean;
}

/** Longer lines are hard to read. */
const WIDEST = 100;

export function terminalMarkdown(markdown: string, { width, colour }: Page): string {
  const text = plainText(markdown);
  try {
    return blocks(markdownReader.lexer(text), { width: Math.min(width, WIDEST), colour }).join('\n');
  } catch (error) {
    // nested too deeply to be read: as it is
    if (error instanceof RangeError) return text;
    throw error;
  }
}

/** Lines, with an empty one between two blocks. */
function blocks(tokens: readonly Token[], page: Page): string[] {
  const shown = tokens.map((token) => block(token as Tokens.Generic, page)).filter((lines) => lines.length > 0);
  return shown.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function block(token: Tokens.Generic, page: Page): string[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return heading(token as Tokens.Heading, page);
    case 'code':
      return (token as Tokens.Code).text.split('\n').map((line) => `    ${paint(page.colour, '36', line)}`.trimEnd());
    case 'list':
      return list(token as Tokens.List, page);
    case 'blockquote':
      return blocks(token.tokens ?? [], narrower(page, 2)).map((line) =>
        `${paint(page.colour, '2', '│')} ${line}`.trimEnd(),
      );
    case 'table':
      return table(token as Tokens.Table, page);
    case 'hr':
      return [paint(page.colour, '2', '─'.repeat(page.width))];
    case 'paragraph':
    case 'text':
      return wrapped(inline(token.tokens ?? [token]), page);
    default:
      return token.raw.trim().split('\n');
  }
}

/** Without colour its signs tell that it is one. */
function heading({ depth, tokens }: Tokens.Heading, page: Page): string[] {
  const sign: Piece[] = page.colour ? [] : [{ text: `${'#'.repeat(depth)} `, style: [] }];
  return wrapped([...sign, ...inline(tokens, depth === 1 ? ['1', '4'] : ['1'])], page);
}

function list({ items, ordered, start }: Tokens.List, page: Page): string[] {
  const first = typeof start === 'number' ? start : 1;
  return items.flatMap((item, index) => {
    const box = item.task ? (item.checked ? '[x] ' : '[ ] ') : '';
    const sign = `${ordered ? `${first + index}.` : '•'} ${box}`;
    const tokens = item.tokens.filter(({ type }) => type !== 'checkbox');
    const inside = narrower(page, sign.length);
    // a tight list has no empty lines
    const lines = item.loose
      ? blocks(tokens, inside)
      : tokens.flatMap((token) => block(token as Tokens.Generic, inside));
    const indented = lines.map((line, at) => (at === 0 ? sign : ' '.repeat(sign.length)) + line);
    return (indented.length > 0 ? indented : [sign]).map((line) => line.trimEnd());
  });
}

function table({ header, rows, align }: Tokens.Table, { colour }: Page): string[] {
  const text = ({ tokens }: Tokens.TableCell) =>
    plainLine(
      inline(tokens)
        .map((piece) => piece.text)
        .join(''),
    );
  const cells = [header, ...rows].map((row) => row.map(text));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))));
  return cells.flatMap((row, at) => {
    const line = row.map((cell, column) =>
      padToWidth(cell, widths[column] ?? 0, align[column] === 'right' ? 'start' : 'end'),
    );
    const shown = line.join('  ').trimEnd();
    return at === 0 ? [paint(colour, '1', shown), widths.map((width) => '─'.repeat(width)).join('  ')] : [shown];
  });
}

function narrower(page: Page, by: number): Page {
  return { ...page, width: Math.max(20, page.width - by) };
}

/** A text and how it is painted; `\n` is a line's end that the writer wants. */
interface Piece {
  readonly text: string;
  readonly style: readonly string[];
}

function inline(tokens: readonly Token[], style: readonly string[] = []): Piece[] {
  return tokens.flatMap((token) => piecesOf(token as Tokens.Generic, style));
}

function piecesOf(token: Tokens.Generic, style: readonly string[]): Piece[] {
  const inner = (more: string) => inline(token.tokens ?? [], [...style, more]);
  switch (token.type) {
    case 'strong':
      return inner('1');
    case 'em':
      return inner('3');
    case 'del':
      return inner('9');
    case 'codespan':
      return [{ text: (token as Tokens.Codespan).text, style: [...style, '36'] }];
    case 'br':
      return [{ text: '\n', style }];
    case 'link':
      return link(token as Tokens.Link, style);
    case 'image':
      return [{ text: `[${token['text'] || 'image'}] (${String(token['href'])})`, style }];
    case 'html':
      return [{ text: token.raw, style }];
    default:
      if (token.tokens) return inline(token.tokens, style);
      // an entity may stand for a sign that has power
      return [{ text: plainText(decoded(String(token['text'] ?? token.raw))), style }];
  }
}

/** Where it leads is always seen: the words are another's. */
function link({ href, text, tokens }: Tokens.Link, style: readonly string[]): Piece[] {
  if (text === href || `mailto:${text}` === href) return [{ text: href, style: [...style, '4'] }];
  return [...inline(tokens, [...style, '4']), { text: ` (${href})`, style: [...style, '2'] }];
}

/** Lines no longer than the page, broken at blanks; a word that is longer stands alone. */
function wrapped(pieces: readonly Piece[], { width, colour }: Page): string[] {
  const lines: string[] = [];
  let [line, used] = ['', 0];
  const end = () => {
    lines.push(line.trimEnd());
    [line, used] = ['', 0];
  };
  for (const word of wordsOf(pieces)) {
    if (word === 'end') {
      end();
      continue;
    }
    const length = word.pieces.reduce((sum, { text }) => sum + displayWidth(text), 0);
    const gap = used > 0 && word.isApart ? 1 : 0;
    if (used > 0 && word.isApart && used + gap + length > width) end();
    else if (gap > 0) line += ' ';
    line += word.pieces.map(({ text, style }) => paint(colour && style.length > 0, style.join(';'), text)).join('');
    used += gap + length;
  }
  end();
  return lines;
}

interface Word {
  readonly pieces: Piece[];
  /** There is a blank before it. */
  readonly isApart: boolean;
}

function* wordsOf(pieces: readonly Piece[]): Generator<Word | 'end'> {
  let word: Word | undefined;
  let isApart = false;
  for (const { text, style } of pieces) {
    for (const part of text === '\n' ? ['\n\n'] : (text.match(/\s+|\S+/g) ?? [])) {
      if (part.trim() !== '') {
        word ??= { pieces: [], isApart };
        word.pieces.push({ text: part, style });
        continue;
      }
      if (word) yield word;
      word = undefined;
      isApart = true;
      if (part === '\n\n') {
        yield 'end';
        isApart = false;
      }
    }
  }
  if (word) yield word;
}
