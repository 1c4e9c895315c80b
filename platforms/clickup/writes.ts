/** Creating and changing tasks. https://developer.clickup.com/reference/createtask */

import { defined } from '../../core/defined.ts';
import { wouldTakeAlong } from '../../core/drivers/whole-deletion.ts';
import { PaceError, unsupported } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch, Target } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { fieldsOf, finishing, inSteps } from '../../core/tracker/partly.ts';
import { keyOf } from './address.ts';
import { toMoment } from './due-date.ts';
import type { Place } from './issue-context.ts';
import { tagNames } from './labels.ts';
import { BUILT_IN_TYPES } from './lookup.ts';
import { splitMetadata, withMetadata } from './metadata.ts';
import type { Operation } from './refusals.ts';
import { sameName, statusesOf } from './states.ts';
import { listOf, need, tagsOf, toPerson, type WireTask, type WireUser } from './wire.ts';

export const TITLE_LIMIT = 255;

type Fields = Readonly<Record<string, unknown>>;

/** What the draft names is looked for before anything is written. */
export async function createIssue(place: Place, draft: IssueDraft): Promise<WireTask> {
  const operation = 'createIssue';
  const { api, lookup, states, tags } = place;
  const names = tagNames(draft.labels ?? []);
  const { state = 'open', type, body, metadata, parent } = draft;
  const text = withMetadata(storable(body), metadata);
  const assignees = await assigneesOfDraft(place, draft);
  const fields: Fields = {
    ...simpleFields(draft),
    ...(text === '' ? {} : { markdown_content: text }),
    ...(names.length === 0 ? {} : { tags: names }),
    ...(assignees.length === 0 ? {} : { assignees }),
    ...(type === undefined ? {} : { custom_item_id: await typeId(place, operation, type) }),
    ...(parent === undefined ? {} : { parent: await existingId(place, operation, parent) }),
    // new tasks are open
    ...(state === 'open' && !states.namesOpen
      ? {}
      : { status: states.choose({ state }, statusesOf(await lookup.list(operation))).status }),
  };
  const path = ['list', api.list, 'task'];
  // first, so that the task is whole at once
  await tags.ensure(operation, names);
  const created = await api.call<WireTask>(operation, { method: 'POST', path, body: fields });
  const id = need('id', created.id);
  return finishing(id, async () => withTags(place, operation, await whole(place, operation, created), names));
}

/** A tag that has been deleted since it was looked for is dropped without a word: it is made again. */
async function withTags(
  { tags, lookup }: Place,
  operation: Operation,
  task: WireTask,
  names: readonly string[],
): Promise<WireTask> {
  const there = tagsOf(task);
  const missing = names.filter((name) => !there.some((each) => sameName(each, name)));
  if (missing.length === 0) return task;
  tags.forget();
  await tags.ensure(operation, missing);
  await tags.add(operation, task.id, missing);
  return lookup.task(operation, task.id);
}

export async function updateIssue(place: Place, key: string, patch: IssuePatch): Promise<WireTask> {
  const operation = 'updateIssue';
  const { lookup, tags } = place;
  const before = needsBefore(key, patch) ? await lookup.task(operation, key) : undefined;
  const id = before ? need('id', before.id) : keyOf(key).id;
  const { added, removed } = tagChanges(patch, before);
  const fields = { ...(await patchFields(place, patch)), ...(before ? await fieldsBeside(place, patch, before) : {}) };
  const steps = inSteps(key);
  if (patch.parent === null && before?.parent) await steps.write('parent', () => detach(place, id));
  await steps.read(() => tags.ensure(operation, added));
  // first, so that the answer to the rest has them
  const addTag = (name: string) => () => tags.add(operation, id, [name]);
  const removeTag = (name: string) => () => tags.remove(operation, id, [name]);
  for (const name of added) await steps.write('labels', addTag(name), removeTag(name));
  for (const name of removed) await steps.write('labels', removeTag(name), addTag(name));
  const isChanged = added.length > 0 || removed.length > 0 || patch.parent === null;
  const isWritten = Object.keys(fields).length > 0;
  if (!isWritten && !isChanged && before) return before;
  if (!isWritten) {
    const task = await steps.read(() => lookup.task(operation, id));
    return steps.read(() => withTags(place, operation, task, added));
  }
  const answer = await steps.write(fieldsOf(patch, 'labels'), () => sent(place, operation, id, fields));
  return steps.read(async () => withTags(place, operation, await whole(place, operation, answer), added));
}

export async function transitionIssue(place: Place, key: string, target: Target): Promise<WireTask> {
  const operation = 'transitionIssue';
  const before = await place.lookup.task(operation, key);
  const fields = await statusField(place, operation, before, target);
  return fields ? put(place, operation, need('id', before.id), fields) : before;
}

/** ClickUp keeps it in the trash for thirty days, and its subtasks with it. */
export async function deleteIssue({ api, lookup }: Place, key: string): Promise<void> {
  const operation = 'deleteIssue';
  const id = await lookup.id(operation, key);
  const query = { include_subtasks: 'true' };
  const { subtasks } = await api.call<{ subtasks?: readonly unknown[] | null }>(operation, {
    path: ['task', id],
    query,
  });
  if (listOf(subtasks, 'subtasks').length > 0) throw wouldTakeAlong(key);
  await api.send(operation, { method: 'DELETE', path: ['task', id] });
}

async function put(place: Place, operation: Operation, id: string, fields: Fields): Promise<WireTask> {
  return whole(place, operation, await sent(place, operation, id, fields));
}

/** As it is answered, which need not be the whole task. */
function sent({ api }: Place, operation: Operation, id: string, fields: Fields): Promise<WireTask> {
  return api.call<WireTask>(operation, { method: 'PUT', path: ['task', id], body: fields });
}

/** The task as Markdown: the answer to a write may lack it. */
async function whole({ lookup }: Place, operation: Operation, task: WireTask): Promise<WireTask> {
  const id = need('id', task.id);
  return typeof task.markdown_description === 'string' ? task : lookup.task(operation, id);
}

/**
 * ClickUp documents no way to make a task of a subtask, and ignores `null`; “none” is taken all the same. Whether it was is
 * looked at before anything else is written.
 */
async function detach(place: Place, id: string): Promise<void> {
  const task = await put(place, 'updateIssue', id, { parent: 'none' });
  if (!task.parent) return;
  throw unsupported('ClickUp', 'make a task of a subtask', 'Please move it by hand: task menu → Convert to task.');
}

function needsBefore(key: string, patch: IssuePatch): boolean {
  const { labels, addLabels, removeLabels, assignees, addAssignees, removeAssignees, state, parent, body, metadata } =
    patch;
  if (keyOf(key).isCustom || parent === null || (body === undefined) !== (metadata === undefined)) return true;
  const named = [labels, addLabels, removeLabels, assignees, addAssignees, removeAssignees, state];
  return named.some((given) => given !== undefined);
}

function tagChanges({ labels, addLabels = [], removeLabels = [] }: IssuePatch, before: WireTask | undefined) {
  const there = before ? tagsOf(before) : [];
  const wanted = tagNames(labels ?? addLabels);
  const isIn = (name: string, names: readonly string[]) => names.some((each) => sameName(each, name));
  return {
    added: wanted.filter((name) => !isIn(name, there)),
    removed: there.filter((name) => (labels ? !isIn(name, wanted) : isIn(name, removeLabels))),
  };
}

/** What a change says by itself. */
async function patchFields(place: Place, patch: IssuePatch): Promise<Fields> {
  const { type, parent, body, metadata } = patch;
  return {
    ...simpleFields(patch),
    ...(body === undefined || metadata === undefined ? {} : textFields(withMetadata(storable(body), metadata))),
    ...(type === undefined ? {} : { custom_item_id: await typeId(place, 'updateIssue', type) }),
    ...(typeof parent === 'string' ? { parent: await existingId(place, 'updateIssue', parent) } : {}),
  };
}

/** What depends on the task as it is. */
async function fieldsBeside(place: Place, patch: IssuePatch, before: WireTask): Promise<Fields> {
  const { body, metadata, state } = patch;
  const kept = splitMetadata(before.markdown_description ?? '');
  const text = withMetadata(body === undefined ? kept.body : storable(body), metadata ?? kept.metadata);
  const people = await assigneeChanges(place, patch, before);
  return {
    ...((body === undefined) === (metadata === undefined) ? {} : textFields(text)),
    ...(people.add.length + people.rem.length > 0 ? { assignees: people } : {}),
    ...(state === undefined ? {} : await statusField(place, 'updateIssue', before, { state })),
  };
}

/** An empty description is a blank one: https://developer.clickup.com/reference/updatetask */
function textFields(text: string): Fields {
  return text === '' ? { description: ' ' } : { markdown_content: text };
}

function simpleFields({ title, priority, storyPoints, dueDate }: IssuePatch): Fields {
  return {
    ...(title === undefined ? {} : { name: cut(storable(title), TITLE_LIMIT) }),
    ...(priority === undefined ? {} : { priority: priority === null ? null : priority + 1 }),
    ...defined({ points: storyPoints, due_date: dueDate && toMoment(dueDate) }),
    ...(typeof dueDate === 'string' ? { due_date_time: false } : {}),
  };
}

/** `undefined` when the task is there. */
async function statusField(
  { lookup, states }: Place,
  operation: Operation,
  before: WireTask,
  target: Target,
): Promise<Fields | undefined> {
  const { status, list } = before;
  const isThere =
    target.name === undefined ? states.toState(status) === target.state : sameName(status.status, target.name);
  if (isThere) return undefined;
  return { status: states.choose(target, statusesOf(await lookup.list(operation, list?.id))).status };
}

async function assigneesOfDraft({ lookup, world }: Place, { assignees = [] }: IssueDraft): Promise<number[]> {
  const ids = new Set<number>();
  for (const who of assignees) {
    const member = await lookup.member('createIssue', who);
    if (member) ids.add(Number(member.id));
    else world.log.warn(`ClickUp does not know ${plainLine(who, 60)}: the task is opened without that person.`);
  }
  return [...ids];
}

/** Those who are added and removed, each by itself: whoever else is there stays, also one who could not be assigned any more. */
async function assigneeChanges(
  place: Place,
  { assignees, addAssignees = [], removeAssignees = [] }: IssuePatch,
  before: WireTask,
): Promise<{ add: number[]; rem: number[] }> {
  const there = listOf(before.assignees, 'assignees');
  const wanted = await memberIds(place, assignees ?? addAssignees);
  const isGone = (person: WireUser) => removeAssignees.some((name) => isCalled(person, name));
  const gone = there.filter((person) => (assignees ? !wanted.includes(Number(person.id)) : isGone(person)));
  const present = there.map(({ id }) => Number(id));
  return { add: wanted.filter((id) => !present.includes(id)), rem: gone.map(({ id }) => Number(id)) };
}

async function memberIds({ lookup }: Place, names: readonly string[]): Promise<number[]> {
  const ids = new Set<number>();
  for (const who of names) {
    const member = await lookup.member('updateIssue', who);
    if (!member) throw nobody(who);
    ids.add(Number(member.id));
  }
  return [...ids];
}

function isCalled(person: WireUser, name: string): boolean {
  const { id, name: called } = toPerson(person);
  return sameName(id, name) || sameName(called, name);
}

function nobody(who: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The Workspace has nobody called “${plainLine(who, 60)}”.`,
    remedy: 'Please check the name: `pace user list` shows who is there.',
  });
}

async function typeId({ lookup }: Place, operation: Operation, type: string): Promise<number> {
  const known =
    BUILT_IN_TYPES.find(({ name }) => sameName(name, type)) ??
    (await lookup.types(operation)).find(({ name }) => sameName(name, type));
  if (known) return known.id;
  const names = [...BUILT_IN_TYPES, ...(await lookup.types(operation))].map(({ name }) => plainLine(name, 40));
  throw new PaceError({
    kind: 'validation',
    message: `The Workspace has no task type “${plainLine(type, 60)}”.`,
    remedy: `Please choose one of: ${names.join(', ')}.`,
  });
}

/** The id of a task that is there. */
async function existingId({ lookup }: Place, operation: Operation, key: string): Promise<string> {
  return need('id', (await lookup.task(operation, key)).id);
}
