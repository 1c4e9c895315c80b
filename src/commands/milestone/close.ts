/** `pace milestone close`. */
import type { Milestone } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { MilestoneClose } from './options.ts';

export function closeMilestone(world: World, { milestone, ...options }: MilestoneClose): Promise<Written<Milestone>> {
  return writeOn(world, options, [], ({ tracker }) => tracker.updateMilestone(milestone, { state: 'closed' }));
}
