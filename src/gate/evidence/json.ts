/** JSON with the place of the first mistake. */
import { EvidenceFault } from './fault.ts';
import type { EvidenceFile } from './files.ts';
import { readText } from './read-text.ts';

/** The parsed file. Throws an `EvidenceFault` with line and column. */
export async function parseJson(file: EvidenceFile, signal?: AbortSignal): Promise<unknown> {
  const text = await readText(file, signal);
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = placeOf(text, firstMistake(text));
    throw new EvidenceFault('This is not valid JSON.', { file: file.path, line, column });
  }
}

/** Whether it is a JSON object (not an array, not null). */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The elements that are objects; nothing when it is no array. */
export function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A whole number from 0. */
export function indexOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Line and column, from 1, of a place in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lines = before.split('\n').length;
  return { line: lines, column: before.length - before.lastIndexOf('\n') };
}

const TOKEN =
  /[ \t\n\r]*(?:([\{\}\[\],:])|("(?:[[^"\\\p{Cc}][\u007f-\u009f]]|\\(?:["\\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+\-]?\d+)?|true|false|null))/vy;

type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'more' | 'end';

/** JSON.parse does not say where for every mistake, so a refused text is read once more, by its grammar (RFC 8259). */
function firstMistake(text: string): number {
  const token = new RegExp(TOKEN);
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let offset = 0; ; offset = token.lastIndex) {
    token.lastIndex = offset;
    const [whole, mark, string] = token.exec(text) ?? [];
    if (whole === undefined) return offset + (/^[ \t\n\r]*/.exec(text.slice(offset))?.[0].length ?? 0);
    const next = after(expected, mark ?? (string === undefined ? 'literal' : 'string'), open);
    if (next === undefined) return offset + whole.length - whole.trimStart().length;
    expected = next;
  }
}

function after(expected: Expected, token: string, open: string[]): Expected | undefined {
  const takesValue = expected === 'value' || expected === 'first value';
  if (takesValue && token === '{') return opened(open, '}', 'first key');
  if (takesValue && token === '[') return opened(open, ']', 'first value');
  if (takesValue && (token === 'string' || token === 'literal')) return closed(open);
  if ((expected === 'key' || expected === 'first key') && token === 'string') return 'colon';
  if (expected === 'colon') return token === ':' ? 'value' : undefined;
  if (expected === 'more' && token === ',') return open.at(-1) === '}' ? 'key' : 'value';
  const mayClose = expected === 'more' || expected === (token === '}' ? 'first key' : 'first value');
  if (!mayClose || open.at(-1) !== token) return undefined;
  open.pop();
  return closed(open);
}

function opened(open: string[], end: string, next: Expected): Expected {
  open.push(end);
  return next;
}

function closed(open: readonly string[]): Expected {
  return open.length > 0 ? 'more' : 'end';
}
