/** monday's shapes, as far as they are read. https://developer.monday.com/api-reference/reference/items */

import { neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Person } from '../../core/ports/index.ts';

export interface WireColumn {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly archived?: boolean | null;
  /** Of status and dropdown columns: `labels`. An object, or its text. */
  readonly settings?: unknown;
}

export interface WireBoard {
  readonly id: string;
  readonly name: string;
  readonly state?: string | null;
  readonly board_kind?: string | null;
  readonly access_level?: string | null;
  readonly groups?: readonly { readonly id: string; readonly title: string }[] | null;
  readonly columns?: readonly WireColumn[] | null;
}

export interface WireUser {
  readonly id: string;
  readonly name: string;
  readonly email?: string | null;
}

/** The value of one column; which members are there depends on its type. */
export interface WireValue {
  readonly id: string;
  readonly text?: string | null;
  /** Dropdown. */
  readonly values?: readonly { readonly id: string | number; readonly label: string }[] | null;
  readonly tags?: readonly { readonly id: string; readonly name: string }[] | null;
  readonly persons_and_teams?: readonly { readonly id: string; readonly kind?: string | null }[] | null;
  readonly date?: string | null;
  readonly number?: number | null;
  /** Connected boards and dependencies. */
  readonly linked_item_ids?: readonly string[] | null;
}

export interface WireItem {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly state?: string | null;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
  readonly creator?: WireUser | null;
  readonly board?: { readonly id: string } | null;
  readonly column_values: readonly WireValue[];
}

export interface WireUpdate {
  readonly id: string;
  /** HTML. */
  readonly body: string;
  readonly created_at?: string | null;
  readonly creator?: WireUser | null;
  readonly replies?: readonly WireUpdate[] | null;
  /** Where it was asked for. */
  readonly item_id?: string | null;
}

export interface WirePage {
  readonly cursor?: string | null;
  readonly items: readonly WireItem[];
}

export const USER = 'id name email';
export const BOARD =
  'id name state board_kind access_level groups { id title } columns { id title type archived settings }';
/** One selection for all boards: which columns there are is not known when the first items are asked for. */
export const ITEM = [
  `id name url state created_at updated_at creator { ${USER} } board { id } column_values { id text`,
  '... on DropdownValue { values { id label } } ... on TagsValue { tags { id name } }',
  '... on PeopleValue { persons_and_teams { id kind } } ... on DateValue { date } ... on NumbersValue { number }',
  '... on BoardRelationValue { linked_item_ids } ... on DependencyValue { linked_item_ids } }',
].join(' ');
export const UPDATE = `id body created_at creator { ${USER} }`;

const TITLE = 'monday';

/** Milliseconds since 1970. */
export function timeOf(field: string, text: string | null | undefined): number {
  const time = Date.parse(neededText(TITLE, field, text));
  if (Number.isFinite(time)) return time;
  throw unexpectedAnswer(TITLE, `${field} is not a time`);
}

export function toPerson({ id, name, email }: WireUser): Person {
  const person = { id: neededText(TITLE, 'id', id), name: textOrNothing(TITLE, 'name', name) || id };
  return email ? { ...person, email } : person;
}

/** What was asked for and has to be there. */
export function needed<Value>(value: Value | null | undefined, field: string): Value {
  if (value !== null && value !== undefined) return value;
  throw unexpectedAnswer(TITLE, `${field} is missing`);
}

export function listOf<Entry>(list: readonly (Entry | null)[] | null | undefined, field: string): readonly Entry[] {
  if (!Array.isArray(list)) throw unexpectedAnswer(TITLE, `${field} is not a list`);
  return list.filter((entry) => entry !== null);
}
