/** `pace label create`. */
import type { Label } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { labelFields } from './fields.ts';
import type { LabelCreate } from './options.ts';

export function createLabel(world: World, { label: name, ...options }: LabelCreate): Promise<Written<Label>> {
  const draft = { ...labelFields(options), name };
  return writeOn(world, options, [], ({ tracker }) => tracker.createLabel(draft));
}
