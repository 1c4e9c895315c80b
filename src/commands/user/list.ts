/** `pace user list`. */
import type { Person } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { openFor } from '../on-tracker.ts';
import type { UserList } from './options.ts';

export async function listUsers(world: World, options: UserList): Promise<AsyncIterable<Person>> {
  const { tracker } = await openFor(world, options);
  return tracker.listUsers();
}
