import { expect, it } from 'vitest';
import { jsonKeys, keysOf } from '../../../../../src/gate/evidence/files/json-keys.ts';

const table: readonly (readonly [string, readonly string[]])[] = [
  ['{"a":1,"b":{"c":{"d":{"e":1}}}}', ['a', 'b', 'b.c', 'b.c.d']],
  ['[{"a":1},{"b":[{"c":1}]}]', ['a', 'b', 'b.c']],
  ['{"a":"b:c{","d\\"e":1}', ['a', 'd\\"e']],
  ['{"a":{"b":1},"c":"x","d"', ['a', 'a.b', 'c']],
  ['{"a":1}\n{"b":2}\n', ['a', 'b']],
  ['["a","b",{"c" : 1}]', ['c']],
  ['{"a":"never ends', ['a']],
  ['{"a" 1 :2}', []],
  ['["a":1]', []],
  [':}]"a":', []],
  ['', []],
  [`${'['.repeat(200)}{"a":1}`, []],
];

it.each(table)('the keys of %j', (text, expected) => {
  expect([...jsonKeys(text)]).toEqual(expected);
});

const parsed: readonly (readonly [unknown, readonly string[]])[] = [
  [{ a: 1, b: { c: { d: { e: 1 } } } }, ['a', 'b', 'b.c', 'b.c.d']],
  [[{ a: 1 }, { b: [{ c: 1 }] }], ['a', 'b', 'b.c']],
  [[[{ a: 1 }]], []],
  [[1, 'a', null, { a: null }], ['a']],
  [[{}, {}, {}, {}, { a: 1 }, { b: 1 }], ['a']],
  [Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, 1])), Array.from({ length: 100 }, (_, index) => `k${index}`)],
  ['a', []],
  [null, []],
]; // biome-ignore format: a table

it.each(parsed)('the keys of the parsed %j', (document, expected) => {
  expect([...keysOf(document)]).toEqual(expected);
});
