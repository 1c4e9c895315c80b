/** One new issue. */
import { asPaceError, type PaceError, withOperation } from '../../core/errors.ts';
import { isOddAnswer } from '../../core/http/unexpected-answer.ts';
import type { Issue, IssueTracker } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { notTaken } from '../../core/tracker/not-taken.ts';
import { type Change, needsCapabilities, toDraft } from './edits.ts';

export interface Created {
  readonly issue: Issue;
  /** People of the draft that the tracker has not assigned. */
  readonly unassigned: readonly string[];
  /** Other fields of the draft that it has not taken. */
  readonly lacks: readonly string[];
}

/** The issue is never lost for somebody whom the tracker does not know. */
export async function createIssue(tracker: IssueTracker, change: Change): Promise<Created> {
  const can = needsCapabilities(change) ? await tracker.capabilities() : undefined;
  const draft = toDraft(change, can);
  const issue = await tracker.createIssue(draft).catch((error: unknown) => {
    throw maybeThere(asPaceError(error), draft.title);
  });
  const { assignees: _, ...others } = draft;
  const lacks = notTaken(others, issue);
  const wanted = [...new Set(change.assignees ?? [])];
  if (issue.assignees.length >= wanted.length) return { issue, unassigned: [], lacks };
  const there = new Set(issue.assignees.flatMap(({ id, name }) => [id.toLowerCase(), name.toLowerCase()]));
  return { issue, unassigned: wanted.filter((name) => !there.has(name.toLowerCase())), lacks };
}

/** No answer came, or none that makes sense: the tracker may have done it all the same. Who only tries again has two. */
export function maybeThere(error: PaceError, title: string): PaceError {
  // it says already that the issue is there
  if (error.done || !(error.unsure || isOddAnswer(error))) return error;
  return withOperation(error, error.operation ?? 'createIssue', {
    message: `${error.message} The issue may have been created all the same.`,
    remedy: `Please look before you try again: pace issue search ${JSON.stringify(plainLine(title, 60))}`,
  });
}
