/** `pace label delete`. */
import type { Label } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import type { LabelDelete } from './options.ts';

/** Gives the name that is no more. */
export function deleteLabel(world: World, { label: name, ...options }: LabelDelete): Promise<Written<Label>> {
  return writeOn(world, options, [], async ({ tracker }) => {
    await tracker.deleteLabel(name);
    return { name };
  });
}
