import { asPaceError } from '../../core/errors.ts';

/** Trouble that the next issue would meet as well. */
export function endsRun(error: unknown): boolean {
  const { kind } = asPaceError(error);
  return kind === 'authentication' || kind === 'rate-limit' || kind === 'output';
}
