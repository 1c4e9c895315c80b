import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../../core/yaml/suggest.ts';

const words = ['timeout_minutes', 'poll_interval_seconds', 'on', 'mon', 'expected', 'working_days'];

test.each([
  ['timeout_minuts', 'timeout_minutes'],
  ['timeout-minutes', 'timeout_minutes'],
  ['timeoutMinutes', 'timeout_minutes'],
  ['Expected', 'expected'],
  ['exepcted', 'expected'],
  ['monday', 'mon'],
  ['working', 'working_days'],
  ['no', 'on'],
])('%s probably means %s', (typed, meant) => {
  expect(nearest(typed, words)).toBe(meant);
});

test.each(['banana', 'x', '', '__proto__'])('%j means none of them', (typed) => {
  expect(nearest(typed, words)).toBeUndefined();
});

test('a suggestion is a sentence, or nothing', () => {
  expect([didYouMean('monn', words), didYouMean('banana', words)]).toEqual([' Did you mean "mon"?', '']);
});
