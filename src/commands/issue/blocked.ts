/** `pace issue blocked`: what waits, and for what. */
import type { BlockedIssue } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { type EndingList, endingAt } from '../../tracker/query/bounded-list.ts';
import { wholeFilter } from '../../tracker/query/select.ts';
import { chosenFrom } from './list.ts';
import type { IssueBlocked } from './options.ts';

export async function blockedIssues(world: World, options: IssueBlocked): Promise<EndingList<BlockedIssue>> {
  const { tracker, selection } = await chosenFrom(world, options, 'open');
  return endingAt(tracker.listBlocked(wholeFilter(selection)), selection.limit);
}
