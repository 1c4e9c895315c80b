import { expect, it } from 'vitest';
import { jsonKeys } from '../../../../../src/gate/evidence/files/json-keys.ts';

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
