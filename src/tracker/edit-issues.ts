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
  const patches = await Promise.all(
    keys.map(async (key) => {
      if (!needsIssue(change)) return toPatch(change, undefined, can);
      // an issue that is not there fails below, in its turn
      const issue = await tracker.getIssue(key).catch(() => undefined);
      return toPatch(change, issue, can);
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
