/** Lists of tasks. Asana orders them as people have dragged them and looks for little: the rest is done here. */
import type { Issue, IssueFilter } from '../../core/ports/issue.ts';
import { isClosed } from '../../core/ports/issue.ts';
import { fits } from '../../core/tracker/issue-filter.ts';
import { gidOf } from './address.ts';
import type { Request } from './api.ts';
import type { Tracker } from './issue-context.ts';
import { fold } from './labels.ts';
import { TASK_FIELDS, toIssue, type WireTask } from './wire.ts';

/** Newest first: the whole list is read for that, as far as a time or a state does not shorten it. */
export async function* listIssues(tracker: Tracker, filter: IssueFilter = {}): AsyncGenerator<Issue> {
  const { api, states, tags } = tracker;
  const found: Issue[] = [];
  for await (const task of api.list<WireTask>('listIssues', requestFor(tracker, filter))) {
    tags.learn(task.tags ?? []);
    if (!hasLabels(task, filter)) continue;
    const issue = toIssue(task, api.project, states);
    if (fits(issue, filter)) found.push(issue);
  }
  yield* found.sort((one, other) => other.createdAt - one.createdAt || byAge(one.key, other.key));
}

/** Before the text, which is long, is translated. */
function hasLabels({ tags }: WireTask, { labels = [] }: IssueFilter): boolean {
  const names = new Set((tags ?? []).map(({ name }) => fold(name)));
  return labels.every((label) => names.has(fold(label)));
}

/** Later numbers are longer or greater. */
function byAge(one: string, other: string): number {
  return other.length - one.length || (other > one ? 1 : -1);
}

/** Children need not be in the project. */
function requestFor({ api, world }: Tracker, filter: IssueFilter): Request {
  const { parent, createdSince, updatedSince } = filter;
  if (parent && /^\d+$/.test(parent))
    return { path: `/tasks/${gidOf('listIssues', 'task', parent)}/subtasks`, fields: TASK_FIELDS };
  // what was created since was changed since
  const since = Math.max(createdSince ?? Number.NEGATIVE_INFINITY, updatedSince ?? Number.NEGATIVE_INFINITY);
  const query = {
    project: api.project,
    ...(wantsClosed(filter) ? {} : { completed_since: new Date(world.now()).toISOString() }),
    ...(since > 0 ? { modified_since: new Date(since).toISOString() } : {}),
  };
  return { path: '/tasks', query, fields: TASK_FIELDS };
}

function wantsClosed({ state = 'all', states = [] }: IssueFilter): boolean {
  return state !== 'open' && (states.length === 0 || states.some(isClosed));
}
