/** The numbers by which people call pull and merge requests. */
import { PaceError } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';

/** Has fewer digits than the beginning of a commit, by which a change goes that has no number. */
export function isChangeNumber(id: string | undefined): id is string {
  return id !== undefined && /^[1-9]\d{0,8}$/.test(id);
}

/** Throws `validation` for what cannot be one. */
export function changeNumber(id: string): number {
  if (isChangeNumber(id)) return Number(id);
  throw new PaceError({
    kind: 'validation',
    message: `"${plainLine(id, 40)}" is not the number of a pull or merge request.`,
    remedy: 'Please give the number that stands in its address, e.g. 12.',
    operation: 'changeById',
  });
}
