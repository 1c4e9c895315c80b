/** `pace issue comment`. */
import type { Comment } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { usageError } from '../../tracker/usage.ts';
import { type OpenedTracker, openForIssue, type Written, writeOn } from '../on-tracker.ts';
import type { IssueComment } from './options.ts';

export type CommentOutcome =
  | { readonly kind: 'listed'; readonly comments: AsyncIterable<Comment> }
  | { readonly kind: 'written'; readonly written: Written<WrittenComment> };

export interface WrittenComment {
  readonly deed: 'added' | 'changed' | 'deleted';
  /** The issue. */
  readonly key: string;
  readonly comment: Comment;
}

/** `body` may be a question that is asked once the rest is known to be right; it is given the present text where one is edited. */
export type CommentOptions = Omit<IssueComment, 'body'> & { readonly body?: string | undefined | CommentBody };
export type CommentBody = (before: () => Promise<string>) => Promise<string>;

export async function commentOnIssue(world: World, options: CommentOptions): Promise<CommentOutcome> {
  const { edit, delete: deleted, list } = options;
  if ([edit, deleted, list].filter((given) => given !== undefined).length > 1) {
    throw usageError('--edit, --delete and --list cannot go together.', 'Please give one of them.');
  }
  if (list) {
    const { tracker, key } = await openForIssue(world, options, options.key);
    return { kind: 'listed', comments: tracker.listComments(key) };
  }
  const text = deleted === undefined ? await textOf(world, options) : '';
  const written = await writeOn(world, options, [options.key], async ({ tracker, keys: [key = ''] }) => ({
    key,
    ...(await write({ tracker, key }, { edit, deleted, text, now: world.now() })),
  }));
  return { kind: 'written', written };
}

interface Deed {
  readonly edit: string | undefined;
  readonly deleted: string | undefined;
  readonly text: string;
  readonly now: number;
}

async function write(
  { tracker, key }: Pick<OpenedTracker, 'tracker'> & { readonly key: string },
  { edit, deleted, text, now }: Deed,
): Promise<Omit<WrittenComment, 'key'>> {
  if (deleted !== undefined) {
    await tracker.deleteComment(key, deleted);
    return { deed: 'deleted', comment: { id: deleted, body: '', createdAt: now } };
  }
  if (edit !== undefined) return { deed: 'changed', comment: await tracker.updateComment(key, edit, text) };
  return { deed: 'added', comment: await tracker.addComment(key, text) };
}

/** Never empty. */
async function textOf(world: World, options: CommentOptions): Promise<string> {
  const { body, edit } = options;
  if (body === undefined) {
    throw usageError(
      'The text is missing.',
      `Please pass it: pace issue comment ${plainLine(options.key)} "Some words".`,
    );
  }
  const before = async () => {
    if (edit === undefined) return '';
    const { tracker, key } = await openForIssue(world, options, options.key);
    for await (const comment of tracker.listComments(key)) if (comment.id === edit) return comment.body;
    return '';
  };
  const text = typeof body === 'string' ? body : await body(before);
  if (text.trim()) return text;
  throw usageError('The text is empty: nothing was sent.');
}
