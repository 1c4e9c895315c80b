import type { Answer, Handler, Routes } from '../loopback.ts';

export interface ClickUpOptions {
  readonly token?: string;
  /** The order of lists without `reverse`. */
  readonly oldestFirst?: boolean;
  /** The offset of the user's time zone in hours: a day begins to be due at four o'clock there. */
  readonly zone?: number;
  /** Answers to writes have no Markdown. */
  readonly bareAnswers?: boolean;
  /** `parent: "none"` is ignored, as `null` is. */
  readonly keepsParents?: boolean;
  /** Comments come back as rich text. */
  readonly formatsComments?: boolean;
  /** Of the first task; the others follow in base 36. */
  readonly firstId?: string;
  /** Tasks have ids with this prefix, too. */
  readonly prefix?: string;
  /** The permission of the token's user. */
  readonly level?: 'read' | 'comment' | 'edit' | 'create';
  readonly statuses?: readonly StatusRow[];
  readonly types?: readonly { readonly id: number; readonly name: string }[];
  readonly features?: Readonly<Record<string, { readonly enabled: boolean }>>;
  readonly severalAssignees?: boolean;
  /** Further Workspaces that the token sees, before the one with the List. */
  readonly otherWorkspaces?: number;
}

export interface StatusRow {
  readonly status: string;
  readonly type: string;
}

export interface CommentRow {
  readonly id: number;
  text: string;
  readonly userId: number;
  readonly at: number;
}

export interface TaskRow {
  readonly number: number;
  readonly id: string;
  readonly customId: string | null;
  typeId: number;
  name: string;
  markdown: string;
  status: string;
  tags: string[];
  assigneeIds: number[];
  parent: string | null;
  priority: number | null;
  points: number | null;
  due: number | null;
  readonly userId: number;
  readonly createdAt: number;
  updatedAt: number;
  /** Ids of tasks that it waits for. */
  waitsFor: string[];
  /** Ids of tasks that it is linked with; at one end only. */
  linked: string[];
  readonly comments: CommentRow[];
}

export const USERS = [
  { id: 183, username: 'pace-bot', email: 'bot@example.org' },
  { id: 812, username: 'Ada Lovelace', email: 'ada@example.org' },
  { id: 813, username: 'Grace Hopper', email: 'grace@example.org' },
];

const STATUSES: readonly StatusRow[] = [
  { status: 'to do', type: 'open' },
  { status: 'in progress', type: 'custom' },
  { status: 'in review', type: 'custom' },
  { status: 'blocked', type: 'custom' },
  { status: 'cancelled', type: 'done' },
  { status: 'complete', type: 'closed' },
];

const TYPES = [
  { id: 1300, name: 'Bug' },
  { id: 1301, name: 'Story' },
];

export type State = ReturnType<typeof newState>;

export function newState(options: ClickUpOptions) {
  let last = 0;
  let ids = 458;
  const state = {
    options,
    token: options.token ?? 'pk_183_LOOPBACK',
    list: '901234567890',
    space: '790',
    workspace: '9012345678',
    statuses: options.statuses ?? STATUSES,
    types: options.types ?? TYPES,
    tasks: [] as TaskRow[],
    deleted: 0,
    tags: [{ name: 'known', fg: '#ffffff', bg: '#123abc' }],
    /** Milliseconds that the clock is ahead. */
    ahead: 0,
    nextId: () => {
      ids += 1;
      return ids;
    },
    /** No two things happen in one moment. */
    time: () => {
      last = Math.max(Date.now() + state.ahead, last + 1);
      return last;
    },
  };
  return state;
}

/** ClickUp's way to refuse. */
export function refused(status: number, err: string, code: string): Answer {
  return { status, json: { err, ECODE: code } };
}

/** What does not exist, and what is not shared with the token's user. */
export const UNSEEN = refused(401, 'Team not authorized', 'OAUTH_027');

const LEVELS = ['read', 'comment', 'edit', 'create'];

export function mayOnly(state: State, level: string): boolean {
  return LEVELS.indexOf(state.options.level ?? 'create') < LEVELS.indexOf(level);
}

export const NOT_ALLOWED = refused(403, 'You do not have permission to do this', 'ACCESS_085');

/** The same routes for those with the token. */
export function guarded(state: State, routes: Routes): Routes {
  const expected = state.token.startsWith('pk_') ? state.token : `Bearer ${state.token}`;
  const guard =
    (handler: Handler): Handler =>
    (asked) =>
      asked.headers['authorization'] === expected ? handler(asked) : refused(401, 'Token invalid', 'OAUTH_025');
  return Object.fromEntries(Object.entries(routes).map(([route, handler]) => [route, guard(handler)]));
}
