/** Comments of a task. What ClickUp notes itself is in its activity, not among them; neither are replies in threads. */

import { PaceError } from '../../core/errors.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Comment } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Api } from './api.ts';
import type { Lookup } from './lookup.ts';
import type { Operation } from './refusals.ts';
import { need, toComment, toTime, type WireComment } from './wire.ts';

interface Page {
  readonly comments?: readonly WireComment[];
}

type Query = Readonly<Record<string, string>>;

export function commentCalls(api: Api, lookup: Lookup) {
  async function page(operation: Operation, id: string, query: Query = {}): Promise<readonly WireComment[]> {
    const { comments } = await api.call<Page>(operation, { path: ['task', id, 'comment'], query, isPage: true });
    if (Array.isArray(comments)) return comments;
    throw unexpectedAnswer('ClickUp', 'comments is not a list');
  }

  /** https://developer.clickup.com/docs/task-comments-pagination: the next page begins behind the last comment of this one. */
  async function* newestFirst(operation: Operation, id: string): AsyncGenerator<Comment> {
    const seen = new Set<string>();
    const guard = createPageGuard('ClickUp');
    let query: Query = {};
    for (;;) {
      const fresh = (await page(operation, id, query)).filter((comment) => !seen.has(String(comment.id)));
      const last = fresh.at(-1);
      if (!last) return;
      for (const comment of fresh) {
        seen.add(String(comment.id));
        yield toComment(comment);
      }
      query = { start: String(toTime('date', last.date)), start_id: String(last.id) };
      guard.next(String(last.id));
    }
  }

  /** ClickUp gives the newest first: all are there before the first can be told. */
  async function* listComments(key: string): AsyncGenerator<Comment> {
    const operation = 'listComments';
    const comments = await api.attempt(operation, async () =>
      collect(newestFirst(operation, await lookup.id(operation, key))),
    );
    yield* comments.reverse().toSorted((one, other) => one.createdAt - other.createdAt);
  }

  /** The one of this task. Ids are unique in the whole Workspace. */
  async function find(operation: Operation, key: string, id: string): Promise<Comment> {
    if (!/^\d{1,20}$/.test(id)) throw noComment(id);
    for await (const comment of newestFirst(operation, await lookup.id(operation, key)))
      if (comment.id === id) return comment;
    throw noComment(id);
  }

  async function addComment(key: string, markdown: string): Promise<Comment> {
    const operation = 'addComment';
    const task = await lookup.id(operation, key);
    const body = { comment_text: storable(markdown), notify_all: false };
    const path = ['task', task, 'comment'];
    const written = await api.call<{ id?: string | number; date?: unknown }>(operation, { method: 'POST', path, body });
    const id = need('id of the comment', typeof written.id === 'number' ? String(written.id) : written.id);
    // the answer has neither text nor author; what was just written is on the first page
    const found = (await page(operation, task)).find((comment) => String(comment.id) === id);
    return found ? toComment(found) : { id, body: body.comment_text, createdAt: toTime('date', written.date) };
  }

  async function updateComment(key: string, id: string, markdown: string): Promise<Comment> {
    const before = await find('updateComment', key, id);
    const text = storable(markdown);
    await api.send('updateComment', { method: 'PUT', path: ['comment', id], body: { comment_text: text } });
    return { ...before, body: text };
  }

  async function deleteComment(key: string, id: string): Promise<void> {
    await find('deleteComment', key, id);
    await api.send('deleteComment', { method: 'DELETE', path: ['comment', id] });
  }

  return {
    listComments,
    addComment: (key: string, markdown: string) => api.attempt('addComment', () => addComment(key, markdown)),
    updateComment: (key: string, id: string, markdown: string) =>
      api.attempt('updateComment', () => updateComment(key, id, markdown)),
    deleteComment: (key: string, id: string) => api.attempt('deleteComment', () => deleteComment(key, id)),
  };
}

function noComment(id: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `The task has no comment ${id.slice(0, 40)}.`,
    remedy: 'Please look at the existing comments: `pace issue comment KEY --list`.',
  });
}
