/** A table for a person at a terminal: a header, colour, and as wide as the terminal. Loaded only there. Pure. */
import { cutToWidth, displayWidth, padToWidth } from '../../../core/text/display-width.ts';
import { paint } from '../../../core/text/paint.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { type Column, LONGEST_CELL, type Printer, type Shape } from './formats.ts';

export interface Terminal {
  readonly width: number;
  readonly colour: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Narrower than this nothing can be read. */
const NARROWEST = 12;
const GAP = '  ';

/** The widths are those of the first page; what is empty on it takes no room. */
export function terminalPrinter<Item>(
  { columns, onTerminal }: Pick<Shape<Item>, 'columns' | 'onTerminal'>,
  terminal: Terminal,
): Printer<Item> {
  let layout: readonly Placed<Item>[] | undefined;
  return {
    start: '',
    page: (items) => {
      const header = layout === undefined;
      layout ??= placed(onTerminal?.(terminal.now) ?? columns, items, terminal.width);
      const rows = items.map((item) => row(layout ?? [], (column) => cell(column, item), terminal, item));
      return [...(header ? [head(layout, terminal)] : []), ...rows].map((line) => `${line}\n`).join('');
    },
    end: '',
  };
}

interface Placed<Item> {
  readonly column: Column<Item>;
  readonly width: number;
  /** What gives way may have so much on a later page; a key is never cut but at the edge. */
  readonly most: number;
}

function placed<Item>(columns: readonly Column<Item>[], items: readonly Item[], most: number): Placed<Item>[] {
  const all = columns.flatMap((column) => {
    const widths = items.map((item) => displayWidth(cell(column, item)));
    const widest = Math.max(0, ...widths);
    return widest === 0 ? [] : [{ column, width: Math.max(widest, displayWidth(column.title)) }];
  });
  const total = all.reduce((sum, { width }) => sum + width, GAP.length * (all.length - 1));
  return all.map(({ column, width }) => {
    if (!column.gives) return { column, width, most };
    // what is longest gives way first, and what is left is cut at the edge
    const room = Math.max(NARROWEST, width + most - total);
    return { column, width: Math.min(width, room), most: room };
  });
}

function cell<Item>({ of, max }: Column<Item>, item: Item): string {
  return plainLine(of(item), max ?? LONGEST_CELL);
}

function head<Item>(layout: readonly Placed<Item>[], terminal: Terminal): string {
  return paint(
    terminal.colour,
    '1',
    row(layout, ({ title }) => title, { ...terminal, colour: false }),
  );
}

/** Painted after it was measured: colour takes no room. */
function row<Item>(
  layout: readonly Placed<Item>[],
  text: (column: Column<Item>) => string,
  { width: most, colour }: Terminal,
  item?: Item,
): string {
  let line = '';
  let left = most;
  for (const [index, { column, width, most: widest }] of layout.entries()) {
    const isLast = index === layout.length - 1;
    const cut = cutToWidth(text(column), widest);
    const filled =
      isLast && column.align !== 'end' ? cut : padToWidth(cut, width, column.align === 'end' ? 'start' : 'end');
    const gap = index === 0 ? '' : GAP;
    if (left <= gap.length) break;
    const shown = cutToWidth(filled, left - gap.length);
    left -= gap.length + displayWidth(shown);
    const tint = item === undefined ? undefined : column.tint?.(item);
    line += gap + (tint === undefined || shown.trim() === '' ? shown : paint(colour, tint, shown));
  }
  return line.trimEnd();
}
