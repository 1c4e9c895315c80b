import { expect, test } from 'vitest';
import { isRecord } from '../../core/record.ts';

test('a mapping is a record; lists, nothing, texts and functions are not', () => {
  const values = [{}, { a: 1 }, Object.create(null), [], null, undefined, 'a', 1, () => undefined];
  expect(values.map(isRecord)).toEqual([true, true, true, false, false, false, false, false, false]);
});
