/** Wrong usage of a command: every mistake at once, each with its place. */
import { PaceError } from '../../core/errors.ts';

/** One mistake in what a person has typed. */
export interface Mistake {
  /** `--since`, or `--query, character 7`. */
  readonly where: string;
  /** What is wrong, and what there is instead. */
  readonly what: string;
}

export function usageError(message: string, remedy = ''): PaceError {
  return new PaceError({ kind: 'configuration', message, remedy, operation: 'usage' });
}

/** Throws when there is a mistake. */
export function refuseMistakes(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0) throw usageError(mistakes.map(({ where, what }) => `${where}: ${what}`).join('\n'));
}
