/** `pace label edit`. */
import type { Label } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { usageError } from '../../tracker/usage.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { labelFields } from './fields.ts';
import type { LabelEdit } from './options.ts';

export async function editLabel(world: World, { label, ...options }: LabelEdit): Promise<Written<Label>> {
  const change = labelFields(options);
  if (Object.keys(change).length === 0) {
    throw usageError('There is nothing to change.', 'Please name --name, --color or --description.');
  }
  return writeOn(world, options, [], ({ tracker }) => tracker.updateLabel(label, change));
}
