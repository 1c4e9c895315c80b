import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count, grouped } from '../../../../src/gate/evidence/finding-text.ts';

test('whole numbers are grouped by thousands as in English', () => {
  expect([count(1, 'test'), count(0, 'test'), count(12_345, 'entry', 'entries')]).toEqual([
    '1 test',
    '0 tests',
    '12,345 entries',
  ]);
  fc.assert(
    fc.property(fc.maxSafeNat(), (number) => {
      expect(grouped(number)).toBe(number.toLocaleString('en'));
    }),
  );
});
