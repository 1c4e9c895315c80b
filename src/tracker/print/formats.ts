/** The forms in which things are printed: a table, JSON, ids or Markdown. What others wrote loses its power here. Pure. */
import { inlineMarkdown, plainLine } from '../../../core/text/untrusted-text.ts';
import type { Fields } from './fields.ts';

export const FORMATS = ['table', 'json', 'ids', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

export interface Column<Item> {
  readonly title: string;
  of(item: Item): string;
  /** Characters that are shown at most. */
  readonly max?: number;
  /** `start` and `end` fill up to the width of the first page; others are as wide as they are. */
  readonly align?: 'start' | 'end';
  /** At a terminal: it gives way where a row is too long. */
  readonly gives?: boolean;
  /** At a terminal: the colour of its text. */
  tint?(item: Item): string | undefined;
}

/** How a kind of thing is shown. */
export interface Shape<Item> {
  readonly fields: Fields<Item>;
  readonly columns: readonly Column<Item>[];
  /** What a person at a terminal is shown instead. `now` in milliseconds since 1970. */
  onTerminal?(now: number): readonly Column<Item>[];
  id(item: Item): string;
}

/** Turns pages of a list into text. The widths of a table are those of the first page. */
export interface Printer<Item> {
  readonly start: string;
  page(items: readonly Item[]): string;
  readonly end: string;
}

/** For a pipe: the rows alone, each whole. */
export function tablePrinter<Item>({ columns }: Pick<Shape<Item>, 'columns'>): Printer<Item> {
  let widths: number[] | undefined;
  return {
    start: '',
    page: (items) => {
      const rows = items.map((item) => columns.map(({ of, max }) => plainLine(of(item), max ?? LONGEST_CELL)));
      widths ??= columns.map((_, index) => Math.max(0, ...rows.map((row) => row[index]?.length ?? 0)));
      return rows.map((row) => `${tableRow(columns, row, widths ?? [])}\n`).join('');
    },
    end: '',
  };
}

/** Characters of a cell, where its column says nothing. */
export const LONGEST_CELL = 120;

function tableRow(
  columns: readonly Pick<Column<never>, 'align'>[],
  cells: readonly string[],
  widths: readonly number[],
): string {
  const shown = columns.map(({ align }, index) => {
    const [cell = '', width = 0] = [cells[index], widths[index]];
    return align === 'end' ? cell.padStart(width) : align === 'start' ? cell.padEnd(width) : cell;
  });
  // a column that is empty everywhere so far takes no room
  return shown
    .filter((cell) => cell !== '')
    .join('  ')
    .trimEnd();
}

export function markdownPrinter<Item>({ columns }: Pick<Shape<Item>, 'columns'>): Printer<Item> {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return {
    start: row(columns.map(({ title }) => title)) + row(columns.map(() => '---')),
    page: (items) =>
      items.map((item) => row(columns.map(({ of, max }) => inlineMarkdown(of(item), max ?? LONGEST_CELL)))).join(''),
    end: '',
  };
}

export function idPrinter<Item>({ id }: Pick<Shape<Item>, 'id'>): Printer<Item> {
  return { start: '', page: (items) => items.map((item) => `${plainLine(id(item))}\n`).join(''), end: '' };
}

/** One well-formed array, whenever it ends. `text` makes JSON of one value. */
export function jsonPrinter<Item>(text: (item: Item) => string): Printer<Item> {
  let count = 0;
  return {
    start: '[',
    page: (items) =>
      items
        .map((item) => {
          count += 1;
          return `${count === 1 ? '' : ','}\n${text(item).trimEnd().replace(/^/gm, '  ')}`;
        })
        .join(''),
    get end() {
      return count === 0 ? ']\n' : '\n]\n';
    },
  };
}
