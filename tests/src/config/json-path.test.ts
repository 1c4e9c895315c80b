import { expect, test } from 'vitest';
import { parseJsonPath } from '../../../src/config/json-path.ts';

test.each([
  ['$', []],
  ['$.state', ['state']],
  ['state', ['state']],
  ['a.b.c', ['a', 'b', 'c']],
  ['phases[0].state', ['phases', 0, 'state']],
  ['$[0][-1]', [0, -1]],
  ['[2]', [2]],
  ['a[10]', ['a', 10]],
  ['a[123456789]', ['a', 123456789]],
  ['a$', ['a$']],
  ['$["a.b"]', ['a.b']],
  ["x['it\"s']", ['x', 'it"s']],
  ['a[""]', ['a', '']],
  ['$ref', ['$ref']],
  ['$.$ref', ['$ref']],
  ['größe.länge-2', ['größe', 'länge-2']],
  ['0', ['0']],
  ['.a', ['a']],
])('%j is a path', (text, steps) => {
  expect(parseJsonPath(text)).toEqual(steps);
});

test.each([
  '',
  '$.',
  '$..a',
  'a..b',
  'a.',
  'a[',
  'a[]',
  'a[x]',
  'a[*]',
  'a[0',
  'a[1.5]',
  'a["b]',
  'a b',
  '$a b',
  'a[?(@.b)]',
  'a[0]b',
  'a[1234567890]',
])('%j is none', (text) => {
  expect(parseJsonPath(text)).toBeUndefined();
});
