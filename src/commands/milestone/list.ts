/** `pace milestone list`. */
import type { Milestone } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { openFor } from '../on-tracker.ts';
import type { MilestoneList } from './options.ts';

export async function* listMilestones(
  world: World,
  { state = 'all', ...options }: MilestoneList,
): AsyncGenerator<Milestone> {
  const { tracker } = await openFor(world, options);
  for await (const milestone of tracker.listMilestones()) {
    if (state === 'all' || milestone.state === state) yield milestone;
  }
}
