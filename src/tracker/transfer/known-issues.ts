/** The issues of a tracker by where they come from, so that an import finds again what is there. */
import type { IssueTracker } from '../../../core/ports/index.ts';
import { homeOf, type Origin, originId, originIn } from './origin.ts';

export interface KnownIssues {
  /** The key here of the issue with this origin. */
  find(origin: Origin): string | undefined;
  /** The key here of the issue that has this key where the other comes from. */
  sibling(origin: Origin, key: string): string | undefined;
  /** `''` is not a key. */
  remember(origin: Origin, key: string): void;
}

/** Reads the whole list once: origins of imported issues, and where each issue is at home. */
export async function knownIssues(tracker: IssueTracker): Promise<KnownIssues> {
  const byOrigin = new Map<string, string>();
  const byPlace = new Map<string, string>();
  function remember(origin: Origin, key: string): void {
    const id = originId(origin);
    if (id === undefined || key === '') return;
    if (!byOrigin.has(id)) byOrigin.set(id, key);
    // of two projects whose issues have the same addresses, the one that was read last is meant
    byPlace.set(placeOf(origin, origin.key), key);
  }
  for await (const issue of tracker.listIssues({ state: 'all' })) {
    const origin = originIn(issue.metadata);
    if (origin) remember(origin, issue.key);
    remember(homeOf(tracker.platform, issue), issue.key);
  }
  return {
    find: (origin) => byOrigin.get(originId(origin) ?? ''),
    sibling: (origin, key) => byPlace.get(placeOf(origin, key)),
    remember,
  };
}

/** The issue of this key beside the other: their addresses begin alike. */
function placeOf({ tracker, url, key: own }: Origin, key: string): string {
  return JSON.stringify([tracker, own === '' ? url : url.slice(0, url.lastIndexOf(own)), key]);
}
