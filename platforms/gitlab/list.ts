/** Lists of issues. https://docs.gitlab.com/api/issues/#list-project-issues */
import { type FilterName, type Issue, type IssueFilter, type IssueSort, isClosed } from '../../core/ports/index.ts';
import { labelList } from './host-wire.ts';
import type { IssueContext } from './issue-context.ts';
import { toIssue, type WireIssue } from './issue-wire.ts';
import { isOwnType, labelQuery } from './label-query.ts';
import { findMilestone } from './milestones.ts';
import { type Page, type PageOptions, pages } from './pages.ts';
import { findEpicId } from './parents.ts';
import { findUser } from './people.ts';

/**
 * What GitLab heeds exactly. It narrows by more: people by user name (we also know them by name), milestones (GitLab tells
 * capitals apart), ends of time (GitLab has microseconds). Its `search` finds whole words in their stems, so that it is not used.
 */
export const FILTERS = [
  'state',
  'labels',
  'parent',
  'createdSince',
  'updatedSince',
] as const satisfies readonly FilterName[];

/** GitLab's own order by priority is that of milestones and of labels with a rank. */
export const SORTS = ['created', 'updated'] as const satisfies readonly IssueSort['by'][];

/** Plain issues; those of GitLab's other types only where such a type is asked for. */
export async function* listIssues(
  context: IssueContext,
  filter: IssueFilter = {},
): AsyncGenerator<Issue, void, undefined> {
  const query = await context.api.attempt('listIssues', () => queryOf(context, filter));
  if (query === undefined) return;
  const read: Read = (page, more = {}) =>
    context.api.resources().issues.all({ projectId: context.project, ...query, ...more, ...page });
  const { sort } = filter;
  const found =
    sort?.by === 'updated' && sort.direction === 'asc'
      ? inWindows(context, read)
      : pages(context.api, 'listIssues', (page) => read(page));
  for await (const issue of found) yield toIssue(issue, context.words);
}

/** `undefined`: no issue can fit. */
async function queryOf(context: IssueContext, filter: IssueFilter): Promise<Query | undefined> {
  const { labels = [], type, createdSince, createdUntil, updatedSince, updatedUntil, sort } = filter;
  // a name with a comma is refused before anything is asked
  labelList(labels);
  const fields = await labelQuery(context, filter);
  const parent = await parentQuery(context, filter.parent);
  if (parent === undefined || fields === undefined) return undefined;
  const wanted = labelList([...labels, ...fields]);
  return {
    scope: 'all',
    ...(isOwnType(type) ? {} : { issueType: 'issue' }),
    orderBy: sort?.by === 'updated' ? 'updated_at' : 'created_at',
    sort: sort?.by === 'created' || sort?.by === 'updated' ? sort.direction : 'desc',
    ...stateQuery(filter),
    ...(wanted ? { labels: wanted } : {}),
    ...(await assigneeQuery(context, filter.assignee)),
    ...(await authorQuery(context, filter.author)),
    ...(await milestoneQuery(context, filter.milestone)),
    ...parent,
    ...(createdSince === undefined ? {} : { createdAfter: time(createdSince) }),
    ...(createdUntil === undefined ? {} : { createdBefore: time(createdUntil + 1) }),
    ...(updatedSince === undefined ? {} : { updatedAfter: time(updatedSince) }),
    ...(updatedUntil === undefined ? {} : { updatedBefore: time(updatedUntil + 1) }),
  };
}

/** As far as the client knows them; words like `None` in the place of a number it does not. */
interface Query {
  readonly scope: 'all';
  readonly orderBy: 'created_at' | 'updated_at';
  readonly sort: 'asc' | 'desc';
  readonly issueType?: string;
  readonly state?: string;
  readonly labels?: string;
  readonly assigneeUsername?: string[];
  readonly authorUsername?: string;
  readonly milestone?: string;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

type Part = Partial<Query>;

function stateQuery({ state = 'all', states = [] }: IssueFilter): Part {
  const wanted = state === 'all' ? [...new Set(states.map((each) => (isClosed(each) ? 'closed' : 'open')))] : [state];
  if (wanted.length !== 1) return {};
  return { state: wanted[0] === 'open' ? 'opened' : 'closed' };
}

async function assigneeQuery({ api }: IssueContext, assignee: IssueFilter['assignee']): Promise<Part> {
  if (assignee === undefined) return {};
  if (assignee === null) return only({ assigneeId: 'None' });
  const user = await findUser(api, assignee);
  return user ? { assigneeUsername: [user.username] } : {};
}

async function authorQuery({ api }: IssueContext, author: IssueFilter['author']): Promise<Part> {
  const user = author === undefined ? undefined : await findUser(api, author);
  return user ? { authorUsername: user.username } : {};
}

async function milestoneQuery(context: IssueContext, milestone: IssueFilter['milestone']): Promise<Part> {
  if (milestone === undefined) return {};
  if (milestone === null) return only({ milestoneId: 'None' });
  const found = await findMilestone(context, milestone, 'listIssues');
  // words with a meaning of their own: https://docs.gitlab.com/api/issues/#list-issues
  const reserved = /^(none|any|#upcoming|#started)$/i.test(found?.title ?? 'none');
  return found && !reserved ? { milestone: found.title } : {};
}

async function parentQuery(context: IssueContext, parent: IssueFilter['parent']): Promise<object | undefined> {
  if (parent === undefined) return {};
  if (!(await context.edition()).epics) return parent === null ? {} : undefined;
  const epicId = parent === null ? 'None' : await findEpicId(context, parent);
  return epicId === undefined ? undefined : { epicId };
}

/** A condition that the client's types do not have. */
function only(condition: object): Part {
  return condition;
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/**
 * The longest untouched first. An issue that is touched meanwhile goes to the end and moves all others towards earlier pages,
 * so that pages would skip some: the next request begins at the time of the last issue instead.
 */
async function* inWindows({ api }: IssueContext, read: Read): AsyncGenerator<WireIssue, void, undefined> {
  const seen = new Set<number>();
  let window: Window = {};
  for (let page: number | null = 1; page !== null; ) {
    const options: PageOptions = { page, perPage: 100, showExpanded: true };
    const asked = window;
    const { data, paginationInfo }: Page<WireIssue> = await api.attempt('listIssues', () => read(options, asked));
    for (const issue of data) {
      if (!seen.has(issue.iid)) yield issue;
      seen.add(issue.iid);
    }
    const last = data.at(-1)?.updated_at;
    const moves = last !== undefined && last !== data[0]?.updated_at;
    if (moves) window = { updatedAfter: last };
    page = moves && paginationInfo.next !== null ? 1 : paginationInfo.next;
  }
}

interface Window {
  readonly updatedAfter?: string;
}

type Read = (page: PageOptions, window?: Window) => Promise<Page<WireIssue & { readonly id: number }>>;
