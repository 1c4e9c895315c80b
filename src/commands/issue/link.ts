/** `pace issue link`. */
import type { IssueLink, IssueTracker } from '../../../core/ports/index.ts';
import { closesCircle, waitingWay, waitOf } from '../../../core/tracker/circles.ts';
import { WAITS } from '../../../core/tracker/readiness.ts';
import type { World } from '../../../core/world.ts';
import type { Written } from '../on-tracker.ts';
import { type ChangedLink, changeLink } from './link-ends.ts';
import type { IssueLinkChange } from './options.ts';

export function linkIssue(world: World, options: IssueLinkChange): Promise<Written<ChangedLink>> {
  return changeLink(world, options, async (tracker, key, wanted) => {
    const link = await keptLink(world, tracker, wanted);
    await refuseCircle(tracker, key, link);
    await tracker.createLink(key, link);
    return link;
  });
}

/** Where an issue was found while another one was worked on: a tracker that has no such link keeps that they belong together. */
export async function keptLink(world: World, tracker: IssueTracker, link: IssueLink): Promise<IssueLink> {
  if (link.type !== 'discovered from' && link.type !== 'led to') return link;
  const types = await tracker.getLinkTypes();
  if (types.includes(link.type) || !types.includes('relates to')) return link;
  world.log.warn(`${tracker.name} keeps no link “${link.type}”: it is kept as “relates to”.`);
  return { ...link, type: 'relates to' };
}

/** How many issues are looked at. The embedded tracker looks at all of them, in the transaction of the link. */
const MOST = 50;

export async function refuseCircle(tracker: IssueTracker, key: string, link: IssueLink): Promise<void> {
  const wait = waitOf(key, link);
  if (!wait || tracker.platform === 'local') return;
  const waitsFor = async (issue: string) =>
    (await tracker.getIssueLinks(issue)).filter(({ type }) => WAITS.has(type)).map(({ target }) => target);
  // what cannot be seen is no reason to refuse a link
  const way = await waitingWay(wait.first, wait.waiter, { waitsFor, most: MOST }).catch(() => undefined);
  if (way) throw closesCircle(way);
}
