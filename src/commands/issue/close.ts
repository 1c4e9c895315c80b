/** `pace issue close`. */
import type { World } from '../../../core/world.ts';
import type { Edited } from '../../tracker/edit-issues.ts';
import type { Written } from '../on-tracker.ts';
import type { Confirm } from './chosen.ts';
import { moveIssues } from './move.ts';
import type { IssueClose } from './options.ts';

export function closeIssues(
  world: World,
  { reason = 'done', ...move }: IssueClose,
  signal?: AbortSignal,
  confirm?: Confirm,
): Promise<Written<Edited>> {
  const state = reason === 'done' ? 'done' : 'canceled';
  return moveIssues(world, move, state, signal, { deed: 'closed', state: 'open', confirm });
}
