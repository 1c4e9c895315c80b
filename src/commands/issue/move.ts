/** What `pace issue close` and `reopen` share: another state, then a word. */
import type { IssueState } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { type Edited, editIssues } from '../../tracker/edit-issues.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { type Choice, type Choosing, chosenKeys, NOTHING } from './chosen.ts';

export interface Move extends Choice {
  readonly comment?: string | undefined;
}

/** `choosing`: what is said when a person is asked, and which issues a query means. */
export async function moveIssues(
  world: World,
  { comment, ...options }: Move,
  state: IssueState,
  signal: AbortSignal | undefined,
  choosing: Choosing,
): Promise<Written<Edited>> {
  const chosen = await chosenKeys(world, options, choosing);
  if (chosen.length === 0) return NOTHING;
  return writeOn(world, options, chosen, ({ tracker, keys }) =>
    editIssues(tracker, keys, { values: { state } }, { signal, comment }),
  );
}
