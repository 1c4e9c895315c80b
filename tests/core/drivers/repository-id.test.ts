import { expect, test } from 'vitest';
import { repositoryId } from '../../../core/drivers/repository-id.ts';

test.each([
  [1296269, '1296269'],
  [12345678901234567890n, '12345678901234567890'],
  ['4217', '4217'],
  ['a{b}c', 'a{b}c'],
  ['{f0dfa5a0-0000-4000-8000-b74965a656ac}', 'f0dfa5a0-0000-4000-8000-b74965a656ac'],
])('%s is told as the text %s', (value, id) => {
  expect(repositoryId(value)).toBe(id);
});

test.each([undefined, null, '', '{}', 0, -1, Number.NaN, true, {}, []])('%j is no id', (value) => {
  expect(repositoryId(value)).toBeUndefined();
});
