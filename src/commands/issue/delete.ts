/** `pace issue delete`. */
import type { World } from '../../../core/world.ts';
import { deleteIssues as deleted } from '../../tracker/delete-issues.ts';
import type { Edited } from '../../tracker/edit-issues.ts';
import { type Written, writeOn } from '../on-tracker.ts';
import { type Confirm, chosenKeys, NOTHING } from './chosen.ts';
import type { IssueDelete } from './options.ts';

/** The value tells of each issue as it was. */
export async function deleteIssues(
  world: World,
  options: IssueDelete,
  signal?: AbortSignal,
  confirm?: Confirm,
): Promise<Written<Edited>> {
  const chosen = await chosenKeys(world, options, { deed: 'deleted', state: 'all', confirm, isFinal: true });
  if (chosen.length === 0) return NOTHING;
  return writeOn(world, options, chosen, ({ tracker, keys }) => deleted(world, tracker, keys, signal));
}
