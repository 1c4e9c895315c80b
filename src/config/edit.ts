/** Sets one value in a YAML text that people keep: comments, quotes, order and line ends stay as they wrote them. */
import { isAlias, isCollection, isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import { PaceError } from '../../core/errors.ts';
import { keyText } from '../../core/yaml/positions.ts';
import { formatProblem, type Problem } from '../../core/yaml/problems.ts';
import { nameOf, valueAt } from '../../core/yaml/schema-problems.ts';
import { parseYaml, type YamlFile } from '../../core/yaml/yaml-file.ts';
import {
  columnOf,
  endOf,
  endOfColon,
  endOfComments,
  endOfLine,
  endOfPair,
  indentStep,
  isEmpty,
  spanOf,
} from './edit-places.ts';
import { keyWord, ownQuotes, type Style, spellings, styleOf } from './edit-spelling.ts';

/** What is replaced in the text, and by what around the value. */
interface Spot {
  readonly start: number;
  readonly end: number;
  readonly around: (value: string) => string;
  /** How the value was written before. */
  readonly style?: Style;
}

/**
 * The text with the value at the path. A key or section that is missing is added at the end of its section. Throws
 * `PaceError` with the place for a file that is not sound, and where the path leads through something else than mappings.
 * @param file how messages call it
 */
export function withValue(text: string, path: readonly string[], value: string, file = 'pace.config.yaml'): string {
  const bom = text.startsWith('\ufeff') ? '\ufeff' : '';
  const yaml = parseYaml(file, text);
  const [problem] = yaml.problems;
  if (problem) throw refusal(problem);
  if (valueAt(yaml.value, path) === value) return text;
  const { start, end, around, style } = spotOf(yaml, path);
  for (const spelling of spellings(value, style ?? 'plain', ownQuotes(yaml))) {
    const edited = yaml.text.slice(0, start) + around(spelling) + yaml.text.slice(end);
    // to read it again is the one proof that the spelling means this value there
    if (says(parseYaml(file, edited), path, value)) return bom + edited;
  }
  throw refusal(yaml.problemAt(path, `${nameOf(path)} cannot be set here without changing more than this value.`));
}

function says(yaml: YamlFile, path: readonly string[], value: string): boolean {
  return yaml.problems.length === 0 && valueAt(yaml.value, path) === value;
}

function refusal(problem: Problem): PaceError {
  const remedy = 'Nothing was written. Please correct the file there, or write the value by hand.';
  return new PaceError({ kind: 'configuration', message: formatProblem(problem), remedy });
}

function spotOf(yaml: YamlFile, path: readonly string[]): Spot {
  let node: unknown = yaml.document.contents;
  if (isEmpty(node)) return atEndOfDocument(yaml, 0, path);
  for (const [depth, key] of path.entries()) {
    if (isScalar(node) && node.value === null) return insteadOfNull(node, path.slice(depth));
    if (!isMap(node)) throw notAMapping(yaml, node, path.slice(0, depth));
    const map: YAMLMap = node;
    const pair = map.items.findLast((candidate: Pair) => keyText(candidate) === key);
    if (!pair) return added(yaml, map, path.slice(depth));
    if (isEmpty(pair.value)) return filledIn(yaml, map, pair, path, depth);
    node = pair.value;
  }
  return replaced(yaml, node, path);
}

/** `sprint: ~` */
function insteadOfNull(node: unknown, path: readonly string[]): Spot {
  const [start, end] = spanOf(node);
  return { start, end, around: (value) => `{${inBraces(path, value)}}` };
}

function notAMapping(yaml: YamlFile, node: unknown, path: readonly string[]): PaceError {
  const message = isAlias(node)
    ? `${nameOf(path)} is an alias: what is written there would change at its anchor too.`
    : `${nameOf(path)} is not a mapping (\`key: value\` lines).`;
  return refusal(yaml.problemAt(path, message));
}

function replaced(yaml: YamlFile, node: unknown, path: readonly string[]): Spot {
  if (isCollection(node)) throw refusal(yaml.problemAt(path, `${nameOf(path)} is a list or a mapping, not one value.`));
  const [start, end] = spanOf(node);
  if (isScalar(node) && node.type?.startsWith('BLOCK')) return instead(yaml, start, end);
  return { start, end, around: (value) => value, style: styleOf(node) };
}

/** A block scalar (`|`, `>`) becomes a value on one line; the comment of its first line and the lines below it stay. */
function instead({ text }: YamlFile, start: number, end: number): Spot {
  const block = text.slice(start, end).trimEnd();
  const comment = /^[|>][-+\d]*([ \t]+#[^\r\n]*)?/.exec(block)?.[1] ?? '';
  return { start, end: start + block.length, around: (value) => value + comment };
}

/** The empty value behind a key. */
function filledIn(yaml: YamlFile, map: YAMLMap, pair: Pair, path: readonly string[], depth: number): Spot {
  const below = path.slice(depth + 1);
  const colon = endOfColon(yaml.text, pair);
  const { flow } = map;
  if (colon === undefined && !flow) {
    const key = path.slice(0, depth + 1);
    throw refusal(yaml.problemAt(key, `${nameOf(key)} has no colon in its line.`, 'key'));
  }
  if (flow || below.length === 0) {
    const at = colon ?? spanOf(pair.key)[1];
    const entry = (value: string) => (below.length === 0 ? value : `{${inBraces(below, value)}}`);
    return { start: at, end: at, around: (value) => `${colon === undefined ? ':' : ''} ${entry(value)}` };
  }
  const column = columnOf(yaml.text, map);
  const at = endOfComments(yaml.text, endOfLine(yaml.text, colon ?? 0), column + 1);
  return lines(yaml, at, column + indentStep(yaml), below);
}

function added(yaml: YamlFile, map: YAMLMap, path: readonly string[]): Spot {
  if (map.flow) return addedInBraces(yaml, map, path);
  const column = columnOf(yaml.text, map);
  if (map === yaml.document.contents) return atEndOfDocument(yaml, column, path);
  const at = endOfComments(yaml.text, endOfLine(yaml.text, endOf(yaml.text, map)), column);
  return lines(yaml, at, column, path);
}

function addedInBraces({ text }: YamlFile, map: YAMLMap, path: readonly string[]): Spot {
  const last = map.items.at(-1);
  const at = last ? endOfPair(text, last) : spanOf(map)[0] + 1;
  const before = last ? ', ' : (/^ (?=\s*\})/.exec(text.slice(at))?.[0] ?? '');
  return { start: at, end: at, around: (value) => before + inBraces(path, value) };
}

function atEndOfDocument(yaml: YamlFile, column: number, path: readonly string[]): Spot {
  const { text, document } = yaml;
  const from = isEmpty(document.contents) ? 0 : endOf(text, document.contents);
  // what stands behind the mark for the end of a document belongs to no document
  const mark = /^\.\.\.(?=\s|$)/m.exec(text.slice(from));
  return lines(yaml, mark ? from + mark.index : text.length, column, path);
}

/** Whole lines, put in at the start of a line or at the end of the text. */
function lines(yaml: YamlFile, at: number, column: number, path: readonly string[]): Spot {
  const { text } = yaml;
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const step = indentStep(yaml);
  const entry = (value: string) =>
    path
      .map((key, depth) => `${' '.repeat(column + depth * step)}${keyWord(key)}:`)
      .join(lineEnd)
      .concat(' ', value);
  const startsLine = at === 0 || text[at - 1] === '\n';
  const around = (value: string) => (startsLine ? entry(value) + lineEnd : lineEnd + entry(value));
  return { start: at, end: at, around };
}

/** `sprint: {start_date: 2026-01-05}`, or the value alone where no key is left. */
function inBraces(path: readonly string[], value: string): string {
  return path.reduceRight(
    (inner, key, depth) => (depth === 0 ? `${keyWord(key)}: ${inner}` : `{${keyWord(key)}: ${inner}}`),
    value,
  );
}
