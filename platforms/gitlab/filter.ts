/** The neutral filter as GitLab's query. https://docs.gitlab.com/api/issues/#list-project-issues */
import { type FilterName, type IssueFilter, type IssueSort, isClosed } from '../../core/ports/index.ts';
import { labelList } from './host-wire.ts';
import type { IssueContext } from './issue-context.ts';
import { found } from './labels.ts';
import { findMilestone } from './milestones.ts';
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

/** `undefined`: no issue can fit. */
export async function queryOf(context: IssueContext, filter: IssueFilter): Promise<Query | undefined> {
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
 * The labels that an issue must have to fit; `undefined` when the project has none that would do. GitLab tells capitals apart and
 * a value may be written in several ways: where more than one label stands for it, none is asked for.
 */
async function labelQuery(context: IssueContext, filter: IssueFilter): Promise<string[] | undefined> {
  const wanted: string[] = [];
  for (const { search, fits } of conditions(context, filter)) {
    const labels = new Set<string>();
    for (const text of search)
      for await (const { name } of found(context, 'listIssues', text)) if (fits(name)) labels.add(name);
    if (labels.size === 0) return undefined;
    if (labels.size === 1) wanted.push(...labels);
  }
  return wanted;
}

interface Condition {
  /** What names of the label may contain. */
  readonly search: readonly string[];
  readonly fits: (label: string) => boolean;
}

function conditions({ words }: IssueContext, { type, priority, states = [] }: IssueFilter): Condition[] {
  const read = (label: string) => words.fields(true).read([label]);
  const [state, ...more] = new Set(states);
  // what is canceled need not have a label: duplicates are, and what was moved away
  const named = state !== undefined && more.length === 0 && !['open', 'done', 'canceled'].includes(state);
  return [
    ...(type === undefined || isOwnType(type)
      ? []
      : [{ search: ['type:'], fits: (label: string) => read(label).type === type.toLowerCase() }]),
    ...(priority === undefined
      ? []
      : [{ search: ['priority:'], fits: (label: string) => read(label).priority === priority }]),
    ...(named
      ? [{ search: words.states.toNames(state), fits: (label: string) => words.states.toState(label) === state }]
      : []),
  ];
}

/** Types of GitLab itself; every other word is a label of a plain issue. https://docs.gitlab.com/api/issues/ */
function isOwnType(type: string | undefined): boolean {
  return ['incident', 'task', 'test_case', 'requirement', 'ticket'].includes(type?.toLowerCase() ?? '');
}
