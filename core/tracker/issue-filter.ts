/** Conditions on issues, looked at on our side: for what a vendor cannot filter or order. Pure. */
import {
  type FilterName,
  type Issue,
  type IssueFilter,
  type IssueSort,
  isClosed,
  type Person,
} from '../ports/issue.ts';

type Conditions = Required<Omit<IssueFilter, 'sort'>>;

/** The condition holds for the issue. */
const CONDITIONS: { readonly [Name in keyof Conditions]: (issue: Issue, wanted: Conditions[Name]) => boolean } = {
  state: ({ state }, wanted) => wanted === 'all' || isClosed(state) === (wanted === 'closed'),
  states: ({ state }, wanted) => wanted.length === 0 || wanted.includes(state),
  labels: ({ labels }, wanted) => wanted.every((label) => has(labels, label)),
  anyLabels: ({ labels }, wanted) => wanted.length === 0 || wanted.some((label) => has(labels, label)),
  type: ({ type }, wanted) => type === wanted.toLowerCase(),
  priority: ({ priority }, wanted) => priority === wanted,
  assignee: ({ assignees }, wanted) =>
    wanted === null ? assignees.length === 0 : assignees.some((person) => isPerson(person, wanted)),
  author: ({ author }, wanted) => author !== undefined && isPerson(author, wanted),
  milestone: ({ milestone }, wanted) => same(milestone, wanted),
  parent: ({ parent }, wanted) => same(parent, wanted),
  text: ({ title, body }, wanted) => {
    const found = `${title}\n${body}`.toLowerCase();
    return searchWords(wanted).every((word) => found.includes(word));
  },
  createdSince: ({ createdAt }, wanted) => createdAt >= wanted,
  createdUntil: ({ createdAt }, wanted) => createdAt <= wanted,
  updatedSince: ({ updatedAt }, wanted) => updatedAt >= wanted,
  updatedUntil: ({ updatedAt }, wanted) => updatedAt <= wanted,
};

/** Whether the issue fits those conditions of the filter that are not in `except`. */
export function fits(issue: Issue, filter: IssueFilter, except: readonly FilterName[] = []): boolean {
  return conditionsOf(filter).every((name) => except.includes(name) || holds(name, issue, filter));
}

/** The conditions that a filter sets; not its order. */
export function conditionsOf(filter: IssueFilter): (keyof Conditions)[] {
  const names = Object.keys(CONDITIONS) as (keyof Conditions)[];
  return names.filter((name) => filter[name] !== undefined && !(name === 'state' && filter.state === 'all'));
}

function holds<Name extends keyof Conditions>(name: Name, issue: Issue, filter: IssueFilter): boolean {
  return CONDITIONS[name](issue, filter[name] as Conditions[Name]);
}

/** Words that must all be there; what stands in double quotes is one. */
export function searchWords(text: string): string[] {
  const found = text.toLowerCase().matchAll(/"([^"]+)"|(\S+)/g);
  return [...found].map(([, quoted, word]) => quoted ?? word ?? '').filter(Boolean);
}

/** The issues in the order; those that are equal keep theirs. */
export function sorted(issues: readonly Issue[], { by, direction }: IssueSort): Issue[] {
  const value = (issue: Issue) =>
    by === 'created' ? issue.createdAt : by === 'updated' ? issue.updatedAt : urgency(issue);
  const sign = direction === 'asc' ? 1 : -1;
  return issues.toSorted((one, other) => sign * (value(one) - value(other)));
}

/** More is more urgent; an issue without priority comes last in a descending list. */
function urgency({ priority }: Issue): number {
  return priority === undefined ? -1 : 4 - priority;
}

function has(labels: readonly string[], wanted: string): boolean {
  return labels.some((label) => same(label, wanted.trim()));
}

function isPerson({ id, name }: Person, wanted: string): boolean {
  return same(id, wanted) || same(name, wanted);
}

/** Trackers do not tell cases apart in names. */
function same(found: string | undefined, wanted: string | null): boolean {
  return wanted === null ? found === undefined : found?.toLowerCase() === wanted.toLowerCase();
}
