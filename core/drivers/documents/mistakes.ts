/** What is wrong in files with issues: all of it in one error, each with its place. Pure. */
import { PaceError } from '../../errors.ts';
import { plainLine } from '../../text/untrusted-text.ts';

export interface Mistake {
  readonly path: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** More help nobody. */
const MOST = 20;

/** `path:line:column: …`, the form that editors and CI logs make clickable. */
export function mistakesError(mistakes: readonly Mistake[]): PaceError {
  const lines = mistakes
    .slice(0, MOST)
    .map(({ path, line, column, message }) => `${plainLine(path, 200)}:${line}:${column}: ${plainLine(message, 300)}`);
  const more = mistakes.length > MOST ? [`… and ${mistakes.length - MOST} more`] : [];
  return new PaceError({
    kind: 'validation',
    message: [...lines, ...more].join('\n'),
    remedy: 'Please mend the file. Nothing was written.',
  });
}
