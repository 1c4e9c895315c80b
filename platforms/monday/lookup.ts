/**
 * All that a call has to know beforehand, in one request: the board with its columns, items, people. The board is looked at once,
 * people too.
 */
import { PaceError } from '../../core/errors.ts';
import type { Settings } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { Document, MondayApi } from './api.ts';
import { type Board, type BoardAnswer, learnFrom, toBoard } from './board.ts';
import type { Operation } from './refusals.ts';
import { BOARD, ITEM, listOf, needed, USER, type WireItem, type WirePage, type WireUser } from './shapes.ts';

export interface Wanted {
  /** Ids of items; those that are not there are left out. */
  readonly items?: readonly string[];
  readonly people?: boolean;
}

export interface Found {
  readonly board: Board;
  readonly items: ReadonlyMap<string, WireItem>;
  /** The boards of those that were asked for and are on another one. */
  readonly elsewhere: ReadonlyMap<string, string>;
  readonly people: readonly WireUser[];
}

export interface Lookup {
  find(operation: Operation, wanted?: Wanted): Promise<Found>;
  /** The board, if it has been looked at. */
  known(): Board | undefined;
  /** Looks at the board anew, and at its newest items in the same request. */
  withItems(operation: Operation, pageText: string): Promise<{ readonly board: Board; readonly page: WirePage }>;
}

const PEOPLE_PAGE = 1000;
/** https://developer.monday.com/api-reference/reference/items: more ids than 100 are refused. */
const MOST_ITEMS = 100;
/** Columns of an archived board can be read, too. Tags are those of the account: the board's own are for private boards. */
const ASK_BOARD = (inside: string) => `boards(ids: [$board], state: all) { ${BOARD} ${inside} } tags { id name }`;

type Answer = BoardAnswer & {
  readonly items?: readonly (WireItem | null)[] | null;
  readonly users?: readonly (WireUser | null)[] | null;
};

export function createLookup(api: MondayApi, settings: Settings, world: Pick<World, 'now'>): Lookup {
  let board: Board | undefined;
  let people: readonly WireUser[] | undefined;

  async function find(
    operation: Operation,
    { items: keys = [], people: withPeople = false }: Wanted = {},
  ): Promise<Found> {
    const ids = [...new Set(keys)].slice(0, MOST_ITEMS);
    const asksPeople = withPeople && people === undefined;
    const parts: Document[] = [
      ...(board ? [] : [{ fields: [ASK_BOARD('')], declared: ['$board: ID!'], variables: { board: api.board } }]),
      ...(ids.length === 0
        ? []
        : [
            {
              fields: [`items(ids: $items, limit: ${MOST_ITEMS}) { ${ITEM} }`],
              declared: ['$items: [ID!]'],
              variables: { items: ids },
            },
          ]),
      ...(asksPeople ? [{ fields: [usersOf(1)] }] : []),
    ];
    const answer = parts.length === 0 ? {} : await api.query<Answer>(operation, joined(parts));
    board ??= toBoard(answer, settings, world.now());
    if (asksPeople) people = await allPeople(operation, listOf<WireUser>(answer.users, 'users'));
    const there = ids.length === 0 ? [] : listOf<WireItem>(answer.items, 'items').filter(isThere);
    const items = there.filter((item) => String(item.board?.id) === api.board);
    const others = there.filter((item) => !items.includes(item) && item.board);
    const elsewhere = new Map(others.map((item) => [String(item.id), String(item.board?.id)]));
    for (const item of items) learnFrom(board, item);
    return { board, items: new Map(items.map((item) => [String(item.id), item])), elsewhere, people: people ?? [] };
  }

  async function allPeople(operation: Operation, first: readonly WireUser[]): Promise<readonly WireUser[]> {
    const all = [...first];
    for (let page = 2, last = first; last.length === PEOPLE_PAGE; page += 1) {
      last = listOf<WireUser>((await api.query<Answer>(operation, { fields: [usersOf(page)] })).users, 'users');
      all.push(...last);
    }
    return all;
  }

  async function withItems(operation: Operation, pageText: string) {
    const fields = [ASK_BOARD(`items_page${pageText} { cursor items { ${ITEM} } }`)];
    const document = { fields, declared: ['$board: ID!'], variables: { board: api.board } };
    const answer = await api.query<Answer & PageAnswer>(operation, document);
    const looked = toBoard(answer, settings, world.now());
    // tags and labels that were made by us may be too new for this answer
    for (const [name, label] of board?.labels ?? []) if (!looked.labels.has(name)) looked.labels.set(name, label);
    board = looked;
    return { board, page: needed(answer.boards?.[0]?.items_page, 'items_page') };
  }

  return { find, known: () => board, withItems };
}

function isThere({ state }: WireItem): boolean {
  return state !== 'deleted';
}

export interface PageAnswer {
  readonly boards?: readonly ({ readonly items_page?: WirePage | null } | null)[] | null;
}

function usersOf(page: number): string {
  return `users(limit: ${PEOPLE_PAGE}, page: ${page}) { ${USER} }`;
}

function joined(parts: readonly Document[]): Document {
  return {
    fields: parts.flatMap(({ fields }) => fields),
    declared: parts.flatMap(({ declared = [] }) => declared),
    variables: Object.assign({}, ...parts.map(({ variables }) => variables)),
  };
}

/** Throws `not-found` where it is not on the board. */
export function itemIn({ items, elsewhere, board }: Found, key: string): WireItem {
  const item = items.get(key);
  if (item) return item;
  const moved = elsewhere.get(key);
  if (moved !== undefined) throw onAnotherBoard(key, moved);
  throw new PaceError({
    kind: 'not-found',
    message: `There is no item ${key} on the board ${plainLine(board.name, 80)} that this token sees.`,
    remedy: 'Please check the number: it stands at the end of the item’s address, after “pulses”.',
  });
}

/** It keeps its number, but the columns of another board are others. */
function onAnotherBoard(key: string, board: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `The item ${key} was moved to the board ${plainLine(board, 40)}, and nothing was done there.`,
    remedy: 'Please move it back to the board of `monday.board` (PACE_MONDAY_BOARD), or look after it there.',
  });
}
