/** Lists of issues: what Gitea can look for itself, and what it cannot. */
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssueFilter } from '../../core/ports/issue.ts';
import { isClosed } from '../../core/ports/issue.ts';
import { fits } from '../../core/tracker/issue-filter.ts';
import type { Tracker } from './issue-context.ts';
import { toIssue, type WireIssue } from './issue-wire.ts';

type Query = Readonly<Record<string, string>>;

/** Newest first, each issue once. */
export async function* listIssues(tracker: Tracker, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const labels = await askableLabels(tracker, filter);
  if (labels === undefined) return;
  const query = { ...plainQuery(filter), ...(labels.length > 0 ? { labels: labels.join(',') } : {}) };
  try {
    yield* listed(tracker, filter, { ...query, ...peopleQuery(filter) });
  } catch (error) {
    // an unknown login is answered 404: it may be somebody's name
    if (asPaceError(error).kind !== 'not-found' || Object.keys(peopleQuery(filter)).length === 0) throw error;
    yield* listed(tracker, filter, query);
  }
}

async function* listed({ api, fields }: Tracker, filter: IssueFilter, query: Query): AsyncGenerator<Issue> {
  const { createdSince = Number.NEGATIVE_INFINITY } = filter;
  const byUs = filter.labels === undefined ? {} : { labels: filter.labels };
  const seen = new Set<number>();
  for await (const wire of api.list<WireIssue>('listIssues', { path: `${api.repo}/issues`, query })) {
    // an issue that is opened meanwhile moves the others to later pages
    if (wire.pull_request || seen.has(wire.number)) continue;
    seen.add(wire.number);
    api.issues.add(wire.number);
    const issue = toIssue(wire, fields);
    if (issue.createdAt < createdSince) return;
    if (fits(issue, byUs)) yield issue;
  }
}

/**
 * Where no milestone is asked for, servers look for the one whose title is empty, and list its issues alone. A title that does not
 * exist counts for nothing, as their description says.
 */
const NO_MILESTONE = 'no-such-milestone-9c41';

/** Times are whole seconds, and both ends count. A moment of 0 would be none. */
function plainQuery({ state, states = [], updatedSince, updatedUntil, milestone }: IssueFilter): Query {
  const moment = (seconds: number) => new Date(Math.max(1, seconds) * 1000).toISOString();
  return {
    type: 'issues',
    state: sharedState(state, states),
    ...(updatedSince === undefined ? {} : { since: moment(Math.ceil(updatedSince / 1000)) }),
    ...(updatedUntil === undefined ? {} : { before: moment(Math.floor(updatedUntil / 1000)) }),
    // the list is split at commas
    milestones: milestone && !milestone.includes(',') ? milestone : NO_MILESTONE,
  };
}

function sharedState(state: IssueFilter['state'] = 'all', states: NonNullable<IssueFilter['states']>): string {
  if (state !== 'all' || states.length === 0) return state;
  if (states.every(isClosed)) return 'closed';
  return states.some(isClosed) ? 'all' : 'open';
}

function peopleQuery({ assignee, author }: IssueFilter): Query {
  return {
    ...(assignee && isLogin(assignee) ? { assigned_by: assignee } : {}),
    ...(author && isLogin(author) ? { created_by: author } : {}),
  };
}

function isLogin(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

/**
 * The labels that every fitting issue has, as far as Gitea can look for them: it ignores a name that no label of the repository
 * has, and finds nothing where two labels share one. `undefined` when a label that is asked for does not exist at all.
 */
async function askableLabels(tracker: Tracker, filter: IssueFilter): Promise<string[] | undefined> {
  const names: string[] = [];
  for (const fitsLabel of labelConditions(tracker, filter)) {
    const found = await tracker.labels.named('listIssues', fitsLabel);
    if (found?.length === 0) return undefined;
    const own = await tracker.labels.own('listIssues');
    const [only, ...others] = found ?? [];
    // the organisation may have one of the same name, and issues with that one are not found by ours
    if (!(await tracker.labels.seesAll('listIssues'))) continue;
    if (only && others.length === 0 && own.includes(only) && !only.name.includes(',')) names.push(only.name);
  }
  return names;
}

/** Type, priority and a state are labels too, in all their spellings. */
function labelConditions({ fields, states }: Tracker, filter: IssueFilter): ((name: string) => boolean)[] {
  const { labels = [], type, priority } = filter;
  const [state, ...more] = filter.states ?? [];
  const needsLabel = state !== undefined && more.length === 0 && state !== 'open' && state !== 'done';
  return [
    ...labels.map((label) => (name: string) => name.toLowerCase() === label.trim().toLowerCase()),
    ...(type === undefined ? [] : [(name: string) => fields.read([name]).type === type.toLowerCase()]),
    ...(priority === undefined ? [] : [(name: string) => fields.read([name]).priority === priority]),
    ...(needsLabel ? [(name: string) => states.toState(name) === state] : []),
  ];
}
