/** `pace issue links`. */
import type { IssueLink } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { openForIssue } from '../on-tracker.ts';
import type { IssueLinks } from './options.ts';

export async function listLinks(world: World, options: IssueLinks): Promise<readonly IssueLink[]> {
  const { tracker, key } = await openForIssue(world, options, options.key);
  return tracker.getIssueLinks(key);
}
