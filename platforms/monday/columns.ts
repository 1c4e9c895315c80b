/** Which column of the board holds which field: by the setting, else by type and usual title. Pure. */

import { mappingOf } from '../../core/drivers/settings.ts';
import { PaceError, unsupported } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { WireColumn } from './shapes.ts';

interface Role {
  readonly types: readonly string[];
  /** In lower case; the first is the one to add. */
  readonly titles: readonly string[];
  /** A column of this type serves under any title, when no other field has it. */
  readonly anyOf?: string;
  /** What an issue cannot have without it. */
  readonly lacking: string;
}

export const ROLES = {
  status: {
    types: ['status'],
    titles: ['Status', 'State', 'Stage'],
    anyOf: 'status',
    lacking: 'change the state of an issue',
  },
  labels: {
    types: ['dropdown', 'tags'],
    titles: ['Labels', 'Label', 'Tags', 'Tag'],
    anyOf: 'tags',
    lacking: 'label an issue',
  },
  description: {
    types: ['long_text', 'text'],
    titles: ['Description', 'Body', 'Details', 'Text', 'Notes'],
    anyOf: 'long_text',
    lacking: 'keep the text of an issue',
  },
  data: {
    types: ['text', 'long_text'],
    titles: ['PACE data'],
    lacking: 'keep metadata, or a text of more than 2,000 characters',
  },
  assignees: {
    types: ['people'],
    titles: ['Assignees', 'Assignee', 'Assigned to', 'Owner', 'Person', 'People'],
    anyOf: 'people',
    lacking: 'assign an issue',
  },
  due_date: { types: ['date'], titles: ['Due date', 'Due', 'Deadline', 'Date'], lacking: 'keep a due date' },
  points: {
    types: ['numbers'],
    titles: ['Story points', 'Points', 'Estimated SP', 'Estimation', 'Estimate'],
    lacking: 'keep story points',
  },
  priority: { types: ['status'], titles: ['Priority'], lacking: 'give an issue a priority' },
  type: { types: ['status'], titles: ['Type', 'Issue type', 'Task type'], lacking: 'give an issue a type' },
  parent: { types: ['board_relation'], titles: ['Parent', 'Epic'], lacking: 'give an issue a parent' },
  dependencies: {
    types: ['dependency'],
    titles: ['Dependent on', 'Depends on', 'Dependencies'],
    anyOf: 'dependency',
    lacking: 'keep dependencies',
  },
  related: { types: ['board_relation'], titles: ['Related', 'Relates to', 'Related items'], lacking: 'relate issues' },
} as const satisfies Readonly<Record<string, Role>>;
export type RoleName = keyof typeof ROLES;

export type Columns = Readonly<Partial<Record<RoleName, WireColumn>>>;

/** As monday calls the types in its menu. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  status: 'Status',
  dropdown: 'Dropdown',
  tags: 'Tags',
  long_text: 'Long text',
  text: 'Text',
  people: 'People',
  date: 'Date',
  numbers: 'Numbers',
  board_relation: 'Connect boards',
  dependency: 'Dependency',
};

const NAMES = Object.keys(ROLES) as RoleName[];

/** Throws `configuration` for a setting that names no field, no column, or one of another type. */
export function columnsOf(all: readonly WireColumn[], setting: string | undefined): Columns {
  const live = all.filter(({ archived }) => archived !== true);
  for (const { id, title, type } of live) for (const text of [id, title, type]) neededText('monday', 'a column', text);
  const found = new Map<RoleName, WireColumn>();
  for (const [role, [wanted = '']] of Object.entries(mappingOf(setting)))
    found.set(roleOf(role), named(live, role, wanted));
  const free = ({ types }: Role) => {
    const taken = new Set([...found.values()].map(({ id }) => id));
    return live.filter(({ id, type }) => types.includes(type) && !taken.has(id));
  };
  for (const name of NAMES.filter((role) => !found.has(role))) {
    const role: Role = ROLES[name];
    const titles = role.titles.map(fold);
    // the first title goes first, whatever the order on the board
    const [column] = free(role)
      .filter(({ title }) => titles.includes(fold(title)))
      .toSorted((one, other) => titles.indexOf(fold(one.title)) - titles.indexOf(fold(other.title)));
    if (column) found.set(name, column);
  }
  for (const name of NAMES.filter((role) => !found.has(role))) {
    const role: Role = ROLES[name];
    const column = free(role).find(({ type }) => type === role.anyOf);
    if (column) found.set(name, column);
  }
  return Object.fromEntries(found);
}

function roleOf(word: string): RoleName {
  const role = NAMES.find((name) => name === fold(word));
  if (role) return role;
  throw badColumns(
    `“${plainLine(word, 60)}” is not a field that a column can hold; the fields are ${NAMES.join(', ')}.`,
  );
}

function named(live: readonly WireColumn[], word: string, wanted: string): WireColumn {
  const role: Role = ROLES[roleOf(word)];
  const column = live.find(({ id }) => id === wanted) ?? live.find(({ title }) => fold(title) === fold(wanted));
  if (column && role.types.includes(column.type)) return column;
  const types = role.types.map(typeName).join(' or ');
  const fitting = live.filter(({ type }) => role.types.includes(type)).map(({ title }) => `“${plainLine(title, 60)}”`);
  throw badColumns(
    `The board has no column “${plainLine(wanted, 60)}” of the type ${types} for ${word}. Available: ${fitting.join(', ') || 'none'}.`,
  );
}

function badColumns(message: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message,
    remedy: 'Please correct `monday.columns` (PACE_MONDAY_COLUMNS), e.g. `columns: { status: Stage, labels: Topics }`.',
  });
}

/** How to get a column that is missing. */
export function howToAdd(name: RoleName): string {
  const { types, titles }: Role = ROLES[name];
  const [title = ''] = titles;
  return `Please add a column of the type ${typeName(types[0] ?? '')} with the title “${title}” to the board, or name one that is there under \`monday.columns.${name}\`.`;
}

/** Throws `unsupported` where there is none. */
export function columnFor(columns: Columns, name: RoleName): WireColumn {
  const column = columns[name];
  if (column) return column;
  throw unsupported('monday', ROLES[name].lacking, howToAdd(name));
}

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

export function fold(name: string): string {
  return name.trim().toLowerCase();
}
