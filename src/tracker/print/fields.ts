/** The fields of `--json`, one table per kind of thing: their names are the contract with programs. Pure. */
import type {
  Attachment,
  BlockedIssue,
  Claim,
  Comment,
  FieldChange,
  Issue,
  IssueLink,
  Label,
  Milestone,
  Person,
  Transition,
} from '../../../core/ports/index.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import { usageError } from '../usage.ts';

/** What stands under each field; what an item does not have is `null`, what was not asked for is left out (`undefined`). */
export type Fields<Item> = Readonly<Record<string, (item: Item) => unknown>>;

/** An issue with what was fetched beside it. */
export interface ShownIssue extends Issue {
  readonly comments?: readonly Comment[];
  readonly claim?: Claim | null;
  /** Whether it can be begun, and why. */
  readonly ready?: boolean;
  readonly why?: readonly string[];
}

export const COMMENT_FIELDS: Fields<Comment> = {
  id: ({ id }) => id,
  body: ({ body }) => body,
  author: ({ author }) => shownPerson(author),
  createdAt: ({ createdAt }) => isoTime(createdAt),
};

/** As everybody may know them: not by their e-mail address. */
function shownPerson(person: Person | undefined): Person | null {
  return person ? { id: person.id, name: person.name } : null;
}

/** An attachment, and where it was saved. */
export interface ShownAttachment extends Attachment {
  readonly path?: string;
}

/** `path` only where it was saved. */
export const ATTACHMENT_FIELDS: Fields<ShownAttachment> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  size: ({ size }) => size ?? null,
  type: ({ type }) => type ?? null,
  url: ({ url }) => url,
  author: ({ author }) => shownPerson(author),
  createdAt: ({ createdAt }) => (createdAt === undefined ? null : isoTime(createdAt)),
  path: ({ path }) => path,
};

export const CLAIM_FIELDS: Fields<Claim> = {
  key: ({ key }) => key,
  agent: ({ agent }) => agent,
  until: ({ until }) => isoTime(until),
};

export const ISSUE_FIELDS: Fields<ShownIssue> = {
  key: ({ key }) => key,
  number: ({ key }) => (/^\d{1,15}$/.test(key) ? Number(key) : null),
  url: ({ url }) => url,
  title: ({ title }) => title,
  body: ({ body }) => body,
  state: ({ state }) => state,
  stateName: ({ stateName }) => stateName,
  type: ({ type }) => type ?? null,
  priority: ({ priority }) => priority ?? null,
  labels: ({ labels }) => labels,
  assignees: ({ assignees }) => assignees.map(shownPerson),
  milestone: ({ milestone }) => milestone ?? null,
  parent: ({ parent }) => parent ?? null,
  storyPoints: ({ storyPoints }) => storyPoints ?? null,
  dueDate: ({ dueDate }) => dueDate ?? null,
  sprint: ({ sprint }) => sprint ?? null,
  deferUntil: ({ deferUntil }) => (deferUntil === undefined ? null : isoTime(deferUntil)),
  author: ({ author }) => shownPerson(author),
  createdAt: ({ createdAt }) => isoTime(createdAt),
  updatedAt: ({ updatedAt }) => isoTime(updatedAt),
  metadata: ({ metadata }) => metadata,
  links: ({ links }) => links,
  comments: ({ comments }) => comments?.map((comment) => picked(COMMENT_FIELDS, comment)),
  claim: ({ claim }) => claim && picked(CLAIM_FIELDS, claim),
};

/** `ready` and `why` only where they are asked for. */
export const READY_FIELDS: Fields<ShownIssue> = {
  ...ISSUE_FIELDS,
  ready: ({ ready }) => ready,
  why: ({ why }) => why,
};

export const BLOCKED_FIELDS: Fields<BlockedIssue & ShownIssue> = {
  ...ISSUE_FIELDS,
  blockedBy: ({ blockedBy }) =>
    blockedBy.map(({ key, title, state }) => ({ key, title: title ?? null, state: state ?? null })),
};

/** An issue that is likely the twin of another one. */
export interface DuplicateIssue extends Issue {
  /** The key of the oldest of those that are alike. */
  readonly duplicateOf: string;
  readonly because: 'title' | 'link';
}

export const DUPLICATE_FIELDS: Fields<DuplicateIssue> = {
  ...ISSUE_FIELDS,
  duplicateOf: ({ duplicateOf }) => duplicateOf,
  because: ({ because }) => because,
};

export const CHANGE_FIELDS: Fields<FieldChange> = {
  key: ({ key }) => key,
  id: ({ id }) => id,
  at: ({ at }) => isoTime(at),
  actor: ({ actor }) => actor ?? null,
  kind: ({ kind }) => kind,
  field: ({ field }) => field ?? null,
  before: ({ field, before }) => timed(field, before),
  after: ({ field, after }) => timed(field, after),
};

/** Absent where the tracker does not tell. */
function timed(field: string | undefined, value: unknown): unknown {
  return field === 'deferUntil' && typeof value === 'number' ? isoTime(value) : value;
}

export const LINK_FIELDS: Fields<IssueLink> = { type: ({ type }) => type, target: ({ target }) => target };

export const LABEL_FIELDS: Fields<Label> = {
  name: ({ name }) => name,
  description: ({ description }) => description ?? null,
  color: ({ color }) => color ?? null,
};

export const MILESTONE_FIELDS: Fields<Milestone> = {
  title: ({ title }) => title,
  description: ({ description }) => description ?? null,
  state: ({ state }) => state,
  dueDate: ({ dueDate }) => dueDate ?? null,
};

export const PERSON_FIELDS: Fields<Person> = { id: ({ id }) => id, name: ({ name }) => name };

export const TRANSITION_FIELDS: Fields<Transition> = { name: ({ name }) => name, state: ({ state }) => state };

/** The item as a plain object: all its fields, or those that are named, in that order. */
export function picked<Item>(fields: Fields<Item>, item: Item, names?: readonly string[]): Record<string, unknown> {
  return Object.fromEntries((names ?? Object.keys(fields)).map((name) => [name, fields[name]?.(item)]));
}

/** The names in `key,title`. Throws a usage error for one that there is not, with the list of all. */
export function fieldNames(fields: Fields<never>, given: string): string[] {
  const known = Object.keys(fields);
  const names = given
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const wrong = names.filter((name) => !known.includes(name));
  if (wrong.length === 0) return names;
  const words = wrong.map((name) => `--json: there is no field “${name}”.${didYouMean(name, known)}`);
  throw usageError(words.join('\n'), `The fields are: ${known.join(', ')}. To name none, write --json last.`);
}

/** ISO 8601, in UTC. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
