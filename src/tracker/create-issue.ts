/** One new issue. */
import type { Issue, IssueTracker } from '../../core/ports/index.ts';
import { type Change, needsCapabilities, toDraft } from './edits.ts';

export interface Created {
  readonly issue: Issue;
  /** People of the draft that the tracker has not assigned. */
  readonly unassigned: readonly string[];
}

/** The issue is never lost for somebody whom the tracker does not know. */
export async function createIssue(tracker: IssueTracker, change: Change): Promise<Created> {
  const can = needsCapabilities(change) ? await tracker.capabilities() : undefined;
  const issue = await tracker.createIssue(toDraft(change, can));
  const wanted = [...new Set(change.assignees ?? [])];
  if (issue.assignees.length >= wanted.length) return { issue, unassigned: [] };
  const there = new Set(issue.assignees.flatMap(({ id, name }) => [id.toLowerCase(), name.toLowerCase()]));
  return { issue, unassigned: wanted.filter((name) => !there.has(name.toLowerCase())) };
}
