/** GitHub's shapes of an issue and what belongs to it, as far as we read them, and their translation to neutral words. */
import { defined } from '../../core/defined.ts';
import { commentTimes } from '../../core/drivers/comment-times.ts';
import { toPriority } from '../../core/drivers/field-labels.ts';
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import { countOf } from '../../core/drivers/vendor-count.ts';
import { vendorId } from '../../core/drivers/vendor-id.ts';
import { neededNumber, neededText, textOrNothing } from '../../core/http/unexpected-answer.ts';
import type { Comment, Issue, IssueState, Label, Milestone, Person } from '../../core/ports/index.ts';
import { asFarAsItReads, NO_ADDRESS, NO_STATE, NO_TITLE } from '../../core/tracker/odd-records.ts';
import { CLOSED_NAMES, type IssueFields } from './field-labels.ts';
import { unifyLineEnds } from './host-wire.ts';
import type { Part } from './schema.ts';

/** `type` is `User`, `Bot` or `Organization`. */
export type WireUser = Part<'simple-user', 'login'> & Partial<Part<'simple-user', 'type'>>;

/**
 * https://docs.github.com/en/rest/issues/issues – `id` is that of all GitHub: sub-issues and dependencies are told by it.
 * `parent_issue_url` is there where the server has sub-issues, `pull_request` on what is a pull request; lists mix both. Where
 * PACE can do without a field that the description promises, the field is optional.
 */
export interface WireIssue
  extends Part<
      'issue',
      'id' | 'number' | 'html_url' | 'title' | 'body' | 'state' | 'parent_issue_url' | 'created_at' | 'updated_at'
    >,
    Partial<Part<'issue', 'repository_url' | 'comments'>> {
  /** Wider than described: a server may have a reason of its own. */
  readonly state_reason?: string | null;
  readonly labels: readonly (string | Partial<Part<'label', 'name'>>)[];
  readonly assignees?: readonly WireUser[] | null;
  readonly milestone?: Part<'milestone', 'title'> | null;
  /** Where the organisation has issue types. */
  readonly type?: Part<'issue-type', 'name'> | null;
  /** Fields that the organisation has made for its issues; in lists too. */
  readonly issue_field_values?: readonly WireFieldValue[] | null;
  readonly user: WireUser | null;
  /** What the author is to the repository. */
  readonly author_association?: string;
  readonly pull_request?: object;
  /** Of a closed issue. */
  readonly closed_by?: WireUser | null;
}

/** https://docs.github.com/en/rest/issues/issue-field-values – the name is missing where the field has been deleted since. */
export interface WireFieldValue {
  readonly issue_field_name?: string | null;
  /** `text`, `single_select`, `multi_select`, `number`, `date`. */
  readonly data_type?: string;
  readonly value?: unknown;
  readonly single_select_option?: { readonly name?: string } | null;
}

export function toIssue(wire: WireIssue, fields: IssueFields): Issue {
  const key = String(neededNumber('GitHub', 'number', wire.number));
  return asFarAsItReads(({ part, each, people, person, time }) => {
    const names = each(wire.labels, labelName);
    const { labels, state, stateName, ...said } = fields.labelsOf(wire).read(names);
    const { milestone, type, user, parent_issue_url: above } = wire;
    const parent = above ? part(() => referenceTo(above, wire.repository_url), undefined) : undefined;
    const author = user ? person(user, toPerson) : undefined;
    const kind = type ? part(() => neededText('GitHub', 'type', type.name).toLowerCase(), undefined) : undefined;
    const due = milestone ? part(() => neededText('GitHub', 'milestone', milestone.title), undefined) : undefined;
    const body = part(() => textOrNothing('GitHub', 'body', wire.body), '');
    const times = [wire.created_at, wire.updated_at].map((moment) => () => Date.parse(moment));
    return {
      key,
      ...defined({ id: vendorId(wire.id) }),
      url: part(() => neededText('GitHub', 'html_url', wire.html_url), NO_ADDRESS),
      title: part(() => neededText('GitHub', 'title', wire.title), NO_TITLE),
      ...splitMetadata(unifyLineEnds(body)),
      ...part(() => toState(wire, state, stateName), { state: 'open' as const, stateName: NO_STATE }),
      ...part(() => ownFields(wire.issue_field_values ?? []), {}),
      // a label is what PACE itself writes
      ...said,
      ...defined({ type: kind ?? said.type }),
      labels,
      assignees: people(wire.assignees, toPerson),
      ...defined({ milestone: due, parent, author, commentCount: countOf(wire.comments) }),
      createdAt: time(...times),
      updatedAt: time(...times.toReversed()),
    };
  });
}

/** What fields of the organisation tell of ours: GitHub proposes “Priority” and “Target date” to every one. */
function ownFields(values: readonly WireFieldValue[]): Pick<Issue, 'priority' | 'dueDate'> {
  const called = (names: RegExp, type: string) =>
    values.find((each) => each.data_type === type && names.test(each.issue_field_name?.trim() ?? ''));
  const priority = called(/^priority$/i, 'single_select');
  const word = priority?.single_select_option?.name ?? priority?.value;
  const due = called(/^(?:due|target)(?: date)?$|^deadline$/i, 'date')?.value;
  return defined({
    // words have pictures before them here and there
    priority: typeof word === 'string' ? toPriority(word.match(/[\p{L}\p{N}]+/u)?.[0]) : undefined,
    dueDate: typeof due === 'string' ? /^\d{4}-\d\d-\d\d/.exec(due)?.[0] : undefined,
  });
}

/** The same for one of another repository, seen from here: what it names has the repository's name with it. */
export function seenFrom(repository: string, issue: Issue): Issue {
  const named = (key: string) => (key.includes('#') ? key : `${repository}#${key}`);
  const { key, parent, ...rest } = issue;
  return { ...rest, key: named(key), ...(parent === undefined ? {} : { parent: named(parent) }) };
}

/** The names of all labels, those included that stand for fields. */
export function labelNames({ labels }: Pick<WireIssue, 'labels'>): string[] {
  return labels.map(labelName);
}

function labelName(label: WireIssue['labels'][number]): string {
  return neededText('GitHub', 'label', typeof label === 'string' ? label : label.name);
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
  neededText('GitHub', 'state', state);
  const done = !state_reason || state_reason === 'completed';
  return { state: done ? 'done' : 'canceled', stateName: state_reason ? closedName(state_reason) : CLOSED_NAMES.none };
}

function closedName(reason: string): string {
  return `closed (${reason})`;
}

export function toPerson(user: WireUser): Person {
  const login = neededText('GitHub', 'login', user.login);
  return { id: login, name: login };
}

/** https://docs.github.com/en/rest/issues/comments – `issue_url` is the address of the issue in the API. */
export interface WireComment
  extends Part<'issue-comment', 'id' | 'body' | 'created_at'>,
    Partial<Part<'issue-comment', 'issue_url' | 'updated_at'>> {
  readonly user: WireUser | null;
  /** What the author is to the repository. */
  readonly author_association?: string;
}

export function toComment(comment: WireComment): Comment {
  const id = String(neededNumber('GitHub', 'id of a comment', comment.id));
  return asFarAsItReads(({ part, person, time }) => {
    const author = comment.user ? person(comment.user, toPerson) : undefined;
    return {
      id,
      body: splitMetadata(unifyLineEnds(part(() => textOrNothing('GitHub', 'body', comment.body), ''))).body,
      ...defined({ author }),
      ...commentTimes(comment.created_at, comment.updated_at),
      createdAt: time(() => Date.parse(comment.created_at)),
    };
  });
}

/** https://docs.github.com/en/rest/issues/labels */
export type WireLabel = Part<'label', 'name'> & Partial<Part<'label', 'description' | 'color'>>;

export function toLabel({ name, description, color }: WireLabel): Label {
  return {
    name: neededText('GitHub', 'name', name),
    ...(description ? { description } : {}),
    ...(color ? { color } : {}),
  };
}

/** https://docs.github.com/en/rest/issues/milestones */
export type WireMilestone = Part<'milestone', 'number' | 'title' | 'state'> &
  Partial<Part<'milestone', 'description' | 'due_on'>>;

export function toMilestone({ title, description, state, due_on }: WireMilestone): Milestone {
  return {
    title: neededText('GitHub', 'title', title),
    ...(description ? { description: unifyLineEnds(description) } : {}),
    state: state === 'open' ? 'open' : 'closed',
    ...(due_on ? { dueDate: due_on.slice(0, 10) } : {}),
  };
}
