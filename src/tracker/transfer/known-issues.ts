/** The issues of a tracker by where they come from, so that an import finds again what is there. */
import type { Issue, IssueTracker } from '../../../core/ports/index.ts';
import { type Origin, originId, originIn } from '../../../core/tracker/origin.ts';
import { homeOf } from './origin.ts';
import { originInText } from './said-line.ts';

export interface KnownIssues {
  /** The key here of the issue with this origin: of several the oldest. */
  find(origin: Origin): string | undefined;
  /** The key here of the issue that has this key where the other comes from. */
  sibling(origin: Origin, key: string): string | undefined;
  /** In a dry run the key is `''`: it would be there. */
  remember(origin: Origin, key: string): void;
  /** Reads what has come since the last look. */
  lookAgain(): Promise<void>;
}

/** Clocks of a tracker's machines differ, and a list may lag behind. */
const OVERLAP_MS = 120_000;

/** Reads the whole list once: origins of imported issues, and where each issue is at home. */
export async function knownIssues(tracker: IssueTracker): Promise<KnownIssues> {
  const byOrigin = new Map<string, { readonly key: string; readonly createdAt: number }>();
  const byPlace = new Map<string, string>();
  let newest = 0;

  function place(origin: Origin, key: string): void {
    // of two projects whose issues have the same addresses, the one that was read last is meant
    for (const each of placesOf(origin)) byPlace.set(each, key);
  }

  function read(issue: Issue): void {
    newest = Math.max(newest, issue.createdAt);
    const { twinOf } = { twinOf: undefined, ...Object(issue.metadata['origin']) };
    // what is hidden in a text may have been dropped, and what is said in it stayed
    const origin = twinOf === undefined ? (originIn(issue.metadata) ?? originInText(issue.body)) : undefined;
    for (const each of [origin, homeOf(tracker.platform, issue)]) {
      const id = each && originId(each);
      if (each === undefined || id === undefined) continue;
      const known = byOrigin.get(id);
      if (known !== undefined && isOlder(known, issue)) continue;
      byOrigin.set(id, { key: issue.key, createdAt: issue.createdAt });
      place(each, issue.key);
    }
  }

  for await (const issue of tracker.listIssues({ state: 'all' })) read(issue);
  return {
    find: (origin) => byOrigin.get(originId(origin) ?? '')?.key,
    sibling: (origin, key) => {
      const places = placesBeside(origin, key).map((each) => byPlace.get(each));
      return places.find((each) => each !== undefined);
    },
    remember: (origin, key) => {
      const id = originId(origin);
      if (id === undefined) return;
      if (!byOrigin.has(id)) byOrigin.set(id, { key, createdAt: Number.POSITIVE_INFINITY });
      place(origin, key);
    },
    lookAgain: async () => {
      const since = newest - OVERLAP_MS;
      // newest first: what is older was seen
      for await (const issue of tracker.listIssues({ state: 'all' })) {
        if (issue.createdAt < since) return;
        read(issue);
      }
    },
  };
}

/** Under what an issue is found by the others of its tracker. */
function placesOf(origin: Origin): string[] {
  const { tracker, key } = origin;
  const base = baseOf(origin);
  const exact = JSON.stringify([tracker, base ?? '', key]);
  return base === undefined
    ? [exact, JSON.stringify([tracker, key]), anyOf(tracker, key)]
    : [exact, anyOf(tracker, key)];
}

/** The issue of this key beside the other: their addresses begin alike, unless an address tells nothing of its key. */
function placesBeside(origin: Origin, key: string): string[] {
  const { tracker } = origin;
  const base = baseOf(origin);
  const beside = [JSON.stringify([tracker, base ?? '', key]), JSON.stringify([tracker, key])];
  return base === undefined ? [...beside, anyOf(tracker, key)] : beside;
}

function anyOf(tracker: string, key: string): string {
  return JSON.stringify([tracker, key, 'wherever']);
}

/** `undefined` where the address is not made of the key, as that of an issue which stands for another one. */
function baseOf({ url, key }: Origin): string | undefined {
  const at = key === '' ? -1 : url.lastIndexOf(key);
  return at === -1 && url !== '' ? undefined : url.slice(0, Math.max(0, at));
}

/** Of two with one origin: by the tracker's own time, then by number. */
function isOlder(one: Pick<Issue, 'key' | 'createdAt'>, other: Pick<Issue, 'key' | 'createdAt'>): boolean {
  return (one.createdAt - other.createdAt || one.key.localeCompare(other.key, 'en', { numeric: true })) < 0;
}
