/** The keys at the start of a JSON text, without a parser: the text may be cut anywhere. */
import { isRecord } from '../../../../core/record.ts';

/** A string, and whether it is a key; or what opens and closes, or a string that is cut off. Whatever else there is tells nothing. */
const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|["{}[\]]/g;
const DEPTH = 3;

/**
 * The keys of objects down to the third level, each with those above it: `results`, `results.summary`. Lists count as what is in
 * them: those of `[{"a":1}]` are `a`. In the order of the text, each once.
 */
export function jsonKeys(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  /** What is open: the key that an object waits with, or a list. */
  const open: { readonly isObject: boolean; key: string }[] = [];
  for (const [token, string = '', colon] of text.matchAll(TOKEN)) {
    const innermost = open.at(-1);
    if (token === '{' || token === '[') open.push({ isObject: token === '{', key: '' });
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined && innermost?.isObject) {
      innermost.key = string;
      const path = open.filter(({ isObject }) => isObject).map(({ key }) => key);
      if (path.length <= DEPTH) keys.add(path.join('.'));
    }
    if (token === '"' || open.length > 100) break;
  }
  return keys;
}

/** So many of a document's keys are looked at in each object, and so many elements of each list. */
const [KEYS, ELEMENTS] = [100, 5];

/** The same of a document that is parsed: its beginning may be all one file, and what tells stand behind it. */
export function keysOf(document: unknown): ReadonlySet<string> {
  const keys = new Set<string>();
  const look = (value: unknown, above: string, depth: number) => {
    if (depth > DEPTH) return;
    for (const object of Array.isArray(value) ? value.slice(0, ELEMENTS) : [value]) {
      if (!isRecord(object)) continue;
      for (const key of Object.keys(object).slice(0, KEYS)) {
        keys.add(above + key);
        look(object[key], `${above}${key}.`, depth + 1);
      }
    }
  };
  look(document, '', 1);
  return keys;
}
