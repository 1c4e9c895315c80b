/** GitLab's shapes of issues and what belongs to them (only what we read), and their translation to neutral words. */

import type {
  IssueSchema,
  IterationSchema,
  LabelSchema,
  MilestoneSchema,
  NoteSchema,
  SimpleLabelSchema,
  SimpleUserSchema,
} from '@gitbeaker/core';
import { defined } from '../../core/defined.ts';
import { commentTimes } from '../../core/drivers/comment-times.ts';
import type { LabelledFields } from '../../core/drivers/field-labels.ts';
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import { countOf } from '../../core/drivers/vendor-count.ts';
import { vendorId } from '../../core/drivers/vendor-id.ts';
import { neededNumber, neededText, textOrNothing } from '../../core/http/unexpected-answer.ts';
import { type Comment, type Issue, isClosed, type Label, type Milestone, type Person } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { asFarAsItReads, NO_ADDRESS, NO_STATE, NO_TITLE } from '../../core/tracker/odd-records.ts';
import type { LabelWords } from './field-labels.ts';
import type { Maybe, Part } from './schema.ts';

export type WireUser = Part<SimpleUserSchema, 'id' | 'username'> &
  Maybe<SimpleUserSchema, 'name'> & {
    /** Where the person shows it; lists of people have it here and there. */
    readonly public_email?: unknown;
  };

/** https://docs.gitlab.com/api/issues/ – `weight`, `epic` and `iteration` are absent where the edition does not offer them. */
export interface WireIssue
  extends Part<IssueSchema, 'iid' | 'web_url' | 'title' | 'state' | 'created_at' | 'updated_at'>,
    Maybe<IssueSchema, 'description' | 'due_date' | 'weight' | 'user_notes_count' | 'confidential'> {
  /** Not among theirs, as little as `iteration`. */
  readonly issue_type?: string | null;
  readonly labels?: readonly (string | Part<SimpleLabelSchema, 'name'>)[] | null;
  readonly assignees?: readonly WireUser[] | null;
  readonly author?: WireUser | null;
  readonly milestone?: Part<MilestoneSchema, 'title'> | null;
  readonly epic?: (Part<Epic, 'iid'> & Maybe<Epic, 'url'>) | null;
  readonly iteration?: WireIteration | null;
  readonly references?: Maybe<IssueSchema['references'], 'full'> | null;
  /** Of all GitLab, as `moved_to_id` is. */
  readonly id?: number;
  readonly project_id?: number;
  /** Of what was moved to another project: it stays behind as a closed issue. Not among theirs. */
  readonly moved_to_id?: number | string | null;
  /** `closed_as_duplicate_of`, not among theirs, is the address of the issue that this one is a copy of. */
  readonly _links?: object | null;
  /** Their types say text, in places. */
  readonly closed_by?: WireUser | string | null;
  readonly discussion_locked?: boolean | null;
}

type Epic = NonNullable<IssueSchema['epic']>;

/** https://docs.gitlab.com/api/iterations/ – one of a cadence with automatic scheduling has no title. */
export type WireIteration = Maybe<IterationSchema, 'title' | 'start_date' | 'due_date'>;

/** https://docs.gitlab.com/api/notes/ */
export interface WireNote
  extends Part<NoteSchema, 'id' | 'body' | 'system' | 'created_at'>,
    Maybe<NoteSchema, 'updated_at'> {
  readonly author?: WireUser | null;
  /** For members alone; not among theirs, as little as its older name. */
  readonly internal?: boolean | null;
  readonly confidential?: boolean | null;
}

/** https://docs.gitlab.com/api/labels/ – one that is no label of the project is that of a group. */
export type WireLabel = Part<LabelSchema, 'id' | 'name'> &
  Maybe<LabelSchema, 'color' | 'description' | 'is_project_label'>;

/** https://docs.gitlab.com/api/milestones/ */
export interface WireMilestone
  extends Part<MilestoneSchema, 'id' | 'title' | 'state'>,
    Maybe<MilestoneSchema, 'description' | 'due_date'> {
  /** Set for the milestone of a group; not among theirs. */
  readonly group_id?: number | null;
}

export function toIssue(issue: WireIssue, words: LabelWords): Issue {
  const key = String(neededNumber('GitLab', 'iid', issue.iid));
  return asFarAsItReads(({ part, each, people, person, time }) => {
    const hasWeight = issue.weight !== undefined;
    const name = part(() => neededText('GitLab', 'state', issue.state), NO_STATE);
    const closed = name === 'closed';
    // a closed issue is closed, and an open one open, whatever labels are left on it
    const labels = each(issue.labels, labelName).filter((label) => {
      const state = words.states.toState(label);
      return state === undefined || isClosed(state) === closed;
    });
    const said = words.fields(hasWeight).read(labels);
    const { milestone, epic, iteration, author } = issue;
    const points = hasWeight ? (issue.weight ?? undefined) : said.storyPoints;
    const times = [issue.created_at, issue.updated_at].map((moment) => () => Date.parse(moment));
    return {
      key,
      ...defined({ id: vendorId(issue.id) }),
      url: part(() => neededText('GitLab', 'web_url', issue.web_url), NO_ADDRESS),
      title: part(() => neededText('GitLab', 'title', issue.title), NO_TITLE),
      ...splitMetadata(part(() => textOrNothing('GitLab', 'description', issue.description), '')),
      ...stateOf(issue, closed, said, name),
      ...defined({ type: said.type ?? ownType(issue), priority: said.priority }),
      labels: said.labels,
      assignees: people(issue.assignees, toPerson),
      ...defined({
        milestone: milestone ? part(() => neededText('GitLab', 'milestone', milestone.title), undefined) : undefined,
        parent: epic ? part(() => epicKey(epic, issue), undefined) : undefined,
        storyPoints: points,
        dueDate: issue.due_date || undefined,
        sprint: iteration ? sprintName(iteration) : undefined,
        author: author ? person(author, toPerson) : undefined,
        commentCount: countOf(issue.user_notes_count),
        isPrivate: issue.confidential ? (true as const) : undefined,
      }),
      createdAt: time(...times),
      updatedAt: time(...times.toReversed()),
    };
  });
}

/** Nobody works on a duplicate any more, nor on what was moved away. A label of a person says more. */
function stateOf(
  { moved_to_id: movedTo, _links: links }: WireIssue,
  closed: boolean,
  said: Pick<LabelledFields, 'state' | 'stateName'>,
  name: string,
): Pick<Issue, 'state' | 'stateName'> {
  const [state, stateName] = !closed
    ? (['open', name] as const)
    : isDuplicate(links)
      ? (['canceled', 'closed (duplicate)'] as const)
      : movedTo
        ? (['canceled', 'closed (moved)'] as const)
        : (['done', name] as const);
  return { state: said.state ?? state, stateName: said.stateName ?? stateName };
}

function isDuplicate(links: WireIssue['_links']): boolean {
  return isRecord(links) && typeof links['closed_as_duplicate_of'] === 'string';
}

/** The issue of another project, seen from here: what it names has the project's, or the group's, name with it. */
export function seenFrom(project: string, issue: Issue): Issue {
  const { parent, key, ...rest } = issue;
  const group = project.replace(/\/[^/]*$/, '');
  const above = parent?.startsWith('&') ? `${group}${parent}` : parent;
  return { ...rest, key: `${project}#${key}`, ...(above === undefined ? {} : { parent: above }) };
}

/** All of them, those that stand for fields included. */
export function labelNames({ labels }: WireIssue): string[] {
  return (labels ?? []).map(labelName);
}

function labelName(label: NonNullable<WireIssue['labels']>[number]): string {
  return neededText('GitLab', 'label', typeof label === 'string' ? label : label.name);
}

/** GitLab's own type; a plain issue has none to speak of. */
function ownType({ issue_type: type }: WireIssue): string | undefined {
  return type && type !== 'issue' ? type : undefined;
}

/** `&5`, or `group&5` where the epic is that of another group than the project's own. */
function epicKey({ iid, url }: NonNullable<WireIssue['epic']>, { references }: WireIssue): string {
  const [, group] = /\/groups\/(.+?)\/-\/epics\/\d+$/.exec(url ?? '') ?? [];
  const own = references?.full?.replace(/\/[^/]*$/, '');
  return group === undefined || group === own ? `&${iid}` : `${group}&${iid}`;
}

function sprintName({ title, start_date: start, due_date: end }: WireIteration): string {
  return title || `${start ?? ''} – ${end ?? ''}`;
}

export function toComment(note: WireNote): Comment {
  const id = String(neededNumber('GitLab', 'id of a note', note.id));
  return asFarAsItReads(({ part, person, time }) => {
    const author = note.author ? person(note.author, toPerson) : undefined;
    return {
      id,
      // a note of nothing but quick actions has no text
      body: part(() => textOrNothing('GitLab', 'body', note.body), ''),
      ...defined({ author }),
      ...((note.internal || note.confidential) && { isPrivate: true as const }),
      ...commentTimes(note.created_at, note.updated_at),
      createdAt: time(() => Date.parse(note.created_at)),
    };
  });
}

export function toPerson(user: WireUser): Person {
  const username = neededText('GitLab', 'username', user.username);
  const { public_email: email } = user;
  return { id: username, name: user.name || username, ...(typeof email === 'string' && email ? { email } : {}) };
}

export function toLabel({ name, color, description }: WireLabel): Label {
  return {
    name: neededText('GitLab', 'name', name),
    ...(description ? { description } : {}),
    ...(color ? { color: color.replace(/^#/, '').toLowerCase() } : {}),
  };
}

export function toMilestone({ title, description, state, due_date: dueDate }: WireMilestone): Milestone {
  return {
    title: neededText('GitLab', 'title', title),
    ...(description ? { description } : {}),
    state: state === 'closed' ? 'closed' : 'open',
    ...(dueDate ? { dueDate } : {}),
  };
}
