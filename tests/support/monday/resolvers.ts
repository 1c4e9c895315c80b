/** The account as monday's schema shows it. Only what is used is here; the schema says of the rest that it is missing. */
import { type Account, type Asset, type Item, itemBy, nextId, type Post, refuse, time, type User } from './state.ts';
import { fits, type Rule, showValue, title, writeValues } from './values.ts';

interface Query {
  readonly rules?: readonly Rule[];
  readonly order_by?: readonly { readonly column_id: string; readonly direction: string }[];
}

type Given = Readonly<Record<string, unknown>>;

/** Cursors live as long as nobody ends them. */
export interface Cursors {
  /** Ids of what is still to come. */
  readonly open: Map<string, readonly string[]>;
}

export function resolversOf(account: Account, cursors: Cursors) {
  function showItem(item: Item): Given {
    return {
      id: item.id,
      name: item.name,
      url: `https://acme.monday.com/boards/${item.boardId}/pulses/${item.id}`,
      state: item.state,
      created_at: time(item.createdAt),
      updated_at: time(item.updatedAt),
      creator: item.creator && showUser(item.creator),
      board: () => ({ id: item.boardId }),
      assets: () => item.assets.map(showAsset),
      subitems: () => item.subitems.map((id) => ({ id })),
      column_values: () =>
        account.columns.filter(({ archived }) => !archived).map((column) => showValue(account, item, column)),
      updates: ({ limit, page }: { limit: number; page: number }) => {
        if (limit > 100) throw refuse('limit is too large', 'InvalidArgumentException', 400);
        return item.posts
          .toReversed()
          .slice((page - 1) * limit, page * limit)
          .map(showPost);
      },
    };
  }

  function page(ids: readonly string[], limit: number) {
    if (limit > 500) throw refuse('limit is too large', 'InvalidArgumentException', 400);
    const [now, later] = [ids.slice(0, limit), ids.slice(limit)];
    const cursor = later.length > 0 ? `cursor-${nextId(account)}` : null;
    if (cursor) cursors.open.set(cursor, later);
    const items = now.flatMap((id) => account.items.find((item) => item.id === id && item.state === 'active') ?? []);
    return { cursor, items: items.map(showItem) };
  }

  function showBoard(): Given {
    return {
      id: account.boardId,
      name: account.boardName,
      state: 'active',
      board_kind: account.kind,
      access_level: account.access,
      groups: account.groups,
      columns: account.columns.map(({ labels, ...column }) => ({
        ...column,
        settings: labels.length > 0 || ['status', 'dropdown'].includes(column.type) ? { labels } : {},
      })),
      activity_logs: (given: { item_ids: readonly unknown[]; column_ids: readonly unknown[]; limit: number }) =>
        account.logs
          .filter(({ item }) => given.item_ids.map(String).includes(item))
          .filter(({ column }) => given.column_ids.includes(column))
          .toReversed()
          .slice(0, given.limit)
          .map(({ id, userId, at }) => ({
            ...{ id, user_id: userId, created_at: String(at * 10_000), account_id: '1', entity: 'pulse' },
            ...{ event: 'update_column_value', data: '{}' },
          })),
      updates: ({ limit, page, from_date: from }: { limit: number; page: number; from_date?: string }) => {
        if (limit > 100) throw refuse('limit is too large', 'InvalidArgumentException', 400);
        const since = from === undefined ? 0 : Date.parse(from);
        return account.items
          .filter(({ state }) => state === 'active')
          .flatMap(({ id, posts }) => posts.map((post) => ({ post, shown: { ...showPost(post), item_id: id } })))
          .filter(({ post }) => post.createdAt >= since)
          .toSorted((one, other) => other.post.createdAt - one.post.createdAt)
          .slice((page - 1) * limit, page * limit)
          .map(({ shown }) => shown);
      },
      items_page: ({ limit, query_params: params = {} }: { limit: number; query_params?: Query }) => {
        const { rules = [], order_by: order = [] } = params;
        const unknown = rules.find(({ column_id: id }) => !account.columns.some((column) => column.id === id));
        if (unknown) throw refuse(`no column ${unknown.column_id}`, 'InvalidColumnIdException', 404);
        const active = account.items.filter((item) => item.state === 'active');
        const found = active.filter((item) => rules.every((rule) => fits(item, rule)));
        const isFirst = (name: string) =>
          order.some(({ column_id: id, direction }) => id === name && direction === 'desc');
        const newest = isFirst('__creation_log__') ? found.toReversed() : found;
        const ordered = isFirst('__last_updated__')
          ? newest.toSorted((one, other) => other.updatedAt - one.updatedAt)
          : newest;
        return page(
          ordered.map(({ id }) => id),
          limit,
        );
      },
    };
  }

  function live(id: string): Item {
    const item = itemBy(account, id);
    if (item.state === 'active') return item;
    throw refuse('The item is inactive', 'InvalidArgumentException', 400);
  }

  function onBoard(id: unknown): void {
    if (String(id) !== account.boardId) throw refuse('no such board', 'InvalidBoardIdException', 404);
    if (account.access === 'view')
      throw refuse('User unauthorized to perform action', 'UserUnauthorizedException', 403);
  }

  function postBy(id: unknown): { item: Item; post: Post } {
    for (const item of account.items) {
      const post = item.posts.find((each) => each.id === String(id));
      if (post) return { item, post };
    }
    throw refuse('update not found', 'ResourceNotFoundException', 404);
  }

  return {
    complexity: { query: 1000, before: 5_000_000, after: 4_999_000, reset_in_x_seconds: 30 },
    me: showUser(account.viewer),
    users: ({ limit, page: number }: { limit: number; page: number }) =>
      account.users.slice((number - 1) * limit, number * limit).map(showUser),
    assets: ({ ids }: { ids: readonly unknown[] }) =>
      account.items.flatMap(({ assets }) => assets.filter(({ id }) => ids.map(String).includes(id)).map(showAsset)),
    tags: account.tags.map((tag) => ({ ...tag, color: '#fff' })),
    boards: ({ ids }: { ids: readonly unknown[] }) => (ids.map(String).includes(account.boardId) ? [showBoard()] : []),
    items: ({ ids }: { ids: readonly unknown[] }) =>
      account.items.filter((item) => ids.map(String).includes(item.id)).map(showItem),
    next_items_page: ({ cursor, limit }: { cursor: string; limit: number }) => {
      const ids = cursors.open.get(cursor);
      if (!ids)
        throw refuse(
          'The cursor provided for pagination has expired. Please refresh your query.',
          'CursorExpiredError',
        );
      return page(ids, limit);
    },

    create_or_get_tag: ({ tag_name: name }: { tag_name: string }) => {
      const found = account.tags.find((tag) => tag.name === name) ?? { id: String(account.tags.length + 1), name };
      if (!account.tags.includes(found)) account.tags.push(found);
      return { ...found, color: '#fff' };
    },
    create_item: (given: Given) => {
      onBoard(given['board_id']);
      const group = given['group_id'] ?? account.groups[0]?.id;
      if (!account.groups.some(({ id }) => id === group))
        throw refuse('no such group', 'ResourceNotFoundException', 404);
      const now = account.now();
      const { viewer: creator, boardId } = account;
      const item: Item = {
        ...{ id: nextId(account), boardId, name: title(given['item_name']), group: String(group) },
        ...{
          state: 'active',
          createdAt: now,
          updatedAt: now,
          creator,
          values: new Map(),
          posts: [],
          subitems: [],
          assets: [],
        },
      };
      writeValues(account, item, (given['column_values'] ?? {}) as Given, given['create_labels_if_missing'] === true);
      account.items.push(item);
      return showItem(item);
    },
    change_multiple_column_values: (given: Given) => {
      onBoard(given['board_id']);
      const item = live(String(given['item_id']));
      const values = given['column_values'] as Given;
      writeValues(account, item, values, given['create_labels_if_missing'] === true);
      for (const column of Object.keys(values)) {
        const change = { id: nextId(account), item: item.id, column, userId: account.viewer.id, at: account.now() };
        account.logs.push(change);
      }
      return showItem(item);
    },
    delete_item: ({ item_id: id }: { item_id: string }) => {
      onBoard(account.boardId);
      const item = itemBy(account, id);
      item.state = 'deleted';
      // nobody is connected with it any more
      for (const { values } of account.items) {
        for (const [column, value] of values) {
          if (Array.isArray(value)) values.set(column, value.filter((each) => each !== id)); // biome-ignore format: one thought
        }
      }
      return showItem(item);
    },
    create_update: ({ item_id: id, body }: { item_id: string; body: string }) => {
      const item = live(id);
      const { viewer: creator } = account;
      const post: Post = { id: nextId(account), body: cleaned(body), createdAt: account.now(), creator, replies: [] };
      item.posts.push(post);
      return showPost(post);
    },
    edit_update: ({ id, body }: { id: string; body: string }) => {
      const { post } = postBy(id);
      post.body = cleaned(body);
      return showPost(post);
    },
    delete_update: ({ id }: { id: string }) => {
      const { item, post } = postBy(id);
      item.posts.splice(item.posts.indexOf(post), 1);
      return showPost(post);
    },
  };
}

function showUser({ id, name, email }: User): Given {
  return { id, name, email };
}

function showAsset({ id, name, size, at, by }: Asset): Given {
  return {
    ...{ id, name, url: `https://acme.monday.com/protected_static/1/resources/${id}/${name}`, file_size: size },
    public_url: `https://files.monday.test/${id}?signature=s`,
    ...{
      file_extension: name.slice(name.lastIndexOf('.')),
      created_at: time(at).slice(0, 10),
      uploaded_by: showUser(by),
    },
  };
}

function showPost({ id, body, createdAt, creator, replies }: Post): Given {
  return {
    id,
    body,
    created_at: time(createdAt),
    creator: creator && showUser(creator),
    replies: replies.map(showPost),
  };
}

/** monday keeps a form of HTML of its own: no comments, links out of addresses. */
function cleaned(html: string): string {
  if (html.trim() === '') throw refuse('body cannot be empty', 'InvalidArgumentException', 400);
  const text = html.replace(/<!--.*?-->/gs, '').replace(/<(script|style)\b.*?<\/\1>/gs, '');
  const pieces = text.replaceAll('<br>', '<br />').split(/(<a\b[^>]*>.*?<\/a>|<[^>]*>)/s);
  return pieces
    .map((piece) => (piece.startsWith('<') ? piece : piece.replace(/https?:\/\/[^\s<&)]+/g, '<a href="$&">$&</a>')))
    .join('');
}
