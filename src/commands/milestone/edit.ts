/** `pace milestone edit`. */
import type { Milestone } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { usageError } from '../../tracker/usage.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { milestoneFields } from './fields.ts';
import type { MilestoneEdit } from './options.ts';

export async function editMilestone(
  world: World,
  { milestone, ...options }: MilestoneEdit,
): Promise<Written<Milestone>> {
  const change = milestoneFields(options);
  if (Object.keys(change).length === 0) {
    throw usageError('There is nothing to change.', 'Please name --title, --description, --due or --state.');
  }
  return writeOn(world, options, [], ({ tracker }) => tracker.updateMilestone(milestone, change));
}
