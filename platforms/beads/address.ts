/** Ids of issues, as people write them. Pure. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

const KEY = /^[A-Za-z][\w.-]*-[A-Za-z0-9]+(?:\.\d+)*$/;

/** The id as an argument. Throws `not-found` for what can never be one: bd would take a part of an id for the whole. */
export function keyOf(key: string): string {
  if (KEY.test(key) && key.length <= 100) return key;
  throw noSuchIssue(key, 'ids look like `bd-a1b2` or `bd-a1b2.1`');
}

export function noSuchIssue(key: string, why?: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `There is no issue “${plainLine(key, 60)}” in beads${why ? `: ${why}` : ''}.`,
    remedy: 'Please check the id: `bd list --all` shows all of them.',
  });
}
