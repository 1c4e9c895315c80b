/** Ids of issues, as people write them. Pure. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

/** The prefix is the project's own. */
const KEY = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*-[A-Za-z0-9]{1,64}$/u;

/** The id as an argument. Throws `not-found` for what can never be one. */
export function keyOf(key: string): string {
  if (KEY.test(key)) return key;
  throw noSuchIssue(key, 'ids look like `FP-abcd`');
}

export function noSuchIssue(key: string, why?: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `There is no issue “${plainLine(key, 60)}” in fp${why ? `: ${why}` : ''}.`,
    remedy: 'Please check the id: `fp issue list` shows all of them.',
  });
}
