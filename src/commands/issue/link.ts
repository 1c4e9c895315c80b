/** `pace issue link`. */
import type { World } from '../../../core/world.ts';
import type { Written } from '../on-tracker.ts';
import { type ChangedLink, changeLink } from './link-ends.ts';
import type { IssueLinkChange } from './options.ts';

export function linkIssue(world: World, options: IssueLinkChange): Promise<Written<ChangedLink>> {
  return changeLink(world, options, (tracker, key, link) => tracker.createLink(key, link));
}
