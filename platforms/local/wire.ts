/** Rows of the embedded tracker, and pure translation to neutral words. */
import type { Comment, Issue, IssueState, Metadata, Person } from '../ports.ts';
import type { Row } from './connection.ts';

/** What `toIssue` reads. */
export const ISSUE_COLUMNS = `
  number, title, body, state, author, assignees, metadata, created_at, updated_at,
  (SELECT json_group_array(name ORDER BY name) FROM issue_label JOIN label ON label.id = issue_label.label
   WHERE issue_label.number = issue.number) AS labels`;

const stateNames = {
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
  const author = toPerson(row['author']);
  return {
    key: String(row['number']),
    url: urlOf(Number(row['number']), metadata),
    title: String(row['title']),
    body: String(row['body']),
    state,
    stateName: stateNames[state],
    labels: toTexts(row['labels']),
    assignees: toTexts(row['assignees']).map((name) => ({ id: name, name })),
    ...(author ? { author } : {}),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    metadata,
  };
}

export function toComment(row: Row): Comment {
  const author = toPerson(row['author']);
  return {
    id: String(row['id']),
    body: String(row['body']),
    ...(author ? { author } : {}),
    createdAt: Number(row['created_at']),
  };
}

function toState(value: unknown): IssueState {
  const known = Object.keys(stateNames).find((state): state is IssueState => state === value);
  return known ?? 'open';
}

function toPerson(value: unknown): Person | undefined {
  return typeof value === 'string' && value !== '' ? { id: value, name: value } : undefined;
}

function toTexts(value: unknown): string[] {
  const parsed: unknown = JSON.parse(String(value));
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

function toMetadata(value: unknown): Metadata {
  const parsed: unknown = JSON.parse(String(value));
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}
