/** Sends what was planned for one issue. A person who cannot be assigned there keeps nothing else from being written. */
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssueDraft, IssuePatch, IssueTracker } from '../../core/ports/index.ts';
import { notTaken } from '../../core/tracker/not-taken.ts';

export interface Sent {
  readonly issue: Issue;
  /** Fields that the tracker has not taken, in words: see `notTaken`. */
  readonly missing: readonly string[];
}

export async function sendPatch(tracker: IssueTracker, key: string, given: IssuePatch): Promise<Sent> {
  const patch = given.body === undefined ? given : { ...given, body: tracker.harmless(given.body) };
  try {
    const issue = await tracker.updateIssue(key, patch);
    return { issue, missing: notTaken(patch, issue) };
  } catch (error) {
    const { addAssignees, ...rest } = patch;
    if (!addAssignees || !isRefused(error)) throw error;
    if (Object.keys(rest).length === 0)
      return { issue: await tracker.getIssue(key), missing: unassigned(addAssignees) };
    const issue = await tracker.updateIssue(key, rest);
    return { issue, missing: [...notTaken(rest, issue), ...unassigned(addAssignees)] };
  }
}

export async function sendDraft(tracker: IssueTracker, given: IssueDraft): Promise<Sent> {
  const draft = { ...given, body: tracker.harmless(given.body) };
  try {
    const issue = await tracker.createIssue(draft);
    return { issue, missing: notTaken(draft, issue) };
  } catch (error) {
    const { assignees, ...rest } = draft;
    // nothing was made where it was refused
    if (!assignees || !isRefused(error)) throw error;
    const issue = await tracker.createIssue(rest);
    return { issue, missing: [...notTaken(rest, issue), ...unassigned(assignees)] };
  }
}

function isRefused(error: unknown): boolean {
  const { kind, unsure, done = [] } = asPaceError(error);
  return kind === 'validation' && !unsure && done.length === 0;
}

function unassigned(names: readonly string[]): string[] {
  return [`assignees (${names.join(', ')})`];
}
