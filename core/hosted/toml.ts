/**
 * As much of TOML as credentials and settings need: tables of words. What stands beside that is left byte for byte.
 * https://toml.io/en/v1.0.0
 */
import { defined } from '../defined.ts';

/** Table → key → value; a table's name is its parts joined by dots. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Line {
  /** With its end. */
  readonly text: string;
  readonly table: string;
  readonly key?: string;
  readonly value?: string | undefined;
  readonly isHeader?: boolean;
}

const HEADER = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/;
const ENTRY = /^\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*=\s*(.*)$/;
const LONG = ['"""', "'''"] as const;

/** Values that are words, numbers or truths, as text. */
export function readTables(text: string): Tables {
  const tables = new Map<string, Map<string, string>>();
  for (const { table, key, value } of linesOf(text)) {
    if (key === undefined || value === undefined) continue;
    const entries = tables.get(table) ?? new Map<string, string>();
    entries.set(key, value);
    tables.set(table, entries);
  }
  return tables;
}

/** The text with these values in the table: `undefined` takes one away. All other lines stay as they are. */
export function withValues(text: string, table: string, values: Readonly<Record<string, string | undefined>>): string {
  const lines = linesOf(text);
  const kept = lines.filter(({ table: of, key }) => of !== table || key === undefined || !(key in values));
  const added = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} = ${JSON.stringify(value)}\n`],
  );
  const header = kept.findIndex((line) => line.isHeader === true && line.table === table);
  const texts = kept.map((line) => line.text);
  if (header >= 0) return [...whole(texts.slice(0, header + 1)), ...added, ...texts.slice(header + 1)].join('');
  if (added.length === 0) return texts.join('');
  return [...whole(texts), ...(texts.length > 0 ? ['\n'] : []), `[${table}]\n`, ...added].join('');
}

/** The text without the table. */
export function withoutTable(text: string, table: string): string {
  return linesOf(text).flatMap((line) => (line.table === table ? [] : [line.text])).join(''); // biome-ignore format: one thought
}

/** The last line may lack its end. */
function whole(texts: readonly string[]): string[] {
  const last = texts.at(-1);
  return last === undefined || last.endsWith('\n') ? [...texts] : [...texts, '\n'];
}

function linesOf(text: string): Line[] {
  let table = '';
  let open: string | undefined;
  let opened: string | undefined;
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    // what stands within a text of several lines is no table, whatever it looks like
    if (open !== undefined) {
      if (line.includes(open)) open = undefined;
      return { text: line, table, ...defined({ key: opened }) };
    }
    const [, name] = HEADER.exec(line) ?? [];
    if (name !== undefined) {
      table = partsOf(name).join('.');
      return { text: line, table, isHeader: true };
    }
    if (/^\s*\[\[/.test(line)) table = line.trim();
    const [, key, rest = ''] = ENTRY.exec(line.trimEnd()) ?? [];
    if (key === undefined) return { text: line, table };
    open = LONG.find((quotes) => rest.startsWith(quotes) && !rest.slice(3).includes(quotes));
    opened = unquoted(key) ?? key;
    return { text: line, table, key: opened, value: valueIn(rest) };
  });
}

function partsOf(name: string): string[] {
  return [...name.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

function valueIn(rest: string): string | undefined {
  const [quoted] = /^(?:"(?:[^"\\]|\\.)*"|'[^']*')(?=\s*(?:#|$))/.exec(rest) ?? [];
  if (quoted !== undefined) return unquoted(quoted);
  const [plain] = /^[\w.:+-]+(?=\s*(?:#|$))/.exec(rest) ?? [];
  return plain;
}

/** `undefined` for what is not in quotes, or has signs in it that JSON does not know. */
function unquoted(text: string): string | undefined {
  if (text.startsWith("'")) return text.slice(1, -1);
  if (!text.startsWith('"')) return undefined;
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}
