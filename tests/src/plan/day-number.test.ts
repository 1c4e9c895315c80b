import { expect, test } from 'vitest';
import { parseDay } from '../../../src/plan/day-number.ts';

const hint = 'Please give the number of a day, for instance 3.';

test.each([
  ['1', 1],
  ['007', 7],
  [' 30\n', 30],
  ['3660', 3660],
])('%j is day %i', (text, day) => {
  expect(parseDay(text, 'PACE_DAY')).toEqual({ kind: 'day', day });
});

test('0 is the planning day', () => {
  expect(parseDay('0', '--day')).toEqual({
    kind: 'planning',
    message: '--day is 0: that is the planning day, and there is nothing to judge yet. The first gate day is 1.',
  });
});

test.each([
  ['', 'is empty.'],
  ['  ', 'is empty.'],
  ['-1', 'is "-1", which is not a whole number from 1 up.'],
  ['1.5', 'is "1.5", which is not a whole number from 1 up.'],
  ['1e9', 'is "1e9", which is not a whole number from 1 up.'],
  ['abc', 'is "abc", which is not a whole number from 1 up.'],
  ['٣', 'is "٣", which is not a whole number from 1 up.'],
  ['0x10', 'is "0x10", which is not a whole number from 1 up.'],
  ['1000000000', 'is 1000000000; no sprint has more than 3660 days.'],
  ['9'.repeat(400), `is ${'9'.repeat(39)}…; no sprint has more than 3660 days.`],
  ['\u001b[31m1', 'is "1", which is not a whole number from 1 up.'],
])('%j is refused', (text, why) => {
  expect(parseDay(text, '--day')).toEqual({ kind: 'invalid', message: `--day ${why} ${hint}` });
});
