/** Values of columns: how they are written, how they are shown, and what a rule finds. */
import { type Account, type Column, type Item, itemBy, refuse } from './state.ts';

const LONG_TEXT = 2000;
/** https://developer.monday.com/api-reference/reference/text */
const ALL_VALUES = 64 * 1024;

type Given = Readonly<Record<string, unknown>>;

/** Everything is looked at before anything is written. */
export function writeValues(account: Account, item: Item, given: Given, createLabels: boolean): void {
  const { name, ...cells } = given;
  const writes = Object.entries(cells).map(([id, value]) => {
    const column = account.columns.find((each) => each.id === id && !each.archived);
    if (!column) throw refuse(`This column ID doesn't exist for the board: ${id}`, 'InvalidColumnIdException', 404);
    return { id, stored: isEmpty(value) ? undefined : stored(account, column, value, createLabels) };
  });
  if (name !== undefined) item.name = title(name);
  for (const { id, stored: value } of writes) {
    if (value === undefined) item.values.delete(id);
    else item.values.set(id, value);
  }
  const size = Buffer.byteLength(JSON.stringify([...item.values.values()]));
  if (size > ALL_VALUES) throw refuse('column values are too large', 'ColumnValueException');
  item.updatedAt = account.now();
}

export function title(name: unknown): string {
  const text = String(name);
  if (text.trim() === '') throw refuse('invalid item name', 'InvalidArgumentException', 400);
  if (text.length > 255) throw refuse('item name is too long', 'ItemNameTooLongException', 400);
  return text;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '';
}

function invalid(column: Column, words: string) {
  return refuse(`invalid value - ${words}`, 'ColumnValueException', 200, { error_data: { column_type: column.type } });
}

function stored(account: Account, column: Column, value: unknown, create: boolean): unknown {
  const map = typeof value === 'object' && value !== null ? (value as Given) : {};
  const list = (name: string) => {
    const found = map[name];
    if (Array.isArray(found)) return found as unknown[];
    throw invalid(column, `${name} is missing`);
  };
  if (column.type === 'text' || column.type === 'long_text') {
    if (typeof value !== 'string') throw invalid(column, 'a text is wanted');
    if (column.type === 'long_text' && value.length > LONG_TEXT) throw invalid(column, 'the text is too long');
    return value;
  }
  if (column.type === 'numbers') {
    if (typeof value !== 'string' || !Number.isFinite(Number(value))) throw invalid(column, 'no number');
    return Number(value);
  }
  if (column.type === 'date') {
    const date = String(map['date']);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw invalid(column, 'no date');
    return date;
  }
  if (column.type === 'status') return labelId(account, column, String(map['label']), create);
  if (column.type === 'dropdown') return list('labels').map((name) => labelId(account, column, String(name), create));
  if (column.type === 'tags') {
    const ids = list('tag_ids').map(String);
    if (ids.some((id) => !account.tags.some((tag) => tag.id === id))) throw invalid(column, 'no such tag');
    return ids;
  }
  if (column.type === 'people') {
    const ids = list('personsAndTeams').map((who) => String((who as Given)['id']));
    if (ids.some((id) => !account.users.some((user) => user.id === id))) throw invalid(column, 'no such user');
    return [...new Set(ids)];
  }
  if (column.type === 'board_relation' || column.type === 'dependency')
    return list('item_ids').map((id) => itemBy(account, String(id)).id);
  throw invalid(column, `this server knows no values of the type ${column.type}`);
}

function labelId(account: Account, column: Column, name: string, create: boolean): number {
  const found = column.labels.find(({ label, is_deactivated: off }) => label === name && !off);
  if (found) return found.id;
  if (!create)
    throw invalid(
      column,
      `label does not exist in column, possible labels are: ${column.labels.map((one) => one.label)}`,
    );
  if (account.fixedStructure) throw refuse('User unauthorized to perform action', 'UserUnauthorizedException', 403);
  const label = { id: column.labels.length, label: name, is_done: false, is_deactivated: false };
  column.labels.push(label);
  return label.id;
}

const TYPES: Readonly<Record<string, string>> = {
  status: 'StatusValue',
  dropdown: 'DropdownValue',
  tags: 'TagsValue',
  people: 'PeopleValue',
  date: 'DateValue',
  numbers: 'NumbersValue',
  text: 'TextValue',
  long_text: 'LongTextValue',
  board_relation: 'BoardRelationValue',
  dependency: 'DependencyValue',
};

/** As the schema shows a value. */
export function showValue(account: Account, item: Item, column: Column): Given {
  const value = item.values.get(column.id);
  const ids = Array.isArray(value) ? value : [];
  const base = { __typename: TYPES[column.type], id: column.id, type: column.type };
  const labels = (column.type === 'status' ? [value] : ids).flatMap(
    (id) => column.labels.find((label) => label.id === id) ?? [],
  );
  const names = labels.map(({ label }) => label);
  if (column.type === 'status') return { ...base, text: names[0] ?? null, label: names[0] ?? null };
  if (column.type === 'dropdown')
    return { ...base, text: names.join(', ') || null, values: labels.map(({ id, label }) => ({ id, label })) };
  if (column.type === 'tags') {
    const tags = account.tags.filter(({ id }) => ids.includes(id));
    return { ...base, text: tags.map(({ name }) => name).join(', '), tags };
  }
  if (column.type === 'people') {
    const people = ids.flatMap((id) => account.users.find((user) => user.id === id) ?? []);
    const entities = people.map(({ id }) => ({ id, kind: 'person' }));
    return { ...base, text: people.map(({ name }) => name).join(', '), persons_and_teams: entities };
  }
  if (column.type === 'date') return { ...base, text: value ?? '', date: value ?? '' };
  if (column.type === 'numbers')
    return { ...base, text: value === undefined ? '' : String(value), number: value ?? null };
  if (column.type === 'board_relation' || column.type === 'dependency')
    return { ...base, text: null, linked_item_ids: ids };
  return { ...base, text: value ?? '' };
}

export interface Rule {
  readonly column_id: string;
  readonly compare_value: unknown;
  readonly operator: string;
}

export function fits(item: Item, { column_id: id, compare_value: wanted, operator }: Rule): boolean {
  if (operator !== 'any_of' || !Array.isArray(wanted))
    throw refuse('this server knows any_of only', 'InvalidArgumentException', 400);
  const value = item.values.get(id);
  const has = (Array.isArray(value) ? value : [value]).map(String);
  return wanted.some((one) => has.includes(String(one)));
}
