/** `pace issue reopen`. */
import type { World } from '../../../core/world.ts';
import type { Edited } from '../../tracker/edit-issues.ts';
import type { Written } from '../on-tracker.ts';
import type { Confirm } from './chosen.ts';
import { moveIssues } from './move.ts';
import type { IssueReopen } from './options.ts';

export function reopenIssues(
  world: World,
  move: IssueReopen,
  signal?: AbortSignal,
  confirm?: Confirm,
): Promise<Written<Edited>> {
  return moveIssues(world, move, 'open', signal, { deed: 'reopened', state: 'closed', confirm });
}
