/** GitLab's shapes of issues and what belongs to them (only what we read), and their translation to neutral words. */
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import { neededNumber, neededText, textOrNothing } from '../../core/http/unexpected-answer.ts';
import { type Comment, type Issue, isClosed, type Label, type Milestone, type Person } from '../../core/ports/index.ts';
import type { LabelWords } from './label-words.ts';

export interface WireUser {
  readonly id: number;
  readonly username: string;
  readonly name?: string | null;
}

/** https://docs.gitlab.com/api/issues/ – `weight`, `epic` and `iteration` are absent where the edition does not offer them. */
export interface WireIssue {
  readonly iid: number;
  readonly web_url: string;
  readonly title: string;
  readonly description?: string | null;
  readonly state: string;
  readonly issue_type?: string | null;
  readonly labels?: readonly (string | { readonly name: string })[] | null;
  readonly assignees?: readonly WireUser[] | null;
  readonly author?: WireUser | null;
  readonly milestone?: { readonly title: string } | null;
  readonly due_date?: string | null;
  readonly weight?: number | null;
  readonly epic?: { readonly iid: number; readonly url?: string | null } | null;
  readonly iteration?: WireIteration | null;
  readonly references?: { readonly full?: string | null } | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** https://docs.gitlab.com/api/iterations/ – one of a cadence with automatic scheduling has no title. */
export interface WireIteration {
  readonly title?: string | null;
  readonly start_date?: string | null;
  readonly due_date?: string | null;
}

/** https://docs.gitlab.com/api/notes/ */
export interface WireNote {
  readonly id: number;
  readonly body: string;
  readonly system: boolean;
  readonly author?: WireUser | null;
  readonly created_at: string;
}

/** https://docs.gitlab.com/api/labels/ */
export interface WireLabel {
  readonly id: number;
  readonly name: string;
  readonly color?: string | null;
  readonly description?: string | null;
  /** `false`: the label is that of a group. */
  readonly is_project_label?: boolean | null;
}

/** https://docs.gitlab.com/api/milestones/ */
export interface WireMilestone {
  readonly id: number;
  readonly title: string;
  readonly description?: string | null;
  readonly state: string;
  readonly due_date?: string | null;
  /** Set for the milestone of a group. */
  readonly group_id?: number | null;
}

export function toIssue(issue: WireIssue, words: LabelWords): Issue {
  const hasWeight = issue.weight !== undefined;
  const closed = issue.state === 'closed';
  // a closed issue is closed, and an open one open, whatever labels are left on it
  const labels = labelNames(issue).filter((label) => {
    const state = words.states.toState(label);
    return state === undefined || isClosed(state) === closed;
  });
  const said = words.fields(hasWeight).read(labels);
  const type = said.type ?? ownType(issue);
  const points = hasWeight ? (issue.weight ?? undefined) : said.storyPoints;
  return {
    key: String(neededNumber('GitLab', 'iid', issue.iid)),
    url: neededText('GitLab', 'web_url', issue.web_url),
    title: neededText('GitLab', 'title', issue.title),
    ...splitMetadata(textOrNothing('GitLab', 'description', issue.description)),
    state: said.state ?? (closed ? 'done' : 'open'),
    stateName: said.stateName ?? issue.state,
    ...(type === undefined ? {} : { type }),
    ...(said.priority === undefined ? {} : { priority: said.priority }),
    labels: said.labels,
    assignees: (issue.assignees ?? []).map(toPerson),
    ...(issue.milestone ? { milestone: neededText('GitLab', 'milestone', issue.milestone.title) } : {}),
    ...(issue.epic ? { parent: epicKey(issue.epic, issue) } : {}),
    ...(points === undefined ? {} : { storyPoints: points }),
    ...(issue.due_date ? { dueDate: issue.due_date } : {}),
    ...(issue.iteration ? { sprint: sprintName(issue.iteration) } : {}),
    ...(issue.author ? { author: toPerson(issue.author) } : {}),
    createdAt: Date.parse(issue.created_at),
    updatedAt: Date.parse(issue.updated_at),
  };
}

/** All of them, those that stand for fields included. */
export function labelNames({ labels }: WireIssue): string[] {
  return (labels ?? []).map((label) => (typeof label === 'string' ? label : neededText('GitLab', 'label', label.name)));
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
  return {
    id: String(note.id),
    // a note of nothing but quick actions has no text
    body: textOrNothing('GitLab', 'body', note.body),
    ...(note.author ? { author: toPerson(note.author) } : {}),
    createdAt: Date.parse(note.created_at),
  };
}

export function toPerson(user: WireUser): Person {
  const username = neededText('GitLab', 'username', user.username);
  return { id: username, name: user.name || username };
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
