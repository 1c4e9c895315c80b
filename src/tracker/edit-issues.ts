/** One change of one or several issues. */
import type { PaceError } from '../../core/errors.ts';
import type { Issue, IssuePatch, IssueTracker } from '../../core/ports/index.ts';
import { type Change, needsCapabilities, needsIssue, toPatch } from './edits.ts';

/** What became of each issue, in the order of the keys. */
export interface Edited {
  readonly done: readonly Issue[];
  readonly failed: readonly { readonly key: string; readonly error: PaceError }[];
}

export async function editIssues(
  tracker: IssueTracker,
  keys: readonly string[],
  change: Change,
  signal?: AbortSignal,
): Promise<Edited> {
  const can = needsCapabilities(change) ? await tracker.capabilities() : undefined;
  const named = await withMe(tracker, change);
  const patches = await Promise.all(
    keys.map(async (key) => {
      if (!needsIssue(named)) return toPatch(named, undefined, can);
      // an issue that is not there fails below, in its turn
      const issue = await tracker.getIssue(key).catch(() => undefined);
      return toPatch(named, issue, can);
    }),
  );
  return patched(tracker, keys, patches, signal);
}

async function patched(
  tracker: IssueTracker,
  keys: readonly string[],
  patches: readonly IssuePatch[],
  signal: AbortSignal | undefined,
): Promise<Edited> {
  const changes = keys.map((key, index) => ({ key, patch: patches[index] ?? {} }));
  const answers = await tracker.updateMany(changes, signal ? { signal } : {});
  return {
    done: answers.flatMap((answer) => (answer.ok ? [answer.issue] : [])),
    failed: answers.flatMap((answer) => (answer.ok ? [] : [{ key: keys[answer.index] ?? '', error: answer.error }])),
  };
}

/** Who is taken from an issue is found among its people by id or name. */
async function withMe(tracker: IssueTracker, change: Change): Promise<Change> {
  if (!change.removeAssignees?.includes('@me')) return change;
  const { id } = await tracker.getCurrentUser();
  return { ...change, removeAssignees: change.removeAssignees.map((name) => (name === '@me' ? id : name)) };
}
