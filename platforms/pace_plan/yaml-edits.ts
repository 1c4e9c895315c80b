/**
 * Changes of YAML that people write: a value is put in the place of another one, and comments, quotes and the order of all else stay.
 * What was written is read again: it counts only where just that has changed. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Document, isCollection, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { type Edit, edited } from '../../core/drivers/documents/edits.ts';
import { isRecord } from '../../core/record.ts';
import { keyText } from '../../core/yaml/positions.ts';
import { parseYaml, type YamlFile } from '../../core/yaml/yaml-file.ts';

export type Step = string | number;

/** Read once, as what was written is read again. */
let last: { readonly file: string; readonly source: string; readonly read: YamlFile } | undefined;

export function parsedYaml(file: string, source: string): YamlFile {
  if (last?.file !== file || last.source !== source) last = { file, source, read: parseYaml(file, source) };
  return last.read;
}

export interface Yaml {
  readonly file: string;
  /** Without a mark of the byte order. */
  readonly text: string;
  readonly document: Document;
  readonly value: unknown;
}

/** `undefined` where it cannot be written here. A `value` of `undefined` takes the key away. */
export function withValue(yaml: Yaml, path: readonly Step[], value: string | undefined): Yaml | undefined {
  if (isDeepStrictEqual(valueAt(yaml.value, path), value)) return yaml;
  const map = nodeAt(yaml.document, path.slice(0, -1));
  const key = String(path.at(-1));
  if (!isMap(map)) return undefined;
  const wanted = replaced(yaml.value, path, value);
  const pair = map.items.find((one) => keyText(one) === key);
  if (value === undefined) return pair && firstGood(yaml, wanted, removals(yaml.text, map, pair));
  return firstGood(yaml, wanted, pair ? changes(yaml, map, pair, value) : additions(yaml, map, key, value));
}

/** A new last entry of a list. */
export function withEntry(
  yaml: Yaml,
  list: string,
  entry: Readonly<Record<string, string | number>>,
): Yaml | undefined {
  const node = nodeAt(yaml.document, [list]);
  const before = valueAt(yaml.value, [list]);
  const all = [...(Array.isArray(before) ? before : []), entry];
  const wanted = { ...(isRecord(yaml.value) ? yaml.value : {}), [list]: all };
  return firstGood(yaml, wanted, isSeq(node) ? entries(yaml, node, entry) : lists(yaml, list, entry));
}

function firstGood(yaml: Yaml, wanted: unknown, candidates: Iterable<readonly Edit[]>): Yaml | undefined {
  for (const edits of candidates) {
    const text = edited(yaml.text, edits);
    const { document, value, problems } = parsedYaml(yaml.file, text);
    if (problems.length === 0 && isDeepStrictEqual(value, wanted)) return { file: yaml.file, text, document, value };
  }
  return undefined;
}

function* changes({ text }: Yaml, map: YAMLMap, pair: Pair, value: string): Generator<Edit[]> {
  const node = isNode(pair.value) ? pair.value : undefined;
  const keyEnd = isNode(pair.key) ? (pair.key.range?.[1] ?? 0) : 0;
  const [start, end] = node?.range ?? [keyEnd, keyEnd];
  const isEmpty = !node || start === end;
  const indent = columnOf(text, startOf(map)) + 2;
  for (const scalar of scalars({ value, indent, isFlow: map.flow === true, eol: eolOf(text), style: styleOf(node) })) {
    if (!isEmpty) yield [{ start, end: trimmedEnd(text, start, end), text: scalar }];
    else {
      const colon = text.indexOf(':', keyEnd) + 1;
      yield [{ start: colon, end: colon, text: ` ${scalar}` }];
      yield [{ start: keyEnd, end: keyEnd, text: `: ${scalar}` }];
    }
  }
}

function* additions({ text }: Yaml, map: YAMLMap, key: string, value: string): Generator<Edit[]> {
  const [eol, column] = [eolOf(text), columnOf(text, startOf(map))];
  const isFlow = map.flow === true;
  for (const scalar of scalars({ value, indent: column + 2, isFlow, eol })) {
    if (isFlow) yield [inBrackets(text, map, `${key}: ${scalar}`)];
    else {
      const at = lineEnd(text, endOf(text, map));
      yield [{ start: at, end: at, text: `${eol}${' '.repeat(column)}${key}: ${scalar}` }];
    }
  }
}

function* removals(text: string, map: YAMLMap, pair: Pair): Generator<Edit[]> {
  const start = isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
  const range = isNode(pair.value) ? pair.value.range : undefined;
  const end = range ? trimmedEnd(text, range[0], range[1]) : start;
  if (map.flow === true) {
    const before = text.lastIndexOf(',', start);
    if (before > startOf(map)) yield [{ start: before, end, text: '' }];
    const after = text.indexOf(',', end);
    if (after >= 0) yield [{ start, end: after + 1, text: '' }];
    return;
  }
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  if (/^[ \t]*$/.test(text.slice(line, start))) {
    if (next >= 0) yield [{ start: line, end: next + 1, text: '' }];
    const before = text.slice(0, line).endsWith('\r\n') ? line - 2 : line - 1;
    yield [{ start: Math.max(0, before), end: next < 0 ? text.length : lineEnd(text, end), text: '' }];
  }
  // the first key of an entry: the next one takes its place
  const behind = text.slice(next + 1).search(/[^ \r\n]/);
  if (next >= 0 && behind >= 0) yield [{ start, end: next + 1 + behind, text: '' }];
}

function* entries({ text }: Yaml, seq: Node, entry: Readonly<Record<string, string | number>>): Generator<Edit[]> {
  if (!isSeq(seq)) return;
  const eol = eolOf(text);
  if (seq.flow === true) return yield [inBrackets(text, seq, `{ ${pairsOf(entry, flat).join(', ')} }`)];
  const last = seq.items.at(-1);
  const first = seq.items[0];
  if (!isNode(last) || !isNode(first)) return;
  const dash = text.lastIndexOf('-', startOf(first));
  const column = columnOf(text, dash);
  const gap = startOf(first) - dash;
  const at = lineEnd(text, endOf(text, last));
  const inner = ' '.repeat(column + gap);
  for (const written of [nice(column + gap + 2, eol), flat]) {
    const lines = pairsOf(entry, written).join(`${eol}${inner}`);
    yield [{ start: at, end: at, text: `${eol}${' '.repeat(column)}-${' '.repeat(Math.max(1, gap - 1))}${lines}` }];
  }
}

/** Where there is no such list yet. */
function* lists(
  { text, value }: Yaml,
  list: string,
  entry: Readonly<Record<string, string | number>>,
): Generator<Edit[]> {
  const eol = eolOf(text);
  const bare = text.trimEnd();
  const end = bare.length === 0 ? 0 : lineEnd(text, bare.length);
  for (const written of [nice(6, eol), flat]) {
    const lines = `${list}:${eol}  - ${pairsOf(entry, written).join(`${eol}    `)}`;
    const isBlank = bare === '';
    if (isRecord(value) && list in value) return;
    yield [{ start: end, end: text.length, text: `${isBlank ? '' : eol}${lines}${eol}` }];
  }
}

function pairsOf(entry: Readonly<Record<string, string | number>>, written: (value: string) => string): string[] {
  return Object.entries(entry).map(([key, value]) => `${key}: ${typeof value === 'number' ? value : written(value)}`);
}

const flat = (value: string) => quoted(value);

function nice(indent: number, eol: string): (value: string) => string {
  return (value) => plain(value) ?? literal(value, indent, eol) ?? quoted(value);
}

interface Wanted {
  readonly value: string;
  readonly indent: number;
  readonly isFlow: boolean;
  readonly eol: string;
  /** The quotes that were there. */
  readonly style?: 'double' | 'single' | undefined;
}

/** As people would write it, else in quotes: what does not come back is not taken. */
function* scalars({ value, indent, isFlow, eol, style }: Wanted): Generator<string> {
  const isOneLine = !/[\r\n]/.test(value);
  if (style === 'single' && isOneLine) yield `'${value.replaceAll("'", "''")}'`;
  const simple = style === undefined ? plain(value) : undefined;
  if (simple !== undefined) yield simple;
  const block = isFlow ? undefined : literal(value, indent, eol);
  if (block !== undefined) yield block;
  yield quoted(value);
}

function plain(value: string): string | undefined {
  return /^[\p{L}\d](?:[^\p{C}\p{Z}:#,[\]{}"'&*!|>%@`]|[.:](?=\S)| (?=\S))*$/u.test(value) ? value : undefined;
}

function literal(value: string, indent: number, eol: string): string | undefined {
  if (!value.includes('\n') || /^\s|\s$|\r/.test(value)) return undefined;
  const lines = value.split('\n').map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`));
  return ['|-', ...lines].join(eol);
}

/** With everything escaped that YAML does not take as it is. */
function quoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function styleOf(node: Node | undefined): Wanted['style'] {
  if (!isScalar(node)) return undefined;
  if (node.type === 'QUOTE_SINGLE') return 'single';
  return node.type === 'QUOTE_DOUBLE' ? 'double' : undefined;
}

function inBrackets(text: string, node: Node, put: string): Edit {
  const [start, end] = node.range ?? [0, 0];
  let at = end - 1;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at -= 1;
  const isFirst = isCollection(node) && node.items.length === 0;
  return { start: at, end: at, text: isFirst ? put : `${text[at - 1] === ',' ? ' ' : ', '}${put}` };
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function endOf(text: string, node: Node): number {
  const [start, end] = node.range ?? [0, 0];
  return trimmedEnd(text, start, end);
}

/** Without the empty lines that belong to a block. */
function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function lineEnd(text: string, from: number): number {
  const next = text.indexOf('\n', from);
  if (next < 0) return text.length;
  return text[next - 1] === '\r' ? next - 1 : next;
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function nodeAt(document: Document, path: readonly Step[]): Node | undefined {
  let node: unknown = document.contents;
  for (const step of path) {
    if (isSeq(node)) node = node.items[Number(step)];
    else if (isMap(node)) node = node.items.find((pair) => keyText(pair) === String(step))?.value;
    else return undefined;
  }
  return isNode(node) ? node : undefined;
}

export function valueAt(value: unknown, path: readonly Step[]): unknown {
  let now = value;
  for (const step of path) {
    if (Array.isArray(now)) now = now[Number(step)];
    else if (isRecord(now)) now = Object.hasOwn(now, step) ? now[step] : undefined;
    else return undefined;
  }
  return now;
}

/** The data with this one value in it. */
function replaced(value: unknown, [step, ...rest]: readonly Step[], put: string | undefined): unknown {
  if (step === undefined) return put;
  if (Array.isArray(value)) return value.map((one, at) => (at === Number(step) ? replaced(one, rest, put) : one));
  const record = isRecord(value) ? value : {};
  if (rest.length > 0 || put !== undefined) return { ...record, [step]: replaced(record[step], rest, put) };
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== step));
}
