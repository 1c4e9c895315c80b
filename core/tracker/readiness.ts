/**
 * What can be begun now, worked out from what every tracker tells: the open issues, their links and who has claimed them. Links and
 * claims may cost a request per issue, so they are asked for one issue after the other, and only as far as they decide something.
 */
import { asPaceError } from '../errors.ts';
import { type FilterName, type Issue, type IssueFilter, type IssueLink, isClosed } from '../ports/issue.ts';
import type { Readiness } from '../ports/issue-tracker.ts';
import type { BlockedIssue, Blocker, Claim, TrackerDriver } from '../ports/tracker-driver.ts';
import { minute } from '../text/minute.ts';
import { plainLine } from '../text/untrusted-text.ts';
import { aFewAhead } from './a-few-ahead.ts';
import { collect } from './collect.ts';
import { compareKeys } from './compare-keys.ts';
import { type ASKED, fitsAsked } from './issue-filter.ts';

export interface ReadinessSource {
  readonly driver: Pick<TrackerDriver, 'listIssues' | 'getIssue' | 'getIssueLinks' | 'filters'>;
  /** About this issue alone: what stands around it is asked for where the tracker can tell, in place of all open issues. */
  readonly ofOne?: boolean;
  /** Whether issues can be linked here. */
  hasLinks(): Promise<boolean>;
  currentClaim(key: string): Promise<Claim | undefined>;
  now(): number;
}

/** One look at the tracker: what it has told once is not asked for again. */
export interface ReadinessLook {
  listReady(filter: IssueFilter): AsyncGenerator<Issue>;
  listBlocked(filter: IssueFilter): AsyncGenerator<BlockedIssue>;
  explain(issue: Issue): Promise<Readiness>;
  /** Whether the issue fits those conditions that are not in `except`. */
  fits(issue: Issue, filter: IssueFilter, except?: readonly FilterName[]): Promise<boolean>;
}

export function lookAtReadiness(source: ReadinessSource): ReadinessLook {
  const { driver, hasLinks, currentClaim, now, ofOne = false } = source;
  const asksAround = ofOne && driver.filters.includes('parent');
  const seen = new Map<string, Promise<Blocker>>();
  const claims = new Map<string, Promise<Claim | undefined>>();
  let all: Promise<OpenIssues> | undefined;

  function allOpen(): Promise<OpenIssues> {
    // a tracker that does not filter by state sends closed ones too
    all ??= collect(driver.listIssues({ state: 'open' })).then((issues) => openIssues(issues.filter(isOpen)));
    return all;
  }

  async function linksOf({ key, links }: Issue): Promise<readonly IssueLink[]> {
    if (links) return links;
    if (!driver.getIssueLinks || !(await hasLinks())) return [];
    return driver.getIssueLinks(key);
  }

  async function look(key: string): Promise<Blocker> {
    const known = (await all)?.byKey.get(key);
    if (known) return known;
    const issue = await unlessHidden(key);
    return issue ? { key, title: issue.title, state: issue.state } : { key };
  }

  /** `undefined`: nobody may see it. */
  function unlessHidden(key: string): Promise<Issue | undefined> {
    return driver.getIssue(key).catch((error: unknown) => {
      if (['not-found', 'permission'].includes(asPaceError(error).kind)) return undefined;
      throw error;
    });
  }

  function blocker(key: string): Promise<Blocker> {
    const found = seen.get(key) ?? look(key);
    seen.set(key, found);
    return found;
  }

  /** What must be closed first, whether it is or not. */
  async function before(issue: Issue): Promise<Blocker[]> {
    const keys = (await linksOf(issue)).filter(({ type }) => WAITS.has(type)).map(({ target }) => target);
    return Promise.all([...new Set(keys)].map(blocker));
  }

  const openBefore = async (issue: Issue) => (await before(issue)).filter(isOpen).map(toBlocker);

  function claimOf(key: string): Promise<Claim | undefined> {
    const claim = claims.get(key) ?? currentClaim(key);
    claims.set(key, claim);
    return claim;
  }

  /** Its parent, that one's parent, and so on: those that are open. */
  async function above(issue: Issue): Promise<Issue[]> {
    const chain: Issue[] = [];
    for (let key = issue.parent; key !== undefined && key !== issue.key; ) {
      const parent = asksAround ? await unlessHidden(key) : (await allOpen()).byKey.get(key);
      if (!parent || !isOpen(parent) || chain.some((one) => one.key === parent.key)) break;
      chain.push(parent);
      key = parent.parent;
    }
    return chain;
  }

  async function below(key: string): Promise<readonly Issue[]> {
    if (!asksAround) return (await allOpen()).below.get(key) ?? [];
    return (await collect(driver.listIssues({ parent: key, state: 'open' }), MOST_BELOW)).filter(isOpen);
  }

  /** What is in the way, in words, the cheapest to find out first. */
  async function* obstacles(issue: Issue): AsyncGenerator<string> {
    const { key, state, stateName, deferUntil = 0 } = issue;
    if (state !== 'open') yield `its state is ${plainLine(stateName)}`;
    if (deferUntil > now()) yield `it is deferred until ${minute(deferUntil)}`;
    const parents = await above(issue);
    for (const parent of parents) {
      const { deferUntil: later = 0 } = parent;
      if (later > now()) yield `${plainLine(parent.key)} above it is deferred until ${minute(later)}`;
    }
    const children = await below(key);
    if (children.length > 0) yield `open issues stand below it: ${listed(children)}`;
    const waiting = await openBefore(issue);
    if (waiting.length > 0) yield `it waits for ${listed(waiting)}`;
    for (const parent of parents) {
      const first = await openBefore(parent);
      if (first.length > 0) yield `${plainLine(parent.key)} above it waits for ${listed(first)}`;
    }
    const claim = await claimOf(key);
    if (claim) yield `${plainLine(claim.agent, 100)} has claimed it until ${minute(claim.until)}`;
  }

  const isReady = async (issue: Issue) => (await obstacles(issue).next()).done === true;
  const isBlocked = async (issue: Issue) =>
    isOpen(issue) && (issue.state === 'blocked' || (await openBefore(issue)).length > 0);

  async function ask(issue: Issue, fact: (typeof ASKED)[number]): Promise<boolean> {
    if (fact === 'claimed') return (await claimOf(issue.key)) !== undefined;
    if (fact === 'deferred') return (issue.deferUntil ?? 0) > now();
    return fact === 'blocked' ? isBlocked(issue) : isReady(issue);
  }

  const fits: ReadinessLook['fits'] = (issue, filter, except) => fitsAsked(issue, filter, ask, except);

  return {
    async *listReady(filter) {
      const candidates = byUrgency([...(await allOpen()).byKey.values()].filter(({ state }) => state === 'open'));
      const looked = aFewAhead(candidates, async (issue) =>
        (await fits(issue, filter)) && (await isReady(issue)) ? issue : undefined,
      );
      for await (const issue of looked) if (issue) yield issue;
    },
    async *listBlocked(filter) {
      const looked = aFewAhead(byUrgency([...(await allOpen()).byKey.values()]), async (issue) => {
        if (!(await fits(issue, filter))) return undefined;
        const blockedBy = await openBefore(issue);
        return issue.state === 'blocked' || blockedBy.length > 0 ? { ...issue, blockedBy } : undefined;
      });
      for await (const issue of looked) if (issue) yield issue;
    },
    explain: async (issue) => {
      const found = await collect(obstacles(issue));
      const blockedBy = await openBefore(issue);
      const ready = found.length === 0;
      return { issue, ready, why: ready ? [whyReady(await before(issue))] : found, blockedBy };
    },
    fits,
  };
}

interface OpenIssues {
  readonly byKey: ReadonlyMap<string, Issue>;
  /** Directly below the issue of the key. */
  readonly below: ReadonlyMap<string, readonly Issue[]>;
}

function openIssues(issues: readonly Issue[]): OpenIssues {
  const below = Map.groupBy(
    issues.filter(({ parent }) => parent !== undefined),
    ({ parent = '' }) => parent,
  );
  return { byKey: new Map(issues.map((issue) => [issue.key, issue])), below };
}

/** Links of an issue that waits for the other one. */
export const WAITS: ReadonlySet<string> = new Set(['is blocked by', 'depends on']);

/** The most urgent first, of those the oldest; of the same moment the lower key, so that every look has the same order. */
function byUrgency(issues: readonly Issue[]): Issue[] {
  const rank = ({ priority }: Issue) => priority ?? 5;
  return issues.toSorted(
    (one, other) => rank(one) - rank(other) || one.createdAt - other.createdAt || compareKeys(one.key, other.key),
  );
}

function whyReady(closed: readonly Blocker[]): string {
  const before = closed.length > 0 ? `what it waited for is closed: ${listed(closed)}` : 'it waits for nothing';
  return `open, unclaimed, not deferred; ${before}`;
}

/** What nobody can see is not known to be closed. */
function isOpen({ state }: Pick<Blocker, 'state'>): boolean {
  return state === undefined || !isClosed(state);
}

function toBlocker({ key, title, state }: Blocker): Blocker {
  return title === undefined || state === undefined ? { key } : { key, title, state };
}

const MOST_NAMED = 5;
const MOST_BELOW = 100;

function listed(issues: readonly Blocker[]): string {
  const names = issues.slice(0, MOST_NAMED).map(({ key, state }) => `${plainLine(key)} (${state ?? 'cannot be seen'})`);
  const more = issues.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
