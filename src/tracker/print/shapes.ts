/** How each kind of thing looks in a table, and what its id is. Pure. */
import {
  type BlockedIssue,
  type Blocker,
  type Claim,
  type Comment,
  type FieldChange,
  type IssueLink,
  type IssueState,
  type Label,
  type Milestone,
  type Person,
  PRIORITY_NAMES,
  type Transition,
} from '../../../core/ports/index.ts';
import { minute } from '../../../core/text/minute.ts';
import {
  ATTACHMENT_FIELDS,
  BLOCKED_FIELDS,
  CHANGE_FIELDS,
  CLAIM_FIELDS,
  COMMENT_FIELDS,
  DUPLICATE_FIELDS,
  type DuplicateIssue,
  ISSUE_FIELDS,
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
  onTerminal: (now) => [
    { title: 'Key', of: ({ key }) => key, align: 'end' },
    { title: 'State', of: ({ stateName }) => stateName, max: 20, tint: ({ state }) => STATE_TINTS[state] },
    { title: 'Priority', of: priorityName, tint: ({ priority }) => PRIORITY_TINTS[priority ?? 4] },
    { title: 'Title', of: ({ title }) => title, gives: true },
    { title: 'Assigned', of: ({ assignees }) => assignees.map(({ name }) => name).join(', '), max: 20 },
    { title: 'Labels', of: ({ labels }) => labels.join(', '), max: 30, tint: () => '2' },
    { title: 'Age', of: ({ createdAt }) => age(now - createdAt), align: 'end' },
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

export const CHANGES: Shape<FieldChange> = {
  fields: CHANGE_FIELDS,
  columns: [
    { title: 'When', of: ({ at }) => minute(at), align: 'start' },
    { title: 'Key', of: ({ key }) => key, align: 'end' },
    { title: 'Id', of: ({ id }) => id, align: 'end' },
    { title: 'Who', of: ({ actor }) => actor ?? '', align: 'start', max: 40 },
    { title: 'What', of: whatText, align: 'start', max: 40 },
    { title: 'Change', of: changeText, max: 200 },
  ],
  id: ({ id }) => id,
};

/** What an undo has brought back: when, by whom and of which issue is known. */
export const RESTORED: Shape<FieldChange> = { ...CHANGES, columns: CHANGES.columns.slice(-2) };

export const DUPLICATES: Shape<DuplicateIssue> = {
  ...ISSUES,
  fields: DUPLICATE_FIELDS,
  columns: [
    ...ISSUES.columns.slice(0, 3),
    { title: 'Like', of: ({ duplicateOf, because }) => `${duplicateOf} (${because})`, max: 100 },
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

/** `changed state`; of what is `commented`, `linked` or `claimed` the word says what it is. */
function whatText({ kind, field }: FieldChange): string {
  return kind === 'changed' && field !== undefined ? `changed ${field}` : kind;
}

function changeText({ field, before, after }: FieldChange): string {
  if (field === undefined || (before === undefined && after === undefined)) return '';
  const shown = (value: unknown) =>
    typeof value === 'number' && field === 'deferUntil' ? minute(value) : valueText(value);
  if (before === undefined || before === null) return `→ ${shown(after)}`;
  return `${shown(before)} → ${shown(after)}`;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function blockedByText(blockedBy: readonly Blocker[]): string {
  if (blockedBy.length === 0) return '(its state says so)';
  return `← ${blockedBy.map(({ key, title }) => (title === undefined ? key : `${key} ${title}`)).join(', ')}`;
}

const STATE_TINTS: Readonly<Record<IssueState, string>> = {
  open: '32',
  in_progress: '33',
  in_review: '36',
  blocked: '31',
  done: '35',
  canceled: '2',
};

/** What is urgent is seen. */
const PRIORITY_TINTS = ['31', '33', undefined, undefined, undefined] as const;

function priorityName({ priority }: ShownIssue): string {
  return priority === undefined ? '' : PRIORITY_NAMES[priority];
}

const UNITS: readonly (readonly [sign: string, milliseconds: number])[] = [
  ['y', 31_557_600_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
];

/** In the largest unit of which there are two: `90m`, `13d`, `3w`. */
export function age(milliseconds: number): string {
  const unit = UNITS.find(([, each]) => milliseconds >= 2 * each);
  if (unit) return `${Math.floor(milliseconds / unit[1])}${unit[0]}`;
  return milliseconds >= 60_000 ? '1m' : 'now';
}

function bracketed(labels: readonly string[]): string {
  return labels.length === 0 ? '' : `[${labels.join(', ')}]`;
}
