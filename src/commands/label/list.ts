/** `pace label list`. */
import type { Label } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { openFor } from '../on-tracker.ts';
import type { LabelList } from './options.ts';

export async function listLabels(world: World, options: LabelList): Promise<AsyncIterable<Label>> {
  const { tracker } = await openFor(world, options);
  return tracker.listLabels();
}
