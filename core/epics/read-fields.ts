/** The head of an epic or a story: fields in a table, a quotation or lines of their own, and the block of the tracker. Pure. */
import type { Field, FieldForm, TrackerBlock } from './epic.ts';
import type { Line } from './lines.ts';
import { isRowLine, nameOf, tableAt } from './tables.ts';
import { fieldNamed } from './words.ts';

export interface Head {
  readonly fields: readonly Field[];
  /** Lines that hold fields and what belongs to them; a table or quotation is taken whole. */
  readonly taken: ReadonlySet<number>;
  readonly tracker?: TrackerBlock;
  /** Those that stand there a second time. */
  readonly twice: readonly Field[];
}

const ORDER: readonly FieldForm[] = ['table', 'quote', 'bold'];
const TRACKER_KEYS = ['tracker', 'issue', 'last synced', 'sync status', 'content hash'];

export function readHead(lines: readonly Line[], first: number, behind: number): Head {
  const found: Field[] = [];
  const taken = new Set<number>();
  let tracker: TrackerBlock | undefined;
  const take = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) taken.add(at);
  };
  for (let at = first; at < behind; ) {
    const line = lines[at] as Line;
    if (isRowLine(line)) {
      const end = runOf(lines, at, behind, isRowLine);
      const fields = rowFields(lines, at, end);
      if (fields.length > 0) take(at, end);
      found.push(...fields);
      at = end;
    } else if (line.kind === 'quote') {
      const end = runOf(lines, at, behind, ({ kind }) => kind === 'quote');
      const pairs = Array.from({ length: end - at }, (_, place) => boldPair(lines[at + place] as Line, QUOTED));
      const keys = pairs.map((pair) => pair?.label.toLowerCase());
      if (!tracker && keys[0] !== undefined && TRACKER_KEYS.includes(keys[0])) {
        const values = pairs.flatMap((pair) => (pair ? [[pair.label.toLowerCase(), pair.text] as const] : []));
        tracker = { first: at, behind: end, values: Object.fromEntries(values) };
        take(at, end);
      } else if (keys[0] !== undefined && fieldNamed(keys[0])) {
        found.push(...pairs.flatMap((pair, place) => fieldOf(pair, at + place, 'quote')));
        take(at, end);
      }
      at = end;
    } else {
      const fields = line.kind === 'text' ? fieldOf(boldPair(line, BOLD), at, 'bold') : [];
      if (fields.length > 0) take(at, at + 1);
      found.push(...fields);
      at += 1;
    }
  }
  const ordered = ORDER.flatMap((form) => found.filter((field) => field.form === form));
  const fields = ordered.filter((field, place) => ordered.findIndex(({ name }) => name === field.name) === place);
  const twice = ordered.filter((field) => !fields.includes(field));
  return { fields, taken, twice, ...(tracker && { tracker }) };
}

function runOf(lines: readonly Line[], from: number, behind: number, isOne: (line: Line) => boolean): number {
  let at = from;
  while (at < behind && isOne(lines[at] as Line)) at += 1;
  return at;
}

function rowFields(lines: readonly Line[], first: number, behind: number): Field[] {
  const table = tableAt(lines, first, behind);
  const rows = table ? [table.head, ...table.rows] : [];
  // that the name is bold is what tells a field from any other table
  return rows.flatMap(({ line, cells: [label, value] }) => {
    if (!label || !value || !/^\*\*[^*]+\*\*:?$/.test(label.text)) return [];
    const name = fieldNamed(nameOf(label.text).replace(/:$/, ''));
    return name
      ? [{ name, label: label.text.replaceAll(/[*:]/g, '').trim(), form: 'table' as const, line, ...value }]
      : [];
  });
}

const QUOTED = /^( {0,3}>[ \t]?)\*\*([^*:]{1,40})(?:\*\*[ \t]*:|:\*\*)/;
const BOLD = /^( {0,3})\*\*([^*:]{1,40})(?:\*\*[ \t]*:|:\*\*)/;

interface Pair {
  readonly label: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function boldPair(line: Line, pattern: RegExp): Pair | undefined {
  const [whole, , label] = pattern.exec(line.text) ?? [];
  if (whole === undefined || label === undefined) return;
  const rest = line.text.slice(whole.length);
  const lead = rest.length - rest.trimStart().length;
  // a break at the end of the line is none of the value
  const text = rest.trim().replace(/[ \t]*\\$/, '');
  const start = line.start + whole.length + (text === '' ? 0 : lead);
  return { label: label.trim(), text, start, end: start + text.length };
}

function fieldOf(pair: Pair | undefined, line: number, form: FieldForm): Field[] {
  const name = pair && fieldNamed(pair.label);
  return pair && name ? [{ ...pair, name, form, line }] : [];
}
