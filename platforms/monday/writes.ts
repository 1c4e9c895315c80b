/** Creating and changing items: one mutation with all values, after one look where something has to be known. */

import { wouldTakeAlong } from '../../core/drivers/whole-deletion.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Issue, IssueDraft, IssuePatch, Person, Target } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { editedLabels } from '../../core/tracker/patched-issue.ts';
import { idOf } from './address.ts';
import { type Board, knownLabel, learn, learnFrom } from './board.ts';
import { columnFor } from './columns.ts';
import { fieldValues, labelsValue, peopleValue, statusValue, type Values } from './fields.ts';
import type { Tracker } from './issue-context.ts';
import { type Found, itemIn } from './lookup.ts';
import { readTexts, writtenData, writtenTexts } from './metadata.ts';
import type { Operation } from './refusals.ts';
import { ITEM, needed, type WireItem, type WireUser } from './shapes.ts';
import { NO_STATUS } from './states.ts';
import { isArchived, labelsOf, stateOf, statusOf, toIssue, valueIn } from './wire.ts';

export const TITLE_LIMIT = 255;

const MOMENT = 60_000;
/** A long list is not kept. */
const MOST_SEEN = 200;

/** An issue as it stands in an answer. */
export function read({ world, states, seen }: Tracker, board: Board, item: WireItem): Issue {
  learnFrom(board, item);
  seen.delete(String(item.id));
  seen.set(String(item.id), { item, at: world.now() });
  const [oldest] = seen.keys();
  if (seen.size > MOST_SEEN && oldest !== undefined) seen.delete(oldest);
  return toIssue(board, states, item);
}

/** The board too is known then. */
function seenNow({ world, seen, lookup }: Tracker, id: string): { board: Board; item: WireItem } | undefined {
  const [board, last] = [lookup.known(), seen.get(id)];
  return board && last && world.now() - last.at < MOMENT ? { board, item: last.item } : undefined;
}

export async function createIssue(tracker: Tracker, draft: IssueDraft): Promise<Issue> {
  const operation = 'createIssue';
  const { title, body, metadata = {}, labels = [], assignees = [], parent, state = 'open' } = draft;
  const above = parent === undefined ? [] : [idOf(parent)];
  const found = await tracker.lookup.find(operation, { items: above, people: assignees.length > 0 });
  for (const key of above) itemIn(found, key);
  const { board } = found;
  const { ids, unknown } = peopleNamed(found.people, assignees);
  const status = tracker.states.choose(board, { state });
  const fields = {
    ...writtenTexts(board.columns, { body: storable(body), metadata }),
    ...fieldValues(board, draft),
    ...(status === null ? {} : statusValue(board, status)),
  };
  const people = ids.length === 0 ? {} : peopleValue(board, ids);
  const labelled = await labelValues(tracker, operation, board, labels);
  const name = cut(storable(title), TITLE_LIMIT);
  const send = (values: Values) => create(tracker, board, { name, values, creates: labelled.creates });
  const plain = { ...fields, ...(labels.length === 0 ? {} : labelled.values) };
  const item = await send({ ...plain, ...people }).catch((error: unknown) => {
    if (ids.length === 0 || asPaceError(error).kind !== 'validation') throw error;
    unknown.push(...ids);
    return send(plain);
  });
  if (unknown.length > 0) {
    const names = plainLine(unknown.join(', '), 200);
    tracker.world.log.warn(`${plainLine(item.url, 200)} is opened without ${names}: they cannot be assigned.`);
  }
  return read(tracker, board, item);
}

interface NewItem {
  readonly name: string;
  readonly values: Values;
  /** Whether labels are made that the board does not have yet. */
  readonly creates: boolean;
}

async function create({ api }: Tracker, board: Board, { name, values, creates }: NewItem): Promise<WireItem> {
  const given =
    'board_id: $board, group_id: $group, item_name: $name, column_values: $values, create_labels_if_missing: $creates';
  const answer = await api.mutate<{ readonly create_item?: WireItem }>('createIssue', {
    fields: [`create_item(${given}) { ${ITEM} }`],
    declared: ['$board: ID!', '$group: String', '$name: String!', '$values: JSON', '$creates: Boolean'],
    variables: { board: board.id, group: board.group, name, values: JSON.stringify(filled(values)), creates },
  });
  return needed(answer.create_item, 'create_item');
}

export async function updateIssue(tracker: Tracker, key: string, patch: IssuePatch): Promise<Issue> {
  const operation = 'updateIssue';
  const id = idOf(key);
  const above = typeof patch.parent === 'string' ? [idOf(patch.parent)] : [];
  const seen = seenNow(tracker, id);
  const rest = seen && readTexts(seen.board.columns, seen.item).rest;
  const isElsewhere = seen !== undefined && stateOf(seen.board, tracker.states, seen.item) !== patch.state;
  const needsState = patch.state !== undefined && !isElsewhere;
  const wanted = [...(needsState || needsBefore(patch, rest) ? [id] : []), ...above];
  const people = (patch.assignees ?? []).length > 0;
  const found = await tracker.lookup.find(operation, { items: wanted, people });
  const before = wanted.includes(id) ? itemIn(found, id) : undefined;
  for (const parent of above) itemIn(found, parent);
  const { board } = found;
  const labels = before ? editedLabels(labelsOf(valueIn(board, before, 'labels')), patch) : patch.labels;
  const simple = {
    ...(patch.title === undefined ? {} : { name: cut(storable(patch.title), TITLE_LIMIT) }),
    ...textValues(board, patch, before, rest ?? ''),
    ...fieldValues(board, patch),
    ...(await assigneeValues(tracker, found, patch, before ?? id)),
    ...(patch.state === undefined ? {} : moved(tracker, board, patch.state, before)),
  };
  const labelled = labels ? await labelValues(tracker, operation, board, labels) : { values: {}, creates: false };
  const values = { ...simple, ...labelled.values };
  if (Object.keys(values).length === 0) return read(tracker, board, before ?? (await itemNow(tracker, operation, id)));
  return read(tracker, board, await change(tracker, operation, { board, id, values, creates: labelled.creates }));
}

/** Labels beside others, and half of what shares a column with the other half, need the item as it is; so does an empty patch. */
function needsBefore(
  { addLabels, removeLabels, body, metadata, ...others }: IssuePatch,
  rest: string | undefined,
): boolean {
  if (addLabels || removeLabels || (body !== undefined && metadata === undefined)) return true;
  if (metadata !== undefined && body === undefined) return rest === undefined;
  return body === undefined && Object.values(others).every((value) => value === undefined);
}

function textValues(board: Board, { body, metadata }: IssuePatch, before: WireItem | undefined, rest: string): Values {
  const old = before ? readTexts(board.columns, before) : { metadata: {}, rest };
  if (body !== undefined)
    return writtenTexts(board.columns, { body: storable(body), metadata: metadata ?? old.metadata });
  return metadata === undefined ? {} : writtenData(board.columns, { metadata, rest: old.rest });
}

/** Whoever is assigned already may stay, also who has left the account. */
async function assigneeValues(
  tracker: Tracker,
  { board, people }: Found,
  { assignees }: IssuePatch,
  present: WireItem | string,
): Promise<Values> {
  if (assignees === undefined) return {};
  const { ids, unknown } = peopleNamed(people, assignees);
  if (unknown.length === 0) return peopleValue(board, ids);
  const item = typeof present === 'string' ? await itemNow(tracker, 'updateIssue', present) : present;
  const assigned = toIssue(board, tracker.states, item).assignees.map((person) => person.id);
  const strangers = unknown.filter((name) => !assigned.includes(name));
  if (strangers.length > 0) throw noSuchPeople(strangers, people);
  return peopleValue(board, [...ids, ...unknown]);
}

function moved({ states }: Tracker, board: Board, state: Target['state'], before: WireItem | undefined): Values {
  if (before && stateOf(board, states, before) === state) return {};
  const label = states.choose(board, { state });
  return statusValue(board, label);
}

export async function transitionIssue(tracker: Tracker, key: string, target: Target): Promise<Issue> {
  const operation = 'transitionIssue';
  const id = idOf(key);
  const isThere = (board: Board, item: WireItem) =>
    target.name === undefined
      ? stateOf(board, tracker.states, item) === target.state
      : nameOf(board, item) === target.name;
  const last = seenNow(tracker, id);
  if (last && !isThere(last.board, last.item) && !isArchived(last.item)) return move(last.board);
  const found = await tracker.lookup.find(operation, { items: [id] });
  const item = itemIn(found, id);
  if (isThere(found.board, item)) return read(tracker, found.board, item);
  if (isArchived(item)) throw archived(id);
  return move(found.board);

  async function move(board: Board): Promise<Issue> {
    const values = statusValue(board, tracker.states.choose(board, target));
    return read(tracker, board, await change(tracker, operation, { board, id, values }));
  }
}

/** monday keeps it in the trash for thirty days, and its subitems with it. */
export async function deleteIssue({ api, lookup, seen }: Tracker, key: string): Promise<void> {
  const operation = 'deleteIssue';
  const id = idOf(key);
  itemIn(await lookup.find(operation, { items: [id] }), id);
  const declared = ['$id: ID!'];
  const variables = { id };
  const { items } = await api.query<WithSubitems>(operation, {
    fields: ['items(ids: [$id]) { subitems { id } }'],
    declared,
    variables,
  });
  if ((needed(items?.[0], 'items').subitems ?? []).length > 0) throw wouldTakeAlong(key);
  await api.mutate(operation, { fields: ['delete_item(item_id: $id) { id }'], declared, variables });
  seen.delete(id);
}

interface WithSubitems {
  readonly items?: readonly { readonly subitems?: readonly unknown[] | null }[] | null;
}

function nameOf(board: Board, item: WireItem): string {
  return statusOf(board, item) || NO_STATUS;
}

interface Change {
  readonly board: Board;
  readonly id: string;
  readonly values: Values;
  /** Labels of a dropdown are made on the way: a right of its own. */
  readonly creates?: boolean;
}

export async function change({ api }: Tracker, operation: Operation, { board, id, values, creates = false }: Change) {
  const given = 'board_id: $board, item_id: $id, column_values: $values, create_labels_if_missing: $creates';
  const answer = await api.mutate<{ readonly change_multiple_column_values?: WireItem }>(operation, {
    fields: [`change_multiple_column_values(${given}) { ${ITEM} }`],
    declared: ['$board: ID!', '$id: ID!', '$values: JSON!', '$creates: Boolean'],
    variables: { board: board.id, id, values: JSON.stringify(values), creates },
  });
  return needed(answer.change_multiple_column_values, 'change_multiple_column_values');
}

export async function itemNow({ lookup }: Tracker, operation: Operation, key: string): Promise<WireItem> {
  const id = idOf(key);
  return itemIn(await lookup.find(operation, { items: [id] }), id);
}

/** Tags must be there before an item can have them: all that are missing are made in one request. */
async function labelValues({ api }: Tracker, operation: Operation, board: Board, labels: readonly string[]) {
  const unique = [...new Set(labels)];
  if (unique.length > 0 && columnFor(board.columns, 'labels').type === 'tags') {
    const missing = unique.filter((name) => !knownLabel(board, name));
    const fields = missing.map(
      (_, place) => `t${place}: create_or_get_tag(tag_name: $t${place}, board_id: $board) { id name }`,
    );
    const declared = ['$board: ID', ...missing.map((_, place) => `$t${place}: String`)];
    const names = Object.fromEntries(missing.map((name, place) => [`t${place}`, name.trim()]));
    const variables = { ...names, ...(board.isPrivate ? { board: board.id } : {}) };
    if (missing.length > 0) {
      const made = await api.mutate<Record<string, { id: string; name: string }>>(operation, {
        fields,
        declared,
        variables,
      });
      learn(
        board,
        missing.map((_, place) => needed(made[`t${place}`], 'create_or_get_tag')),
      );
    }
  }
  return labelsValue(board, unique);
}

/** People by id, e-mail or name. */
function peopleNamed(people: readonly WireUser[], names: readonly string[]): { ids: string[]; unknown: string[] } {
  const ids = new Set<string>();
  const unknown: string[] = [];
  for (const name of names) {
    const wanted = name.trim().replace(/^@/, '').toLowerCase();
    const person =
      people.find(({ id }) => String(id) === wanted) ??
      people.find(({ email, name: full }) => email?.toLowerCase() === wanted || full.toLowerCase() === wanted);
    if (person) ids.add(String(person.id));
    else unknown.push(name);
  }
  return { ids: [...ids], unknown };
}

function noSuchPeople(unknown: readonly string[], people: readonly Pick<Person, 'name'>[]): PaceError {
  const known = people.slice(0, 20).map(({ name }) => plainLine(name, 60));
  return new PaceError({
    kind: 'validation',
    message: `${plainLine(unknown.join(', '), 200)} cannot be assigned: the account has nobody with this id, e-mail address or name.`,
    remedy: `Please name one of: ${known.join(', ')}.`,
  });
}

function archived(id: string): PaceError {
  return new PaceError({
    kind: 'transition',
    message: `Item ${id} is in the archive of the board, and cannot be moved there.`,
    remedy: 'Please take it out of the archive first (board menu → Archive/trash).',
  });
}

/** A new item has no values to empty. */
function filled(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));
}
