/** Which issues are kept in step: the words of `pace issue list --query`, but none that cut the list off. Pure. */
import { asPaceError } from '../../core/errors.ts';
import { saysLimit, selectionOf } from '../tracker/query/select.ts';

/** What is wrong with the query, each with its place. `now`: what its days are counted from. */
export function scopeMistakes(query: string, now: number): string[] {
  const mistakes = saysLimit(query)
    ? ['--query: `limit` cuts the list off: what falls out of it would look as if it were gone.']
    : [];
  try {
    selectionOf({}, query, now, 'all');
    return mistakes;
  } catch (error) {
    return [...asPaceError(error).message.split('\n'), ...mistakes];
  }
}
