/** JSON as programs print it: warnings may stand before it, and texts in it may hold control characters that JSON forbids. Pure. */

/** The value; `undefined` where there is none. */
export function readLooseJson(text: string): unknown {
  const found = parsed(text) ?? parsed(escaped(text));
  if (found !== undefined) return found.value;
  const start = /^[ \t]*[[{]/m.exec(text)?.index ?? 0;
  return start === 0 ? undefined : readLooseJson(text.slice(start));
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The same with control characters inside of texts written as escapes. */
function escaped(text: string): string {
  return text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"/g, (quoted) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    quoted.replace(/[\u0000-\u001f]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
