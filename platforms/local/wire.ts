/** Rows of the embedded tracker, and pure translation to neutral words. */

import { defined } from '../../core/defined.ts';
import {
  type Comment,
  INVERSE_LINK,
  ISSUE_STATES,
  type Issue,
  type IssueLink,
  type IssueState,
  type Label,
  LINK_TYPES,
  type LinkType,
  type Metadata,
  type Milestone,
  type Person,
  PRIORITIES,
  type Priority,
} from '../../core/ports/issue.ts';
import { isRecord } from '../../core/record.ts';
import type { Row } from './connection.ts';

/** What `toLinks` reads. */
export const LINK_COLUMNS = `
  (SELECT json_group_array(json_array(type, target) ORDER BY type, target) FROM link WHERE source = issue.number) AS links_out,
  (SELECT json_group_array(json_array(type, source) ORDER BY type, source) FROM link WHERE target = issue.number) AS links_in`;

/** What `toIssue` reads of an issue that nothing leads to yet. */
export const NEW_ISSUE_COLUMNS = `
  number, title, body, state, type, priority, author, parent, story_points, due_date, sprint, defer_until, metadata, created_at, updated_at,
  (SELECT title FROM milestone WHERE id = issue.milestone) AS milestone,
  (SELECT json_group_array(person ORDER BY place) FROM issue_assignee WHERE number = issue.number) AS assignees,
  (SELECT json_group_array(name ORDER BY name) FROM json_each(issue.labels) JOIN label ON label.id = value) AS labels`;

/** What `toIssue` reads. */
export const ISSUE_COLUMNS = `${NEW_ISSUE_COLUMNS}, ${LINK_COLUMNS}`;

/** What people call the states here. */
export const STATE_NAMES = {
  open: 'Open',
  in_progress: 'In progress',
  in_review: 'In review',
  blocked: 'Blocked',
  done: 'Done',
  canceled: 'Canceled',
} as const satisfies Record<IssueState, string>;

/** A row of `ISSUE_COLUMNS`; `urlOf` says where a person finds the issue. */
export function toIssue(row: Row, urlOf: (number: number, metadata: Metadata) => string): Issue {
  const metadata = toMetadata(row['metadata']);
  const state = toState(row['state']);
  return {
    key: String(row['number']),
    url: urlOf(Number(row['number']), metadata),
    title: String(row['title']),
    body: String(row['body']),
    state,
    stateName: STATE_NAMES[state],
    labels: toList(row['labels']).map(String),
    assignees: toList(row['assignees']).map((name) => toPerson(String(name))),
    ...optionalFields(row),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    metadata,
  };
}

function optionalFields(row: Row): Partial<Issue> {
  const { type, milestone, due_date, sprint, author, parent, story_points, defer_until } = row;
  const priority = toPriority(row['priority']);
  const links = 'links_out' in row ? toLinks(row) : [];
  return defined({
    type: text(type),
    priority,
    milestone: text(milestone),
    parent: typeof parent === 'number' ? String(parent) : undefined,
    storyPoints: typeof story_points === 'number' ? story_points : undefined,
    dueDate: text(due_date),
    sprint: text(sprint),
    deferUntil: typeof defer_until === 'number' ? defer_until : undefined,
    links: links.length > 0 ? links : undefined,
    author: typeof author === 'string' && author !== '' ? toPerson(author) : undefined,
  });
}

/** A row with `links_out` and `links_in`. */
export function toLinks(row: Row): IssueLink[] {
  const out = toPairs(row['links_out']);
  const back = toPairs(row['links_in']).map(({ type, target }) => ({ type: INVERSE_LINK[type], target }));
  return [...out, ...back];
}

export function toComment(row: Row): Comment {
  const { author } = row;
  return {
    id: String(row['id']),
    body: String(row['body']),
    ...(typeof author === 'string' && author !== '' ? { author: toPerson(author) } : {}),
    createdAt: Number(row['created_at']),
  };
}

export function toLabel({ name, description, color }: Row): Label {
  return {
    name: String(name),
    ...defined({ description: text(description), color: text(color) }),
  };
}

export function toMilestone({ title, description, state, due_date }: Row): Milestone {
  return {
    title: String(title),
    ...defined({ description: text(description) }),
    state: state === 'closed' ? 'closed' : 'open',
    ...defined({ dueDate: text(due_date) }),
  };
}

export function toPerson(name: string): Person {
  return { id: name, name };
}

/** Of a column that may be empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function toState(value: unknown): IssueState {
  return ISSUE_STATES.find((state) => state === value) ?? 'open';
}

function toPriority(value: unknown): Priority | undefined {
  return PRIORITIES.find((priority) => priority === value);
}

function toPairs(value: unknown): { type: LinkType; target: string }[] {
  return toList(value).flatMap((pair) => {
    const [word, number] = Array.isArray(pair) ? pair : [];
    const type = LINK_TYPES.find((known) => known === word);
    return type ? [{ type, target: String(number) }] : [];
  });
}

function toList(value: unknown): unknown[] {
  const parsed: unknown = JSON.parse(String(value));
  return Array.isArray(parsed) ? parsed : [];
}

function toMetadata(value: unknown): Metadata {
  const parsed: unknown = JSON.parse(String(value));
  return isRecord(parsed) ? { ...parsed } : {};
}
