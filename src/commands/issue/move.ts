/** What `pace issue close` and `reopen` share: another state, then a word. */
import type { IssueState } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
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
  return writeOn(world, options, references, ({ tracker, keys }) =>
    editIssues(tracker, keys, { values: { state } }, { signal, comment }),
  );
}
