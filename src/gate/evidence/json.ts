/** JSON with the place of the first mistake. */
import { isRecord } from '../../../core/record.ts';
import { EvidenceFault } from './files/fault.ts';
import type { EvidenceFile } from './files/files.ts';
import { readText } from './files/read-text.ts';

/** The parsed file. Throws an `EvidenceFault` with line and column. */
export async function parseJson(file: EvidenceFile, signal?: AbortSignal): Promise<unknown> {
  const text = await readText(file, signal);
  try {
    return JSON.parse(text);
  } catch {
    const offset = firstMistake(text);
    const why = beginsSecond(text, offset)
      ? 'A second JSON document begins here, and one is read. Write each to a file of its own.'
      : 'This is not valid JSON.';
    throw new EvidenceFault(why, { file: file.path, ...placeOf(text, offset) });
  }
}

function beginsSecond(text: string, offset: number): boolean {
  if (text[offset] !== '{' && text[offset] !== '[') return false;
  try {
    JSON.parse(text.slice(0, offset));
    return true;
  } catch {
    return false;
  }
}

/** The elements that are objects; nothing when it is not an array. */
export function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
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
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

const SPACE = /[^ \t\n\r]/g;
const LITERAL = /(?:-?(?:0|[1-9]\d{0,400})(?:\.\d{1,400})?(?:[eE][+-]?\d{1,400})?|true|false|null)(?![\w.+-])/y;
const MAX_DEPTH = 10_000;

type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'more' | 'end';

/** JSON.parse does not say where for every mistake, so a refused text is read once more, by its grammar (RFC 8259). */
function firstMistake(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let offset = 0; ; ) {
    const start = find(SPACE, text, offset);
    const mark = text[start] ?? '';
    const kind = mark === '"' ? 'string' : '{}[],:'.includes(mark) ? mark : 'literal';
    const next: Expected | undefined = mark === '' || open.length > MAX_DEPTH ? undefined : after(expected, kind, open);
    if (next === undefined) return start;
    expected = next;
    if (kind === 'string') {
      const end = endOfString(text, start);
      if (end.mistake) return end.at;
      offset = end.at;
    } else if (kind === 'literal') {
      LITERAL.lastIndex = start;
      if (!LITERAL.test(text)) return start;
      offset = LITERAL.lastIndex;
    } else offset = start + 1;
  }
}

// DEL and the C1 controls may stand in a JSON string
const STOP = /["\\]|(?![\u007f-\u009f])\p{Cc}/gu;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

function endOfString(text: string, start: number): { at: number; mistake?: true } {
  for (let at = find(STOP, text, start + 1); ; at = find(STOP, text, ESCAPE.lastIndex)) {
    if (text[at] === '"') return { at: at + 1 };
    ESCAPE.lastIndex = at;
    if (!ESCAPE.test(text)) return { at, mistake: true };
  }
}

/** Where the pattern next matches; the end of the text when it does not. */
function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
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
