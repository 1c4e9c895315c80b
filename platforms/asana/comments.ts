/** Comments: the stories of a task that people have written. https://developers.asana.com/reference/stories */
import { requireOwnComment } from '../../core/drivers/own-comment.ts';
import type { Comment } from '../../core/ports/index.ts';
import { gidOf } from './address.ts';
import type { Api, Operation } from './api.ts';
import { toCommentHtml } from './rich-text.ts';
import { STORY_FIELDS, toComment, type WireStory } from './wire.ts';

export function commentCalls(api: Api) {
  /** Asana gives the oldest first, among what it notes down itself. */
  async function* listComments(key: string): AsyncGenerator<Comment> {
    const path = `/tasks/${gidOf('listComments', 'task', key)}/stories`;
    for await (const story of api.list<WireStory>('listComments', { path, fields: STORY_FIELDS }))
      if (story.type === 'comment') yield toComment(story);
  }

  async function write(operation: Operation, method: 'POST' | 'PUT', path: string, markdown: string): Promise<Comment> {
    const data = { html_text: toCommentHtml(markdown) };
    return toComment(await api.call<WireStory>(operation, { method, path, data, fields: STORY_FIELDS }));
  }

  async function pathOf(operation: Operation, key: string, id: string): Promise<string> {
    gidOf(operation, 'task', key);
    const gid = gidOf(operation, 'comment', id);
    await requireOwnComment(listComments(key), key, gid);
    return `/stories/${gid}`;
  }

  return {
    listComments,
    addComment: async (key: string, markdown: string) =>
      write('addComment', 'POST', `/tasks/${gidOf('addComment', 'task', key)}/stories`, markdown),
    updateComment: async (key: string, id: string, markdown: string) =>
      write('updateComment', 'PUT', await pathOf('updateComment', key, id), markdown),
    deleteComment: async (key: string, id: string): Promise<void> => {
      await api.call('deleteComment', { method: 'DELETE', path: await pathOf('deleteComment', key, id) });
    },
  };
}
