/** A comment that is said once, whatever is cut off, and whoever says the same at the same moment. */
import { asPaceError } from '../../errors.ts';
import type { Comment, IssueTracker } from '../../ports/index.ts';
import { collect } from '../../tracker/collect.ts';

type Comments = Pick<IssueTracker, 'listComments' | 'addComment' | 'deleteComment'>;

/**
 * Comments unless the last comment says the same: a run that was killed after saying it does not say it again. Where another
 * run has said it in the meantime, this one takes its own back.
 */
export async function sayOnce(tracker: Comments, key: string, text: string): Promise<void> {
  if (says(await lastOf(tracker, key), text)) return;
  const said = await tracker.addComment(key, text);
  const comments = await collect(tracker.listComments(key));
  const place = comments.findIndex(({ id }) => id === said.id);
  if (place > 0 && says(comments[place - 1], text)) await takeBack(tracker, key, said);
}

async function lastOf(tracker: Comments, key: string): Promise<Comment | undefined> {
  return (await collect(tracker.listComments(key))).at(-1);
}

function says(comment: Comment | undefined, text: string): boolean {
  return comment !== undefined && words(comment.body) === words(text);
}

/** What is left of a text when a tracker has converted it to its own form and back. */
function words(markdown: string): string {
  return markdown.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Twice is a blemish, no trouble: where it cannot be taken back, it stays. */
async function takeBack(tracker: Comments, key: string, { id }: Comment): Promise<void> {
  try {
    await tracker.deleteComment(key, id);
  } catch (error) {
    if (!['unsupported', 'permission', 'not-found'].includes(asPaceError(error).kind)) throw error;
  }
}
