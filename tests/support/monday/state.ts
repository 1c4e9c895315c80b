/** What an account of monday keeps. */
import { GraphQLError } from 'graphql';

export interface Label {
  readonly id: number;
  label: string;
  is_done: boolean;
  is_deactivated: boolean;
}

export interface Column {
  readonly id: string;
  title: string;
  type: string;
  archived: boolean;
  readonly labels: Label[];
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface Post {
  readonly id: string;
  /** HTML. */
  body: string;
  readonly createdAt: number;
  readonly creator: User | null;
  readonly replies: Post[];
}

/** A change of a column. */
export interface Log {
  readonly id: string;
  readonly item: string;
  readonly column: string;
  userId: string;
  readonly at: number;
}

export interface Item {
  readonly id: string;
  boardId: string;
  name: string;
  group: string;
  state: 'active' | 'archived' | 'deleted';
  readonly createdAt: number;
  updatedAt: number;
  readonly creator: User | null;
  /** By the column's id: texts, label ids, ids of tags, people and items. */
  readonly values: Map<string, unknown>;
  readonly posts: Post[];
  /** Their ids: they are items of another board. */
  readonly subitems: string[];
  readonly assets: Asset[];
}

export interface Asset {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly at: number;
  readonly by: User;
}

export interface Account {
  readonly now: () => number;
  readonly boardId: string;
  readonly boardName: string;
  kind: 'public' | 'private';
  access: 'edit' | 'view';
  readonly groups: { readonly id: string; readonly title: string }[];
  readonly columns: Column[];
  readonly users: User[];
  readonly tags: { readonly id: string; readonly name: string }[];
  readonly items: Item[];
  readonly logs: Log[];
  /** The token's user. */
  readonly viewer: User;
  /** The user may not change the structure of the board: no new labels. */
  fixedStructure: boolean;
  lastId: number;
}

export interface AccountOptions {
  readonly now?: () => number;
  /** `Title: type`, in their order. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Labels of status columns by title; `*` behind one that counts as done. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
}

export const USUAL_COLUMNS: Readonly<Record<string, string>> = {
  Owner: 'people',
  Status: 'status',
  Priority: 'status',
  Type: 'status',
  'Due date': 'date',
  'Story points': 'numbers',
  Labels: 'dropdown',
  Description: 'long_text',
  'PACE data': 'text',
  Parent: 'board_relation',
  Related: 'board_relation',
  'Dependent on': 'dependency',
};

export const USUAL_LABELS: Readonly<Record<string, readonly string[]>> = {
  Status: ['Working on it', 'Done*', 'Stuck', 'In review', 'Canceled'],
  Priority: ['Critical ⚠️', 'High', 'Medium', 'Low'],
  Type: ['Bug', 'Story', 'Task'],
};

export function createAccount({
  now = Date.now,
  columns = USUAL_COLUMNS,
  labels = USUAL_LABELS,
}: AccountOptions): Account {
  const users = [user(7001, 'Ada Lovelace'), user(7002, 'Grace Hopper'), user(7003, 'Alan Turing')];
  const account: Account = {
    now,
    boardId: '1234567890',
    boardName: 'Release',
    kind: 'public',
    access: 'edit',
    groups: [
      { id: 'topics', title: 'Backlog' },
      { id: 'group_gate', title: 'Release gate' },
    ],
    columns: Object.entries(columns).map(([title, type]) => ({
      id: `${type}_${title.toLowerCase().replace(/\W+/g, '_')}`,
      title,
      type,
      archived: false,
      labels: (labels[title] ?? []).map((word, id) => ({
        id,
        label: word.replace(/\*$/, ''),
        is_done: word.endsWith('*'),
        is_deactivated: false,
      })),
    })),
    users,
    tags: [],
    items: [],
    logs: [],
    viewer: users[0] as User,
    fixedStructure: false,
    lastId: 9_000_000_000,
  };
  return account;
}

function user(id: number, name: string): User {
  return { id: String(id), name, email: `${name.split(' ')[0]?.toLowerCase()}@example.org` };
}

export function nextId(account: Account): string {
  account.lastId += 1;
  return String(account.lastId);
}

/** A refusal as monday words it: mostly with status 200. */
export function refuse(message: string, code: string, status = 200, more: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, status_code: status, error_data: {}, ...more } });
}

export function itemBy({ items }: Account, id: string): Item {
  const item = items.find((each) => each.id === String(id) && each.state !== 'deleted');
  if (item) return item;
  throw refuse('The following item(s) were not found: check the ids', 'ResourceNotFoundException', 404);
}

/** Times are whole seconds. */
export function time(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
