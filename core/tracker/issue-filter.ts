/** Conditions on issues, looked at on our side: for what a vendor cannot filter or order. Pure. */
import {
  type FilterName,
  type Issue,
  type IssueFilter,
  type IssueSort,
  isClosed,
  type Person,
} from '../ports/issue.ts';

/** What the issue itself does not tell: the tracker is asked for it. See `readiness.ts`. */
export const ASKED = ['claimed', 'deferred', 'blocked', 'ready'] as const satisfies readonly FilterName[];

type Conditions = Required<Omit<IssueFilter, 'sort' | (typeof ASKED)[number]>>;

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
  sprint: ({ sprint }, wanted) => same(sprint, wanted),
  dueDate: ({ dueDate }, wanted) => same(dueDate, wanted),
  dueSince: ({ dueDate }, wanted) => dueDate !== undefined && dueDate >= wanted,
  dueUntil: ({ dueDate }, wanted) => dueDate !== undefined && dueDate <= wanted,
  anyOf: (issue, wanted) => wanted.some((filter) => fits(issue, filter)),
  // what must be asked for first is nothing that the issue fits yet
  noneOf: (issue, unwanted) => !unwanted.some((filter) => !asksIn(filter) && fits(issue, filter)),
};

/** Whether the issue fits those conditions of the filter that are not in `except`; those of `ASKED` are not looked at. */
export function fits(issue: Issue, filter: IssueFilter, except: readonly FilterName[] = []): boolean {
  return toldBy(filter).every((name) => except.includes(name) || holds(name, issue, filter));
}

/** The same for one condition after the other, where whatever must be asked for is told by `ask`. */
export async function fitsAsked(
  issue: Issue,
  filter: IssueFilter,
  ask: (issue: Issue, fact: (typeof ASKED)[number]) => Promise<boolean>,
  except: readonly FilterName[] = [],
): Promise<boolean> {
  const { anyOf = [], noneOf = [], ...plain } = filter;
  // what costs nothing comes first
  if (!fits(issue, plain, except)) return false;
  const fitsOne = async (filters: readonly IssueFilter[]) => {
    for (const one of filters) if (await fitsAsked(issue, one, ask)) return true;
    return false;
  };
  if (anyOf.length > 0 && !except.includes('anyOf') && !(await fitsOne(anyOf))) return false;
  if (noneOf.length > 0 && !except.includes('noneOf') && (await fitsOne(noneOf))) return false;
  for (const fact of ASKED) {
    const wanted = filter[fact];
    if (wanted === undefined || except.includes(fact)) continue;
    if ((await ask(issue, fact)) !== wanted) return false;
  }
  return true;
}

/** The conditions that a filter sets; not its order. */
export function conditionsOf(filter: IssueFilter): FilterName[] {
  return [...toldBy(filter), ...ASKED.filter((name) => filter[name] !== undefined)];
}

function toldBy(filter: IssueFilter): (keyof Conditions)[] {
  const names = Object.keys(CONDITIONS) as (keyof Conditions)[];
  return names.filter((name) => filter[name] !== undefined && !(name === 'state' && filter.state === 'all'));
}

/** Whether the issues alone do not tell. */
export function asksIn(filter: IssueFilter): boolean {
  return filtersIn(filter).some((one) => ASKED.some((name) => one[name] !== undefined));
}

/** The same change for the filter and for all that are in it. */
export function mapFilter(filter: IssueFilter, change: (filter: IssueFilter) => IssueFilter): IssueFilter {
  const { anyOf, noneOf, ...plain } = filter;
  const all = (filters: readonly IssueFilter[]) => filters.map((one) => mapFilter(one, change));
  return { ...change(plain), ...(anyOf && { anyOf: all(anyOf) }), ...(noneOf && { noneOf: all(noneOf) }) };
}

/** The filter, and all that are in it. */
export function filtersIn(filter: IssueFilter): IssueFilter[] {
  return [filter, ...[...(filter.anyOf ?? []), ...(filter.noneOf ?? [])].flatMap(filtersIn)];
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
