/** Lists of issues. https://docs.github.com/en/rest/issues/issues#list-repository-issues */

import { defined } from '../../core/defined.ts';
import { unless } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import { type FilterName, type Issue, type IssueFilter, type IssueSort, isClosed } from '../../core/ports/index.ts';
import { fits, sorted } from '../../core/tracker/issue-filter.ts';
import { addressAnywhere } from './address.ts';
import type { Api } from './api.ts';
import type { IssueFields } from './field-labels.ts';
import { labelNames, referenceTo, toIssue, type WireIssue } from './issue-wire.ts';
import { milestonesCalled } from './milestones.ts';
import type { Query } from './pages.ts';

/** What is asked of GitHub. It is looked at here once more, so that it is exact whatever GitHub takes it for. */
export const FILTERS = [
  'state',
  'labels',
  'assignee',
  'author',
  'milestone',
  'parent',
  'createdSince',
  'updatedSince',
] as const satisfies readonly FilterName[];

export const SORTS = ['created', 'updated'] as const;

const NEWEST_FIRST: IssueSort = { by: 'created', direction: 'desc' };

/** Not by the search, which lags behind for minutes and gives a thousand at most. */
export async function* listIssues(api: Api, fields: IssueFields, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  if (typeof filter.parent === 'string') return yield* listChildren(api, fields, filter.parent, filter);
  const query = await queryOf(api, fields, filter);
  if (query === undefined) return;
  const { createdSince = 0 } = filter;
  const endsAtOlder = query['sort'] === 'created' && query['direction'] === 'desc';
  // what moves up in the list while it is read comes twice
  const seen = new Set<number>();
  try {
    for await (const page of api.list<WireIssue>('listIssues', 'read issues', 'issues', query)) {
      for (const wire of page) {
        if (seen.has(wire.number)) continue;
        seen.add(wire.number);
        const issue = toIssue(wire, fields);
        // a time that cannot be read is no reason to stop
        if (endsAtOlder && Date.parse(wire.created_at) < createdSince) return;
        if (wire.pull_request !== undefined) continue;
        api.issues.add(wire.number);
        if (isWanted(wire, issue, filter)) yield issue;
      }
    }
  } catch (error) {
    if (!isUnknownPerson(error, filter)) throw error;
  }
}

/** `undefined` when no issue can fit. */
async function queryOf(api: Api, fields: IssueFields, filter: IssueFilter): Promise<Query | undefined> {
  const { labels = [], assignee, author, milestone, updatedSince, sort = NEWEST_FIRST } = filter;
  const { state, label } = narrowest(fields, filter);
  // the list of labels is split at commas, so that a label with a comma cannot be asked for
  const askable = [...labels, ...label].filter((name) => !name.includes(',') && name.trim() !== '');
  const numbers = typeof milestone === 'string' ? await milestonesCalled(api, 'listIssues', milestone) : [];
  const [number, ...more] = numbers;
  if (typeof milestone === 'string' && number === undefined) return undefined;
  return {
    state,
    ...defined({
      labels: askable.length > 0 ? askable.join(',') : undefined,
      assignee: assignee === null ? 'none' : assignee,
      creator: author,
    }),
    ...(milestone === null ? { milestone: 'none' } : {}),
    ...(number !== undefined && more.length === 0 ? { milestone: String(number) } : {}),
    // whole seconds, and it is not said whether the moment itself belongs to it
    ...(updatedSince === undefined ? {} : { since: new Date(updatedSince - 1000).toISOString().replace(/\.\d+/, '') }),
    sort: sort.by === 'updated' ? 'updated' : 'created',
    direction: sort.by === 'priority' ? 'desc' : sort.direction,
  };
}

/** The states that are wanted, as far as GitHub knows them. */
function narrowest({ states }: IssueFields, filter: IssueFilter): { state: string; label: readonly string[] } {
  const { state = 'all', states: wanted = [] } = filter;
  if (wanted.length === 0) return { state, label: [] };
  const narrowed = wanted.every(isClosed) ? 'closed' : wanted.some(isClosed) ? 'all' : 'open';
  const [only, ...more] = wanted;
  const names = only === undefined || more.length > 0 ? [] : states.toNames(only);
  return { state: state === 'all' ? narrowed : state, label: names.length === 1 ? names : [] };
}

function isWanted(wire: WireIssue, issue: Issue, { labels = [], ...filter }: IssueFilter): boolean {
  return (labels.length === 0 || hasLabels(wire, labels)) && fits(issue, filter, OTHERS);
}

/** Labels that stand for fields are found by their name too. */
function hasLabels(wire: WireIssue, wanted: readonly string[]): boolean {
  const present = new Set(labelNames(wire).map((name) => name.toLowerCase()));
  return wanted.every((label) => present.has(label.trim().toLowerCase()));
}

/** Looked at by the whole tracker. */
const OTHERS: readonly FilterName[] = [
  'states',
  'anyLabels',
  'type',
  'priority',
  'text',
  'createdUntil',
  'updatedUntil',
];

/** GitHub knows the children of an issue; at most a hundred. */
async function* listChildren(
  api: Api,
  fields: IssueFields,
  parent: string,
  filter: IssueFilter,
): AsyncGenerator<Issue> {
  const { owner, repo, issue_number } = addressAnywhere(api, 'listIssues', parent);
  const children = await unless(['not-found'], () =>
    api.call('listIssues', 'read issues', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', {
        owner,
        repo,
        issue_number,
        per_page: 100,
      }),
    ),
  );
  const known = parent.replace(/^#/, '');
  const issues = (children ?? [])
    .filter((wire) => isOwn(api, wire))
    .map((wire) => ({ wire, issue: { ...toIssue(wire, fields), parent: known } }))
    .filter(({ wire, issue }) => isWanted(wire, issue, { ...filter, parent: known }))
    .map(({ issue }) => issue);
  yield* sorted(issues, filter.sort ?? NEWEST_FIRST);
}

/** A sub-issue may live in another repository: there it is listed. */
function isOwn(api: Api, { repository_url, number }: WireIssue): boolean {
  return referenceTo(`${repository_url ?? ''}/issues/${number}`, `/repos/${api.fullName}`) === String(number);
}

/** Nobody of that name: so no issue is theirs. */
function isUnknownPerson(error: unknown, { assignee, author }: IssueFilter): boolean {
  const { status, vendorMessage = '' } = asPaceError(error);
  return status === 422 && Boolean(assignee ?? author) && /assignee|creator/i.test(vendorMessage);
}
