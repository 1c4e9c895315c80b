/** ClickUp's shapes (only what we read), and their translation to neutral words. https://developer.clickup.com/reference/gettask */

import { defined } from '../../core/defined.ts';
import { neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Comment, Issue, IssueLink, IssueState, Label, Person, Priority } from '../../core/ports/index.ts';
import { asFarAsItReads, NO_ADDRESS, NO_STATE, NO_TITLE } from '../../core/tracker/odd-records.ts';
import { toDay } from './due-date.ts';
import { splitMetadata } from './metadata.ts';
import { toMarkdown } from './rich-text.ts';
import type { Run } from './run.ts';

export interface WireStatus {
  readonly status: string;
  /** `open`, `unstarted`, `custom`, `done`, `closed`. */
  readonly type: string;
  readonly orderindex?: number;
}

export interface WireUser {
  /** A text here and there. */
  readonly id: number | string;
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

export interface WireAttachment {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly size?: number | string | null;
  readonly mimetype?: string | null;
  readonly date?: number | string | null;
  readonly user?: WireUser | null;
  readonly deleted?: boolean | null;
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
  readonly priority?: { readonly id?: string | number } | null;
  readonly points?: number | string | null;
  readonly url: string;
  readonly team_id?: string | null;
  readonly list?: { readonly id: string } | null;
  readonly attachments?: readonly WireAttachment[] | null;
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
  const key = need('id', task.id);
  return asFarAsItReads(({ part, each, people, person, time }) => {
    const { status, creator, parent, points, due_date: due } = task;
    const created = () => toTime('date_created', task.date_created);
    const updated = () => toTime('date_updated', task.date_updated);
    return {
      key,
      url: part(() => need('url', task.url), NO_ADDRESS),
      title: part(() => need('name', task.name), NO_TITLE),
      ...splitMetadata(part(() => textOrNothing('ClickUp', 'markdown_description', task.markdown_description), '')),
      state: part(
        () => toState({ status: need('status', status?.status), type: need('type of the status', status?.type) }),
        'open' as const,
      ),
      stateName: part(() => need('status', status?.status), NO_STATE),
      ...defined({
        type: typeOf(task.custom_item_id ?? 0),
        priority: PRIORITIES.find((each) => String(each + 1) === String(task.priority?.id)),
      }),
      labels: each(task.tags, ({ name }) => need('name of a tag', name)),
      assignees: people(task.assignees, toPerson),
      ...defined({
        parent: parent ? part(() => need('parent', parent), undefined) : undefined,
        storyPoints: part(() => toPoints(points), undefined),
        dueDate: due ? part(() => toDay(toTime('due_date', due)), undefined) : undefined,
      }),
      ...part(() => toLinks(task), {}),
      ...defined({ author: creator ? person(creator, toPerson) : undefined }),
      createdAt: time(created, updated),
      updatedAt: time(updated, created),
    };
  });
}

/** ClickUp writes numbers as texts here and there. */
function toPoints(points: unknown): number | undefined {
  if (points === null || points === undefined || points === '') return undefined;
  const number = Number(points);
  if (Number.isFinite(number)) return number;
  throw unexpectedAnswer('ClickUp', 'points is not a number');
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
  const key = need('id of a comment', typeof id === 'number' ? String(id) : id);
  return asFarAsItReads(({ part, person, time }) => {
    const plain = part(() => textOrNothing('ClickUp', 'comment_text', text).trimEnd(), '');
    return {
      id: key,
      body: part(() => toMarkdown(listOf(comment, 'comment')), undefined) ?? plain,
      ...defined({ author: user ? person(user, toPerson) : undefined }),
      createdAt: time(() => toTime('date', date)),
    };
  });
}

/** A user without a name has an e-mail address at least. */
export function toPerson({ id, username, email }: WireUser): Person {
  const key = typeof id === 'string' && /^\d{1,19}$/.test(id) ? id : typeof id === 'number' ? String(id) : undefined;
  if (key === undefined) throw unexpectedAnswer('ClickUp', 'id of a person is not a number');
  return { id: key, name: username || email || key, ...(email ? { email } : {}) };
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
