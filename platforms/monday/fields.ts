/** What is written into columns, in the forms that each type wants. https://developer.monday.com/api-reference/docs/change-column-values */
import { PaceError } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { type Board, type ColumnLabel, knownLabel } from './board.ts';
import { columnFor, fold, type RoleName } from './columns.ts';
import { priorityOf } from './wire.ts';

/** By the column's id; `null` empties it. */
export type Values = Record<string, unknown>;

/** Everything but texts, state, labels and people. Throws `unsupported` for what has no column. */
export function fieldValues(board: Board, written: IssueDraft | IssuePatch): Values {
  const { type, priority, parent, storyPoints, dueDate } = written;
  return {
    ...cell(board, 'type', type, (name) => ({ label: typeLabel(board, name) })),
    ...cell(board, 'priority', priority, (wanted) => ({ label: priorityLabel(board, wanted) })),
    ...cell(board, 'parent', parent, (key) => ({ item_ids: [Number(key)] })),
    ...cell(board, 'points', storyPoints, String),
    ...cell(board, 'due_date', dueDate, (date) => ({ date })),
  };
}

/** What a tracker lacks may be cleared all the same. */
function cell<Value>(
  board: Board,
  role: RoleName,
  value: Value | null | undefined,
  form: (value: Value) => unknown,
): Values {
  if (value === undefined || (value === null && !board.columns[role])) return {};
  return { [columnFor(board.columns, role).id]: value === null ? null : form(value) };
}

export function statusValue(board: Board, label: string | null): Values {
  const { status } = board.columns;
  return status ? { [status.id]: label === null ? null : { label } } : {};
}

export function peopleValue(board: Board, ids: readonly string[]): Values {
  if (ids.length === 0 && !board.columns.assignees) return {};
  const personsAndTeams = ids.map((id) => ({ id: Number(id), kind: 'person' }));
  return { [columnFor(board.columns, 'assignees').id]: ids.length === 0 ? null : { personsAndTeams } };
}

/** Labels by name in a dropdown, by id as tags: these are there then. */
export function labelsValue(board: Board, labels: readonly string[]): { values: Values; creates: boolean } {
  if (labels.length === 0 && !board.columns.labels) return { values: {}, creates: false };
  const column = columnFor(board.columns, 'labels');
  if (labels.length === 0) return { values: { [column.id]: null }, creates: false };
  const known = labels.map((name) => knownLabel(board, name));
  if (column.type === 'tags')
    return { values: { [column.id]: { tag_ids: known.flatMap((tag) => Number(tag?.id)) } }, creates: false };
  const names = labels.map((name, place) => known[place]?.name ?? name.trim());
  return { values: { [column.id]: { labels: [...new Set(names)] } }, creates: known.includes(undefined) };
}

export function typesOf(board: Board): string[] {
  return board.labelsOf(board.columns.type).map(({ name }) => name.toLowerCase());
}

function typeLabel(board: Board, wanted: string): string {
  return oneOf(board.labelsOf(board.columns.type), 'type', wanted, ({ name }) => fold(name) === fold(wanted));
}

function priorityLabel(board: Board, wanted: number): string {
  return oneOf(
    board.labelsOf(board.columns.priority),
    'priority',
    String(wanted),
    ({ name }) => priorityOf(name) === wanted,
  );
}

function oneOf(
  labels: readonly ColumnLabel[],
  what: string,
  wanted: string,
  fits: (label: ColumnLabel) => boolean,
): string {
  const found = labels.find(fits);
  if (found) return found.name;
  const names = labels.map(({ name }) => `“${plainLine(name, 60)}”`).join(', ');
  throw new PaceError({
    kind: 'validation',
    message: `No label of the column for the ${what} stands for ${plainLine(wanted, 60)}. Available: ${names || 'none'}.`,
    remedy: 'Please choose one of them, or add a label on the board.',
  });
}
