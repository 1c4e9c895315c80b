import { expect, test } from 'vitest';
import { changeNumber, isChangeNumber } from '../../../core/drivers/change-number.ts';
import { PaceError } from '../../../core/errors.ts';

test.each([
  ['1', 1],
  ['12', 12],
  ['999999999', 999_999_999],
])('%s is the number of a change', (id, number) => {
  expect(isChangeNumber(id)).toBe(true);
  expect(changeNumber(id)).toBe(number);
});

test.each(['', '0', '-1', '1.5', '#12', ' 12', '12\n', 'x', '123456789012', 'bbbbbbbbbbbb'])(
  '%j is none, and is refused with what to give',
  (id) => {
    expect(isChangeNumber(id)).toBe(false);
    let refusal: unknown;
    try {
      changeNumber(id);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(PaceError);
    expect(refusal).toMatchObject({
      kind: 'validation',
      operation: 'changeById',
      message: expect.stringMatching(/ is not the number of a pull or merge request\.$/),
      remedy: 'Please give the number that stands in its address, e.g. 12.',
    });
  },
);

test('an id that is absent is no number', () => {
  expect(isChangeNumber(undefined)).toBe(false);
});
