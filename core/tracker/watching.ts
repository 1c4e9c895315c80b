/** What changes in a tracker, told as it comes: by the tracker's own log, else by comparing what it lists as changed. */
import { defined } from '../defined.ts';
import type { Issue } from '../ports/issue.ts';
import type { FieldChange, TrackerDriver } from '../ports/tracker-driver.ts';
import { collect } from './collect.ts';

type Watched = Pick<TrackerDriver, 'listIssues' | 'filters' | 'sorts' | 'changesAfter'>;

/** Each call gives what has changed since the one before; the first gives nothing. */
export function watchTracker(driver: Watched): () => Promise<readonly FieldChange[]> {
  return driver.changesAfter ? byLog(driver.changesAfter) : byLists(driver);
}

function byLog(changesAfter: NonNullable<Watched['changesAfter']>): () => Promise<readonly FieldChange[]> {
  let cursor: string | undefined;
  return async () => {
    const { cursor: next, changes } = await changesAfter(cursor);
    const isFirst = cursor === undefined;
    cursor = next;
    return isFirst ? [] : changes;
  };
}

/**
 * The times are the tracker's own, so that no clock here matters. Where it cannot list what was changed since, all issues are
 * listed each time.
 */
function byLists(driver: Watched): () => Promise<readonly FieldChange[]> {
  const asksSince = driver.filters.includes('updatedSince') && driver.sorts.includes('updated');
  const known = new Map<string, Issue>();
  let since: number | undefined;

  async function first(): Promise<void> {
    const newestFirst = { by: 'updated', direction: 'desc' } as const;
    const issues = await collect(driver.listIssues(asksSince ? { sort: newestFirst } : {}), asksSince ? 1 : undefined);
    remember(issues);
    since = latest(issues, 0);
  }

  /** All that were listed now, and of earlier ones so many as are of use: what a forgotten one was before is not told. */
  function remember(issues: readonly Issue[]): void {
    if (!asksSince) known.clear();
    for (const issue of issues) {
      known.delete(issue.key);
      known.set(issue.key, issue);
    }
    const most = Math.max(MOST_KNOWN, issues.length);
    for (const key of [...known.keys()].slice(0, Math.max(0, known.size - most))) known.delete(key);
  }

  return async () => {
    if (since === undefined) {
      await first();
      return [];
    }
    const start = since;
    // a moment twice: more may have been written within it
    const issues = await collect(driver.listIssues(asksSince ? { updatedSince: start } : {}));
    since = latest(issues, start);
    const changed = issues.filter((issue) => issue.updatedAt >= start && !isSame(known.get(issue.key), issue));
    const changes = changed
      .toReversed()
      .toSorted((one, other) => one.updatedAt - other.updatedAt)
      .flatMap((issue) => changesOf(known.get(issue.key), issue, start));
    remember(issues);
    return changes;
  };
}

const MOST_KNOWN = 5000;

function latest(issues: readonly Issue[], start: number): number {
  return issues.reduce((time, { updatedAt }) => Math.max(time, updatedAt), start);
}

function isSame(one: Issue | undefined, other: Issue): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** What an issue was before is known of those only that were seen. */
function changesOf(before: Issue | undefined, issue: Issue, since: number): FieldChange[] {
  const { key, updatedAt, createdAt } = issue;
  const base = { key, id: String(updatedAt), at: updatedAt };
  if (!before) {
    const isNew = createdAt > since;
    const actor = isNew ? issue.author?.name : undefined;
    return [{ ...base, at: isNew ? createdAt : updatedAt, ...defined({ actor }), kind: isNew ? 'created' : 'changed' }];
  }
  const differing = FIELDS.filter((name) => told(before[name]) !== told(issue[name]));
  // a comment, say, is nothing that a list tells of
  if (differing.length === 0) return before.updatedAt === updatedAt ? [] : [{ ...base, kind: 'changed' }];
  return differing.map((field) => ({
    ...{ ...base, kind: 'changed', field },
    before: before[field] ?? null,
    after: issue[field] ?? null,
  }));
}

/** An empty list is as good as none. */
function told(value: unknown): string | undefined {
  return Array.isArray(value) && value.length === 0 ? undefined : JSON.stringify(value);
}

const FIELDS = [
  ...(['title', 'body', 'state', 'type', 'priority', 'labels', 'assignees', 'milestone', 'parent'] as const),
  ...(['storyPoints', 'dueDate', 'sprint', 'deferUntil', 'metadata', 'links'] as const),
] as const satisfies readonly (keyof Issue)[];
