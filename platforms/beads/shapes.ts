/** Answers of `bd --json`, as far as they are read. Both shapes: 0.x and 1.x. */
import { neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import { isRecord } from '../../core/record.ts';

export interface WireIssue {
  readonly id: string;
  readonly title: string;
  readonly description?: string | null;
  readonly design?: string | null;
  readonly acceptance_criteria?: string | null;
  readonly notes?: string | null;
  readonly estimated_minutes?: number | null;
  readonly spec_id?: string | null;
  readonly status?: string | null;
  readonly priority?: number;
  readonly issue_type?: string | null;
  readonly assignee?: string | null;
  readonly created_at: string;
  readonly created_by?: string | null;
  readonly updated_at?: string;
  readonly close_reason?: string | null;
  readonly due_at?: string | null;
  readonly defer_until?: string | null;
  readonly external_ref?: string | null;
  readonly metadata?: unknown;
  readonly labels?: readonly string[] | null;
  readonly parent?: string | null;
  readonly dependencies?: readonly WireDependency[] | null;
  readonly dependents?: readonly WireDependency[] | null;
  /** In lists of version 1. */
  readonly comment_count?: number;
  /** In `show`, where it is asked for them; versions before 1.0.5 always tell. */
  readonly comments?: readonly unknown[] | null;
}

/** In lists a record of two ids; in `show` the other issue itself with the type. */
export interface WireDependency {
  readonly id?: string;
  readonly issue_id?: string;
  readonly depends_on_id?: string;
  readonly type?: string;
  readonly dependency_type?: string;
  readonly status?: string;
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

const TEXTS = ['description', 'status', 'close_reason', 'design', 'acceptance_criteria', 'notes'] as const;

/** What this does not look at is looked at where it is translated. */
function requireIssue(found: unknown): asserts found is WireIssue {
  if (!isRecord(found)) throw unexpectedAnswer('beads', 'an issue is not an object');
  neededText('beads', 'id of an issue', found['id']);
  neededText('beads', 'title of an issue', found['title']);
  for (const field of TEXTS) textOrNothing('beads', field, found[field]);
  const { labels } = found;
  if (labels !== undefined && labels !== null && !Array.isArray(labels))
    throw unexpectedAnswer('beads', 'labels is not a list');
}
