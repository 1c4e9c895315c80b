/** One or several issues deleted for good, one after the other: of what cannot be taken back, less is more. */
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssueTracker } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { distinct, type Edited } from './edit-issues.ts';
import { GATE_MARK } from './transfer/origin.ts';

/** Each is read first: what is no issue, and what is not there, is told before anything is sent; and it can be said what it was. */
export async function deleteIssues(
  { log }: Pick<World, 'log'>,
  tracker: IssueTracker,
  named: readonly string[],
  signal?: AbortSignal,
): Promise<Edited> {
  const done: Issue[] = [];
  const failed: Edited['failed'][number][] = [];
  for (const key of distinct(named)) {
    signal?.throwIfAborted();
    try {
      const issue = await tracker.getIssue(key);
      await tracker.deleteIssue(key);
      if (issue.metadata[GATE_MARK] !== undefined) log.warn(gatesOwn(issue));
      done.push(issue);
    } catch (error) {
      const met = asPaceError(error);
      // no tracker has it for one issue and not for the next
      if (met.kind === 'unsupported' && done.length === 0) throw met;
      failed.push({ key, error: met });
    }
  }
  return { done, failed, partly: [], after: [] };
}

function gatesOwn({ key }: Issue): string {
  return `${plainLine(key)} was an issue of PACE’s own gate: while its reason stands, the gate will open another one. Closing it would have told the gate that it is done.`;
}
