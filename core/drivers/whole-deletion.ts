/** For a tracker that deletes what stands below an issue along with it: only what was named is deleted. */
import { PaceError } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';

export function wouldTakeAlong(key: string): PaceError {
  return new PaceError({
    kind: 'validation',
    operation: 'deleteIssue',
    message: `${plainLine(key, 60)} has subtasks, which would be deleted with it: nothing was deleted.`,
    remedy: 'Please delete the subtasks first, each by its own key, or move them to another parent.',
  });
}
