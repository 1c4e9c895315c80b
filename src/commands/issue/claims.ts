/** `pace issue claims`. */
import type { Claim } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { openFor } from '../on-tracker.ts';
import type { IssueClaims } from './options.ts';

export async function listClaims(
  world: World,
  { expired = false, ...options }: IssueClaims,
): Promise<AsyncIterable<Claim>> {
  const { tracker } = await openFor(world, options);
  return tracker.claims({ expired });
}
