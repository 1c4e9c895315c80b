/** Asana's shapes that we read, the fields that we ask for, and pure translation. https://developers.asana.com/reference/tasks */

import { defined } from '../../core/defined.ts';
import { anyText, neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Comment, Issue } from '../../core/ports/index.ts';
import { asFarAsItReads, NO_ADDRESS, NO_STATE, NO_TITLE } from '../../core/tracker/odd-records.ts';
import { readFields, type WireField } from './custom-fields.ts';
import type { WireTag } from './labels.ts';
import { toPerson, type WireUser } from './people.ts';
import { readComment, readNotes } from './rich-text.ts';
import type { Present, SectionStates } from './states.ts';

export interface WireTask {
  readonly gid: string;
  readonly name: string;
  readonly html_notes: string;
  readonly completed: boolean;
  readonly permalink_url: string;
  readonly created_at: string;
  readonly modified_at: string;
  readonly due_on?: string | null;
  readonly assignee?: WireUser | null;
  readonly created_by?: WireUser | null;
  readonly parent?: { readonly gid: string } | null;
  readonly tags?: readonly WireTag[] | null;
  readonly memberships?: readonly WireMembership[] | null;
  readonly custom_fields?: readonly WireField[] | null;
}

interface WireMembership {
  readonly project?: { readonly gid: string } | null;
  readonly section?: { readonly gid: string; readonly name?: string | null } | null;
}

/** All that is read of a task, and nothing else. */
export const TASK_FIELDS = [
  ...['name', 'html_notes', 'completed', 'permalink_url', 'created_at', 'modified_at', 'due_on', 'parent'],
  ...['assignee.name', 'created_by.name', 'tags.name', 'memberships.project', 'memberships.section.name'],
  ...['name', 'resource_subtype', 'enum_value.name', 'number_value'].map((field) => `custom_fields.${field}`),
];

export function toIssue(task: WireTask, project: string, states: SectionStates): Issue {
  const key = neededText('Asana', 'gid', task.gid);
  return asFarAsItReads(({ part, each, people, person, time }) => {
    const { due_on: dueDate, assignee, created_by: author, parent } = task;
    const created = () => toTime('created_at', task.created_at);
    const modified = () => toTime('modified_at', task.modified_at);
    return {
      key,
      url: part(() => neededText('Asana', 'permalink_url', task.permalink_url), NO_ADDRESS),
      title: part(() => anyText('Asana', 'name', task.name), NO_TITLE),
      // the metadata is in it: nothing is not the same as an empty text
      ...part(() => readNotes(neededText('Asana', 'html_notes', task.html_notes)), { body: '', metadata: {} }),
      ...part(() => states.read(presentOf(task, project)), { state: 'open' as const, stateName: NO_STATE }),
      ...part(() => readFields(task.custom_fields ?? []), {}),
      // two tags may share a name
      labels: [...new Set(each(task.tags, ({ name }) => neededText('Asana', 'tag', name)))],
      assignees: people(assignee ? [assignee] : [], toPerson),
      ...defined({
        parent: parent ? part(() => neededText('Asana', 'parent', parent.gid), undefined) : undefined,
        dueDate: dueDate || undefined,
        author: author ? person(author, toPerson) : undefined,
      }),
      createdAt: time(created, modified),
      updatedAt: time(modified, created),
    };
  });
}

/** A task may be in several projects, in one section of each. */
export function presentOf({ completed, memberships }: WireTask, project: string): Present {
  if (typeof completed !== 'boolean') throw unexpectedAnswer('Asana', 'completed is neither true nor false');
  for (const { project: home, section } of memberships ?? []) {
    if (neededText('Asana', 'project', home?.gid) !== project) continue;
    const gid = neededText('Asana', 'section', section?.gid);
    return { completed, section: { gid, name: neededText('Asana', 'section', section?.name) } };
  }
  return { completed };
}

export interface WireStory {
  readonly gid: string;
  /** `comment`, or `system` for what Asana notes down itself. */
  readonly type?: string | null;
  readonly html_text?: string | null;
  readonly created_at: string;
  readonly created_by?: WireUser | null;
}

export const STORY_FIELDS = ['type', 'html_text', 'created_at', 'created_by.name'];

export function toComment({ gid, html_text: html, created_at: created, created_by: author }: WireStory): Comment {
  const id = neededText('Asana', 'gid', gid);
  return asFarAsItReads(({ part, person, time }) => ({
    id,
    body: part(() => readComment(textOrNothing('Asana', 'html_text', html)), ''),
    ...defined({ author: author ? person(author, toPerson) : undefined }),
    createdAt: time(() => toTime('created_at', created)),
  }));
}

function toTime(field: string, text: string): number {
  const time = Date.parse(neededText('Asana', field, text));
  if (Number.isFinite(time)) return time;
  throw unexpectedAnswer('Asana', `${field} is not a time`);
}
