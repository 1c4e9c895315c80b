import { expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { pauseWord } from '../../../src/gate/pause-word.ts';

test.each(['true', '1', 'yes', 'on', 'TRUE', ' Yes\n'])('%j pauses', (value) => {
  expect(pauseWord(value)).toBe('paused');
});

test.each(['false', '0', 'no', 'off', 'Off ', '', ' \t'])('%j does not pause', (value) => {
  expect(pauseWord(value)).toBe('not paused');
});

test('a variable that is not there says nothing', () => {
  expect(pauseWord(undefined)).toBe('unset');
});

test('any other word is refused with the words that are known', () => {
  const error = refusalOf('flase');
  expect([error.kind, error.message]).toEqual([
    'configuration',
    'PACE_PAUSED is "flase", which says neither that the loop is paused nor that it is not.',
  ]);
  expect(error.remedy).toBe('Please write one of true, 1, yes, on to pause, or one of false, 0, no, off to go on.');
});

test('a word is shown in one short line, without what a terminal would obey', () => {
  const { message } = refusalOf(`\u001b[2J${'x'.repeat(500)}\n::error::y`);
  expect(message).toMatch(/^PACE_PAUSED is "x{39}…", /);
});

function refusalOf(value: string): PaceError {
  try {
    pauseWord(value);
  } catch (error) {
    if (error instanceof PaceError) return error;
  }
  throw new Error(`${value} is not refused`);
}
