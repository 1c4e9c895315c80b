/** GitHub's shapes of an issue and what belongs to it, as far as we read them, and their translation to neutral words. */
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import { neededNumber, neededText, textOrNothing } from '../../core/http/unexpected-answer.ts';
import type { Comment, Issue, IssueState, Label, Milestone, Person } from '../../core/ports/index.ts';
import { CLOSED_NAMES, type IssueFields } from './fields.ts';
import { type Id, unifyLineEnds } from './host-wire.ts';

export interface WireUser {
  readonly login: string;
  /** `User`, `Bot`, `Organization`. */
  readonly type?: string | undefined;
}

/** https://docs.github.com/en/rest/issues/issues */
export interface WireIssue {
  /** Of all GitHub; sub-issues and dependencies are told by it. Lists of other kinds have it too. */
  readonly id: Id;
  readonly number: number;
  readonly html_url: string;
  readonly repository_url?: string | undefined;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly state_reason?: string | null | undefined;
  readonly labels: readonly (string | { readonly name?: string | undefined })[];
  readonly assignees?: readonly WireUser[] | null | undefined;
  readonly milestone?: { readonly title: string } | null | undefined;
  /** Where the organisation has issue types. */
  readonly type?: { readonly name: string } | null | undefined;
  /** Of a sub-issue, where the server has them. */
  readonly parent_issue_url?: string | null | undefined;
  readonly user: WireUser | null;
  /** What the author is to the repository. */
  readonly author_association?: string | undefined;
  readonly created_at: string;
  readonly updated_at: string;
  /** Present on what is a pull request; lists mix both. */
  readonly pull_request?: object | undefined;
}

export function toIssue(wire: WireIssue, fields: IssueFields): Issue {
  const { labels, state, stateName, ...said } = fields.labelsOf(wire).read(labelNames(wire));
  const { milestone, type } = wire;
  const parent = wire.parent_issue_url ? referenceTo(wire.parent_issue_url, wire.repository_url) : undefined;
  return {
    key: String(neededNumber('GitHub', 'number', wire.number)),
    url: neededText('GitHub', 'html_url', wire.html_url),
    title: neededText('GitHub', 'title', wire.title),
    ...splitMetadata(unifyLineEnds(textOrNothing('GitHub', 'body', wire.body))),
    ...toState(wire, state, stateName),
    ...said,
    ...(type ? { type: neededText('GitHub', 'type', type.name).toLowerCase() } : {}),
    labels,
    assignees: (wire.assignees ?? []).map(toPerson),
    ...(milestone ? { milestone: neededText('GitHub', 'milestone', milestone.title) } : {}),
    ...(parent === undefined ? {} : { parent }),
    ...(wire.user ? { author: toPerson(wire.user) } : {}),
    createdAt: Date.parse(wire.created_at),
    updatedAt: Date.parse(wire.updated_at),
  };
}

/** The names of all labels, those included that stand for fields. */
export function labelNames({ labels }: Pick<WireIssue, 'labels'>): string[] {
  return labels.map((label) => (typeof label === 'string' ? label : neededText('GitHub', 'label', label.name)));
}

/** The key of an issue by its address in the API: `12`, of another repository `owner/repo#12`. */
export function referenceTo(url: string, repositoryUrl: string | undefined): string {
  const [, repository, number] = /\/repos\/([^/]+\/[^/]+)\/issues\/(\d+)$/.exec(url) ?? [];
  if (repository === undefined || number === undefined) return neededText('GitHub', 'address of an issue', undefined);
  const own = repositoryUrl === undefined || repositoryUrl.toLowerCase().endsWith(`/repos/${repository.toLowerCase()}`);
  return own ? number : `${repository}#${number}`;
}

/** A closed issue is closed whatever labels are left. A reason that is not `completed` is no proof that it was done. */
function toState(
  { state, state_reason }: WireIssue,
  labelled: IssueState = 'open',
  name = 'open',
): { state: IssueState; stateName: string } {
  if (state === 'open') return { state: labelled, stateName: name };
  const done = !state_reason || state_reason === 'completed';
  return { state: done ? 'done' : 'canceled', stateName: state_reason ? closedName(state_reason) : CLOSED_NAMES.none };
}

function closedName(reason: string): string {
  return `closed (${reason})`;
}

export function toPerson({ login }: WireUser): Person {
  return { id: login, name: login };
}

/** https://docs.github.com/en/rest/issues/comments */
export interface WireComment {
  readonly id: Id;
  readonly body?: string | undefined;
  readonly user: WireUser | null;
  readonly created_at: string;
  /** Address of the issue in the API. */
  readonly issue_url?: string | undefined;
}

export function toComment(comment: WireComment): Comment {
  return {
    id: String(comment.id),
    body: splitMetadata(unifyLineEnds(neededText('GitHub', 'body', comment.body))).body,
    ...(comment.user ? { author: toPerson(comment.user) } : {}),
    createdAt: Date.parse(comment.created_at),
  };
}

/** https://docs.github.com/en/rest/issues/labels */
export interface WireLabel {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly color?: string | null | undefined;
}

export function toLabel({ name, description, color }: WireLabel): Label {
  return {
    name: neededText('GitHub', 'name', name),
    ...(description ? { description } : {}),
    ...(color ? { color } : {}),
  };
}

/** https://docs.github.com/en/rest/issues/milestones */
export interface WireMilestone {
  readonly number: number;
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly state: string;
  readonly due_on?: string | null | undefined;
}

export function toMilestone({ title, description, state, due_on }: WireMilestone): Milestone {
  return {
    title: neededText('GitHub', 'title', title),
    ...(description ? { description: unifyLineEnds(description) } : {}),
    state: state === 'open' ? 'open' : 'closed',
    ...(due_on ? { dueDate: due_on.slice(0, 10) } : {}),
  };
}
