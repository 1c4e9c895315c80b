/** ClickUp's shapes (only what we read), and their translation to neutral words. https://developer.clickup.com/reference/gettask */

import { defined } from '../../core/defined.ts';
import { neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Comment, Issue, IssueLink, IssueState, Label, Person, Priority } from '../../core/ports/index.ts';
import { toDay } from './due-date.ts';
import { splitMetadata } from './metadata.ts';
import { type Run, toMarkdown } from './rich-text.ts';

export interface WireStatus {
  readonly status: string;
  /** `open`, `unstarted`, `custom`, `done`, `closed`. */
  readonly type: string;
  readonly orderindex?: number;
}

export interface WireUser {
  readonly id: number;
  readonly username?: string | null;
  readonly email?: string | null;
}

export interface WireTag {
  readonly name: string;
  readonly tag_bg?: string | null;
}

export interface WireLinks {
  /** `task_id` waits for `depends_on`. */
  readonly dependencies?: readonly { readonly task_id: string; readonly depends_on: string }[] | null;
  /** From either end. */
  readonly linked_tasks?: readonly { readonly task_id: string; readonly link_id: string }[] | null;
}

export interface WireTask extends WireLinks {
  readonly id: string;
  readonly custom_item_id?: number | null;
  readonly name: string;
  /** Only when it is asked for. */
  readonly markdown_description?: string | null;
  readonly status: WireStatus;
  /** Milliseconds since 1970, as texts. */
  readonly date_created: string;
  readonly date_updated: string;
  readonly due_date?: string | null;
  readonly creator?: WireUser | null;
  readonly assignees?: readonly WireUser[] | null;
  readonly tags?: readonly WireTag[] | null;
  readonly parent?: string | null;
  readonly priority?: { readonly id?: string } | null;
  readonly points?: number | null;
  readonly url: string;
  readonly team_id?: string | null;
  readonly list?: { readonly id: string } | null;
}

export interface WireComment {
  readonly id: string | number;
  readonly comment?: readonly Run[] | null;
  readonly comment_text?: string | null;
  readonly user?: WireUser | null;
  readonly date: string;
}

/** What stands behind the words of a task here. */
export interface Reading {
  toState(status: WireStatus): IssueState;
  typeOf(id: number): string | undefined;
}

/** 1 Urgent, 2 High, 3 Normal, 4 Low. */
export const PRIORITIES = [0, 1, 2, 3] as const satisfies readonly Priority[];

export function toIssue(task: WireTask, { toState, typeOf }: Reading): Issue {
  const { status, creator, parent, points, due_date: due } = task;
  const stateName = need('status', status?.status);
  const state = toState({ ...status, type: need('type of the status', status.type) });
  const text = textOrNothing('ClickUp', 'markdown_description', task.markdown_description);
  const type = typeOf(task.custom_item_id ?? 0);
  const priority = PRIORITIES.find((each) => String(each + 1) === task.priority?.id);
  return {
    key: need('id', task.id),
    url: need('url', task.url),
    title: need('name', task.name),
    ...splitMetadata(text),
    state,
    stateName,
    ...defined({ type, priority }),
    labels: tagsOf(task),
    assignees: listOf(task.assignees, 'assignees').map(toPerson),
    ...(parent ? { parent: need('parent', parent) } : {}),
    ...(typeof points === 'number' ? { storyPoints: points } : {}),
    ...(due ? { dueDate: toDay(toTime('due_date', due)) } : {}),
    ...toLinks(task),
    ...(creator ? { author: toPerson(creator) } : {}),
    createdAt: toTime('date_created', task.date_created),
    updatedAt: toTime('date_updated', task.date_updated),
  };
}

/** The links of a task, where the answer has them. */
export function toLinks({ id, dependencies, linked_tasks: linked }: Pick<WireTask, 'id' | keyof WireLinks>): {
  links?: IssueLink[];
} {
  if (!Array.isArray(dependencies) || !Array.isArray(linked)) return {};
  const waits = dependencies.map(({ task_id: task, depends_on: other }): IssueLink => {
    const isOurs = task === id;
    return { type: isOurs ? 'is blocked by' : 'blocks', target: need('dependency', isOurs ? other : task) };
  });
  const relates = linked.map(
    ({ task_id: task, link_id: other }): IssueLink => ({
      type: 'relates to',
      target: need('linked task', task === id ? other : task),
    }),
  );
  return { links: [...waits, ...relates] };
}

export function tagsOf({ tags }: Pick<WireTask, 'tags'>): string[] {
  return listOf(tags, 'tags').map(({ name }) => need('name of a tag', name));
}

export function toComment({ id, comment, comment_text: text, user, date }: WireComment): Comment {
  return {
    id: need('id of a comment', typeof id === 'number' ? String(id) : id),
    body: toMarkdown(listOf(comment, 'comment')) ?? textOrNothing('ClickUp', 'comment_text', text).trimEnd(),
    ...(user ? { author: toPerson(user) } : {}),
    createdAt: toTime('date', date),
  };
}

/** A user without a name has an e-mail address at least. */
export function toPerson({ id, username, email }: WireUser): Person {
  if (typeof id !== 'number') throw unexpectedAnswer('ClickUp', 'id of a person is not a number');
  return { id: String(id), name: username || email || String(id) };
}

export function toLabel({ name, tag_bg: color }: WireTag): Label {
  const digits = /^#?([\da-f]{6})$/i.exec(color ?? '')?.[1];
  return { name: need('name of a tag', name), ...(digits ? { color: digits.toLowerCase() } : {}) };
}

/** Absent is empty; any other form is not read as an empty list. */
export function listOf<Item>(found: readonly Item[] | null | undefined, field: string): readonly Item[] {
  if (found === undefined || found === null) return [];
  if (Array.isArray(found)) return found;
  throw unexpectedAnswer('ClickUp', `${field} is not a list`);
}

/** ClickUp writes times as texts, and as numbers here and there. */
export function toTime(field: string, value: unknown): number {
  const time = typeof value === 'number' ? value : /^\d{1,15}$/.test(need(field, value)) ? Number(value) : Number.NaN;
  if (Number.isFinite(time)) return time;
  throw unexpectedAnswer('ClickUp', `${field} is not a time`);
}

export function need(field: string, value: unknown): string {
  return neededText('ClickUp', field, value);
}
