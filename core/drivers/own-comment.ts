/** For a tracker that finds a comment whatever issue is named: nobody shall change one of another issue by mistake. */
import { PaceError } from '../errors.ts';
import type { Comment } from '../ports/issue.ts';
import { plainLine } from '../text/untrusted-text.ts';

/** Throws `not-found` unless the comment is among those of the issue. */
export async function requireOwnComment(comments: AsyncIterable<Comment>, key: string, id: string): Promise<void> {
  for await (const comment of comments) if (comment.id === id) return;
  throw new PaceError({
    kind: 'not-found',
    message: `${plainLine(key, 40)} has no comment ${plainLine(id, 40)}.`,
    remedy: 'Please check the id of the comment, and which issue it belongs to: pace issue comment KEY --list.',
  });
}
