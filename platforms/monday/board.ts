/** What is known about the board: its columns by their part, and the labels that they offer. */

import { PaceError } from '../../core/errors.ts';
import { anyText, neededText } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { type Columns, columnsOf, fold } from './columns.ts';
import { listOf, type WireBoard, type WireColumn, type WireItem } from './shapes.ts';

export interface ColumnLabel {
  readonly id: string;
  readonly name: string;
  /** A label of a status that counts as done at monday. */
  readonly isDone: boolean;
}

export interface Board {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  /** The token's user may only look. */
  readonly isReadOnly: boolean;
  readonly columns: Columns;
  /** Where new items go; absent: to the top. */
  readonly group: string | undefined;
  /** The labels of a status or dropdown column. */
  labelsOf(column: WireColumn | undefined): readonly ColumnLabel[];
  /** What an issue can be labelled with here: labels of the dropdown, or tags; grows with what is seen and made. */
  readonly labels: Map<string, { readonly id: string; readonly name: string }>;
  /** When it was looked at, in milliseconds since 1970. */
  readonly seenAt: number;
}

interface WireTag {
  readonly id: string;
  readonly name: string;
}

export interface BoardAnswer {
  readonly boards?: readonly (WireBoard | null)[] | null;
  readonly tags?: readonly (WireTag | null)[] | null;
}

export function toBoard({ boards, tags }: BoardAnswer, settings: Settings, now: number): Board {
  const [wire] = listOf<WireBoard>(boards, 'boards');
  if (!wire || wire.state === 'deleted') throw noBoard(settings['board'] ?? '');
  const columns = columnsOf(listOf(wire.columns, 'columns'), settings['columns']);
  const board: Board = {
    id: neededText('monday', 'id', wire.id),
    name: neededText('monday', 'name', wire.name),
    isPrivate: wire.board_kind === 'private',
    isReadOnly: wire.access_level === 'view',
    columns,
    group: groupOf(wire, settings['group']),
    labelsOf: (column) => (column ? labelsIn(column.settings) : []),
    labels: new Map(),
    seenAt: now,
  };
  const known = columns.labels?.type === 'tags' ? listOf<WireTag>(tags, 'tags') : labelsIn(columns.labels?.settings);
  learn(board, known);
  return board;
}

export function learn(board: Board, labels: readonly { readonly id: string | number; readonly name: string }[]): void {
  for (const { id, name } of labels) if (!board.labels.has(name)) board.labels.set(name, { id: idOf(id), name });
}

/** A number of labels, a text of tags. Without one a search for the label would find nothing. */
function idOf(id: unknown): string {
  return neededText('monday', 'id', typeof id === 'number' ? String(id) : id);
}

/** Labels that others have made meanwhile stand in items. */
export function learnFrom(board: Board, { column_values: values }: WireItem): void {
  const value = values.find(({ id }) => id === board.columns.labels?.id);
  learn(board, [...(value?.values ?? []).map(({ id, label }) => ({ id, name: label })), ...(value?.tags ?? [])]);
}

/** A label as the board has it: in this very form first, else without regard to case. */
export function knownLabel(board: Board, name: string) {
  const wanted = fold(name);
  return board.labels.get(name.trim()) ?? [...board.labels.values()].find((label) => fold(label.name) === wanted);
}

function groupOf({ groups }: WireBoard, wanted: string | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  const all = listOf(groups, 'groups');
  const group = all.find(({ id }) => id === wanted) ?? all.find(({ title }) => fold(title) === fold(wanted));
  if (group) return group.id;
  const titles = all.map(({ title }) => `“${plainLine(title, 60)}”`).join(', ');
  throw new PaceError({
    kind: 'configuration',
    message: `The board has no group “${plainLine(wanted, 60)}”. Available: ${titles}.`,
    remedy: 'Please correct `monday.group` (PACE_MONDAY_GROUP), or remove it.',
  });
}

/** https://developer.monday.com/api-reference/reference/status and …/dropdown: `{ labels: [{ id, label, is_done }] }`. */
function labelsIn(settings: unknown): ColumnLabel[] {
  const parsed: unknown = typeof settings === 'string' ? JSON.parse(settings || '{}') : settings;
  const labels = isRecord(parsed) && Array.isArray(parsed['labels']) ? parsed['labels'].filter(isRecord) : [];
  return labels
    .filter((label) => label['is_deactivated'] !== true)
    .map((label) => ({
      id: idOf(label['id']),
      name: anyText('monday', 'label', label['label']),
      isDone: label['is_done'] === true,
    }))
    .filter(({ name }) => name !== '');
}

function noBoard(id: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `monday has no board ${id} that this token sees.`,
    remedy:
      'Please set `monday.board` (PACE_MONDAY_BOARD) to the number in the address of the board, and give the token’s user access to it.',
  });
}
