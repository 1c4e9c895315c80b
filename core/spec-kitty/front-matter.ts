/** The front matter of a work package: read tolerantly, changed key by key, all other bytes as they are. Pure. */

import { isDeepStrictEqual } from 'node:util';
import { LineCounter, parseDocument } from 'yaml';
import { isRecord } from '../record.ts';

export interface FrontMatter {
  /** Without prototype: keys come from files. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where its text begins and ends, without the two lines of hyphens. */
  readonly start: number;
  readonly end: number;
  /** Where the text behind it begins. */
  readonly behind: number;
}

/** What stands from `start` up to `end` becomes `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface FrontMatterFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const OPENING = /^\ufeff?---[ \t]*(?:\r\n|\n|\r)/;
const CLOSING = /^---[ \t]*$/m;
const MOST_CHARACTERS = 100_000;

export function readFrontMatter(text: string): FrontMatter | FrontMatterFault {
  const opening = OPENING.exec(text)?.[0];
  if (opening === undefined)
    return { line: 1, column: 1, message: 'It has no front matter: its first line is not `---`.' };
  const start = opening.length;
  const closing = CLOSING.exec(text.slice(start).replaceAll('\r', '\n'));
  if (!closing) return { line: 1, column: 1, message: 'Its front matter does not end: a line `---` is missing.' };
  const end = start + closing.index;
  if (end - start > MOST_CHARACTERS) return { line: 1, column: 1, message: 'Its front matter is too long.' };
  const read = readYaml(text.slice(start, end));
  if ('message' in read) return { ...read, line: read.line + 1 };
  const lineEnd = /\r\n|\n|\r|$/.exec(text.slice(end));
  return { values: read.values, start, end, behind: end + (lineEnd ? lineEnd.index + lineEnd[0].length : 0) };
}

function readYaml(text: string): { readonly values: Readonly<Record<string, unknown>> } | FrontMatterFault {
  const lineCounter = new LineCounter();
  try {
    // ruamel writes each entry of a history as `!!omap`
    const document = parseDocument(text.replaceAll('\r', '\n'), {
      ...{ lineCounter, customTags: ['omap'], uniqueKeys: true, logLevel: 'silent' },
    });
    const [error] = document.errors;
    if (error) {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      return { line, column: col, message: error.message.split('\n')[0] ?? 'It is not YAML.' };
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (value === null) return { values: {} };
    if (!isRecord(value)) return { line: 1, column: 1, message: 'Its front matter is not a mapping.' };
    return { values: Object.assign(Object.create(null), value) };
  } catch {
    // too many aliases, or what is in one another too deep
    return { line: 1, column: 1, message: 'Its front matter cannot be read.' };
  }
}

/** The edit that gives a key this value; `undefined`: it goes. Nothing where that would change anything else, too. */
export function withKey(text: string, key: string, value: string | readonly string[] | undefined): Edit | undefined {
  const before = readFrontMatter(text);
  if ('message' in before) return undefined;
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const block = value === undefined ? '' : yamlOf(key, value, eol);
  const place = placeOf(text, before, key) ?? { start: before.end, end: before.end };
  const edit = { ...place, text: block };
  const after = readFrontMatter(text.slice(0, edit.start) + edit.text + text.slice(edit.end));
  if ('message' in after) return undefined;
  const { [key]: _, ...others } = before.values;
  const expected = value === undefined ? others : { ...others, [key]: typeof value === 'string' ? value : [...value] };
  return isDeepStrictEqual({ ...after.values }, { ...expected }) ? edit : undefined;
}

/** From the key to the next one: what is indented belongs to it, and items of a list that are not. */
function placeOf(text: string, { start, end }: FrontMatter, key: string): Pick<Edit, 'start' | 'end'> | undefined {
  let from: number | undefined;
  let to = start;
  for (const line of text.slice(start, end).match(/[^\r\n]*(?:\r\n|\n|\r|$)/g) ?? []) {
    const at = to;
    if (from !== undefined && !/^(?:[ \t]+\S|- |-$|-[\r\n])/.test(line)) return { start: from, end: at };
    to += line.length;
    if (from === undefined && new RegExp(`^["']?${key}["']?[ \\t]*:(?=\\s)`).test(line)) from = at;
  }
  return from === undefined ? undefined : { start: from, end };
}

function yamlOf(key: string, value: string | readonly string[], eol: string): string {
  if (typeof value === 'string') return `${key}: ${scalar(value)}${eol}`;
  if (value.length === 0) return `${key}: []${eol}`;
  return `${key}:${eol}${value.map((each) => `- ${scalar(each)}${eol}`).join('')}`;
}

/** As a value of front matter: one line, of what every reader of YAML takes. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\ufeff\p{Noncharacter_Code_Point}]/gu, '')
    .trim();
}

const WORDS_OF_YAML = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/** One line, read as the same text by every version of YAML. */
export function scalar(text: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./()-]+)*$/.test(text) && !WORDS_OF_YAML.test(text);
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}
