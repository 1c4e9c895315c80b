/** The variable by which people pause a loop, and what it says. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

export const PAUSE_VARIABLE = 'PACE_PAUSED';

export type PauseWord = 'paused' | 'not paused' | 'unset';

const PAUSED = ['true', '1', 'yes', 'on'];
const NOT_PAUSED = ['false', '0', 'no', 'off'];

/** In any case, with spaces around; empty is not paused. Throws `PaceError` for a word that means neither. */
export function pauseWord(value: string | undefined): PauseWord {
  if (value === undefined) return 'unset';
  const word = value.trim().toLowerCase();
  if (PAUSED.includes(word)) return 'paused';
  if (word === '' || NOT_PAUSED.includes(word)) return 'not paused';
  throw new PaceError({
    kind: 'configuration',
    message: `${PAUSE_VARIABLE} is "${plainLine(value, 40)}", which says neither that the loop is paused nor that it is not.`,
    remedy: `Please write one of ${PAUSED.join(', ')} to pause, or one of ${NOT_PAUSED.join(', ')} to go on.`,
  });
}
