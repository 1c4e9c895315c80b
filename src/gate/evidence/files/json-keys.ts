/** The keys at the start of a JSON text, without a parser: the text may be cut anywhere. */

const TOKEN = /"((?:[^"\\]|\\.)*)"|[{}[\],:]|[^\s"{}[\],:]+/g;
const DEPTH = 3;

/**
 * The keys of objects down to the third level, each with those above it: `results`, `results.summary`. Lists count as what is in
 * them: those of `[{"a":1}]` are `a`. In the order of the text, each once.
 */
export function jsonKeys(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  /** What is open: the key that an object waits with, or a list. */
  const open: { readonly isObject: boolean; key: string }[] = [];
  let string: string | undefined;
  for (const [token, inner] of text.matchAll(TOKEN)) {
    const innermost = open.at(-1);
    if (token === '{' || token === '[') open.push({ isObject: token === '{', key: '' });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && string !== undefined && innermost?.isObject) {
      innermost.key = string;
      const path = open.filter(({ isObject }) => isObject).map(({ key }) => key);
      if (path.length <= DEPTH) keys.add(path.join('.'));
    }
    string = inner;
    if (open.length > 100) break;
  }
  return keys;
}
