/** How each kind of thing looks in a table, and what its id is. Pure. */
import type {
  BlockedIssue,
  Blocker,
  Claim,
  Comment,
  IssueLink,
  Label,
  Milestone,
  Person,
  Transition,
} from '../../../core/ports/index.ts';
import {
  ATTACHMENT_FIELDS,
  BLOCKED_FIELDS,
  CLAIM_FIELDS,
  COMMENT_FIELDS,
  ISSUE_FIELDS,
  isoTime,
  LABEL_FIELDS,
  LINK_FIELDS,
  MILESTONE_FIELDS,
  PERSON_FIELDS,
  READY_FIELDS,
  type ShownAttachment,
  type ShownIssue,
  TRANSITION_FIELDS,
} from './fields.ts';
import type { Shape } from './formats.ts';

export const ISSUES: Shape<ShownIssue> = {
  fields: ISSUE_FIELDS,
  columns: [
    { title: 'Key', of: ({ key }) => key, align: 'end' },
    { title: 'State', of: ({ stateName }) => stateName, align: 'start', max: 40 },
    { title: 'Title', of: ({ title }) => title },
    { title: 'Labels', of: ({ labels }) => bracketed(labels), max: 300 },
  ],
  id: ({ key }) => key,
};

export const READY: Shape<ShownIssue> = {
  ...ISSUES,
  fields: READY_FIELDS,
  columns: [
    ...ISSUES.columns,
    { title: 'Why', of: ({ ready, why = [] }) => `${ready === false ? 'not ready: ' : ''}${why.join('; ')}`, max: 300 },
  ],
};

export const BLOCKED: Shape<BlockedIssue & ShownIssue> = {
  ...ISSUES,
  fields: BLOCKED_FIELDS,
  columns: [
    { title: 'Key', of: ({ key }) => key, align: 'end' },
    { title: 'State', of: ({ stateName }) => stateName, align: 'start', max: 40 },
    { title: 'Title', of: ({ title }) => title },
    { title: 'Waits for', of: ({ blockedBy }) => blockedByText(blockedBy), max: 300 },
  ],
};

export const COMMENTS: Shape<Comment> = {
  fields: COMMENT_FIELDS,
  columns: [
    { title: 'Id', of: ({ id }) => id, align: 'end' },
    { title: 'Written', of: ({ createdAt }) => minute(createdAt), align: 'start' },
    { title: 'By', of: ({ author }) => author?.name ?? '', align: 'start', max: 40 },
    { title: 'Text', of: ({ body }) => body },
  ],
  id: ({ id }) => id,
};

export const ATTACHMENTS: Shape<ShownAttachment> = {
  fields: ATTACHMENT_FIELDS,
  columns: [
    { title: 'Name', of: ({ name }) => name, align: 'start', max: 60 },
    { title: 'Bytes', of: ({ size }) => (size === undefined ? '' : String(size)), align: 'end' },
    { title: 'Type', of: ({ type }) => type ?? '', align: 'start', max: 40 },
    { title: 'Added', of: ({ createdAt }) => (createdAt === undefined ? '' : minute(createdAt)), align: 'start' },
    { title: 'By', of: ({ author }) => author?.name ?? '', align: 'start', max: 40 },
    { title: 'Where', of: ({ url, path }) => path ?? url },
  ],
  id: ({ id }) => id,
};

export const LINKS: Shape<IssueLink> = {
  fields: LINK_FIELDS,
  columns: [
    { title: 'Link', of: ({ type }) => type, align: 'start' },
    { title: 'Issue', of: ({ target }) => target },
  ],
  id: ({ target }) => target,
};

export const LABELS: Shape<Label> = {
  fields: LABEL_FIELDS,
  columns: [
    { title: 'Label', of: ({ name }) => name, align: 'start' },
    { title: 'Colour', of: ({ color }) => (color ? `#${color}` : ''), align: 'start' },
    { title: 'Description', of: ({ description }) => description ?? '' },
  ],
  id: ({ name }) => name,
};

export const MILESTONES: Shape<Milestone> = {
  fields: MILESTONE_FIELDS,
  columns: [
    { title: 'Milestone', of: ({ title }) => title, align: 'start' },
    { title: 'State', of: ({ state }) => state, align: 'start' },
    { title: 'Due', of: ({ dueDate }) => dueDate ?? '', align: 'start' },
    { title: 'Description', of: ({ description }) => description ?? '' },
  ],
  id: ({ title }) => title,
};

export const PEOPLE: Shape<Person> = {
  fields: PERSON_FIELDS,
  columns: [
    { title: 'Id', of: ({ id }) => id, align: 'start' },
    { title: 'Name', of: ({ name }) => name },
  ],
  id: ({ id }) => id,
};

export const TRANSITIONS: Shape<Transition> = {
  fields: TRANSITION_FIELDS,
  columns: [
    { title: 'Vendor’s state', of: ({ name }) => name, align: 'start' },
    { title: 'State', of: ({ state }) => state },
  ],
  id: ({ name }) => name,
};

export const CLAIMS: Shape<Claim> = {
  fields: CLAIM_FIELDS,
  columns: [
    { title: 'Key', of: ({ key }) => key, align: 'end' },
    { title: 'Agent', of: ({ agent }) => agent, align: 'start' },
    { title: 'Until', of: ({ until }) => minute(until) },
  ],
  id: ({ key }) => key,
};

/** To the minute, in UTC. */
export function minute(milliseconds: number): string {
  return `${isoTime(milliseconds).slice(0, 16).replace('T', ' ')} UTC`;
}

function blockedByText(blockedBy: readonly Blocker[]): string {
  if (blockedBy.length === 0) return '(its state says so)';
  return `← ${blockedBy.map(({ key, title }) => (title === undefined ? key : `${key} ${title}`)).join(', ')}`;
}

function bracketed(labels: readonly string[]): string {
  return labels.length === 0 ? '' : `[${labels.join(', ')}]`;
}
