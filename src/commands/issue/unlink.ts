/** `pace issue unlink`. */
import type { World } from '../../../core/world.ts';
import type { Written } from '../on-tracker.ts';
import { type ChangedLink, changeLink } from './link-ends.ts';
import type { IssueLinkChange } from './options.ts';

export function unlinkIssue(world: World, options: IssueLinkChange): Promise<Written<ChangedLink>> {
  return changeLink(world, options, async (tracker, key, link) => {
    await tracker.deleteLink(key, link);
    return link;
  });
}
