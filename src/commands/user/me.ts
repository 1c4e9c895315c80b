/** `pace user me`. */
import type { Person } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { openFor } from '../on-tracker.ts';
import type { UserMe } from './options.ts';

export async function currentUser(world: World, options: UserMe): Promise<Person> {
  const { tracker } = await openFor(world, options);
  const { id, name } = await tracker.getCurrentUser();
  return { id, name };
}
