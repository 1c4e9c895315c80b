/** Shapes of Gitea and Forgejo, as far as we read them, and their translation to neutral words. https://docs.gitea.com/api/ */

import { defined } from '../../core/defined.ts';
import { commentTimes } from '../../core/drivers/comment-times.ts';
import type { FieldLabels } from '../../core/drivers/field-labels.ts';
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import { countOf } from '../../core/drivers/vendor-count.ts';
import { vendorId } from '../../core/drivers/vendor-id.ts';
import { neededNumber, neededText, textOrNothing } from '../../core/http/unexpected-answer.ts';
import type { Comment, Issue, IssueState, Label, Milestone, Person } from '../../core/ports/index.ts';

export interface WireUser {
  readonly login: string;
  readonly full_name?: string | null;
  readonly email?: string | null;
}

export interface WireLabel {
  readonly id: number;
  readonly name: string;
  /** `#` may stand before the digits. */
  readonly color?: string | null;
  readonly description?: string | null;
  /** An issue has at most one of those that share what stands before the last `/` in their names. */
  readonly exclusive?: boolean | null;
}

export interface WireMilestone {
  readonly id: number;
  readonly title: string;
  readonly description?: string | null;
  readonly state?: string | null;
  readonly due_on?: string | null;
}

export interface WireAsset {
  readonly id: number;
  readonly name: string;
  readonly size?: number | null;
  readonly created_at?: string | null;
  readonly browser_download_url: string;
}

export interface WireIssue {
  /** Of the whole server. */
  readonly id?: number;
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body?: string | null;
  readonly state: string;
  readonly labels?: readonly WireLabel[] | null;
  readonly assignees?: readonly WireUser[] | null;
  readonly milestone?: WireMilestone | null;
  readonly due_date?: string | null;
  readonly comments?: number | null;
  readonly user?: WireUser | null;
  readonly created_at: string;
  readonly updated_at: string;
  /** Set on what is a pull request. */
  readonly pull_request?: object | null;
  readonly is_locked?: boolean;
  readonly closed_at?: string | null;
  readonly repository?: { readonly full_name?: string | null } | null;
  /** Counts the changes of the body; Forgejo does not tell it. */
  readonly content_version?: number | null;
  readonly assets?: readonly WireAsset[] | null;
}

/** A comment, or something that was done: `close`, `reopen`, `label` … */
export interface WireEvent {
  readonly type: string;
  readonly user?: WireUser | null;
  readonly created_at: string;
}

export interface WireComment {
  readonly id: number;
  readonly body?: string | null;
  readonly user?: WireUser | null;
  readonly created_at: string;
  readonly updated_at?: string | null;
  readonly assets?: readonly WireAsset[] | null;
}

export function toIssue(issue: WireIssue, fields: FieldLabels): Issue {
  const { labels, state, stateName, ...more } = fields.read(labelNames(issue));
  const dueDate = toDay(issue.due_date);
  return {
    key: String(neededNumber('Gitea', 'number', issue.number)),
    ...defined({ id: vendorId(issue.id) }),
    url: neededText('Gitea', 'html_url', issue.html_url),
    title: neededText('Gitea', 'title', issue.title),
    ...splitMetadata(unifyLineEnds(textOrNothing('Gitea', 'body', issue.body))),
    ...toState(issue.state, state, stateName),
    ...more,
    labels,
    assignees: (issue.assignees ?? []).map(toPerson),
    ...defined({
      milestone: issue.milestone ? neededText('Gitea', 'milestone', issue.milestone.title) : undefined,
      dueDate: dueDate || undefined,
      author: issue.user ? toPerson(issue.user) : undefined,
      commentCount: countOf(issue.comments),
    }),
    createdAt: Date.parse(issue.created_at),
    updatedAt: Date.parse(issue.updated_at),
  };
}

/** Gitea has open and closed; labels tell the rest. A closed issue is closed whatever its labels say, and an open one is open. */
function toState(word: string, labelled: IssueState | undefined, name = word): Pick<Issue, 'state' | 'stateName'> {
  const isClosed = word === 'closed';
  if (labelled === 'canceled' || labelled === 'done') {
    return isClosed ? { state: labelled, stateName: name } : { state: 'open', stateName: word };
  }
  if (isClosed) return { state: 'done', stateName: word };
  return { state: labelled ?? 'open', stateName: name };
}

export function labelNames({ labels }: Pick<WireIssue, 'labels'>): string[] {
  return (labels ?? []).map(({ name }) => neededText('Gitea', 'label', name));
}

/** What people edit in the browser comes back with the line ends of forms. */
export function unifyLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/**
 * A day is kept as its last second, in the zone of whoever has set it, and told in the server's zone. A server's own page, and we,
 * write that of its zone; other programs, and we before, that of UTC.
 */
export function toDay(time: string | null | undefined): string | undefined {
  if (!time) return undefined;
  const utc = new Date(time);
  if (!Number.isFinite(utc.getTime()) || utc.getUTCFullYear() >= NO_DAY) return undefined;
  return utc.toISOString().slice(11, 19) === LAST_SECOND ? utc.toISOString().slice(0, 10) : time.slice(0, 10);
}

const LAST_SECOND = '23:59:59';

/** Milestones without a day had this year in earlier versions. */
const NO_DAY = 9999;

/** `offset`: `Z`, or as `+02:00`. */
export function endOfDay(day: string, offset: string): string {
  return `${day}T${LAST_SECOND}${offset}`;
}

export function toComment(comment: WireComment): Comment {
  return {
    id: String(neededNumber('Gitea', 'id', comment.id)),
    body: unifyLineEnds(textOrNothing('Gitea', 'body', comment.body)),
    ...(comment.user ? { author: toPerson(comment.user) } : {}),
    ...commentTimes(comment.created_at, comment.updated_at),
  };
}

export function toPerson({ login, full_name: name, email }: WireUser): Person {
  const id = neededText('Gitea', 'login', login);
  return { id, name: name || id, ...(email && !isMadeUp(email) ? { email } : {}) };
}

/** Who hides the address has one that the server has made up: `ann@noreply.example.org`. */
function isMadeUp(email: string): boolean {
  return /@(?:users\.)?noreply\./i.test(email);
}

export function toLabel({ name, color, description }: WireLabel): Label {
  return {
    name: neededText('Gitea', 'label', name),
    ...defined({
      description: description || undefined,
      color: color ? color.replace(/^#/, '').toLowerCase() : undefined,
    }),
  };
}

export function toMilestone({ title, description, state, due_on }: WireMilestone): Milestone {
  const dueDate = toDay(due_on);
  return {
    title: neededText('Gitea', 'title', title),
    ...(description ? { description } : {}),
    state: state === 'closed' ? 'closed' : 'open',
    ...(dueDate ? { dueDate } : {}),
  };
}
