/** The tasks of the List, page by page. https://developer.clickup.com/reference/gettasks */

import { defined } from '../../core/defined.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { FilterName, IssueFilter } from '../../core/ports/index.ts';
import type { Api } from './api.ts';
import type { States } from './states.ts';
import type { WireTask } from './wire.ts';

/** What ClickUp looks at fully and as we do. Of several tags it wants one only: a single one makes its list shorter. */
export const FILTERS = [
  'createdSince',
  'createdUntil',
  'updatedSince',
  'updatedUntil',
] as const satisfies readonly FilterName[];

interface Page {
  readonly tasks?: readonly WireTask[];
  readonly last_page?: boolean;
}

type Query = Readonly<Record<string, string>>;

/** Newest first, each once. */
export function createTaskList(api: Api, states: States): (filter: IssueFilter) => AsyncGenerator<WireTask> {
  // how the orders are called is not documented: the first page that tells shows it
  let order: Query = {};

  async function ask(query: Query, page: number): Promise<Page & { readonly tasks: readonly WireTask[] }> {
    const path = ['list', api.list, 'task'];
    const answer = await api.call<Page>('listIssues', {
      path,
      query: { ...query, ...order, page: String(page) },
      isPage: true,
    });
    const { tasks } = answer;
    if (!Array.isArray(tasks)) throw unexpectedAnswer('ClickUp', 'tasks is not a list');
    return { ...answer, tasks };
  }

  return async function* (filter) {
    const query = toQuery(filter, states);
    if (query === undefined) return;
    const seen = new Set<string>();
    const guard = createPageGuard('ClickUp');
    for (let page = 0; ; page += 1) {
      let found = await ask(query, page);
      if (page === 0 && isOldestFirst(found.tasks)) {
        order = 'reverse' in order ? {} : { reverse: 'true' };
        found = await ask(query, page);
      }
      for (const task of found.tasks) {
        if (seen.has(task.id)) continue;
        seen.add(task.id);
        yield task;
      }
      if (found.tasks.length === 0 || found.last_page === true) return;
      guard.next(page + 1);
    }
  };
}

function isOldestFirst(tasks: readonly WireTask[]): boolean {
  const [first] = tasks;
  const last = tasks.at(-1);
  if (!first || !last) return false;
  // a time that cannot be read tells nothing about the order
  return Number(first.date_created) < Number(last.date_created);
}

/** `undefined` when no task can fit. */
export function toQuery(filter: IssueFilter, { hasOwnNames }: Pick<States, 'hasOwnNames'>): Query | undefined {
  const { state, labels = [], anyLabels = [], createdSince, createdUntil, updatedSince, updatedUntil } = filter;
  if ((createdUntil ?? 0) < 0 || (updatedUntil ?? 0) < 0) return undefined;
  const tag = labels[0] ?? (anyLabels.length === 1 ? anyLabels[0] : undefined);
  return {
    order_by: 'created',
    subtasks: 'true',
    include_markdown_description: 'true',
    // a status that a person has mapped may be open though ClickUp counts it as closed
    include_closed: String(state !== 'open' || hasOwnNames),
    ...defined({ 'tags[]': tag?.trim().toLowerCase() }),
    ...after('date_created_gt', createdSince),
    ...before('date_created_lt', createdUntil),
    ...after('date_updated_gt', updatedSince),
    ...before('date_updated_lt', updatedUntil),
  };
}

/** ClickUp's bounds do not include the moment itself. */
function after(name: string, since: number | undefined): Query {
  return since === undefined || since <= 0 ? {} : { [name]: String(Math.ceil(since) - 1) };
}

function before(name: string, until: number | undefined): Query {
  return until === undefined ? {} : { [name]: String(Math.floor(until) + 1) };
}
