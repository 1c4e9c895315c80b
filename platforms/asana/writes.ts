/** Creating and changing tasks. Tags, parents and sections have calls of their own: all that can be refused is looked at before the first. */

import { defined } from '../../core/defined.ts';
import { wouldTakeAlong } from '../../core/drivers/whole-deletion.ts';
import { asPaceError, withOperation } from '../../core/errors.ts';
import { neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Target } from '../../core/ports/index.ts';
import type { Issue, IssueDraft, IssuePatch } from '../../core/ports/issue.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { fieldsOf, finishing, inSteps } from '../../core/tracker/partly.ts';
import { gidOf } from './address.ts';
import type { Operation } from './api.ts';
import { fieldValues } from './custom-fields.ts';
import type { Tracker } from './issue-context.ts';
import { fold } from './labels.ts';
import { unknownPerson } from './people.ts';
import { readNotes, storable, toNotes, withMetadata } from './rich-text.ts';
import type { Move, Present } from './states.ts';
import { presentOf, TASK_FIELDS, toIssue, type WireTask } from './wire.ts';

export const TITLE_LIMIT = 1000;

type Data = Readonly<Record<string, unknown>>;

/** A task to be sent, and where it has to go afterwards. */
export interface ReadyDraft {
  readonly data: Data;
  readonly move: Move | undefined;
}

export async function readTask({ api, tags }: Tracker, operation: Operation, key: string): Promise<WireTask> {
  const task = await api.call<WireTask>(operation, {
    path: `/tasks/${gidOf(operation, 'task', key)}`,
    fields: TASK_FIELDS,
    scope: 'tasks:read',
  });
  neededText('Asana', 'gid', task.gid);
  tags.learn(task.tags ?? []);
  return task;
}

export async function createIssue(tracker: Tracker, draft: IssueDraft): Promise<Issue> {
  const { data, move } = await readyDraft(tracker, draft);
  const task = await tracker.api.call<WireTask>('createIssue', {
    method: 'POST',
    path: '/tasks',
    data,
    fields: TASK_FIELDS,
  });
  return finished(tracker, task, move);
}

/** Everything that is needed to create the task; the tags, which are created, come last. */
export async function readyDraft(tracker: Tracker, draft: IssueDraft): Promise<ReadyDraft> {
  const { api, project, states, tags, people, world } = tracker;
  const { title, body, metadata, state = 'open', labels = [], parent, dueDate, assignees: [who] = [] } = draft;
  const begin: Present = { completed: false, section: { gid: '', name: '' } };
  const move = state === 'open' ? undefined : states.plan({ state }, begin, await project.sections('createIssue'));
  const values = await customValues(tracker, 'createIssue', draft);
  const parentGid = parent === undefined ? undefined : await existing(tracker, 'createIssue', parent);
  const assignee = who === undefined ? undefined : await people.find('createIssue', who);
  if (who !== undefined && assignee === undefined)
    world.log.warn(`Asana does not know ${plainLine(who, 60)}: the task is opened without that person.`);
  const tagGids = labels.length === 0 ? [] : await tags.ensure('createIssue', labels);
  const data = {
    name: cut(storable(title), TITLE_LIMIT),
    html_notes: toNotes(body, metadata),
    projects: [api.project],
    ...(move?.completed ? { completed: true } : {}),
    ...defined({
      parent: parentGid,
      assignee,
      due_on: dueDate,
      custom_fields: Object.keys(values).length > 0 ? values : undefined,
      tags: tagGids.length > 0 ? [...new Set(tagGids)] : undefined,
    }),
  };
  return { data, move };
}

/** A new task lies in the first section, which need not be that of open ones. */
export async function finished(tracker: Tracker, task: WireTask, move: Move | undefined): Promise<Issue> {
  const { api, project, states } = tracker;
  const created = toIssue(task, api.project, states);
  const { state } = created;
  const planned =
    move ??
    (state === 'open'
      ? undefined
      : states.plan({ state: 'open' }, presentOf(task, api.project), await project.sections('createIssue')));
  const section = planned?.section;
  if (!section) return created;
  return finishing(task.gid, async () => {
    await moveTo(tracker, 'createIssue', task.gid, section.gid);
    return toIssue(await readTask(tracker, 'createIssue', task.gid), api.project, states);
  });
}

export async function updateIssue(tracker: Tracker, key: string, patch: IssuePatch): Promise<Issue> {
  const { api, states } = tracker;
  gidOf('updateIssue', 'task', key);
  const before = needsReading(patch) ? await readTask(tracker, 'updateIssue', key) : undefined;
  const move = before && (await moveFor(tracker, patch, before));
  return toIssue(await write(tracker, 'updateIssue', key, { patch, before, move }), api.project, states);
}

export async function transitionIssue(tracker: Tracker, key: string, target: Target): Promise<Issue> {
  const { api, project, states } = tracker;
  const before = await readTask(tracker, 'transitionIssue', key);
  const issue = toIssue(before, api.project, states);
  const isNamed = target.name === undefined || fold(target.name) === fold(issue.stateName);
  if (issue.state === target.state && isNamed) return issue;
  const move = states.plan(target, presentOf(before, api.project), await project.sections('transitionIssue'));
  return toIssue(await write(tracker, 'transitionIssue', key, { patch: {}, before, move }), api.project, states);
}

/** Asana puts it into the trash for thirty days, and its subtasks with it. */
export async function deleteIssue({ api }: Tracker, key: string): Promise<void> {
  const operation = 'deleteIssue';
  const path = `/tasks/${gidOf(operation, 'task', key)}`;
  const found = await api.call<{ readonly num_subtasks?: unknown }>(operation, {
    path,
    fields: ['num_subtasks'],
    scope: 'tasks:read',
  });
  if (typeof found.num_subtasks !== 'number') throw unexpectedAnswer('Asana', 'num_subtasks is not a number');
  if (found.num_subtasks > 0) throw wouldTakeAlong(key);
  await api.call(operation, { method: 'DELETE', path });
}

async function moveFor(tracker: Tracker, { state }: IssuePatch, before: WireTask): Promise<Move | undefined> {
  const { api, project, states } = tracker;
  const present = presentOf(before, api.project);
  if (state === undefined || states.read(present).state === state) return undefined;
  return states.plan({ state }, present, await project.sections('updateIssue'));
}

interface Change {
  readonly patch: IssuePatch;
  readonly before: WireTask | undefined;
  readonly move: Move | undefined;
}

/** Tags, parent and section first; the task's own fields, the flag `completed` among them, in one request at the end. */
async function write(tracker: Tracker, operation: Operation, key: string, change: Change): Promise<WireTask> {
  const { api, tags } = tracker;
  const { patch, before, move } = change;
  const path = `/tasks/${key}`;
  const data = await changedData(tracker, operation, change);
  const parent = patch.parent === undefined ? undefined : await newParent(tracker, operation, patch.parent);
  const { added, removed } = await changedTags(tracker, operation, patch, before);
  const steps = inSteps(key);
  const post = (deed: string, body: Data) =>
    api.call(operation, { method: 'POST', path: `${path}/${deed}`, data: body });
  const addTag = (tag: string) => () => post('addTag', { tag });
  const removeTag = (tag: string) => () => post('removeTag', { tag });
  for (const tag of added) await steps.write('labels', addTag(tag), removeTag(tag));
  for (const tag of removed) await steps.write('labels', removeTag(tag), addTag(tag));
  const setParent = (to: Data) => () => post('setParent', to);
  if (parent)
    await steps.write('parent', setParent(parent), before && setParent({ parent: before.parent?.gid ?? null }));
  const section = move?.section;
  const left = before && presentOf(before, api.project).section;
  const moveInto =
    ({ gid }: { readonly gid: string }) =>
    () =>
      moveTo(tracker, operation, key, gid);
  if (section) await steps.write('state', moveInto(section), left && moveInto(left));
  const isWritten = added.length + removed.length > 0 || parent !== undefined || section !== undefined;
  if (Object.keys(data).length > 0) {
    const put = () => api.call<WireTask>(operation, { method: 'PUT', path, data, fields: TASK_FIELDS });
    const task = await steps.write(fieldsOf(patch), put);
    tags.learn(task.tags ?? []);
    return task;
  }
  return before && !isWritten ? before : steps.read(() => readTask(tracker, operation, key));
}

/** Of body and metadata, which share one text, one may stay; what is removed has to be known. */
function needsReading({ body, metadata, labels, removeLabels, state }: IssuePatch): boolean {
  const half = (body === undefined) !== (metadata === undefined);
  return half || labels !== undefined || removeLabels !== undefined || state !== undefined;
}

async function changedData(tracker: Tracker, operation: Operation, { patch, before, move }: Change): Promise<Data> {
  const { title, dueDate, assignees } = patch;
  const values = await customValues(tracker, operation, patch);
  const assignee = assignees === undefined ? undefined : await knownPerson(tracker, operation, assignees[0]);
  const completed = move && move.completed !== before?.completed ? { completed: move.completed } : {};
  return {
    ...(title === undefined ? {} : { name: cut(storable(title), TITLE_LIMIT) }),
    ...newNotes(patch, before),
    ...defined({ due_on: dueDate, assignee, custom_fields: Object.keys(values).length > 0 ? values : undefined }),
    ...completed,
  };
}

function newNotes({ body, metadata }: IssuePatch, before: WireTask | undefined): Data {
  if (body === undefined && metadata === undefined) return {};
  if (body === undefined) return { html_notes: withMetadata(before?.html_notes ?? '', metadata ?? {}) };
  return { html_notes: toNotes(body, metadata ?? readNotes(before?.html_notes ?? '').metadata) };
}

/** Only what is not in every project costs a look at this one. */
async function customValues({ project }: Tracker, operation: Operation, fields: IssueDraft | IssuePatch) {
  const { priority, type, storyPoints } = fields;
  if (priority === undefined && type === undefined && storyPoints === undefined) return {};
  return fieldValues((await project.info(operation)).fields, fields);
}

async function knownPerson({ people }: Tracker, operation: Operation, who: string | undefined): Promise<string | null> {
  if (who === undefined) return null;
  const gid = await people.find(operation, who);
  if (gid === undefined) throw unknownPerson(who);
  return gid;
}

async function newParent(tracker: Tracker, operation: Operation, parent: string | null): Promise<Data> {
  return { parent: parent === null ? null : await existing(tracker, operation, parent) };
}

/** The gid of a task that is there. Throws `not-found` with the key in it. */
async function existing({ api }: Tracker, operation: Operation, key: string): Promise<string> {
  const gid = gidOf(operation, 'task', key);
  try {
    await api.call(operation, { path: `/tasks/${gid}`, fields: ['name'], scope: 'tasks:read' });
    return gid;
  } catch (error) {
    const met = asPaceError(error);
    if (met.kind !== 'not-found') throw error;
    throw withOperation(met, operation, { message: `There is no task ${gid} that this token sees.` });
  }
}

async function changedTags(tracker: Tracker, operation: Operation, patch: IssuePatch, before: WireTask | undefined) {
  const { labels, addLabels = [], removeLabels = [] } = patch;
  const present = before?.tags ?? [];
  const names = new Set(present.map(({ name }) => fold(name)));
  const wanted = (labels ?? addLabels).filter((name) => !names.has(fold(name)));
  const kept = labels && new Set(labels.map(fold));
  const gone = new Set(removeLabels.map(fold));
  const isGone = (name: string) => (kept ? !kept.has(fold(name)) : gone.has(fold(name)));
  return {
    added: wanted.length === 0 ? [] : await tracker.tags.ensure(operation, wanted),
    removed: present.filter(({ name }) => isGone(name)).map(({ gid }) => gid),
  };
}

/** Takes the task out of the section where it was. */
async function moveTo({ api }: Tracker, operation: Operation, task: string, section: string): Promise<void> {
  await api.call(operation, { method: 'POST', path: `/sections/${section}/addTask`, data: { task } });
}
