/** Issues as Spec Kitty’s connectors keep them: the canonical model. Pure. */
import { defined } from '../../core/defined.ts';
import type { Issue, IssueDraft, IssuePatch, IssueState, LinkType, Priority } from '../../core/ports/issue.ts';

export interface CanonicalRef {
  readonly system: string;
  readonly workspace: string;
  readonly id: string;
  readonly key?: string | null;
  readonly url?: string | null;
}

export interface CanonicalIssue {
  readonly ref: CanonicalRef;
  readonly title: string;
  readonly body: string | null;
  /** `todo` is open; the others are the neutral words. */
  readonly status: string;
  readonly issue_type: string;
  /** 0 is the most urgent. */
  readonly priority: number;
  readonly assignees: readonly string[];
  readonly labels: readonly string[];
  readonly parent: CanonicalRef | null;
  readonly links: readonly { readonly type: string; readonly target: CanonicalRef }[];
  readonly custom_fields: Readonly<Record<string, unknown>>;
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What is compared, and what each side may own. */
export const CORE_FIELDS = [
  ...(['title', 'body', 'status', 'issue_type', 'priority'] as const),
  ...(['assignees', 'labels', 'parent', 'links', 'custom_fields'] as const),
] as const;
export type CoreField = (typeof CORE_FIELDS)[number];

/** What stands where nobody has said it. */
const USUAL_PRIORITY = 2;

export interface Home {
  readonly system: string;
  readonly workspace: string;
}

export function identityOf({ system, workspace, id }: CanonicalRef): string {
  return `${system}:${workspace}:${id}`;
}

export function toCanonical(home: Home, issue: Issue): CanonicalIssue {
  const {
    key,
    url,
    title,
    body,
    state,
    type = 'task',
    priority = USUAL_PRIORITY,
    labels,
    assignees,
    parent,
    links = [],
  } = issue;
  return {
    ref: { ...home, id: key, key, url },
    ...{ title, body: body === '' ? null : body, status: state === 'open' ? 'todo' : state },
    ...{ issue_type: type, priority, assignees: assignees.map(({ id }) => id), labels: [...labels] },
    parent: parent === undefined ? null : { ...home, id: parent },
    links: links.flatMap(({ type: word, target }) => {
      const known = LINKS[word];
      return known === undefined ? [] : [{ type: known, target: { ...home, id: target } }];
    }),
    custom_fields: { ...issue.metadata },
    created_at: new Date(issue.createdAt).toISOString(),
    updated_at: new Date(issue.updatedAt).toISOString(),
    raw: {},
  };
}

const LINKS: Readonly<Partial<Record<LinkType, string>>> = {
  blocks: 'blocks',
  'is blocked by': 'blocked_by',
  'depends on': 'blocked_by',
  'is dependency of': 'blocks',
  'relates to': 'relates_to',
  duplicates: 'duplicates',
};

export function draftOf(issue: CanonicalIssue): IssueDraft {
  const { title, body, issue_type: type, labels, assignees, parent } = issue;
  return {
    ...{
      title,
      body: body ?? '',
      state: stateOf(issue.status),
      type,
      labels,
      assignees,
      priority: priorityOf(issue.priority),
    },
    ...defined({ parent: parent?.id }),
  };
}

/** Of these fields; links and fields of programs are left as they are there. */
export function patchOf(issue: CanonicalIssue, fields: readonly CoreField[]): IssuePatch {
  const { title, body, status, issue_type: type, priority, labels, assignees, parent } = issue;
  const all: Readonly<Partial<Record<CoreField, IssuePatch>>> = {
    ...{ title: { title }, body: { body: body ?? '' }, status: { state: stateOf(status) }, issue_type: { type } },
    ...{ priority: { priority: priorityOf(priority) }, labels: { labels }, assignees: { assignees } },
    parent: { parent: parent?.id ?? null },
  };
  return Object.assign({}, ...fields.map((field) => all[field] ?? {}));
}

const STATES: readonly IssueState[] = ['in_progress', 'in_review', 'blocked', 'done', 'canceled'];

function stateOf(status: string): IssueState {
  return STATES.find((state) => state === status) ?? 'open';
}

function priorityOf(priority: number): Priority {
  const whole = Math.min(4, Math.max(0, Math.round(priority)));
  return ([0, 1, 2, 3, 4] as const).find((each) => each === whole) ?? USUAL_PRIORITY;
}
