/** What Jira sends, as far as it is read, in neutral words. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
import type { Comment, Issue, IssueState, Metadata, Person } from '../ports.ts';
import { neededText } from '../strange-answers.ts';
import { adfToMarkdown } from './adf.ts';

export interface WireStatus {
  readonly name: string;
  readonly statusCategory: { readonly key: string };
}

export interface WireUser {
  readonly accountId: string;
  readonly displayName?: string;
}

export interface WireIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: {
    readonly summary: string;
    /** An ADF document. */
    readonly description: unknown;
    readonly status: WireStatus;
    readonly resolution: { readonly name: string } | null;
    readonly labels?: readonly string[];
    readonly assignee?: WireUser | null;
    readonly creator?: WireUser | null;
    /** ISO 8601 with an offset like `+0000`. */
    readonly created: string;
    readonly updated: string;
  };
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface WireSearch {
  readonly issues?: readonly WireIssue[];
  readonly isLast?: boolean;
  readonly nextPageToken?: string | null;
}

export interface WireComment {
  readonly id: string;
  readonly body: unknown;
  readonly author?: WireUser | null;
  readonly created: string;
}

export interface WireComments {
  readonly comments: readonly WireComment[];
  readonly total: number;
}

export interface WireIssueTypes {
  readonly issueTypes?: readonly { readonly name: string; readonly subtask?: boolean }[];
}

/** The fields of `WireIssue`, as they are asked for. */
export const ISSUE_FIELDS = 'summary,description,status,resolution,labels,assignee,creator,created,updated';

/** The entity property that holds the metadata: programs see it, people do not. */
export const PROPERTY = 'pace';

export function toIssue(wire: WireIssue, site: string): Issue {
  const { fields } = wire;
  const key = neededText('Jira', 'key', wire.key);
  return {
    key,
    url: `${site}/browse/${key}`,
    title: neededText('Jira', 'summary', fields.summary),
    body: adfToMarkdown(fields.description),
    state: toState(fields.status, fields.resolution),
    stateName: fields.status.name,
    labels: (fields.labels ?? []).map(fromLabel),
    assignees: fields.assignee ? [toPerson(fields.assignee)] : [],
    ...(fields.creator ? { author: toPerson(fields.creator) } : {}),
    createdAt: Date.parse(fields.created),
    updatedAt: Date.parse(fields.updated),
    metadata: toMetadata(wire.properties?.[PROPERTY]),
  };
}

export function toComment(wire: WireComment): Comment {
  return {
    id: neededText('Jira', 'id', wire.id),
    body: adfToMarkdown(wire.body),
    ...(wire.author ? { author: toPerson(wire.author) } : {}),
    createdAt: Date.parse(wire.created),
  };
}

function toPerson({ accountId, displayName }: WireUser): Person {
  return { id: accountId, name: displayName ?? accountId };
}

function toMetadata(value: unknown): Metadata {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Names of resolutions and of final statuses that mean: nobody will do this. */
export const CANCELED =
  /\b(?:won['’]?t|cancel|reject|declin|abandon|obsolete|duplicate|invalid|incomplete|not (?:planned|a bug|doing)|(?:cannot|can['’]?t) reproduce)/i;
/** Names of statuses in progress that say more than "in progress". */
const IN_REVIEW = /\breview|\bapproval/i;
const BLOCKED = /\bblocked|\bon hold|\bimpeded|\bwaiting/i;

/**
 * Jira sorts every status, whatever its name and language, into one of three categories; a fourth, `undefined`, is for old
 * statuses without one. Names only tell apart what a category leaves open.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/
 */
export function toState(status: WireStatus, resolution?: { readonly name: string } | null): IssueState {
  const { key } = status.statusCategory;
  if (key === 'done') return CANCELED.test(status.name) || CANCELED.test(resolution?.name ?? '') ? 'canceled' : 'done';
  // what is not known to be done is not done
  if (key !== 'indeterminate') return 'open';
  if (BLOCKED.test(status.name)) return 'blocked';
  return IN_REVIEW.test(status.name) ? 'in_review' : 'in_progress';
}

/** The category whose statuses stand for a state. */
export function toCategory(state: IssueState): string {
  if (state === 'open') return 'new';
  return state === 'done' || state === 'canceled' ? 'done' : 'indeterminate';
}

/** Jira's labels have no blanks: `␣` stands for each, so that the label reads back as it was. */
export function toLabel(label: string): string {
  return label.toWellFormed().trim().replace(/\s/g, '␣');
}

export function fromLabel(label: string): string {
  return neededText('Jira', 'label', label).replaceAll('␣', ' ');
}
