/** `pace issue close`. */
import type { World } from '../../../core/world.ts';
import type { Edited } from '../../tracker/edit-issues.ts';
import type { Written } from '../on-tracker.ts';
import { moveIssues } from './move.ts';
import type { IssueClose } from './options.ts';

export function closeIssues(
  world: World,
  { reason = 'done', ...move }: IssueClose,
  signal?: AbortSignal,
): Promise<Written<Edited>> {
  return moveIssues(world, move, reason === 'done' ? 'done' : 'canceled', signal);
}
