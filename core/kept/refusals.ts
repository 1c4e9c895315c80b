/** Why nothing of `.pace/` is used, or one file of it: names that a commit could have brought, and the words for people. */
import type { Refusal } from '../kept.ts';
import { plainLine } from '../text/untrusted-text.ts';
import { isObeyed } from './kept-names.ts';

/**
 * By git it would be PACE that obeys a commit. `''` is the folder itself: a file or a link. What lies in a module of git's is some
 * commit's, too, and stands in an index of its own.
 */
export function isTrap(path: string): boolean {
  if (path.endsWith('/')) return true;
  const segments = path.split('/');
  const isObeyedTo = (depth: number) => isObeyed(segments.slice(0, depth).join('/'));
  return path === '' || segments.some((segment, index) => isObeyedTo(index + 1) || SHORT_NAME.test(segment));
}

/** One that Windows gives to a longer one: nobody can tell which. */
const SHORT_NAME = /^[^.]{1,6}~\d{1,6}(?:\.[^.]{0,3})?$/;

export const KEEPS_NONE = 'PACE keeps no state here, and uses none of earlier runs';

export const UNKNOWN: Refusal = {
  message: `${KEEPS_NONE}: which files git tracks cannot be known.`,
  remedy: 'Please install git where PACE runs, and let it read this checkout (`git ls-files` says what is wrong).',
};

export function trackedState(paths: readonly string[]): Refusal {
  const what = `git tracks ${listed(paths)}, so that any commit could have written ${paths.length === 1 ? 'it' : 'them'}`;
  return { message: `${KEEPS_NONE}: ${what}.`, remedy: UNTRACK };
}

const UNTRACK = 'Please `git rm -r --cached` what PACE keeps, and add .pace/ to .gitignore.';

export function trackedFile(path: string): Refusal {
  return { message: `git tracks ${plainLine(path, 200)}: it is neither read nor written.`, remedy: UNTRACK };
}

export function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map((path) => plainLine(path, 100)).join(', '); // biome-ignore format: one thought
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}
