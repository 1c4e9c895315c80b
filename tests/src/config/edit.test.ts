import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { PaceError } from '../../../core/errors.ts';
import { withValue } from '../../../src/config/edit.ts';

const START = ['sprint', 'start_date'];
const DATE = '2026-02-02';

function dated(text: string): string {
  return withValue(text, START, DATE);
}

function refusalOf(text: string, path = START, value = DATE): string {
  try {
    return `accepted: ${withValue(text, path, value)}`;
  } catch (error) {
    if (!(error instanceof PaceError)) throw error;
    return error.message;
  }
}

describe('a value that is there', () => {
  test.each([
    ['in a block', 'sprint:\n  start_date: 2026-01-05\n', 'sprint:\n  start_date: 2026-02-02\n'],
    ['before a comment', 'sprint:\n  start_date: 2026-01-05 # day 1\n', 'sprint:\n  start_date: 2026-02-02 # day 1\n'],
    ['in braces', 'sprint: { start_date: 2026-01-05, x: 1 }', 'sprint: { start_date: 2026-02-02, x: 1 }'],
    ['in double quotes', 'sprint: {start_date: "2026-01-05"}', 'sprint: {start_date: "2026-02-02"}'],
    ['in single quotes', "sprint:\n  'start_date':   '2026-01-05'\n", "sprint:\n  'start_date':   '2026-02-02'\n"],
    ['with CRLF', 'sprint:\r\n  start_date: 2026-01-05\r\n', 'sprint:\r\n  start_date: 2026-02-02\r\n'],
    ['without a last line end', '# a\nsprint:\n  start_date: 2026-01-05', '# a\nsprint:\n  start_date: 2026-02-02'],
    ['with an anchor', 'sprint:\n  start_date: &d 2026-01-05\nx: *d', 'sprint:\n  start_date: &d 2026-02-02\nx: *d'],
    [
      'that is an alias',
      'x: &d 2026-01-05\nsprint: {start_date: *d}',
      'x: &d 2026-01-05\nsprint: {start_date: 2026-02-02}',
    ],
    ['in a block with an anchor', 'sprint: &s\n  start_date: 1\n', 'sprint: &s\n  start_date: 2026-02-02\n'],
    [
      'on a line of its own',
      'sprint:\n  start_date:\n    2026-01-05 # c\n',
      'sprint:\n  start_date:\n    2026-02-02 # c\n',
    ],
    [
      'of several lines',
      'sprint:\n  start_date: a\n    b\n\n  x: 1\n',
      'sprint:\n  start_date: 2026-02-02\n\n  x: 1\n',
    ],
    [
      'of a folded block',
      'sprint:\n  start_date: >- # c\n    a\n    b\n\n\n  x: 1\n',
      'sprint:\n  start_date: 2026-02-02 # c\n\n\n  x: 1\n',
    ],
    ['of a block at the end', 'sprint:\n  start_date: |\n    a', 'sprint:\n  start_date: 2026-02-02'],
    ['that is null', 'sprint: {start_date: ~}', 'sprint: {start_date: 2026-02-02}'],
    ['with an explicit key', 'sprint:\n  ? start_date\n  : 2026-01-05\n', 'sprint:\n  ? start_date\n  : 2026-02-02\n'],
    ['behind a byte order mark', '\ufeffsprint:\n  start_date: x\n', '\ufeffsprint:\n  start_date: 2026-02-02\n'],
    [
      'after directives',
      '%YAML 1.2\n---\nsprint:\n  start_date: x\n...\n',
      '%YAML 1.2\n---\nsprint:\n  start_date: 2026-02-02\n...\n',
    ],
  ])('%s is replaced, and nothing else', (_, text, edited) => {
    expect(dated(text)).toBe(edited);
  });

  test('and says so already leaves the text alone, quotes included', () => {
    const text = 'sprint: {start_date: "2026-02-02"}';
    expect(dated(text)).toBe(text);
  });
});

describe('a key that is missing or empty', () => {
  test.each([
    [
      'is put at the end of its section',
      'sprint:\n  x: 1 # c\n\ngate: {}\n',
      'sprint:\n  x: 1 # c\n  start_date: 2026-02-02\n\ngate: {}\n',
    ],
    [
      'is put behind the comments of its section',
      'sprint:\n    x: 1\n\n    # y: 2\n# on gate\ngate: {}\n',
      'sprint:\n    x: 1\n\n    # y: 2\n    start_date: 2026-02-02\n# on gate\ngate: {}\n',
    ],
    [
      'is put behind a nested section',
      'sprint:\n  x:\n    - a: 1\n      b:\n  # c\ngate: 1',
      'sprint:\n  x:\n    - a: 1\n      b:\n  # c\n  start_date: 2026-02-02\ngate: 1',
    ],
    [
      'is put behind a block, before empty lines',
      'sprint:\n  x: |\n    # a\n\ngate: 1\n',
      'sprint:\n  x: |\n    # a\n  start_date: 2026-02-02\n\ngate: 1\n',
    ],
    [
      'is put behind a block that keeps its empty lines',
      'sprint:\n  x: |+\n    a\n\ngate: 1\n',
      'sprint:\n  x: |+\n    a\n\n  start_date: 2026-02-02\ngate: 1\n',
    ],
    [
      'is put at the end of a text without a last line end',
      'sprint:\n  x: 1',
      'sprint:\n  x: 1\n  start_date: 2026-02-02',
    ],
    [
      'is put there with CRLF',
      'sprint:\r\n  x: 1\r\ngate: 1\r\n',
      'sprint:\r\n  x: 1\r\n  start_date: 2026-02-02\r\ngate: 1\r\n',
    ],
    ['is put into braces', 'sprint: { x: 1 }', 'sprint: { x: 1, start_date: 2026-02-02 }'],
    ['is put into empty braces', 'sprint: {}', 'sprint: {start_date: 2026-02-02}'],
    ['is put into braces with a space', 'sprint: { } # c', 'sprint: { start_date: 2026-02-02 } # c'],
    [
      'is put before the last comma of braces',
      'sprint: {\n  x: 1, # c\n}\n',
      'sprint: {\n  x: 1, start_date: 2026-02-02, # c\n}\n',
    ],
    ['is put behind keys without values', 'sprint: {a, b: , c: }', 'sprint: {a, b: , c:, start_date: 2026-02-02 }'],
    [
      'gets its value behind the colon',
      'sprint:\n  start_date: # day 1\n  # x\n',
      'sprint:\n  start_date: 2026-02-02 # day 1\n  # x\n',
    ],
    ['gets its value at the end of the text', 'sprint:\n  start_date:', 'sprint:\n  start_date: 2026-02-02'],
    ['gets its value in braces', 'sprint: {start_date, x: 1}', 'sprint: {start_date: 2026-02-02, x: 1}'],
    ['gets its value in braces behind the colon', 'sprint: {"start_date":}', 'sprint: {"start_date": 2026-02-02}'],
    [
      'gets its value behind an anchor',
      'sprint:\n  start_date: &d # c\n',
      'sprint:\n  start_date: &d 2026-02-02 # c\n',
    ],
    [
      'overrides what is merged in',
      'x: &x {start_date: 1}\nsprint:\n  <<: *x\n',
      'x: &x {start_date: 1}\nsprint:\n  <<: *x\n  start_date: 2026-02-02\n',
    ],
  ])('%s', (_, text, edited) => {
    expect(dated(text)).toBe(edited);
  });
});

describe('a section that is missing or empty', () => {
  test.each([
    ['is put at the end of the file', 'gate: {}\n# end\n', 'gate: {}\n# end\nsprint:\n  start_date: 2026-02-02\n'],
    [
      'is indented as the others are',
      'gate:\n    mode: observe',
      'gate:\n    mode: observe\nsprint:\n    start_date: 2026-02-02',
    ],
    [
      'is put before the mark of the end',
      'gate: {}\n...\n# end\n',
      'gate: {}\nsprint:\n  start_date: 2026-02-02\n...\n# end\n',
    ],
    ['is put there with CRLF', 'gate: {}\r\n', 'gate: {}\r\nsprint:\r\n  start_date: 2026-02-02\r\n'],
    ['is all of an empty file', '', 'sprint:\n  start_date: 2026-02-02\n'],
    ['is put below comments', '# a\n---\n# b', '# a\n---\n# b\nsprint:\n  start_date: 2026-02-02'],
    [
      'is put into the braces of the file',
      '{gate: {mode: observe}}\n',
      '{gate: {mode: observe}, sprint: {start_date: 2026-02-02}}\n',
    ],
    ['is put into empty braces', '{}\n', '{sprint: {start_date: 2026-02-02}}\n'],
    ['is filled', 'sprint: # later\ngate: {}\n', 'sprint: # later\n  start_date: 2026-02-02\ngate: {}\n'],
    [
      'is filled behind its comments',
      'sprint:\n\n  # start_date: x\n\ngate: {}\n',
      'sprint:\n\n  # start_date: x\n  start_date: 2026-02-02\n\ngate: {}\n',
    ],
    ['is filled at the end of the text', 'gate: 1\nsprint:', 'gate: 1\nsprint:\n  start_date: 2026-02-02'],
    ['is filled in braces', '{sprint: , gate: {}}', '{sprint: {start_date: 2026-02-02} , gate: {}}'],
    ['is filled in braces without a colon', '{sprint}', '{sprint: {start_date: 2026-02-02}}'],
    ['takes the place of null', 'sprint: ~ # c\n', 'sprint: {start_date: 2026-02-02} # c\n'],
    ['is as far in as the file is', '  gate: 1\n', '  gate: 1\n  sprint:\n    start_date: 2026-02-02\n'],
  ])('%s', (_, text, edited) => {
    expect(dated(text)).toBe(edited);
  });

  test('may lie deeper', () => {
    expect(withValue('a:\n  b: 1\n', ['a', 'c', 'd'], 'x')).toBe('a:\n  b: 1\n  c:\n    d: x\n');
    expect(withValue('a: {}\n', ['a', 'c', 'd'], 'x')).toBe('a: {c: {d: x}}\n');
  });
});

describe('a value that plain text cannot be', () => {
  const named = (text: string, value: string) => withValue(text, ['sprint', 'name'], value);

  test.each([
    ['12', "sprint: {name: '12'}"],
    ['true', "sprint: {name: 'true'}"],
    ['null', "sprint: {name: 'null'}"],
    ['', "sprint: {name: ''}"],
    ['a, b', "sprint: {name: 'a, b'}"],
    ['a # b', "sprint: {name: 'a # b'}"],
    ["- it's", "sprint: {name: '- it''s'}"],
    ['a\nb', 'sprint: {name: "a\\nb"}'],
    ['a\u0085b\u2028', 'sprint: {name: "a\\u0085b\\u2028"}'],
    ['Sprint 12', 'sprint: {name: Sprint 12}'],
  ])('%j is quoted where it must be', (value, edited) => {
    expect(named('sprint: {}', value)).toBe(edited);
  });

  test('is quoted as most of the file is', () => {
    expect(named('a: "x"\nb: "y"\nc: \'z\'\nsprint: {}', '12')).toContain('{name: "12"}');
    expect(named("a: \"x\"\nb: 'y'\nc: 'z'\nsprint: {}", '12')).toContain("{name: '12'}");
  });
});

describe('what cannot be edited is refused with its place', () => {
  test.each([
    ['a file with an error', 'gate: {}\nsprint: "x\n', 'pace.config.yaml:2:9: This quote is never closed.'],
    [
      'two keys of one name',
      'sprint: {}\nsprint: {}\n',
      'pace.config.yaml:2:1: This key appears here twice. Please remove one of them.',
    ],
    [
      'several documents',
      'sprint: {}\n---\ngate: {}\n',
      'pace.config.yaml:2:1: A second document begins here (`---`). Please keep one per file.',
    ],
    [
      'a parent that is a list',
      'gate: {}\nsprint:\n  - a\n',
      'pace.config.yaml:3:3: `sprint` is not a mapping (`key: value` lines).',
    ],
    ['a parent that is text', 'sprint: x\n', 'pace.config.yaml:1:9: `sprint` is not a mapping (`key: value` lines).'],
    ['a file that is a list', '- sprint\n', 'pace.config.yaml:1:1: The file is not a mapping (`key: value` lines).'],
    [
      'a parent that stands elsewhere',
      'x: &x {}\nsprint: *x\n',
      'pace.config.yaml:2:9: `sprint` is an alias: what is written there would change at its anchor too.',
    ],
    [
      'a value that is a list',
      'sprint: {start_date: [1]}\n',
      'pace.config.yaml:1:22: `sprint.start_date` is a list or a mapping, not one value.',
    ],
    [
      'a key without a colon',
      'sprint:\n  ? start_date\n',
      'pace.config.yaml:2:5: `sprint.start_date` has no colon in its line.',
    ],
    [
      'a tag that the value is not',
      'sprint: {start_date: !!int 3}\n',
      'pace.config.yaml:1:28: `sprint.start_date` cannot be set here without changing more than this value.',
    ],
  ])('%s', (_, text, message) => {
    expect(refusalOf(text)).toBe(message);
  });

  test('under the name that the file has', () => {
    expect(() => withValue('- a', START, DATE, 'pace/pace.config.yaml')).toThrow(/^pace\/pace\.config\.yaml:1:1: /);
  });
});

describe('of any file', () => {
  const word = fc.constantFrom(
    'a',
    'b',
    'name',
    'start_date',
    'x y',
    '12',
    'true',
    'a: b',
    '# c',
    "it's",
    '"',
    '',
    'ü',
    'a\nb\n',
  );
  const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null));
  const key = fc.constantFrom('sprint', 'gate', 'start_date', 'name', 'x');
  const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
    tree: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, scalar, tie('tree'), fc.array(word, { maxLength: 2 })), {
      maxKeys: 4,
    }),
  }));
  const style = fc.record({
    indent: fc.constantFrom(2, 3, 4),
    collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
    defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
    nullStr: fc.constantFrom('', '~', 'null'),
  });
  const file = fc.record({
    tree,
    style,
    comments: fc.boolean(),
    ends: fc.constantFrom('\n', '\r\n'),
    ending: fc.constantFrom('', 'end', '\n# end', '\n\n'),
  });

  function textOf({
    tree: data,
    style: options,
    comments,
    ends,
    ending,
  }: typeof file extends fc.Arbitrary<infer File> ? File : never): string {
    const plain = stringify(data, options).replace(/\n$/, '');
    const told = comments ? plain.replace(/^( *)([a-z_]+:)/gm, '$1# on it\n$1$2') : plain;
    return (told + (ending === 'end' ? '\n' : ending)).replaceAll('\n', ends);
  }

  test('only this value changes, in the data and in the text', () => {
    let edited = 0;
    fc.assert(
      fc.property(
        file,
        fc.array(key, { minLength: 1, maxLength: 3 }),
        fc.oneof(word, fc.string()),
        (given, path, value) => {
          const text = textOf(given);
          const before: unknown = parse(text);
          const after = attempt(text, path, value);
          if (after === undefined) return;
          edited += 1;
          expect(parse(after)).toEqual(set(before, path, value));
          const [start, end] = replacedIn(text, after);
          const removed = text.slice(start, end);
          // a section that was null is given up for the new one
          if (valueAt(before, path) === undefined) expect(removed).toMatch(/^(?:~|n?u?l?l?)$/);
          else expect(removed).not.toMatch(/(?:sprint|gate|start_date|name|x)"?:|# on it/);
          expect(withValue(after, path, value)).toBe(after);
          if (!text.includes('\r')) expect(after).not.toContain('\r');
        },
      ),
      { numRuns: 2000 },
    );
    expect(edited).toBeGreaterThan(1000);
  });

  /** `undefined` where something else than a mapping is in the way, which must be so. */
  function attempt(text: string, path: readonly string[], value: string): string | undefined {
    try {
      return withValue(text, path, value);
    } catch (error) {
      if (!(error instanceof PaceError)) throw error;
      const data: unknown = parse(text);
      const parents = path.slice(0, -1).map((_, depth) => valueAt(data, path.slice(0, depth + 1)));
      const blocked = parents.some((parent) => parent !== undefined && parent !== null && !isMapping(parent));
      const there = valueAt(data, path);
      expect([blocked, isMapping(there), Array.isArray(there)], error.message).toContain(true);
      return undefined;
    }
  }

  function isMapping(data: unknown): data is Record<string, unknown> {
    return typeof data === 'object' && data !== null && !Array.isArray(data);
  }

  function valueAt(data: unknown, path: readonly string[]): unknown {
    return path.reduce<unknown>((inner, step) => (isMapping(inner) ? inner[step] : undefined), data);
  }

  function set(data: unknown, [step, ...rest]: readonly string[], value: string): unknown {
    if (step === undefined) return value;
    const map = isMapping(data) ? data : {};
    return { ...map, [step]: set(map[step], rest, value) };
  }

  /** The part of the old text that the new one does not have. */
  function replacedIn(before: string, after: string): [number, number] {
    let start = 0;
    while (start < before.length && before[start] === after[start]) start += 1;
    let end = 0;
    const most = Math.min(before.length, after.length) - start;
    while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
    return [start, before.length - end];
  }
});
