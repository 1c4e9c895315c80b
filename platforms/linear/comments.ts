/** Comments of an issue. What Linear notes itself is in its history, not among them. */

import { requireOwnComment } from '../../core/drivers/own-comment.ts';
import type { Comment } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { collect } from '../../core/tracker/collect.ts';
import { keyOf } from './address.ts';
import type { LinearApi } from './api.ts';
import { needed } from './lookup.ts';
import { allOf } from './pages.ts';
import { nested, page, textOf } from './selection.ts';
import { deleted } from './whole-issue.ts';
import { COMMENT, toComment, type WireComment, type WirePage } from './wire.ts';

interface Answer {
  readonly issue?: { readonly trashed?: boolean | null; readonly comments?: WirePage<WireComment> };
}

interface Written {
  readonly comment?: WireComment;
}

type OfIssue = WireComment & { readonly issue?: { readonly identifier: string } | null };

interface Recent {
  readonly comments?: WirePage<OfIssue>;
}

/** Most often there is none. */
const FIRST_PAGE = 25;
const WITH_ISSUE = [...COMMENT, nested('issue', ['identifier'])];
const PAYLOAD = `comment { ${textOf(COMMENT)} }`;

export function commentCalls(api: LinearApi, team: string) {
  /** Linear gives the newest first: all are there before the first can be told. */
  async function* listComments(key: string): AsyncGenerator<Comment> {
    const operation = 'listComments';
    const comments = await api.attempt(operation, async () => {
      const { identifier } = keyOf(key, team);
      const found = allOf<WireComment>({
        of: COMMENT,
        ask: async (first, after) => {
          const text = `issue(id: $id) { ${textOf(['trashed', page('comments', first, COMMENT, 'after: $after')])} }`;
          const declared = '$id: String!, $after: String';
          const { issue } = await api.query<Answer>(operation, text, declared, { id: identifier, after });
          if (issue?.trashed) throw deleted(identifier);
          return issue?.comments;
        },
      });
      return (await collect(found)).map(toComment);
    });
    yield* comments.reverse().toSorted((one, other) => one.createdAt - other.createdAt);
  }

  /** https://linear.app/developers/filtering */
  async function* listSilentComments(since: number) {
    const operation = 'listComments';
    const filter = {
      createdAt: { gte: new Date(since).toISOString() },
      issue: { team: { key: { eqIgnoreCase: team } } },
    };
    const found = allOf<OfIssue>({
      of: WITH_ISSUE,
      begin: FIRST_PAGE,
      ask: async (first, after) => {
        const text = textOf([
          page('comments', first, WITH_ISSUE, 'filter: $filter, after: $after, orderBy: createdAt'),
        ]);
        const declared = '$filter: CommentFilter, $after: String';
        return (await api.query<Recent>(operation, text, declared, { filter, after })).comments;
      },
    });
    for await (const { issue, ...comment } of found)
      if (issue) yield { key: issue.identifier, comment: toComment(comment) };
  }

  function addComment(key: string, markdown: string): Promise<Comment> {
    return api.attempt('addComment', async () => {
      const input = { issueId: keyOf(key, team).identifier, body: storable(markdown) };
      const text = `commentCreate(input: $input) { ${PAYLOAD} }`;
      const answer = await api.mutate<{ commentCreate?: Written }>('addComment', text, '$input: CommentCreateInput!', {
        input,
      });
      return toComment(needed(answer.commentCreate?.comment, 'the comment'));
    });
  }

  function updateComment(key: string, id: string, markdown: string): Promise<Comment> {
    return api.attempt('updateComment', async () => {
      await requireOwnComment(listComments(key), key, id);
      const text = `commentUpdate(id: $id, input: $input) { ${PAYLOAD} }`;
      const declared = '$id: String!, $input: CommentUpdateInput!';
      const variables = { id, input: { body: storable(markdown) } };
      const answer = await api.mutate<{ commentUpdate?: Written }>('updateComment', text, declared, variables);
      return toComment(needed(answer.commentUpdate?.comment, 'the comment'));
    });
  }

  async function deleteComment(key: string, id: string): Promise<void> {
    await api.attempt('deleteComment', () => requireOwnComment(listComments(key), key, id));
    await api.mutate('deleteComment', 'commentDelete(id: $id) { success }', '$id: String!', { id });
  }

  return { listComments, listSilentComments, addComment, updateComment, deleteComment };
}
