/** Keys of issues, as people write them, and where the issues are. Pure. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

/** Below the root of the repository. */
export const DATABASE = '.pace/pace.db';

/** The number that a key stands for. */
export function toNumber(key: string): number {
  if (/^[1-9]\d{0,14}$/.test(key)) return Number(key);
  throw new PaceError({
    kind: 'not-found',
    message: `There is no issue \`${plainLine(key, 40)}\`: keys of the embedded tracker are numbers.`,
    remedy: 'Please give a number, e.g. 12. `pace issue list` shows them.',
  });
}

export function noSuchIssue(number: number): never {
  throw new PaceError({
    kind: 'not-found',
    message: `There is no issue ${number}.`,
    remedy: 'Please check the number: `pace issue list` shows all of them.',
  });
}
