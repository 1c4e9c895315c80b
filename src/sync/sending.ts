/**
 * Sends what was planned for one issue. A value that the tracker refuses keeps no other one from being written: then each field is sent
 * by itself.
 */
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssueDraft, IssuePatch, IssueTracker } from '../../core/ports/index.ts';
import { notTaken } from '../../core/tracker/not-taken.ts';
import type { FieldName } from './values.ts';

/** A field that was not written. */
export interface Missing {
  readonly field: FieldName;
  readonly why: string;
}

export interface Sent {
  readonly issue: Issue;
  readonly missing: readonly Missing[];
}

export async function sendPatch(tracker: IssueTracker, key: string, given: IssuePatch): Promise<Sent> {
  const patch = given.body === undefined ? given : { ...given, body: tracker.harmless(given.body) };
  try {
    return answered(patch, await tracker.updateIssue(key, patch));
  } catch (error) {
    if (!isRefused(error)) throw error;
    const issue = await tracker.getIssue(key);
    const [name = '', ...others] = Object.keys(patch);
    if (others.length > 0) return oneByOne(tracker, issue, patch);
    return { issue, missing: [{ field: fieldOf(name), why: asPaceError(error).message }] };
  }
}

/** `born` hears of the issue as soon as it is there, with the fields that it does not have yet. */
export async function sendDraft(
  tracker: IssueTracker,
  given: IssueDraft,
  born: (issue: Issue, late: readonly FieldName[]) => void,
): Promise<Sent> {
  const draft = { ...given, body: tracker.harmless(given.body) };
  let sent: Sent;
  try {
    sent = answered(draft, await tracker.createIssue(draft));
  } catch (error) {
    const { title, body, metadata, labels, assignees, purpose: _, ...rest } = draft;
    const patch: IssuePatch = {
      ...rest,
      ...(labels && { addLabels: labels }),
      ...(assignees && { addAssignees: assignees }),
    };
    // nothing was made where it was refused
    if (!isRefused(error) || Object.keys(patch).length === 0) throw error;
    const bare = await tracker.createIssue({ title, body, ...(metadata && { metadata }) });
    born(bare, Object.keys(patch).map(fieldOf));
    return oneByOne(tracker, bare, patch);
  }
  born(
    sent.issue,
    sent.missing.map(({ field }) => field),
  );
  return sent;
}

async function oneByOne(tracker: IssueTracker, before: Issue, patch: IssuePatch): Promise<Sent> {
  let issue = before;
  const missing: Missing[] = [];
  for (const [name, value] of Object.entries(patch)) {
    try {
      const sent = answered({ [name]: value }, await tracker.updateIssue(issue.key, { [name]: value }));
      issue = sent.issue;
      missing.push(...sent.missing);
    } catch (error) {
      if (!isRefused(error)) throw error;
      missing.push({ field: fieldOf(name), why: asPaceError(error).message });
    }
  }
  return { issue, missing };
}

function answered(asked: IssueDraft | IssuePatch, issue: Issue): Sent {
  const missing = notTaken(asked, issue).map((words) => ({
    field: fieldOf(words),
    why: `The tracker has not taken all of it: ${words}. The token may not set it, or it is not kept there.`,
  }));
  return { issue, missing };
}

/** What the tracker refuses of a field that is written by itself is left; all other trouble is thrown. */
export async function leftOver(field: FieldName, work: () => Promise<unknown>): Promise<Missing[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (!isRefused(error)) throw error;
    return [{ field, why: asPaceError(error).message }];
  }
}

function isRefused(error: unknown): boolean {
  const { kind, unsure, done = [] } = asPaceError(error);
  return ['validation', 'transition', 'unsupported', 'conflict'].includes(kind) && !unsure && done.length === 0;
}

/** `labels (bug)`, `addLabels` → `labels`. */
function fieldOf(words: string): FieldName {
  const [name = words] = words.split(' ');
  return name.replace(/^(?:add|remove)(?=[A-Z])/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase()) as FieldName;
}
