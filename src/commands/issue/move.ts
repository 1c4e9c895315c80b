/** What `pace issue close` and `reopen` share: a word, then another state. */
import { type IssueState, isClosed } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { noteOpenBlockers } from '../../tracker/closing-notes.ts';
import { type Edited, editIssues } from '../../tracker/edit-issues.ts';
import { type WritingOptions, type Written, writeOn } from '../on-tracker.ts';

export interface Move extends WritingOptions {
  readonly keys: readonly string[];
  readonly comment?: string | undefined;
}

export function moveIssues(
  world: World,
  { keys: references, comment, ...options }: Move,
  state: IssueState,
  signal: AbortSignal | undefined,
): Promise<Written<Edited>> {
  return writeOn(world, options, references, async ({ tracker, keys }) => {
    if (comment !== undefined) for (const key of keys) await tracker.addComment(key, comment);
    const edited = await editIssues(tracker, keys, { values: { state } }, signal);
    if (isClosed(state) && !options.dryRun) await noteOpenBlockers(world, tracker, edited.done);
    return edited;
  });
}
