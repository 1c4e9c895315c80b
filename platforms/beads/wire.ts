/** Issues as `bd --json` prints them, as far as they are read, and pure translation. Both shapes: 0.x and 1.x. */

import { defined } from '../../core/defined.ts';
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import type { StatusMap } from '../../core/drivers/status-map.ts';
import { neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import {
  type Comment,
  type Issue,
  type IssueLink,
  type Metadata,
  type Person,
  PRIORITIES,
} from '../../core/ports/issue.ts';
import { isRecord } from '../../core/record.ts';
import { readState } from './states.ts';

/** The key of ours among the metadata of an issue, which other programs use as well. */
export const METADATA_KEY = 'pace_issue';

export interface WireIssue {
  readonly id: string;
  readonly title: string;
  readonly description?: string | null;
  readonly status?: string | null;
  readonly priority?: number;
  readonly issue_type?: string | null;
  readonly assignee?: string | null;
  readonly created_at: string;
  readonly created_by?: string | null;
  readonly updated_at?: string;
  readonly close_reason?: string | null;
  readonly due_at?: string | null;
  readonly external_ref?: string | null;
  readonly metadata?: unknown;
  readonly labels?: readonly string[] | null;
  readonly parent?: string | null;
  readonly dependencies?: readonly WireDependency[] | null;
  readonly dependents?: readonly WireDependency[] | null;
}

/** In lists a record of two ids; in `show` the other issue itself with the type. */
export interface WireDependency {
  readonly id?: string;
  readonly issue_id?: string;
  readonly depends_on_id?: string;
  readonly type?: string;
  readonly dependency_type?: string;
}

export interface WireComment {
  readonly id: string | number;
  readonly author?: string | null;
  readonly text: string;
  readonly created_at: string;
}

/** An answer that is a list: bare, under `items` or `issues`, or `null` where there is nothing. */
export function listOf(payload: unknown): readonly unknown[] {
  const list = isRecord(payload) ? (payload['items'] ?? payload['issues'] ?? payload['comments']) : payload;
  if (list === null) return [];
  if (Array.isArray(list)) return list;
  throw unexpectedAnswer('beads', 'a list was expected');
}

/** An answer that is one thing: bare, the first of a list, or under `issue`. */
export function oneOf(payload: unknown): Readonly<Record<string, unknown>> | undefined {
  const first: unknown = Array.isArray(payload) ? payload[0] : payload;
  if (!isRecord(first)) return undefined;
  return isRecord(first['issue']) ? first['issue'] : first;
}

export function toWireIssue(found: unknown): WireIssue {
  requireIssue(found);
  return found;
}

/** What this does not look at is looked at where it is translated. */
function requireIssue(found: unknown): asserts found is WireIssue {
  if (!isRecord(found)) throw unexpectedAnswer('beads', 'an issue is not an object');
  neededText('beads', 'id of an issue', found['id']);
  neededText('beads', 'title of an issue', found['title']);
  for (const field of ['description', 'status', 'close_reason']) textOrNothing('beads', field, found[field]);
  const { labels } = found;
  if (labels !== undefined && labels !== null && !Array.isArray(labels))
    throw unexpectedAnswer('beads', 'labels is not a list');
}

export function toIssue(wire: WireIssue, states: StatusMap): Issue {
  const { assignee, created_by: author, due_at: due, external_ref: reference } = wire;
  const priority = PRIORITIES.find((known) => known === wire.priority);
  const parent = parentOf(wire);
  const createdAt = timeOf('created_at', wire.created_at);
  return {
    key: wire.id,
    url: /^https?:\/\//.test(reference ?? '') ? (reference ?? '') : `beads:${wire.id}`,
    title: wire.title,
    ...textOf(wire),
    ...readState(wire, states),
    labels: wire.labels ?? [],
    assignees: assignee ? [toPerson(assignee)] : [],
    ...defined({
      type: wire.issue_type ? toType(wire.issue_type) : undefined,
      priority,
      parent,
      dueDate: due ? dayOf(due) : undefined,
      author: author ? toPerson(author) : undefined,
    }),
    createdAt,
    updatedAt: wire.updated_at ? timeOf('updated_at', wire.updated_at) : createdAt,
  };
}

/** Ours stand among the metadata of the issue; versions before 1.0 have none, and keep them in the text. */
export function textOf(wire: WireIssue): { body: string; metadata: Metadata } {
  const body = wire.description ?? '';
  const own = metadataOf(wire)[METADATA_KEY];
  return isRecord(own) ? { body, metadata: own } : splitMetadata(body);
}

/** Everybody's metadata. */
export function metadataOf({ metadata }: WireIssue): Readonly<Record<string, unknown>> {
  if (isRecord(metadata)) return metadata;
  if (typeof metadata !== 'string' || !metadata.startsWith('{')) return {};
  const found: unknown = JSON.parse(metadata);
  return isRecord(found) ? found : {};
}

export function toComment(found: unknown): Comment {
  if (!isRecord(found)) throw unexpectedAnswer('beads', 'a comment is not an object');
  const { id, author, text, created_at: at } = found;
  return {
    id: neededText('beads', 'id of a comment', typeof id === 'number' ? String(id) : id),
    body: neededText('beads', 'text of a comment', text),
    ...(typeof author === 'string' && author !== '' ? { author: toPerson(author) } : {}),
    createdAt: timeOf('created_at', at),
  };
}

export function toPerson(name: string): Person {
  return { id: name, name };
}

export function toType(type: string): string {
  return type === 'feature' ? 'story' : type.toLowerCase();
}

/** bd's word for a type; its aliases are bd's own affair. */
export function fromType(type: string): string {
  return type === 'story' ? 'feature' : type === 'subtask' ? 'task' : type;
}

/** A reference of this issue's dependency, whichever form it has. */
function parentOf({ parent, dependencies }: WireIssue): string | undefined {
  if (parent) return parent;
  const found = (dependencies ?? []).find((one) => (one.dependency_type ?? one.type) === 'parent-child');
  return found?.depends_on_id ?? found?.id;
}

/** Which link an edge is, seen from the issue that depends; read backwards from the other one. */
const LINKS: Readonly<Record<string, readonly [IssueLink['type'], IssueLink['type']]>> = {
  blocks: ['is blocked by', 'blocks'],
  related: ['relates to', 'relates to'],
  'relates-to': ['relates to', 'relates to'],
  relates_to: ['relates to', 'relates to'],
  relates: ['relates to', 'relates to'],
  'discovered-from': ['relates to', 'relates to'],
  duplicates: ['duplicates', 'is duplicated by'],
};

/** A link and which of the two issues depends on the other. */
export interface Edge extends IssueLink {
  readonly depends: boolean;
}

/** The edges of an issue as `show` tells them. */
export function toEdges({ dependencies, dependents }: WireIssue): Edge[] {
  return [
    ...(dependencies ?? []).flatMap((edge) => toEdge(edge, edge.depends_on_id ?? edge.id, true)),
    ...(dependents ?? []).flatMap((edge) => toEdge(edge, edge.issue_id ?? edge.id, false)),
  ];
}

function toEdge(edge: WireDependency, target: string | undefined, depends: boolean): Edge[] {
  const type = LINKS[edge.dependency_type ?? edge.type ?? '']?.[depends ? 0 : 1];
  return type && target ? [{ type, target, depends }] : [];
}

function timeOf(field: string, value: unknown): number {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw unexpectedAnswer('beads', `${field} is not a time`);
  return time;
}

/** People name a day, and bd keeps its first moment where they are. */
function dayOf(moment: string): string {
  const time = new Date(timeOf('due_at', moment));
  const two = (number: number) => String(number).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** Noon, which is on the same day wherever it is looked at. */
export function fromDay(day: string): string {
  return `${day}T12:00:00Z`;
}
