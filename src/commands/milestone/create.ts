/** `pace milestone create`. */
import type { Milestone } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { milestoneFields } from './fields.ts';
import type { MilestoneCreate } from './options.ts';

export async function createMilestone(
  world: World,
  { milestone: title, ...options }: MilestoneCreate,
): Promise<Written<Milestone>> {
  const { state: _, ...draft } = milestoneFields(options);
  return writeOn(world, options, [], ({ tracker }) => tracker.createMilestone({ ...draft, title }));
}
