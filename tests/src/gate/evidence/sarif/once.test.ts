import { expect, test } from 'vitest';
import { createOnce } from '../../../../../src/gate/evidence/sarif/once.ts';

test('a thing is new once', () => {
  const once = createOnce();
  expect(['a', 'b', 'a', 'b', ''].map(once)).toEqual([true, true, false, false, true]);
  expect(createOnce()('a')).toBe(true);
});

test('what is beyond the limit is new every time, what is below it is still known', () => {
  const once = createOnce(2);
  expect(['a', 'b', 'c', 'c', 'a', 'b'].map(once)).toEqual([true, true, true, true, false, false]);
});

test('two long things that begin alike, or end alike, are two', () => {
  const once = createOnce();
  const long = 'x'.repeat(1_000);
  expect([`${long}a`, `${long}b`, `a${long}`, `${long}a`, long].map(once)).toEqual([true, true, true, false, true]);
});
