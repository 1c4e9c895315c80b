/** Comments, which can only be added. */
import { PaceError } from '../../core/errors.ts';
import type { TrackerDriver } from '../../core/ports/index.ts';
import type { Comment } from '../../core/ports/issue.ts';
import { isRecord } from '../../core/record.ts';
import { keyOf, noSuchIssue } from './address.ts';
import type { Api } from './api.ts';
import { gathered } from './gathered.ts';
import type { Tracker } from './issue-context.ts';
import { listOf, oneOf } from './shapes.ts';
import { toComment } from './wire.ts';

type CommentCalls = Pick<TrackerDriver, 'listComments' | 'addComment'>;

export function issueComments({ api, shows }: Tracker): CommentCalls {
  // of one issue by its own command, of several by what `show` tells of all
  const ask = gathered(async (keys) => {
    const answers = new Map<string, Comment[] | Error>();
    const [first = '', ...others] = keys;
    if (others.length === 0) return answers.set(first, await commentsOf(api, first).catch(failed));
    const found = await Promise.all(keys.map((key) => shownComments(key).catch(failed)));
    for (const [index, key] of keys.entries()) answers.set(key, found[index] ?? []);
    return answers;
  });

  async function shownComments(key: string): Promise<Comment[]> {
    const { comments, comment_count: count } = await shows.withComments(key);
    const found = inOrder(listOf(comments ?? []));
    // `show` goes on without those that it could not read
    return count !== undefined && count !== found.length ? commentsOf(api, key) : found;
  }

  return {
    async *listComments(key) {
      const answer = await ask(keyOf(key));
      if (answer instanceof Error) throw answer;
      yield* answer ?? [];
    },
    addComment: async (key, markdown) => {
      await shows.issue(key);
      const added = oneOf(await api.call(['comments', 'add', '--', keyOf(key), markdown]));
      return added === undefined ? lastOf(await commentsOf(api, key)) : asKept(toComment(added));
    },
  };
}

/** Version 1 answers with the moment, and keeps it in whole seconds, rounded. Its ids are no numbers. */
function asKept(comment: Comment): Comment {
  if (/^\d+$/.test(comment.id)) return comment;
  return { ...comment, createdAt: Math.round(comment.createdAt / 1000) * 1000 };
}

function failed(error: unknown): Error {
  return error instanceof Error ? error : new TypeError(String(error));
}

async function commentsOf(api: Api, key: string): Promise<Comment[]> {
  const found = listOf(await api.call(['comments', key]));
  // bd takes a part of an id for the whole
  if (found.some((each) => isRecord(each) && each['issue_id'] !== undefined && each['issue_id'] !== key)) {
    throw noSuchIssue(key);
  }
  return inOrder(found);
}

/** Oldest first; of those within one second in the order in which bd gives them. */
function inOrder(found: readonly unknown[]): Comment[] {
  return found.map(toComment).toSorted((one, other) => one.createdAt - other.createdAt);
}

function lastOf(items: readonly Comment[]): Comment {
  const last = items.at(-1);
  if (last !== undefined) return last;
  throw new PaceError({
    kind: 'unexpected',
    message: 'bd does not show the comment that it has added.',
    remedy: 'Please look with `bd comments` before adding it again.',
  });
}
