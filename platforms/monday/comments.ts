/** Updates of an item as comments, with the answers to them. https://developer.monday.com/api-reference/reference/updates */

import { defined } from '../../core/defined.ts';
import { requireOwnComment } from '../../core/drivers/own-comment.ts';
import { PaceError } from '../../core/errors.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { neededText, textOrNothing } from '../../core/http/unexpected-answer.ts';
import type { Comment } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { asFarAsItReads } from '../../core/tracker/odd-records.ts';
import { idOf } from './address.ts';
import type { MondayApi } from './api.ts';
import { fromHtml, toHtml } from './rich-text.ts';
import { listOf, needed, timeOf, toPerson, UPDATE, type WireUpdate } from './shapes.ts';

/** https://developer.monday.com/api-reference/reference/updates: at most 100 a page. Several pages go into one call. */
const PAGE = 100;
const PAGES = 3;

/** The pages are `p1`, `p2` … */
type WireItemPosts = { readonly state?: string | null; readonly board?: { readonly id: string } | null } & Readonly<
  Record<string, unknown>
>;

interface Answer {
  readonly items?: readonly (WireItemPosts | null)[] | null;
}

interface RecentPosts {
  readonly boards?: readonly { readonly updates?: readonly WireUpdate[] | null }[] | null;
}

export function commentCalls(api: MondayApi) {
  /** monday gives the newest first: all are there before the first can be told. */
  async function* listComments(key: string): AsyncGenerator<Comment> {
    const all = await api.attempt('listComments', async () => {
      const id = idOf(key);
      const found: WireUpdate[] = [];
      const guard = createPageGuard('monday');
      for (let first = 1; ; first += PAGES) {
        const next = await pages(id, first);
        found.push(...next);
        if (next.length < PAGE * PAGES) return found;
        guard.next(first + PAGES);
      }
    });
    const posts = new Map(all.flatMap((update) => [update, ...(update.replies ?? [])]).map((post) => [post.id, post]));
    yield* [...posts.values()].map(toComment).toSorted(byTime);
  }

  async function pages(id: string, first: number): Promise<WireUpdate[]> {
    const numbers = Array.from({ length: PAGES }, (_, place) => first + place);
    const fields = numbers.map(
      (page) => `p${page}: updates(limit: ${PAGE}, page: ${page}) { ${UPDATE} replies { ${UPDATE} } }`,
    );
    const { items } = await api.query<Answer>('listComments', {
      fields: [`items(ids: [$id]) { state board { id } ${fields.join(' ')} }`],
      declared: ['$id: ID!'],
      variables: { id },
    });
    const [item] = listOf<WireItemPosts>(items, 'items');
    if (!item || item.state === 'deleted' || String(item.board?.id) !== api.board) throw noItem(id);
    return numbers.flatMap((page) => listOf<WireUpdate>(item[`p${page}`] as WireUpdate[], 'updates'));
  }

  /** Answers to older posts are not among them: the list of answers that monday has does not tell whose they are. */
  async function* listSilentComments(since: number) {
    const guard = createPageGuard('monday');
    for (let number = 1; ; number += 1) {
      const updates = await recent(new Date(since).toISOString(), number);
      for (const update of updates)
        if (update.item_id)
          for (const post of [update, ...(update.replies ?? [])])
            yield { key: update.item_id, comment: toComment(post) };
      if (updates.length < PAGE) return;
      guard.next(number);
    }
  }

  async function recent(since: string, number: number): Promise<readonly WireUpdate[]> {
    const { boards } = await api.query<RecentPosts>('listComments', {
      fields: [
        `boards(ids: [$board]) { updates(limit: ${PAGE}, page: ${number}, from_date: $since) { item_id ${UPDATE} replies { ${UPDATE} } } }`,
      ],
      declared: ['$board: ID!', '$since: ISO8601DateTime'],
      variables: { board: api.board, since },
    });
    const [board] = listOf<NonNullable<RecentPosts['boards']>[number]>(boards, 'boards');
    return listOf<WireUpdate>(board?.updates, 'updates');
  }

  async function addComment(key: string, markdown: string): Promise<Comment> {
    return api.attempt('addComment', async () => {
      const answer = await api.mutate<{ readonly create_update?: WireUpdate }>('addComment', {
        fields: [`create_update(item_id: $id, body: $body) { ${UPDATE} }`],
        declared: ['$id: ID!', '$body: String!'],
        variables: { id: idOf(key), body: toHtml(markdown) },
      });
      return toComment(needed(answer.create_update, 'create_update'));
    });
  }

  async function updateComment(key: string, id: string, markdown: string): Promise<Comment> {
    return api.attempt('updateComment', async () => {
      idOf(key);
      await requireOwnComment(listComments(key), key, commentId(id));
      const answer = await api.mutate<{ readonly edit_update?: WireUpdate }>('updateComment', {
        fields: [`edit_update(id: $id, body: $body) { ${UPDATE} }`],
        declared: ['$id: ID!', '$body: String!'],
        variables: { id: commentId(id), body: toHtml(markdown) },
      });
      return toComment(needed(answer.edit_update, 'edit_update'));
    });
  }

  async function deleteComment(key: string, id: string): Promise<void> {
    await api.attempt('deleteComment', async () => {
      idOf(key);
      await requireOwnComment(listComments(key), key, commentId(id));
      const document = {
        fields: ['delete_update(id: $id) { id }'],
        declared: ['$id: ID!'],
        variables: { id: commentId(id) },
      };
      await api.mutate('deleteComment', document);
    });
  }

  return { listComments, listSilentComments, addComment, updateComment, deleteComment };
}

export function toComment({ id, body, created_at: created, creator }: WireUpdate): Comment {
  const key = neededText('monday', 'id of an update', typeof id === 'number' ? String(id) : id);
  return asFarAsItReads(({ part, person, time }) => ({
    id: key,
    body: part(() => fromHtml(textOrNothing('monday', 'body', body)), ''),
    ...defined({ author: creator ? person(creator, toPerson) : undefined }),
    createdAt: time(() => timeOf('created_at', created)),
  }));
}

/** Times are whole seconds there; ids grow. */
function byTime(one: Comment, other: Comment): number {
  return one.createdAt - other.createdAt || one.id.localeCompare(other.id, 'en', { numeric: true });
}

function commentId(id: string): string {
  if (/^[1-9]\d{0,17}$/.test(id)) return id;
  throw new PaceError({
    kind: 'validation',
    message: `“${plainLine(id, 40)}” is not the id of an update.`,
    remedy: 'Please give the id that the list of comments tells.',
  });
}

export function noItem(id: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `There is no item ${id} on the board that this token sees.`,
    remedy: 'Please check the number: it stands at the end of the item’s address, after “pulses”.',
  });
}
