/** `pace milestone delete`. */
import type { Milestone } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { MilestoneDelete } from './options.ts';

/** Gives the milestone that is no more. */
export function deleteMilestone(
  world: World,
  { milestone: title, ...options }: MilestoneDelete,
): Promise<Written<Milestone>> {
  return writeOn(world, options, [], async ({ tracker }) => {
    await tracker.deleteMilestone(title);
    return { title, state: 'closed' };
  });
}
