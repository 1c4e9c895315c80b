/** When a comment was written, and when it was changed since. Pure. */
import type { Comment } from '../ports/index.ts';

/** Of times as they are sent. One that was never changed has the same time twice. */
export function commentTimes(created: string, updated?: string | null): Pick<Comment, 'createdAt' | 'editedAt'> {
  const [createdAt, editedAt] = [Date.parse(created), Date.parse(updated ?? '')];
  return editedAt > createdAt ? { createdAt, editedAt } : { createdAt };
}
