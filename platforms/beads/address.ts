/** Ids of issues, as people write them. Pure. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

/**
 * bd gives `<prefix>-<3 to 8 characters>` and `<parent>.<number>`. The prefix is mostly a folder's name, and so may be anything;
 * whoever names an id (`--id`, an import) may use words of one's own.
 */
const KEY = /^[^\s\p{C}-](?:[^\p{C}]*[^\s\p{C}])?$/u;

/** What the column holds. */
const LONGEST = 255;

/** Whether it can be an id: never what bd would take for a flag. */
export function isKey(key: string): boolean {
  return key.length <= LONGEST && KEY.test(key);
}

/** The id as an argument. Throws `not-found` for what can never be one. */
export function keyOf(key: string): string {
  if (isKey(key)) return key;
  throw noSuchIssue(key, 'ids look like `bd-a1b`, `_proj-x7k2` or `bd-a1b.1`');
}

export function noSuchIssue(key: string, why?: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `There is no issue “${plainLine(key, 60)}” in beads${why ? `: ${why}` : ''}.`,
    remedy: 'Please check the id: `bd list --all` shows all of them.',
  });
}
