/** Issues that were closed while they still waited for others: said, as somebody may have closed the wrong one. */
import { type Issue, type IssueTracker, isClosed } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { WAITS } from '../../core/tracker/readiness.ts';
import type { World } from '../../core/world.ts';

/** They are closed already: trouble here is no trouble of the closing. */
export async function noteOpenBlockers(world: World, tracker: IssueTracker, closed: readonly Issue[]): Promise<void> {
  for (const issue of closed) {
    const open = await openBefore(tracker, issue).catch((error: unknown) => {
      world.log.debug(`What ${plainLine(issue.key)} waited for is not known: ${plainLine(String(error), 200)}`);
      return [];
    });
    if (open.length === 0) continue;
    const names = open.map(({ key, title }) => `${plainLine(key)} “${plainLine(title, 60)}”`);
    world.log.warn(`${plainLine(issue.key)} is closed, and what it waited for is not: ${names.join(', ')}.`);
  }
}

async function openBefore(tracker: IssueTracker, { key, links }: Issue): Promise<Issue[]> {
  if (!links && (await tracker.capabilities()).unsupported.links !== undefined) return [];
  const waits = (links ?? (await tracker.getIssueLinks(key))).filter(({ type }) => WAITS.has(type));
  const targets = [...new Set(waits.map(({ target }) => target))].slice(0, MOST);
  const first = await Promise.all(targets.map((target) => tracker.getIssue(target).catch(() => undefined)));
  return first.flatMap((issue) => (issue && !isClosed(issue.state) ? [issue] : []));
}

const MOST = 20;
