/** Items as issues. Pure. https://developer.monday.com/api-reference/reference/column-types-reference */
import { defined } from '../../core/defined.ts';
import { toPriority } from '../../core/drivers/field-labels.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { Issue, IssueState, Person, Priority } from '../../core/ports/index.ts';
import { asFarAsItReads, NO_ADDRESS, NO_STATE, NO_TITLE } from '../../core/tracker/odd-records.ts';
import type { Board } from './board.ts';
import type { RoleName } from './columns.ts';
import { readTexts } from './metadata.ts';
import { listOf, timeOf, toPerson, type WireItem, type WireValue } from './shapes.ts';
import type { States } from './states.ts';
import { NO_STATUS } from './states.ts';

export function toIssue(board: Board, states: States, item: WireItem): Issue {
  const key = neededText('monday', 'id', item.id);
  return asFarAsItReads(({ part, people, person, time }) => {
    const { columns } = board;
    const value = (role: RoleName) => part(() => valueIn(board, item, role), undefined);
    const text = (role: RoleName) => (columns[role] ? value(role)?.text || undefined : undefined);
    const [parent] = value('parent')?.linked_item_ids ?? [];
    const { creator } = item;
    const created = () => timeOf('created_at', item.created_at);
    const updated = () => timeOf('updated_at', item.updated_at);
    return {
      key,
      url: part(() => neededText('monday', 'url', item.url), NO_ADDRESS),
      title: part(() => neededText('monday', 'name', item.name), NO_TITLE),
      ...textsOf(part(() => readTexts(columns, item), undefined)),
      state: part(() => stateOf(board, states, item), 'open' as const),
      stateName: part(() => (isArchived(item) ? 'Archived' : statusOf(board, item) || NO_STATUS), NO_STATE),
      ...defined({ type: text('type')?.toLowerCase(), priority: part(() => priorityOf(text('priority')), undefined) }),
      labels: part(() => labelsOf(value('labels')), []),
      assignees: people(
        part(() => peopleOf(value('assignees')), []),
        (found) => ({ ...found, id: neededText('monday', 'id of a person', found.id) }),
      ),
      ...defined({
        parent: parent === undefined ? undefined : String(parent),
        storyPoints: value('points')?.number ?? undefined,
        dueDate: value('due_date')?.date || undefined,
        author: creator ? person(creator, toPerson) : undefined,
      }),
      createdAt: time(created, updated),
      updatedAt: time(updated, created),
    };
  });
}

function textsOf(read: ReturnType<typeof readTexts> | undefined): Pick<Issue, 'body' | 'metadata'> {
  return { body: read?.body ?? '', metadata: read?.metadata ?? {} };
}

export function valueIn({ columns }: Board, item: WireItem, role: RoleName): WireValue | undefined {
  const column = columns[role];
  return column && listOf<WireValue>(item.column_values, 'column_values').find(({ id }) => id === column.id);
}

/** The label of the status; `''` when there is none. */
export function statusOf(board: Board, item: WireItem): string {
  return valueIn(board, item, 'status')?.text ?? '';
}

/** Nobody works on what is in the archive; only what was done before is done. */
export function stateOf(board: Board, states: States, item: WireItem): IssueState {
  const state = states.toState(board, statusOf(board, item));
  return isArchived(item) && state !== 'done' ? 'canceled' : state;
}

export function isArchived({ state }: WireItem): boolean {
  return state === 'archived';
}

export function labelsOf(value: WireValue | undefined): string[] {
  const dropdown = (value?.values ?? []).map(({ label }) => label);
  return [...dropdown, ...(value?.tags ?? []).map(({ name }) => name)];
}

/** Templates have words like “Critical ⚠️”. */
export function priorityOf(label: string | undefined): Priority | undefined {
  return toPriority(label?.match(/[\p{L}\p{N}]+/u)?.[0]);
}

/** The value has ids, its text the names in the same order. */
function peopleOf(value: WireValue | undefined): Person[] {
  const all = value?.persons_and_teams ?? [];
  const names = (value?.text ?? '').split(', ');
  return all
    .map(({ id, kind }, place) => ({ id, kind, name: (names.length === all.length && names[place]) || id }))
    .filter(({ kind }) => kind !== 'team')
    .map(({ id, name }) => ({ id: String(id), name }));
}
