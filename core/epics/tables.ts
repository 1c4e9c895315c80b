/** Tables as people write them: the columns are found by their names, and any may lack. Pure. */
import type { Line, Span } from './lines.ts';

export interface Cell extends Span {
  /** Without the blanks around it, and without the backslash before a `|`. */
  readonly text: string;
}

export interface Row {
  /** Of all lines. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

export interface Table {
  /** The line of its head, and the one behind its last row. */
  readonly first: number;
  readonly behind: number;
  /** The names of the columns in lower case, without signs around them. */
  readonly columns: readonly string[];
  readonly head: Row;
  readonly rows: readonly Row[];
}

const RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** A table whose head stands in this line; `undefined` when none does. */
export function tableAt(lines: readonly Line[], at: number, behind: number): Table | undefined {
  const [head, rule] = [lines[at], lines[at + 1]];
  if (!head || !rule || at + 1 >= behind || !isRowLine(head) || rule.kind !== 'text' || !isRule(rule.text)) return;
  const columns = cellsOf(head).map(({ text }) => nameOf(text));
  let end = at + 2;
  while (end < behind && lines[end] && isRowLine(lines[end] as Line)) end += 1;
  const rows = lines.slice(at + 2, end).map((line, place) => ({ line: at + 2 + place, cells: cellsOf(line) }));
  return { first: at, behind: end, columns, head: { line: at, cells: cellsOf(head) }, rows };
}

/** Lines of a table without a head: spectra's own examples have such. */
export function isRowLine({ kind, text }: Line): boolean {
  return kind === 'text' && /^ {0,3}\|/.test(text);
}

export function isRule(text: string): boolean {
  // bounded: the pattern looks at every sign once or twice
  return text.length < 2000 && text.includes('-') && text.includes('|') && RULE.test(text);
}

export function cellsOf(line: Pick<Line, 'start' | 'text'>): Cell[] {
  const { text, start } = line;
  const cells: Cell[] = [];
  let from = text.indexOf('|') + 1;
  for (let at = from; at <= text.length; at += 1) {
    const isEnd = at === text.length;
    if (!isEnd && (text[at] !== '|' || text[at - 1] === '\\')) continue;
    const raw = text.slice(from, at);
    // behind the last `|` there is no cell
    if (isEnd && raw.trim() === '') break;
    const lead = raw.length - raw.trimStart().length;
    const inner = raw.trim();
    const first = start + from + (inner === '' ? Math.min(1, raw.length) : lead);
    cells.push({ start: first, end: first + inner.length, text: inner.replaceAll('\\|', '|') });
    from = at + 1;
  }
  return cells;
}

/** A text as it stands in a cell. */
export function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

export function nameOf(text: string): string {
  return text.replaceAll(/[*_`]/g, '').trim().toLowerCase();
}
