/** Subtasks of a story, in tables or check lists. Pure. */
import { createHash } from 'node:crypto';
import type { Piece, Subtask } from './epic.ts';
import { keyOfId } from './headings.ts';
import { type RowMark, readRowData, rowMarkIn } from './hidden.ts';
import type { Line } from './lines.ts';
import { type Cell, type Row, type Table, tableAt } from './tables.ts';
import { pointsIn } from './words.ts';

const COLUMNS = {
  number: ['#', 'no', 'no.', 'nr', 'number'],
  id: ['id', 'key'],
  title: ['subtask', 'sub-task', 'task', 'name', 'title', 'summary'],
  description: ['description', 'details', 'notes'],
  points: ['sp', 'story points', 'points'],
  estimate: ['est', 'est.', 'estimate', 'est-or-notes', 'est/notes'],
  status: ['status', 'state'],
  priority: ['priority', 'prio'],
  assignees: ['assignee', 'assignees', 'assigned to'],
} as const;
export type ColumnName = keyof typeof COLUMNS;

export function columnOf({ columns }: Table, name: ColumnName): number {
  return columns.findIndex((column) => (COLUMNS[name] as readonly string[]).includes(column));
}

export interface FoundSubtasks {
  readonly subtasks: readonly Subtask[];
  readonly tables: readonly Table[];
  /** Tables without a column that names their subtasks. */
  readonly nameless: readonly Table[];
}

/** Of a whole file, by the keys of the rows. */
export interface DataLines {
  readonly byKey: ReadonlyMap<string, NonNullable<Subtask['data']>>;
  /** Where they stand. */
  readonly at: ReadonlySet<number>;
  /** Which rows say themselves which issue they are: no other row is that one by what it is called. */
  readonly marked: ReadonlySet<string>;
}

export function dataLines(lines: readonly Line[]): DataLines {
  const found = lines.flatMap(({ kind, text }, line) => {
    const data = kind === 'comment' ? readRowData(text) : undefined;
    return data ? [[data.key, { line, hidden: data.hidden }] as const] : [];
  });
  const marked = new Set(lines.flatMap(({ text, kind }) => (kind === 'comment' ? [] : (rowMarkIn(text)?.key ?? []))));
  return { byKey: new Map(found), at: new Set(found.map(([, { line }]) => line)), marked };
}

interface Block {
  readonly first: number;
  readonly behind: number;
  readonly story: string;
  readonly data: DataLines;
}

export function readSubtasks(lines: readonly Line[], { first, behind, story, data }: Block): FoundSubtasks {
  const subtasks: Subtask[] = [];
  const tables: Table[] = [];
  const nameless: Table[] = [];
  const keys = new Map<string, number>();
  /** By what it is called, until it has an id: its place and number may change, and it stays the same. */
  const named = (title: string) => {
    const key = keyByTitle(story, title);
    let count = (keys.get(key) ?? 0) + 1;
    while (data.marked.has(count === 1 ? key : `${key}-${count}`)) count += 1;
    keys.set(key, count);
    return count === 1 ? key : `${key}-${count}`;
  };
  for (let at = first; at < behind; ) {
    const table = tableAt(lines, at, behind);
    if (table) {
      if (columnOf(table, 'title') < 0) nameless.push(table);
      else {
        tables.push(table);
        for (const row of table.rows) subtasks.push(...inRow(lines, { table, row, named, story }));
      }
      at = table.behind;
      continue;
    }
    subtasks.push(...inItem(lines[at] as Line, { line: at, named }));
    at += 1;
  }
  const whole = subtasks.map((subtask) => {
    const own = data.byKey.get(subtask.key);
    return own ? { ...subtask, data: own } : subtask;
  });
  return { subtasks: whole, tables, nameless };
}

/** What a row without an id is known by. */
export function keyByTitle(story: string, title: string): string {
  const plain = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return `${story}.${createHash('sha256').update(plain).digest('hex').slice(0, 6)}`;
}

interface InRow {
  readonly table: Table;
  readonly row: Row;
  readonly named: (title: string) => string;
  readonly story: string;
}

function inRow(lines: readonly Line[], { table, row, named, story }: InRow): Subtask[] {
  const line = lines[row.line] as Line;
  const mark = markIn(line);
  const cell = (name: ColumnName) => pieceOf(row.cells[columnOf(table, name)], mark, line);
  const title = cell('title');
  if (!title || title.text === '') return [];
  const [id, number, estimate] = [cell('id'), cell('number'), cell('estimate')];
  const own = ownId(id?.text, number?.text, story);
  const isPoints = estimate !== undefined && pointsIn(estimate.text) !== undefined;
  const notes = estimate && !isPoints && estimate.text !== '' ? estimate : undefined;
  const pieces = {
    description: cell('description') ?? notes,
    points: cell('points') ?? (notes ? undefined : estimate),
    ...{ status: cell('status'), priority: cell('priority'), assignees: cell('assignees') },
  };
  const there = Object.fromEntries(Object.entries(pieces).filter(([, piece]) => piece !== undefined));
  const key = own ?? mark?.key ?? named(title.text);
  return [{ key, form: 'row', line: row.line, title, ...there, ...(mark && { mark }), isNamed: !!(own ?? mark) }];
}

/** A number alone is only a place. */
function ownId(id: string | undefined, number: string | undefined, story: string): string | undefined {
  if (id !== undefined && /^[\p{L}\p{N}_.#/-]{1,60}$/u.test(id) && /[\p{L}\p{N}]/u.test(id)) return keyOfId(id);
  if (number !== undefined && /^[A-Za-z]{1,20}[-_/]\d{1,9}$/.test(number)) return `${story}.${keyOfId(number)}`;
  return undefined;
}

function markIn(line: Line): RowMark | undefined {
  const found = rowMarkIn(line.text);
  return found && { ...found, start: line.start + found.start, end: line.start + found.end };
}

/** The mark is none of what people see. */
function pieceOf(cell: Cell | undefined, mark: RowMark | undefined, line: Line): Piece | undefined {
  if (!cell) return;
  if (!mark || mark.start < cell.start || mark.start > cell.end) return cell;
  const text = line.text.slice(cell.start - line.start, mark.start - line.start).trimEnd();
  return { start: cell.start, end: cell.start + text.length, text: text.replaceAll('\\|', '|') };
}

const ITEM = /^( {0,1}(?:[-*+]|\d{1,9}[.)]) {1,4}\[)([ xX/~-])\](?=[ \t])/;
const POINTS = /[ \t]?\((\d{1,4}(?:\.\d{1,2})?)[ \t]?(?:SP|points?|pts?)\)$/i;

function inItem(
  line: Line,
  { line: at, named }: { readonly line: number; readonly named: (title: string) => string },
): Subtask[] {
  const [before, lead = '', sign] = (line.kind === 'list' && ITEM.exec(line.text)) || [];
  if (before === undefined || sign === undefined) return [];
  const mark = markIn(line);
  const whole = line.text.slice(0, mark ? mark.start - line.start : undefined).trimEnd();
  const from = before.length + (whole.slice(before.length).length - whole.slice(before.length).trimStart().length);
  const text = whole.slice(from);
  const gap = /[ \t]-[ \t]|:[ \t]/.exec(text);
  const named_ = gap ? text.slice(0, gap.index) : text;
  const rest = gap ? text.slice(gap.index + gap[0].length) : '';
  // the points stand behind the name, or at the end of all
  const inName = POINTS.exec(named_.slice(-24));
  const inRest = inName ? null : POINTS.exec(rest.slice(-24));
  const title = piece(named_.slice(0, named_.length - (inName?.[0].length ?? 0)), line.start + from);
  if ([...title.text].length < 2) return [];
  const restAt = line.start + from + named_.length + (gap?.[0].length ?? 0);
  const description = piece(rest.slice(0, rest.length - (inRest?.[0].length ?? 0)), restAt);
  const points = inName
    ? piece(inName[1] ?? '', line.start + from + named_.length - inName[0].length + inName[0].indexOf(inName[1] ?? ''))
    : inRest && piece(inRest[1] ?? '', restAt + rest.length - inRest[0].length + inRest[0].indexOf(inRest[1] ?? ''));
  return [
    {
      ...{ key: mark?.key ?? named(title.text), form: 'item', line: at, title },
      tick: piece(sign, line.start + lead.length),
      ...(gap && { description }),
      ...(points && { points }),
      ...(mark && { mark }),
      isNamed: mark !== undefined,
    },
  ];
}

function piece(text: string, start: number): Piece {
  const inner = text.trim();
  const first = start + (text.length - text.trimStart().length);
  return { text: inner, start: inner === '' ? start : first, end: (inner === '' ? start : first) + inner.length };
}
