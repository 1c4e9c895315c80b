import { describe, expect, test } from 'vitest';
import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../../../../src/gate/evidence/files/fault.ts';
import { findFiles } from '../../../../src/gate/evidence/files/files.ts';
import { indexOf, objects, parseJson, placeOf, stringOf } from '../../../../src/gate/evidence/json.ts';
import { contextIn, workspace } from './workspace.support.ts';

async function read(text: string): Promise<unknown> {
  const { files } = await findFiles({ path: 'r.json' }, 'unit', contextIn(workspace({ 'r.json': text })));
  const [file] = files;
  if (!file) throw new Error('The file is there.');
  return parseJson(file);
}

async function mistakeIn(text: string): Promise<string> {
  const error: unknown = await read(text).catch((caught: unknown) => caught);
  return error instanceof EvidenceFault ? `${error.place.line}:${error.place.column}` : 'none';
}

test.each([' {"a": [1, -0.5e+3, true, false, null, "\\u00e4\\n\\/"]}\n', '[]', '{}', '7', '"x"', '[[],{}]'])(
  '%j is JSON',
  async (text) => {
    expect(await read(text)).toEqual(JSON.parse(text));
  },
);

describe('the place of the first mistake', () => {
  test.each([
    ['[1,]', '1:4'],
    ['{"a":1,}', '1:8'],
    ['{,}', '1:2'],
    ['[,]', '1:2'],
    ['{"a" 1}', '1:6'],
    ['{"a":}', '1:6'],
    ['{a:1}', '1:2'],
    ['{"a":1 "b":2}', '1:8'],
    ['{"a":1]', '1:7'],
    ['[1}', '1:3'],
    ['[1 2]', '1:4'],
    ['[] []', '1:4'],
    ['[1', '1:3'],
    ['{"a":[', '1:7'],
    ['[01]', '1:2'],
    ['[1.]', '1:2'],
    ['[.5]', '1:2'],
    ['[+1]', '1:2'],
    ['[1e]', '1:2'],
    ['[tru]', '1:2'],
    ['[truest]', '1:2'],
    ['[NaN]', '1:2'],
    ["['a']", '1:2'],
    ['["a', '1:4'],
    ['["a\\x"]', '1:4'],
    ['["a\\u12"]', '1:4'],
    ['["a\nb"]', '1:4'],
    ['["a\tb"]', '1:4'],
    ['[1]\n\n  x', '3:3'],
    ['[\n  1,\n  2\n  3\n]', '4:3'],
    [' ', '1:2'],
  ])('in %j is %s', async (text, place) => {
    expect(await mistakeIn(text)).toBe(place);
  });

  test('is not a letter that only looks like one that is forbidden', async () => {
    expect(await read('["\u007f\u0085\u2028"]')).toEqual(['\u007f\u0085\u2028']);
    expect(await mistakeIn('["\u007f\u0085", x]')).toBe('1:8');
  });
});

test.each<[string, boolean]>([
  ['{} {}', true],
  ['{"a":1}\n[', true],
  ['[1]{', true],
  ['[{}{}]', false],
  ['{"a":[1}', false],
  ['{"a" {', false],
  ['{} x', false],
  ['{', false],
])('%j begins a second document where it is refused: %j', async (text, isSecond) => {
  await expect(read(text)).rejects.toThrow(
    isSecond
      ? 'A second JSON document begins here, and one is read. Write each to a file of its own.'
      : 'This is not valid JSON.',
  );
});

test('a place is told by line and column, from 1', () => {
  expect(['', 'a\nbc\n', '\n'].map((text) => placeOf(text, text.length))).toEqual([
    { line: 1, column: 1 },
    { line: 3, column: 1 },
    { line: 2, column: 1 },
  ]);
  expect(placeOf('a\nbc', 1)).toEqual({ line: 1, column: 2 });
  expect(placeOf('a\nbc', 2)).toEqual({ line: 2, column: 1 });
});

test('what is read of an object is of the kind that it should be, or nothing', () => {
  expect([{}, [], null, 'x'].map(isRecord)).toEqual([true, false, false, false]);
  expect(objects([{ a: 1 }, [], null, 7])).toEqual([{ a: 1 }]);
  expect(objects({ a: 1 })).toEqual([]);
  expect(['x', 7, undefined].map(stringOf)).toEqual(['x', undefined, undefined]);
  expect([0, 3, -1, 1.5, 2 ** 53, '1', Number.NaN].map(indexOf)).toEqual([
    ...[0, 3, undefined, undefined, undefined, undefined, undefined],
  ]);
});
