/** Issues and comments of bd in neutral words. Pure. */

import { defined } from '../../core/defined.ts';
import type { StatusMap } from '../../core/drivers/status-map.ts';
import { neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import { type Comment, type Issue, type Person, PRIORITIES } from '../../core/ports/issue.ts';
import { isRecord } from '../../core/record.ts';
import { PARENT, typeOf } from './edges.ts';
import { sectionsOf, shownMetadata, textOf } from './metadata.ts';
import type { WireIssue } from './shapes.ts';
import { readState } from './states.ts';

export function toIssue(wire: WireIssue, states: StatusMap): Issue {
  const { assignee, created_by: author, due_at: due, external_ref: reference } = wire;
  const priority = PRIORITIES.find((known) => known === wire.priority);
  const parent = parentOf(wire);
  const createdAt = timeOf('created_at', wire.created_at);
  const { body, metadata } = textOf(wire);
  const sections = sectionsOf(wire);
  return {
    key: wire.id,
    url: /^https?:\/\//.test(reference ?? '') ? (reference ?? '') : `beads:${wire.id}`,
    title: wire.title,
    ...{ body, metadata: shownMetadata(wire, metadata) },
    ...readState(wire, states),
    labels: wire.labels ?? [],
    assignees: assignee ? [toPerson(assignee)] : [],
    ...defined({
      type: wire.issue_type ? toType(wire.issue_type) : undefined,
      priority,
      parent,
      commentCount: wire.comment_count,
      dueDate: due ? dayOf(due) : undefined,
      deferUntil: deferralOf(wire),
      author: author ? toPerson(author) : undefined,
      sections: sections.length > 0 ? sections : undefined,
    }),
    createdAt,
    updatedAt: wire.updated_at ? timeOf('updated_at', wire.updated_at) : createdAt,
  };
}

/** The status of what was put off. */
export const DEFERRED = 'deferred';

/** What was put off without a date is put off for good. */
const FOR_GOOD = Date.UTC(9999, 11, 31);

function deferralOf({ status, defer_until: until }: WireIssue): number | undefined {
  if (until) return timeOf('defer_until', until);
  return status === DEFERRED ? FOR_GOOD : undefined;
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

/** Whoever is known by an address of mail has that one. */
export function toPerson(name: string): Person {
  return { id: name, name, ...(/^[^\s@]+@[^\s@]+$/.test(name) ? { email: name } : {}) };
}

export function toType(type: string): string {
  return type === 'feature' ? 'story' : type.toLowerCase();
}

/** bd's word for a type; its aliases are bd's own affair. */
export function fromType(type: string): string {
  return type === 'story' ? 'feature' : type === 'subtask' ? 'task' : type;
}

/** A reference of this issue's dependency, whichever form it has. */
export function parentOf({ parent, dependencies }: WireIssue): string | undefined {
  if (parent) return parent;
  const found = (dependencies ?? []).find((one) => typeOf(one) === PARENT);
  return found?.depends_on_id ?? found?.id;
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
