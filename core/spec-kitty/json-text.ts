/** JSON in the two forms that Spec Kitty writes, byte for byte: keys in the order of their code points. Pure. */

/** One line of the log: all that is not ASCII is escaped. */
export function jsonLine(value: unknown): string {
  return written(value, {
    string: (text) => ascii(JSON.stringify(text)),
    list: (parts, [open, close]) => `${open}${parts.join(', ')}${close}`,
    within: (form) => form,
  });
}

/** A file: two blanks for each level, letters as they are, and a line feed at the end. */
export function jsonFile(value: unknown): string {
  return `${written(value, indented(0))}\n`;
}

interface Form {
  string(text: string): string;
  list(parts: readonly string[], ends: readonly [string, string]): string;
  /** The form of what stands inside. */
  within(form: Form): Form;
}

function indented(depth: number): Form {
  return {
    string: (text) => JSON.stringify(text),
    list: (parts, [open, close]) => {
      if (parts.length === 0) return `${open}${close}`;
      const blanks = '  '.repeat(depth + 1);
      return `${open}\n${blanks}${parts.join(`,\n${blanks}`)}\n${'  '.repeat(depth)}${close}`;
    },
    within: () => indented(depth + 1),
  };
}

function written(value: unknown, form: Form): string {
  if (typeof value === 'string') return form.string(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = form.within(form);
  if (Array.isArray(value)) {
    return form.list(
      value.map((each) => written(each, inner)),
      ['[', ']'],
    );
  }
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  const parts = members
    .sort(([one], [other]) => byCodePoints(one, other))
    .map(([key, each]) => `${form.string(key)}: ${written(each, inner)}`);
  return form.list(parts, ['{', '}']);
}

function ascii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The order of Python's texts; that of JavaScript's is another where there are surrogates. */
export function byCodePoints(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  if (at === length) return one.length - other.length;
  const a = one.charCodeAt(at);
  const b = other.charCodeAt(at);
  const isA = isSurrogate(a);
  return isA === isSurrogate(b) ? a - b : isA ? 1 : -1;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
