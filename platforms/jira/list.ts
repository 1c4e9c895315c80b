/** Lists of issues by JQL. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ */

import type { StatusMap } from '../../core/drivers/status-map.ts';
import { asPaceError } from '../../core/errors.ts';
import type { FilterName, Issue, IssueFilter } from '../../core/ports/index.ts';
import { fits } from '../../core/tracker/issue-filter.ts';
import type { JiraApi } from './dialect.ts';
import { isKey } from './fields.ts';
import { type Known, quoted, toJql } from './jql.ts';
import { type Project, typesNamed } from './lookup.ts';
import { ISSUE_EXPAND, ISSUE_FIELDS, PROPERTY, statusState, type WireIssue } from './wire.ts';

/** All but words in a text: Jira looks for the stems of whole words, and misses parts of them. */
export const FILTERS: readonly FilterName[] = [
  'state',
  'states',
  'labels',
  'anyLabels',
  'type',
  'priority',
  'assignee',
  'author',
  'milestone',
  'parent',
  'createdSince',
  'createdUntil',
  'updatedSince',
  'updatedUntil',
];

export interface SearchOptions {
  readonly api: JiraApi;
  readonly project: Project;
  readonly states: StatusMap;
  /** A person has said what statuses stand for. */
  readonly hasOwnStates: boolean;
  /** Ids of what this run has written. */
  readonly written: () => readonly number[];
  readonly read: (wire: WireIssue) => Promise<Issue>;
}

export async function* listIssues(options: SearchOptions, filter: IssueFilter): AsyncGenerator<Issue> {
  const { api, project, read, written } = options;
  if (typeof filter.parent === 'string' && !isKey(filter.parent)) return;
  const jql = toJql(project.key, filter, await known(options, filter));
  const { search } = await api.dialect('listIssues');
  const asked = {
    jql,
    fields: ISSUE_FIELDS,
    expand: ISSUE_EXPAND,
    property: PROPERTY,
    fresh: written(),
    since: filter.updatedSince,
  };
  const seen = new Set<string>();
  try {
    for await (const page of search(api, asked)) {
      const news = page.filter(({ key }) => !seen.has(key));
      // a server that says the same again and again has no more to say
      if (page.length > 0 && news.length === 0) return;
      for (const wire of news) {
        seen.add(wire.key);
        const issue = await read(wire);
        if (matches(issue, filter)) yield issue;
      }
    }
  } catch (error) {
    if (!namesNothing(error)) throw error;
  }
}

/** The index may be late, and JQL compares labels and times loosely: what counts is the issue itself. */
function matches(issue: Issue, filter: IssueFilter): boolean {
  const has = (label: string) => issue.labels.includes(label.trim());
  const { labels = [], anyLabels = [] } = filter;
  return (
    labels.every(has) &&
    (anyLabels.length === 0 || anyLabels.some(has)) &&
    fits(issue, filter, ['labels', 'anyLabels', 'text'])
  );
}

/** Jira refuses a query for a version or a person that it does not know; no issue has it then. */
function namesNothing(error: unknown): boolean {
  const { status, vendorMessage = '' } = asPaceError(error);
  return status === 400 && /does not exist for (?:the )?field '(?!project')/i.test(vendorMessage);
}

async function known(options: SearchOptions, filter: IssueFilter): Promise<Known> {
  const { api, project, states } = options;
  const operation = 'listIssues';
  const { hasLevels, asksForPerson } = await api.dialect(operation);
  const { type, priority, parent, state = 'all' } = filter;
  const asksForState = options.hasOwnStates && (state !== 'all' || filter.states !== undefined);
  return {
    asksForPerson,
    asksForNoParent: hasLevels,
    ...(type === undefined ? {} : { types: typesNamed(await project.types(operation), type).map(({ name }) => name) }),
    ...(priority === undefined ? {} : { priorities: (await project.priorities(operation)).toNames(priority) }),
    ...(typeof parent === 'string' && !hasLevels ? { parent: await underParent(project) } : {}),
    ...(asksForState
      ? {
          statuses: (await project.statuses(operation)).map((status) => ({
            ...status,
            state: statusState(status, states),
          })),
        }
      : {}),
  };
}

/** Data Center keeps the epic of a story in a field of its own. */
async function underParent(project: Project): Promise<(key: string) => string> {
  const [field] = await project.customFields('listIssues', 'epicLink');
  const id = /^customfield_(\d+)$/.exec(field ?? '')?.[1];
  if (id === undefined) return (key) => `parent = ${quoted(key)}`;
  return (key) => `(parent = ${quoted(key)} OR cf[${id}] = ${quoted(key)})`;
}
